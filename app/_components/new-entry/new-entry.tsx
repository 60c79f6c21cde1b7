// The accountant's instrument: an entry typed without the mouse, posted at once, ready for the next.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { z } from 'zod';
import { type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { findDouble } from '../../_actions/entries.ts';
import { useKeptState } from '../kept-state.ts';
import { usePageKeys } from '../shell/page-keys.ts';
import { DateField } from './date-field.tsx';
import { DescriptionField } from './description-field.tsx';
import {
  type AccountChoice,
  type Draft,
  type DraftFacts,
  draftOf,
  emptyDraft,
  emptyLine,
  entryOf,
  isBlank,
  isWorkedOut,
  linesOf,
  shownAmount,
  totalsOf,
} from './draft.ts';
import { EntryGrid } from './entry-grid.tsx';
import classes from './new-entry.module.css';
import { SentList } from './sent-list.tsx';
import { decimalSignOf } from './typed-amount.ts';
import type { DetailChoices } from './typed-details.ts';
import { type SentEntry, useOutbox } from './use-outbox.ts';

const KEYS = [
  ['Ctrl Enter', 'Post the entry'],
  ['=', 'On a line: the amount that balances the entry (F4 too)'],
  ['100 USD @ 0.92', 'In an amount: another currency at a rate; @@ and what it is worth in all'],
  ['ada #A1 due:2026-02-09', 'In the details: customer or supplier, invoice, when it is due'],
  [
    'centre:north vat:OUT',
    'In the details: a value of a dimension, a tax code (vat:OUT/gross: included)',
  ],
  ['Tab', 'Next field'],
  ['Enter', 'One line down'],
  ['F2', 'Bring back the entry refused last'],
  ['t', 'In the date: today; + and - a day on or back, 15 the 15th'],
] as const;
const KINDS = ['ordinary', 'opening', 'adjusting', 'closing'];

const KeptLine = z.object({
  account: z.string(),
  debit: z.string(),
  credit: z.string(),
  memo: z.string(),
  details: z.string().default(''),
});
const KeptDraft = z.object({
  date: z.string().refine((date) => parseDate(date) !== null),
  description: z.string(),
  reference: z.string(),
  kind: z.enum(KINDS as [string, ...string[]]),
  lines: z.array(KeptLine),
});

const revive = (kept: unknown): Draft => {
  const draft = KeptDraft.parse(kept);
  return {
    ...draft,
    date: draft.date as CalendarDate,
    lines: draft.lines.map((line) => ({ ...emptyLine(), ...line })),
  };
};

export interface NewEntryShown {
  readonly slug: string;
  readonly currency: string;
  readonly exponent: number;
  readonly locale: string;
  readonly today: CalendarDate;
  readonly lastDate: CalendarDate | null;
  readonly accounts: readonly AccountChoice[];
  /** Commodities of the book and their decimals. */
  readonly units: readonly (readonly [code: string, decimals: number])[];
  readonly choices: DetailChoices;
}

export function NewEntry({
  slug,
  currency,
  exponent,
  locale,
  today,
  lastDate,
  accounts,
  units,
  choices,
}: NewEntryShown) {
  const facts: DraftFacts = useMemo(
    () => ({
      ...{ accounts, choices, exponent, locale },
      sign: decimalSignOf(locale),
      units: new Map(units),
    }),
    [accounts, choices, exponent, locale, units],
  );
  const initial = emptyDraft(lastDate ?? today);
  const [draft, setDraft, ready] = useKeptState(`daybook:draft:${slug}`, initial, revive);
  const outbox = useOutbox(slug);
  const [problem, setProblem] = useState<string | null>(null);
  const page = useRef<HTMLDivElement>(null);
  usePageKeys(KEYS);
  const totals = totalsOf(draft.lines, facts);
  const double = useDouble(slug, draft.reference, totals.debit);
  const focus = (cell: string) =>
    page.current?.querySelector<HTMLInputElement>(`[data-cell="${cell}"]`)?.focus();
  useEffect(() => {
    if (ready) page.current?.querySelector<HTMLInputElement>('[data-cell="date"]')?.focus();
  }, [ready]);
  const post = () => {
    const read = entryOf(draft, facts);
    if ('problem' in read) {
      setProblem(read.problem);
      if (read.line !== null) focus(`${read.line}/account`);
      return;
    }
    flushSync(() => {
      setProblem(null);
      outbox.send(read.entry);
      setDraft(emptyDraft(draft.date));
    });
    focus('description');
  };
  const latestPost = useRef(post);
  latestPost.current = post;
  const bringBack = (item: SentEntry) => {
    flushSync(() => {
      outbox.drop(item.commandId);
      setDraft(draftOf(item.entry, facts));
      setProblem(item.reason ?? null);
    });
    focus('0/account');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // The field that is being typed in says what it holds as it is left; then the latest draft is posted.
      flushSync(() => (document.activeElement as HTMLElement | null)?.blur());
      latestPost.current();
    } else if (event.key === 'F2') {
      const refused = outbox.sent.find(({ state }) => state === 'refused');
      if (!refused) return;
      event.preventDefault();
      bringBack(refused);
    }
  };
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
  const off = totals.difference < 0n ? -totals.difference : totals.difference;
  const workedOut = isWorkedOut(draft.lines, facts);
  const count = draft.lines.filter((line) => !isBlank(line)).length;
  return (
    <div className={classes.page} ref={page}>
      <section className={classes.sheet} aria-label="New entry">
        <div className={classes.head}>
          <DateField
            value={draft.date}
            today={today}
            locale={locale}
            onDate={(date) => setDraft((known) => ({ ...known, date }))}
          />
          <DescriptionField
            slug={slug}
            locale={locale}
            value={draft.description}
            onType={(description) => setDraft((known) => ({ ...known, description }))}
            onChoose={({ description, lines }) =>
              setDraft((known) => ({
                ...known,
                description,
                lines: known.lines.every(isBlank) ? linesOf(lines, facts) : known.lines,
              }))
            }
          />
          <input
            className={classes.reference}
            aria-label="Reference"
            placeholder="Reference"
            autoComplete="off"
            maxLength={200}
            value={draft.reference}
            onChange={(event) => {
              const reference = event.currentTarget.value;
              setDraft((known) => ({ ...known, reference }));
            }}
          />
          <NativeSelect
            size="xs"
            aria-label="Kind"
            data={KINDS}
            value={draft.kind}
            onChange={(event) => {
              const kind = event.currentTarget.value;
              setDraft((known) => ({ ...known, kind }));
            }}
          />
        </div>
        <EntryGrid
          draft={draft}
          facts={facts}
          onLines={(change) =>
            setDraft((known) => {
              const lines = change(known.lines);
              return { ...known, lines: lines.length === 0 ? [emptyLine()] : lines };
            })
          }
        />
        <div className={classes.foot}>
          <Button size="xs" onClick={post}>
            Post <kbd>Ctrl Enter</kbd>
          </Button>
          <span role="status" className={off === 0n || workedOut ? classes.level : classes.off}>
            {workedOut
              ? 'Rates and taxes are worked out when it is posted'
              : off === 0n
                ? count === 0
                  ? `Amounts in ${currency}`
                  : 'In balance'
                : `Difference ${shownAmount(off, facts)} ${totals.difference > 0n ? 'debit' : 'credit'}`}
          </span>
          <span className={classes.totals}>
            {count} {count === 1 ? 'line' : 'lines'} · debit {shownAmount(totals.debit, facts)} ·
            credit {shownAmount(totals.credit, facts)}
          </span>
        </div>
        <div role="alert" className={classes.problem}>
          {problem}
        </div>
        {double === null ? null : (
          <p className={classes.warning}>
            Entry {double} has the same reference and amount. Post this one only if it is another.
          </p>
        )}
      </section>
      <SentList slug={slug} locale={locale} sent={outbox.sent} onBack={bringBack} />
    </div>
  );
}

const PAUSE_MS = 250;

/** Number of an earlier entry with the same reference and total. */
function useDouble(slug: string, reference: string, total: bigint): number | null {
  const [found, setFound] = useState<number | null>(null);
  const amount = total.toString();
  useEffect(() => {
    setFound(null);
    if (reference.trim() === '' || amount === '0') return;
    let outdated = false;
    const timer = setTimeout(() => {
      findDouble(slug, reference.trim(), amount).then(
        (number) => outdated || setFound(number),
        // A warning that cannot be had is no hindrance.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [slug, reference, amount]);
  return found;
}
