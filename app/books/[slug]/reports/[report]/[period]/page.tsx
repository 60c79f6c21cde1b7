// A report's page: the stored document, looking like its paper. Read from the document store only.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { todayIn } from '#ledger/domain/calendar.ts';
import { EmptyState } from '../../../../../_components/empty-state.tsx';
import { PageHeader } from '../../../../../_components/page-header.tsx';
import { FileLinks } from '../../../../../_components/report/file-links.tsx';
import { Freshness } from '../../../../../_components/report/freshness.tsx';
import { KnownAt } from '../../../../../_components/report/known-at.tsx';
import { KnownReport } from '../../../../../_components/report/known-report.tsx';
import { PageLinks } from '../../../../../_components/report/page-links.tsx';
import { Paper } from '../../../../../_components/report/paper.tsx';
import { PeriodChooser } from '../../../../../_components/report/period-chooser.tsx';
import { ViewChooser } from '../../../../../_components/report/view-chooser.tsx';
import { verifyAddress } from '../../../../../_components/verify/verify-address.ts';
import { requireMember } from '../../../../../_server/actor.ts';
import { periodChoices, periodOf } from '../../../../../_server/periods.ts';
import { readReport } from '../../../../../_server/read-report.ts';
import { listedIn } from '../../../../../_server/reports.ts';
import { rooms } from '../../../../../_server/rooms.ts';
import { viewChoices } from '../../../../../_server/view-choices.ts';

type Params = Promise<{ slug: string; report: string; period: string }>;
type Search = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { report, period } = await params;
  const title = rooms().listedReport(report)?.title;
  return {
    title: title ? `${title} ${period}` : 'Report',
  };
}

export default async function ReportPage({
  params,
  searchParams,
}: {
  params: Params;
  searchParams: Search;
}) {
  const { slug, report, period: key } = await params;
  const { book, may } = await requireMember(slug, 'report.read');
  const period = periodOf(book, key);
  const known = listedIn(book, report);
  if (!period || !known?.periods.includes(period.kind)) notFound();
  const address = `/books/${book.slug}/reports/${report}/${period.key}`;
  const { knownAt, page: asked } = await searchParams;
  const page = typeof asked === 'string' && /^\d{1,6}$/.test(asked) ? Number(asked) : 1;
  if (typeof knownAt === 'string') {
    const question = { bookId: book.id, report, period: period.key, at: knownAt };
    return (
      <KnownReport
        title={known.title}
        question={question}
        answer={await rooms().audit.show(question, page)}
        period={period}
        address={address}
        book={book}
        accounts={may('account.read')}
      />
    );
  }
  const view = rooms().viewOf(report);
  const found = await readReport(book.id, { report, isView: view !== null }, period, page);
  if (found === 'no-such-page') notFound();
  return (
    <>
      <PageHeader
        title={found.shown?.body.title ?? known.title}
        from={{
          href: `/books/${book.slug}/reports?period=${period.key}`,
          label: 'Reports',
        }}
        note={
          <Freshness
            position={found.position}
            head={found.head}
            computedAt={found.shown?.head.computedAt ?? null}
            shownPosition={found.shown?.body.position ?? null}
            locale={book.locale}
            timeZone={book.timeZone}
          />
        }
      >
        <PeriodChooser
          choices={periodChoices(book, period, found.through, Date.now(), known.periods)}
          base={`/books/${book.slug}/reports/${report}/`}
          locale={book.locale}
        />
        <ViewChooser choices={viewChoices(book, report, period)} />
        {found.shown ? <FileLinks address={address} position={found.position} /> : null}
      </PageHeader>
      {found.shown ? (
        <>
          <Paper
            body={found.shown.body}
            rows={found.shown.rows}
            period={period}
            digest={found.shown.head.digest}
            links={{
              ...{ book: book.slug, accounts: may('account.read') },
              ...(known.behind && { lines: { address, plans: known.behind.plans ?? [] } }),
            }}
          />
          <PageLinks address={address} page={found.shown.page} pages={found.shown.pages} />
          <KnownAt
            address={address}
            verify={verifyAddress(book.slug, {
              ...found.shown.body,
              ...{ digest: found.shown.head.digest, period: period.key },
            })}
            today={todayIn(book.timeZone, Date.now())}
          />
        </>
      ) : (
        <EmptyState title="This document isn’t there yet">
          {found.through && period.from.slice(0, 7) > found.through
            ? 'Documents reach to the current month. Entries in later months bring theirs with them.'
            : 'The worker is preparing the documents of this book. They appear here by themselves.'}
        </EmptyState>
      )}
    </>
  );
}
