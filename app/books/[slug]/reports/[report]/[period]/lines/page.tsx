// The lines of the journal behind one amount of a report: those that the document knows, so that their sum is the amount.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EmptyState } from '../../../../../../_components/empty-state.tsx';
import list from '../../../../../../_components/list.module.css';
import { periodText } from '../../../../../../_components/locale.ts';
import { PageHeader } from '../../../../../../_components/page-header.tsx';
import { LinesTable } from '../../../../../../_components/report/lines-table.tsx';
import { PageLinks } from '../../../../../../_components/report/page-links.tsx';
import { headOf } from '../../../../../../_components/report/paper.tsx';
import { requireMember } from '../../../../../../_server/actor.ts';
import { periodOf } from '../../../../../../_server/periods.ts';
import { readReport } from '../../../../../../_server/read-report.ts';
import { listedIn } from '../../../../../../_server/reports.ts';
import { rooms } from '../../../../../../_server/rooms.ts';
import {
  filteredAddress,
  pageNumber,
  type SearchParams,
  searchReader,
} from '../../../../../../_server/search-text.ts';

export const metadata: Metadata = { title: 'Behind a figure' };

export default async function LinesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; report: string; period: string }>;
  searchParams: SearchParams;
}) {
  const { slug, report, period: key } = await params;
  const { book } = await requireMember(slug, 'account.read');
  const period = periodOf(book, key);
  const known = listedIn(book, report);
  if (!period || !known?.periods.includes(period.kind)) notFound();
  const read = await searchReader(searchParams);
  const [place, columnKey] = [read('row'), read('column')];
  const isView = rooms().viewOf(report) !== null;
  const found = await readReport(book.id, { report, isView }, period, 1);
  if (found === 'no-such-page' || !found.shown || !/^\d{1,5}$/.test(place)) notFound();
  const { body, head } = found.shown;
  const row = body.rows[Number(place)];
  const column = body.columns.find((own) => own.key === columnKey);
  const amount = row?.values[columnKey];
  if (!row || !column || !amount || column.kind !== 'amount') notFound();
  const lines = await rooms().figureLines({
    ...{ bookId: book.id, body, period, asOf: head.asOf, at: Number(place), key: columnKey },
    page: pageNumber(read('page')),
  });
  const address = `/books/${book.slug}/reports/${report}/${period.key}`;
  const title = [row.account, row.name].filter(Boolean).join(' ');
  return (
    <>
      <PageHeader
        title={title}
        from={{ href: address, label: `${body.title}, ${periodText(period.key, book.locale)}` }}
        note={<span className={list.muted}>{headOf(column, body)}</span>}
      />
      {lines ? (
        <>
          <LinesTable lines={lines} amount={amount} book={book} />
          <PageLinks
            address={filteredAddress(`${address}/lines`, { row: place, column: columnKey })}
            page={lines.page}
            pages={lines.pages}
          />
        </>
      ) : (
        <EmptyState title="No entries stand behind this figure">
          It is a plan, a ratio, or comes of one: its row says of what.
        </EmptyState>
      )}
    </>
  );
}
