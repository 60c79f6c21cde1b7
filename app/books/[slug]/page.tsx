// Where a manager lands: what the company earned and spent, what it has and is owed, month by month, by group of accounts and
// by value of a dimension, from the stored dashboard; how fresh that is, and the reports of the period.
import type { Metadata } from 'next';
import Link from 'next/link';
import type { BookCopy } from '#reports/documents/reader.ts';
import { EmptyState } from '../../_components/empty-state.tsx';
import { longDayText, periodText } from '../../_components/locale.ts';
import { Dashboard } from '../../_components/overview/dashboard.tsx';
import { DashboardFilters } from '../../_components/overview/dashboard-filters.tsx';
import classes from '../../_components/overview/overview.module.css';
import { PageHeader } from '../../_components/page-header.tsx';
import { FileLinks } from '../../_components/report/file-links.tsx';
import { Freshness } from '../../_components/report/freshness.tsx';
import { PeriodChooser } from '../../_components/report/period-chooser.tsx';
import { requireMember } from '../../_server/actor.ts';
import { dashboardName } from '../../_server/dashboard-name.ts';
import type { Chosen } from '../../_server/key-figures.ts';
import { latestPeriod, periodChoices, periodOf } from '../../_server/periods.ts';
import { readDashboard } from '../../_server/read-dashboard.ts';
import { reportsOf } from '../../_server/reports.ts';
import { rooms } from '../../_server/rooms.ts';
import { filteredAddress, type SearchParams, searchReader } from '../../_server/search-text.ts';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: SearchParams;
}) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'report.read');
  const asked = await searchReader(searchParams);
  const now = Date.now();
  const period = periodOf(book, asked('period')) ?? latestPeriod(book, now);
  const chosen = { dimension: asked('dimension'), group: asked('group') };
  const position = await rooms().documents.position(book.id);
  const choices = periodChoices(book, period, position?.through ?? null, now);
  const read = await readDashboard(book, period, choices.previous);
  const home = `/books/${book.slug}`;
  const base = `${home}/reports`;
  const filtered = filteredAddress(home, { ...chosen });
  const name = dashboardName(chosen);
  const address = name && `${base}/${name}/${period.key}`;
  const links = {
    filtered: (other: Chosen) => filteredAddress(home, { period: period.key, ...other }),
    account: (code: string) => (may('account.read') ? `${home}/accounts/${code}` : null),
  };
  return (
    <>
      <PageHeader
        title="Overview"
        note={
          <Freshness
            position={position?.position ?? null}
            head={position?.head ?? null}
            computedAt={read?.computedAt ?? null}
            shownPosition={read?.position ?? null}
            locale={book.locale}
            timeZone={book.timeZone}
          />
        }
      >
        <PeriodChooser
          choices={choices}
          base={`${filtered}${filtered.includes('?') ? '&' : '?'}period=`}
          locale={book.locale}
        />
        {read && address ? (
          <FileLinks address={address} position={position?.position ?? null} />
        ) : null}
      </PageHeader>
      {read ? (
        <DashboardFilters base={home} period={period.key} parts={read.parts} chosen={chosen} />
      ) : null}
      <div className={classes.page}>
        <Status period={period} book={book} />
        {read ? (
          <Dashboard
            {...{ read, chosen, book, period, links }}
            through={position?.through ?? null}
            document={address}
          />
        ) : (
          <NoFigures post={may('entry.post') ? `${home}/entries/new` : null} />
        )}
        <ReportList base={base} period={period} book={book} />
      </div>
    </>
  );
}

type Period = NonNullable<ReturnType<typeof periodOf>>;

/** @param post where entries are posted, for who may */
const NoFigures = ({ post }: { post: string | null }) => (
  <EmptyState
    title="No figures yet"
    action={post ? <Link href={post}>Post the first entry</Link> : null}
  >
    The worker is preparing the documents of this book. They appear here by themselves.
  </EmptyState>
);

function Status({ period, book }: { period: Period; book: BookCopy }) {
  const locked = book.lockedThrough !== null && book.lockedThrough >= period.to;
  return (
    <p className={classes.status}>
      {longDayText(period.from, book.locale)} to {longDayText(period.to, book.locale)} ·{' '}
      {locked ? 'locked' : 'provisional: the period is not locked yet'}
    </p>
  );
}

function ReportList({ base, period, book }: { base: string; period: Period; book: BookCopy }) {
  const reports = reportsOf(book).filter(({ periods }) => periods.includes(period.kind));
  const year = period.fiscalYear.name;
  return (
    <>
      <h2 className={classes.heading}>Reports of {periodText(period.key, book.locale)}</h2>
      <ul className={classes.reports}>
        {reports.map(({ name, title }) => (
          <li key={name}>
            <Link href={`${base}/${name}/${period.key}`}>{title}</Link>
            <FileLinks address={`${base}/${name}/${period.key}`} quiet />
          </li>
        ))}
      </ul>
      <p className={classes.more}>
        <Link href={`${base}?period=${year}`}>Reports of the year {year}</Link>
      </p>
    </>
  );
}
