// Closes a fiscal year: looked at first, then posted.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import { closeYear } from '../../_actions/settings.ts';
import { Amount, type FigureStyle } from '../amount.tsx';
import form from '../forms/form.module.css';
import { longDayText } from '../locale.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { usePreview } from '../use-preview.ts';

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
  const { sheet, pending, refusal, shown, forget, look, post } = usePreview(closeYear, (field) => ({
    slug,
    year: field('year'),
    to: field('to'),
  }));
  return (
    <section className={form.section}>
      <h2>Close a year</h2>
      <p>
        One entry on the year’s last day moves its result to equity. Statements of the year leave it
        out. It can be reversed until its day is locked; a year needs no closing for its reports.
      </p>
      <form ref={sheet} onSubmit={look} className={form.sheet} aria-label="Close a year">
        <div className={form.fields} onChange={forget}>
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
                <Link href={`/books/${slug}/entries/${shown.result.number}`}>
                  entry {shown.result.number}
                </Link>
                :{' '}
              </>
            ) : null}
            Result <Amount value={shown.result.result} style={style} /> {currency} from{' '}
            {shown.result.accounts} {shown.result.accounts === 1 ? 'account' : 'accounts'}, on{' '}
            {longDayText(shown.result.date, style.locale)}.
          </p>
        ) : null}
        <div className={form.buttons}>
          <Button type="submit" variant="default" loading={pending}>
            Preview
          </Button>
          {shown && !shown.posted ? (
            <Button onClick={post} loading={pending}>
              Post the closing
            </Button>
          ) : null}
        </div>
      </form>
    </section>
  );
}
