// A report as it was known then: under a band that says so, so that nobody takes it for the current one.
import Link from 'next/link';
import type { Period } from '#ledger/domain/calendar.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { KnownFault, KnownQuestion, ShownReport } from '#workers/show-known.ts';
import { EmptyState } from '../empty-state.tsx';
import { dayText, momentText } from '../locale.ts';
import { PageHeader } from '../page-header.tsx';
import { verifyAddress } from '../verify/verify-address.ts';
import classes from './known-report.module.css';
import { PageLinks } from './page-links.tsx';
import { Paper } from './paper.tsx';

const FAULTS: Readonly<Record<KnownFault | 'busy', readonly [title: string, what: string]>> = {
  'bad-moment': [
    'That is neither a day nor a ledger position',
    'Write a day as 2026-03-31, or a position as it stands in a footer.',
  ],
  'nothing-known-yet': [
    'The book had no such day or position',
    'Nothing was recorded until then, or the book has not come that far.',
  ],
  'no-such-report': ['There is no such report', 'Choose one from the list of reports.'],
  'no-such-page': ['The report had fewer pages then', 'Begin with its first page.'],
  busy: [
    'Other reports are being recomputed',
    'One is at a time. Open this page again in a moment.',
  ],
};

export function KnownReport({
  title,
  question,
  answer,
  period,
  address,
  book,
  accounts,
}: {
  title: string;
  question: KnownQuestion;
  answer: ShownReport | KnownFault | 'busy';
  period: Period;
  address: string;
  book: BookCopy;
  accounts: boolean;
}) {
  const from = { href: address, label: title };
  if (typeof answer === 'string') {
    const [wrong, what] = FAULTS[answer];
    return (
      <>
        <PageHeader title="As known then" from={from} />
        <EmptyState title={wrong} action={<Link href={address}>The current report</Link>}>
          {what}
        </EmptyState>
      </>
    );
  }
  const { body, digest, page, pages, partiesRenamed, position, recordedAt, rows } = answer;
  const { at } = question;
  const day = at.includes('-');
  const file = (format: string) => `${address}/as-known.${format}?at=${at}`;
  return (
    <>
      <PageHeader title="As known then" from={from}>
        <a href={file('pdf')} download>
          PDF
        </a>
        <a href={file('csv')} download>
          CSV
        </a>
      </PageHeader>
      <p className={classes.band} role="note">
        <strong>
          As known {day ? `at the end of ${dayText(at, book.locale)}` : `at position ${position}`}.
        </strong>{' '}
        Nothing recorded after position {position} (
        {momentText(recordedAt, book.locale, book.timeZone)}) is in it.
        {partiesRenamed
          ? ' Customers and suppliers are called as they are today: former names are not kept.'
          : ''}{' '}
        <Link href={address}>The current report</Link>{' '}
        <Link href={verifyAddress(book.slug, { ...body, digest, period: body.period.key })}>
          What has changed since
        </Link>
      </p>
      <Paper
        body={body}
        rows={rows}
        period={period}
        digest={digest}
        links={{ book: book.slug, accounts }}
      />
      <PageLinks address={`${address}?knownAt=${at}`} page={page} pages={pages} />
    </>
  );
}
