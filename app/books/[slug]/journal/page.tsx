// Every entry of the book, newest date first: searched, filtered and paged on the server.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Metadata } from 'next';
import Link from 'next/link';
import { firstDay, lastDay, type Month } from '#ledger/domain/calendar.ts';
import { ENTRY_KINDS } from '#ledger/domain/journal-entry.ts';
import { Amount } from '../../../_components/amount.tsx';
import { EmptyState } from '../../../_components/empty-state.tsx';
import filters from '../../../_components/filters.module.css';
import list from '../../../_components/list.module.css';
import { dayText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { PageLinks } from '../../../_components/report/page-links.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';
import {
  filteredAddress,
  monthOrNothing,
  pageNumber,
  type SearchParams,
  searchReader,
} from '../../../_server/search-text.ts';

export const metadata: Metadata = { title: 'Journal' };

export default async function JournalPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: SearchParams;
}) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'journal.read');
  const read = await searchReader(searchParams);
  const month = monthOrNothing(read('month'));
  const kind = ENTRY_KINDS.find((known) => known === read('kind')) ?? '';
  const [account, text] = [read('account').trim(), read('text').trim()];
  const found = await rooms().queries.journal(book.id, {
    page: pageNumber(read('page')),
    ...(month && { from: firstDay(month as Month), to: lastDay(month as Month) }),
    ...(kind && { kind }),
    ...(account && { account: account.split(' ')[0]! }),
    ...(text && { text }),
  });
  const base = `/books/${book.slug}/journal`;
  const filtered = Boolean(month || kind || account || text);
  const chart = await rooms().queries.chart(book.id);
  return (
    <>
      <PageHeader title="Journal">
        {may('entry.post') ? (
          <Link href={`/books/${book.slug}/entries/new`} className={list.action}>
            New entry
          </Link>
        ) : null}
      </PageHeader>
      <form className={filters.filters} action={base} method="get">
        <TextInput
          className={filters.grow}
          size="xs"
          name="text"
          label="Search"
          placeholder="Description, reference or number"
          defaultValue={text}
        />
        <TextInput size="xs" type="month" name="month" label="Month" defaultValue={month} />
        <TextInput
          size="xs"
          name="account"
          label="Account"
          placeholder="Code"
          list="accounts"
          defaultValue={account}
        />
        <datalist id="accounts">
          {chart.map(({ code, name }) => (
            <option key={code} value={`${code} ${name}`} />
          ))}
        </datalist>
        <NativeSelect
          size="xs"
          name="kind"
          label="Kind"
          defaultValue={kind}
          data={[{ value: '', label: 'Every kind' }, ...ENTRY_KINDS]}
        />
        <Button type="submit" size="xs" variant="default">
          Show
        </Button>
        {filtered ? <Link href={base}>Clear</Link> : null}
        <span className={filters.count}>
          {found.total.toLocaleString('en')} {found.total === 1 ? 'entry' : 'entries'}
        </span>
      </form>
      {found.entries.length === 0 ? (
        <EmptyState title={filtered ? 'No entry is like that' : 'Nothing is booked yet'}>
          {filtered
            ? 'Take a filter away, or search for a part of the description.'
            : 'Post a first entry, or import the ledger you have kept so far.'}
        </EmptyState>
      ) : (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Date</th>
                <th scope="col">No.</th>
                <th scope="col">Description</th>
                <th scope="col">Accounts</th>
                <th scope="col">Reference</th>
                <th scope="col">Kind</th>
                <th scope="col" className={list.end}>
                  Amount
                </th>
              </tr>
            </thead>
            <tbody>
              {found.entries.map((entry) => (
                <tr key={entry.number}>
                  <td className={list.tight}>{dayText(entry.date, book.locale)}</td>
                  <td className={list.tight}>
                    <Link href={`/books/${book.slug}/entries/${entry.number}`}>{entry.number}</Link>
                  </td>
                  <th scope="row" className={list.clip} title={entry.description}>
                    {entry.description}
                  </th>
                  <td className={`${list.clip} ${list.muted}`} title={entry.accounts.join(', ')}>
                    {entry.accounts.slice(0, 2).join(', ')}
                    {entry.lines > 2 ? ` and ${entry.lines - 2} more` : ''}
                  </td>
                  <td className={list.tight}>{entry.reference}</td>
                  <td className={list.tight}>{entry.kind === 'ordinary' ? '' : entry.kind}</td>
                  <td className={`${list.tight} ${list.end}`}>
                    <Amount value={entry.amount} style={book} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PageLinks
        address={filteredAddress(base, { text, month, account, kind })}
        page={found.page}
        pages={found.pages}
      />
    </>
  );
}
