// The audit trail: every event by user, day and kind; late and back-dated entries marked.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '../../../_components/empty-state.tsx';
import filters from '../../../_components/filters.module.css';
import { EVENT_KINDS, eventText } from '../../../_components/history/event-text.ts';
import list from '../../../_components/list.module.css';
import { momentText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { PageLinks } from '../../../_components/report/page-links.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { historyChoice, historyQuery } from '../../../_server/history-filter.ts';
import { rooms } from '../../../_server/rooms.ts';
import {
  filteredAddress,
  pageNumber,
  type SearchParams,
  searchReader,
} from '../../../_server/search-text.ts';

export const metadata: Metadata = { title: 'History' };

export default async function HistoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: SearchParams;
}) {
  const { slug } = await params;
  const { book } = await requireMember(slug, 'history.read');
  const read = await searchReader(searchParams);
  const choice = historyChoice(read);
  const { queries } = rooms();
  const [found, people] = await Promise.all([
    queries.history(book.id, { ...historyQuery(choice), page: pageNumber(read('page')) }),
    queries.peopleOfHistory(book.id),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const base = `/books/${book.slug}/history`;
  const link = (row: (typeof found.rows)[number]) => {
    const { content, type } = row;
    if (type === 'JournalEntryPosted') return `/books/${book.slug}/entries/${content['number']}`;
    if (type === 'ImportPosted') return `/books/${book.slug}/imports/${content['import']}`;
    return null;
  };
  return (
    <>
      <PageHeader title="History">
        <a
          className={list.action}
          href={filteredAddress(`/books/${book.slug}/history.csv`, { ...choice })}
        >
          CSV
        </a>
      </PageHeader>
      <form className={filters.filters} action={base} method="get">
        <NativeSelect
          size="xs"
          name="user"
          label="By"
          defaultValue={choice.user}
          data={[
            { value: '', label: 'Everybody' },
            ...people.map(({ id, name }) => ({ value: `${id}`, label: name })),
          ]}
        />
        <NativeSelect
          size="xs"
          name="type"
          label="Kind"
          defaultValue={choice.type}
          data={[
            { value: '', label: 'Everything' },
            ...Object.entries(EVENT_KINDS).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextInput size="xs" type="date" name="from" label="From" defaultValue={choice.from} />
        <TextInput size="xs" type="date" name="to" label="To" defaultValue={choice.to} />
        <Button type="submit" size="xs" variant="default">
          Show
        </Button>
        <span className={filters.count}>{found.total.toLocaleString('en')} events</span>
      </form>
      {found.rows.length === 0 ? (
        <EmptyState title="No event is like that">Take a filter away.</EmptyState>
      ) : (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Position</th>
                <th scope="col">Recorded</th>
                <th scope="col">By</th>
                <th scope="col">What</th>
                <th scope="col">Mark</th>
              </tr>
            </thead>
            <tbody>
              {found.rows.map((row) => {
                const href = link(row);
                const text = eventText(row, names);
                return (
                  <tr key={row.position}>
                    <td className={list.tight}>{row.position}</td>
                    <td className={list.tight}>
                      {momentText(row.recordedAt, book.locale, book.timeZone)}
                    </td>
                    <td className={list.tight}>{row.user}</td>
                    <td>{href ? <Link href={href}>{text}</Link> : text}</td>
                    <td className={list.tight}>{row.mark}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <PageLinks
        address={filteredAddress(base, { ...choice })}
        page={found.page}
        pages={found.pages}
      />
    </>
  );
}
