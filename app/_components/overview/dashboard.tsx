// The stored dashboard of a period as the page is filtered: key figures, then charts.
import Link from 'next/link';
import type { Period } from '#ledger/domain/calendar.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { type Chosen, resultFigures, standingFigures } from '../../_server/key-figures.ts';
import type { ReadDashboard } from '../../_server/read-dashboard.ts';
import { longDayText } from '../locale.ts';
import { type ChartLinks, DashboardCharts } from './dashboard-charts.tsx';
import { Figures } from './figures.tsx';
import classes from './overview.module.css';

export function Dashboard({
  read,
  chosen,
  book,
  period,
  links,
  through,
  document,
}: {
  read: ReadDashboard;
  chosen: Chosen;
  book: BookCopy;
  period: Period;
  links: ChartLinks;
  /** The last month that has documents. */
  through: string | null;
  /** Address of the document that says the same; null where there can't be one. */
  document: string | null;
}) {
  const result = resultFigures(read, chosen, period);
  const of = { book, base: `/books/${book.slug}/reports`, period: period.key };
  return (
    <>
      {result.length > 0 ? (
        <Figures figures={result} {...of} />
      ) : (
        <p className={classes.none}>
          Nothing was booked for that in the twelve months until{' '}
          {longDayText(period.to, book.locale)}. Choose another dimension or group of accounts.
        </p>
      )}
      <Figures figures={standingFigures(read)} {...of} />
      <p className={classes.currency}>
        Amounts in {book.baseCurrency}
        {chosen.dimension || chosen.group ? (
          <>
            . Cash, receivables and payables are those of the company.{' '}
            {document ? <Link href={document}>As a report</Link> : null}
          </>
        ) : null}
      </p>
      <DashboardCharts
        parts={read.parts}
        chosen={chosen}
        months={read.parts.months.filter((month) => through === null || month <= through)}
        links={links}
        book={book}
      />
    </>
  );
}
