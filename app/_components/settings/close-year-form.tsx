// Closes a fiscal year: looked at first, then posted.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import type { ClosedYear } from '#ledger/commands/close-year.ts';
import { closeYear } from '../../_actions/settings.ts';
import { Amount, type FigureStyle } from '../amount.tsx';
import form from '../forms/form.module.css';
import { longDayText } from '../locale.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

export function CloseYearForm({
  slug,
  currency,
  style,
  years,
  accounts,
  usual,
}: {
  slug: string;
  currency: string;
  style: FigureStyle;
  /** Fiscal years that are over, newest first. */
  years: readonly string[];
  /** Accounts of equity, and the one that usually takes the result. */
  accounts: readonly { readonly value: string; readonly label: string }[];
  usual: string | null;
}) {
  const router = useRouter();
  const sheet = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState<(ClosedYear & { readonly posted: boolean }) | null>(null);
  const { pending, refusal, send } = useCommand(closeYear);
  const run = async (dryRun: boolean) => {
    const data = new FormData(sheet.current!);
    const text = (name: string) => String(data.get(name) ?? '');
    const answer = await send({ slug, dryRun, year: text('year'), to: text('to') });
    setShown(answer ? { ...answer.result, posted: !dryRun } : null);
    if (answer && !dryRun) router.refresh();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(true);
  };
  return (
    <section className={form.section}>
      <h2>Close a year</h2>
      <p>
        One entry on the year’s last day moves its result to equity. Statements of the year leave it
        out. It can be reversed until its day is locked; a year needs no closing for its reports.
      </p>
      <form ref={sheet} onSubmit={submit} className={form.sheet} aria-label="Close a year">
        <div className={form.fields} onChange={() => setShown(null)}>
          <NativeSelect name="year" label="Year" data={[...years]} />
          <NativeSelect
            name="to"
            label="Result to"
            data={[...accounts]}
            defaultValue={usual ?? undefined}
          />
        </div>
        <RefusalNotice refusal={refusal} />
        {shown ? (
          <p role="status">
            {shown.posted ? (
              <>
                Posted as{' '}
                <Link href={`/books/${slug}/entries/${shown.number}`}>entry {shown.number}</Link>:{' '}
              </>
            ) : null}
            Result <Amount value={shown.result} style={style} /> {currency} from {shown.accounts}{' '}
            {shown.accounts === 1 ? 'account' : 'accounts'}, on{' '}
            {longDayText(shown.date, style.locale)}.
          </p>
        ) : null}
        <div className={form.buttons}>
          <Button type="submit" variant="default" loading={pending}>
            Preview
          </Button>
          {shown && !shown.posted ? (
            <Button onClick={() => void run(false)} loading={pending}>
              Post the closing
            </Button>
          ) : null}
        </div>
      </form>
    </section>
  );
}
