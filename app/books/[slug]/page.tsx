// Where a manager lands: the latest complete month in a few figures, how fresh they are, and its reports as PDF.
import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '../../_components/empty-state.tsx';
import { longDayText, periodText } from '../../_components/locale.ts';
import { Figures } from '../../_components/overview/figures.tsx';
import classes from '../../_components/overview/overview.module.css';
import { PageHeader } from '../../_components/page-header.tsx';
import { FileLinks } from '../../_components/report/file-links.tsx';
import { Freshness } from '../../_components/report/freshness.tsx';
import { requireMember } from '../../_server/actor.ts';
import { keyFigures } from '../../_server/key-figures.ts';
import { latestPeriod } from '../../_server/periods.ts';
import { rooms } from '../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'report.read');
  const period = latestPeriod(book, Date.now());
  const [position, figures] = await Promise.all([
    rooms().documents.position(book.id),
    keyFigures(book.id, period),
  ]);
  const base = `/books/${book.slug}/reports`;
  const reports = rooms().reports.filter(({ periods }) => periods.includes(period.kind));
  const month = periodText(period.key, book.locale);
  const locked = book.lockedThrough !== null && book.lockedThrough >= period.to;
  return (
    <>
      <PageHeader
        title={month}
        note={
          <Freshness
            position={position?.position ?? null}
            head={position?.head ?? null}
            computedAt={position?.updatedAt ?? null}
            shownPosition={position?.position ?? null}
            locale={book.locale}
            timeZone={book.timeZone}
          />
        }
      />
      <div className={classes.page}>
        <p className={classes.status}>
          The latest complete month, {longDayText(period.from, book.locale)} to{' '}
          {longDayText(period.to, book.locale)} ·{' '}
          {locked ? 'locked' : 'provisional: the month is not locked yet'}
        </p>
        {figures ? (
          <Figures figures={figures} book={book} base={base} period={period.key} />
        ) : (
          <EmptyState
            title="No figures yet"
            action={
              may('entry.post') ? (
                <Link href={`/books/${book.slug}/entries/new`}>Post the first entry</Link>
              ) : null
            }
          >
            The worker is preparing the documents of this book. They appear here by themselves.
          </EmptyState>
        )}
        <h2 className={classes.heading}>Reports of {month}</h2>
        <ul className={classes.reports}>
          {reports.map(({ name, title }) => (
            <li key={name}>
              <Link href={`${base}/${name}/${period.key}`}>{title}</Link>
              <FileLinks address={`${base}/${name}/${period.key}`} quiet />
            </li>
          ))}
        </ul>
        <p className={classes.more}>
          <Link href={`${base}?period=${period.fiscalYear.name}`}>
            Reports of the year {period.fiscalYear.name}
          </Link>
        </p>
      </div>
    </>
  );
}
