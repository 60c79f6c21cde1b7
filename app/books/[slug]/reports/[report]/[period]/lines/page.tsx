// The lines of the journal behind one amount of a report: those that the document knows, so that their sum is the amount. Of a
// consolidated amount first the parts that books add to it, then the lines behind one of these, for members of that book.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { isPermitted } from '#ledger/domain/permissions.ts';
import { EmptyState } from '../../../../../../_components/empty-state.tsx';
import list from '../../../../../../_components/list.module.css';
import { periodText } from '../../../../../../_components/locale.ts';
import { PageHeader } from '../../../../../../_components/page-header.tsx';
import { LinesTable } from '../../../../../../_components/report/lines-table.tsx';
import { PageLinks } from '../../../../../../_components/report/page-links.tsx';
import { headOf } from '../../../../../../_components/report/paper.tsx';
import { PartsTable } from '../../../../../../_components/report/parts-table.tsx';
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

const PLACE = /^\d{1,6}$/;

export const metadata: Metadata = { title: 'Behind a figure' };

export default async function LinesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; report: string; period: string }>;
  searchParams: SearchParams;
}) {
  const { slug, report, period: key } = await params;
  const { book, person } = await requireMember(slug, 'account.read');
  const period = periodOf(book, key);
  const known = listedIn(book, report);
  if (!period || !known?.periods.includes(period.kind)) notFound();
  const read = await searchReader(searchParams);
  const [place, columnKey, part] = [read('row'), read('column'), read('part')];
  const isView = rooms().viewOf(report) !== null;
  const found = await readReport(book.id, { report, isView }, period, 1);
  if (found === 'no-such-page' || !found.shown || !PLACE.test(place)) notFound();
  if (part !== '' && !PLACE.test(part)) notFound();
  const { body, head } = found.shown;
  const row = body.rows[Number(place)];
  const column = body.columns.find((own) => own.key === columnKey);
  const amount = row?.values[columnKey];
  if (!row || !column || !amount || column.kind !== 'amount') notFound();
  const lines = await rooms().figureLines({
    ...{ bookId: book.id, body, period, asOf: head.asOf, at: Number(place), key: columnKey },
    page: pageNumber(read('page')),
    ...(part !== '' && { part: Number(part) }),
    readable: person.memberships
      .filter(({ role }) => isPermitted(role, 'account.read'))
      .map((own) => own.book),
  });
  const address = `/books/${book.slug}/reports/${report}/${period.key}`;
  const figure = { row: place, column: columnKey };
  const of = lines && 'lines' in lines && lines.book !== book.id ? lines.book : null;
  const owner = of === null ? book : await rooms().documents.book(of);
  if (!owner) notFound();
  const title = [row.account, row.name].filter(Boolean).join(' ');
  return (
    <>
      <PageHeader
        title={title}
        from={
          part === ''
            ? { href: address, label: `${body.title}, ${periodText(period.key, book.locale)}` }
            : { href: filteredAddress(`${address}/lines`, figure), label: body.title }
        }
        note={
          <span className={list.muted}>
            {headOf(column, body)}
            {of === null ? '' : `, the part of ${owner.name}`}
          </span>
        }
      />
      {lines ? (
        <>
          {'parts' in lines ? (
            <PartsTable
              parts={lines}
              amount={amount}
              book={book}
              address={(own) =>
                filteredAddress(`${address}/lines`, { ...figure, part: String(own) })
              }
            />
          ) : (
            <LinesTable lines={lines} amount={part === '' ? amount : lines.sum} book={owner} />
          )}
          <PageLinks
            address={filteredAddress(`${address}/lines`, { ...figure, part })}
            page={lines.page}
            pages={lines.pages}
          />
        </>
      ) : part !== '' ? (
        <EmptyState title="These entries are in a book that you are not a member of">
          Its owner can make you one.
        </EmptyState>
      ) : (
        <EmptyState title="No entries stand behind this figure">
          It is a plan, a ratio, or comes of one: its row says of what.
        </EmptyState>
      )}
    </>
  );
}
