// One entry: its lines, who posted it and when, its event, and what reverses it.
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Amount } from '../../../../_components/amount.tsx';
import classes from '../../../../_components/entry/entry.module.css';
import { LineText } from '../../../../_components/entry/line-text.tsx';
import { ReverseForm } from '../../../../_components/entry/reverse-form.tsx';
import list from '../../../../_components/list.module.css';
import { longDayText, momentText } from '../../../../_components/locale.ts';
import { PageHeader } from '../../../../_components/page-header.tsx';
import { requireMember } from '../../../../_server/actor.ts';
import { rooms } from '../../../../_server/rooms.ts';
import { sumText } from '../../../../_server/sum-text.ts';

type Params = Promise<{ slug: string; number: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Entry ${(await params).number}` };
}

export default async function EntryPage({ params }: { params: Params }) {
  const { slug, number } = await params;
  const { book, may } = await requireMember(slug, 'journal.read');
  const entry = /^[1-9]\d{0,9}$/.test(number)
    ? await rooms().queries.entryByNumber(book.id, Number(number))
    : null;
  if (!entry) notFound();
  const base = `/books/${book.slug}`;
  const amounts = (side: string) =>
    sumText(entry.lines.filter((line) => line.side === side).map((line) => line.amount));
  return (
    <>
      <PageHeader
        from={{ href: `${base}/journal`, label: 'Journal' }}
        title={`Entry ${entry.number}`}
      >
        {may('entry.reverse') && entry.reversedBy === null ? (
          <ReverseForm slug={book.slug} number={entry.number} date={entry.date} />
        ) : null}
      </PageHeader>
      <dl className={classes.facts}>
        <Fact label="Date">{longDayText(entry.date, book.locale)}</Fact>
        <Fact label="Description">{entry.description}</Fact>
        {entry.reference ? <Fact label="Reference">{entry.reference}</Fact> : null}
        <Fact label="Kind">{entry.kind}</Fact>
        {entry.reverses === null ? null : (
          <Fact label="Reverses">
            <Link href={`${base}/entries/${entry.reverses}`}>entry {entry.reverses}</Link>
          </Fact>
        )}
        {entry.reversedBy === null ? null : (
          <Fact label="Reversed by">
            <Link href={`${base}/entries/${entry.reversedBy}`}>entry {entry.reversedBy}</Link>
          </Fact>
        )}
      </dl>
      <div className={`${list.frame} ${list.narrow}`}>
        <table className={list.table}>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Memo</th>
              <th scope="col" className={list.end}>
                Debit {book.baseCurrency}
              </th>
              <th scope="col" className={list.end}>
                Credit {book.baseCurrency}
              </th>
            </tr>
          </thead>
          <tbody>
            {entry.lines.map((line) => (
              <tr key={line.line}>
                <th scope="row">
                  <Link
                    href={`${base}/accounts/${encodeURIComponent(line.account)}?month=${entry.date.slice(0, 7)}`}
                  >
                    {line.account} {line.accountName}
                  </Link>
                </th>
                <td className={list.muted}>
                  <LineText line={line} currency={book.baseCurrency} style={book} />
                </td>
                {(['debit', 'credit'] as const).map((side) => (
                  <td key={side} className={`${list.tight} ${list.end}`}>
                    <Amount value={line.side === side ? line.amount : ''} style={book} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className={classes.total}>
              <th scope="row">Total</th>
              <td />
              {(['debit', 'credit'] as const).map((side) => (
                <td key={side} className={`${list.tight} ${list.end}`}>
                  <Amount value={amounts(side)} style={book} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={classes.trail}>
        Recorded {momentText(entry.recordedAt, book.locale, book.timeZone)} by {entry.recordedBy}
        {entry.import === null ? '' : ', '}
        {entry.import === null ? null : (
          <Link href={`${base}/imports/${entry.import}`}>import {entry.import}</Link>
        )}
        . Event {entry.position}, {entry.eventType}; the chain up to it has the hash{' '}
        <code>{entry.eventHash}</code>.
      </p>
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
