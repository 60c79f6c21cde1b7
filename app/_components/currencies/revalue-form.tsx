// Revaluation at a month's end: looked at first, then posted with its reversal on the next day.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import type { Revaluation } from '#ledger/commands/revalue-currencies.ts';
import { revalueCurrencies } from '../../_actions/currencies.ts';
import { Amount, type FigureStyle } from '../amount.tsx';
import form from '../forms/form.module.css';
import list from '../list.module.css';
import { dayText } from '../locale.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { usePreview } from '../use-preview.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export function RevalueForm({
  slug,
  currency,
  style,
  ends,
  accounts,
  usual,
}: {
  slug: string;
  currency: string;
  style: FigureStyle;
  /** Ends of months, and the accounts that may take gains and losses. */
  ends: readonly Choice[];
  accounts: readonly Choice[];
  usual: string | null;
}) {
  const { sheet, pending, refusal, shown, forget, look, post } = usePreview(
    revalueCurrencies,
    (field) => ({
      slug,
      date: field('date'),
      gains: field('gains'),
      losses: field('losses'),
    }),
  );
  return (
    <>
      <form ref={sheet} onSubmit={look} className={form.sheet} aria-label="Revalue currencies">
        <div className={form.fields} onChange={forget}>
          <NativeSelect name="date" label="At the end of" data={[...ends]} />
          <NativeSelect
            name="gains"
            label="Gains to"
            data={[...accounts]}
            defaultValue={usual ?? undefined}
          />
          <NativeSelect
            name="losses"
            label="Losses to"
            data={[...accounts]}
            defaultValue={usual ?? undefined}
          />
        </div>
        <RefusalNotice refusal={refusal} />
        <div className={form.buttons}>
          <Button type="submit" variant="default" loading={pending}>
            Preview
          </Button>
          {shown && !shown.posted ? (
            <Button onClick={post} loading={pending}>
              Post it and its reversal
            </Button>
          ) : null}
        </div>
      </form>
      {shown ? (
        <Revalued
          shown={{ ...shown.result, posted: shown.posted }}
          slug={slug}
          currency={currency}
          style={style}
        />
      ) : null}
    </>
  );
}

function Revalued({
  shown,
  slug,
  currency,
  style,
}: {
  shown: Revaluation & { readonly posted: boolean };
  slug: string;
  currency: string;
  style: FigureStyle;
}) {
  const entry = (number: number) => (
    <Link href={`/books/${slug}/entries/${number}`}>entry {number}</Link>
  );
  return (
    <>
      {shown.posted ? (
        <p role="status">
          Posted as {entry(shown.number)}, reversed on the next day by {entry(shown.reversal)}.
        </p>
      ) : null}
      <div className={`${list.frame} ${list.narrow}`}>
        <table className={list.table}>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col" className={list.end}>
                Holds
              </th>
              <th scope="col" className={list.end}>
                Rate
              </th>
              <th scope="col" className={list.end}>
                Stands at {currency}
              </th>
              <th scope="col" className={list.end}>
                Is worth
              </th>
              <th scope="col" className={list.end}>
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.lines.map((line) => (
              <tr key={`${line.account} ${line.unit}`}>
                <th scope="row">
                  {line.account} {line.name}
                </th>
                <td className={`${list.tight} ${list.end}`}>
                  <Amount value={line.quantity} style={style} /> {line.unit}
                </td>
                <td
                  className={`${list.tight} ${list.end}`}
                  title={`from ${dayText(line.rateDate, style.locale)}`}
                >
                  <Amount value={line.rate} style={style} />
                </td>
                {(['before', 'worth', 'difference'] as const).map((key) => (
                  <td key={key} className={`${list.tight} ${list.end}`}>
                    <Amount value={line[key]} style={style} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
