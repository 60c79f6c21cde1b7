// The chart of accounts as a tree, with balances.
import type { Metadata } from 'next';
import Link from 'next/link';
import { accountRows } from '../../../_components/accounts/account-rows.ts';
import { NewAccount } from '../../../_components/accounts/new-account.tsx';
import { Amount } from '../../../_components/amount.tsx';
import { EmptyState } from '../../../_components/empty-state.tsx';
import list from '../../../_components/list.module.css';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Accounts' };

const INDENT_PX = 18;

export default async function AccountsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'account.read');
  const accounts = await rooms().queries.accountBalances(book.id);
  const rows = accountRows(accounts);
  const groups = rows.filter((row) => row.account === null).map((row) => row.path);
  return (
    <>
      <PageHeader title="Accounts">
        {may('account.change') ? <NewAccount slug={book.slug} groups={groups} /> : null}
      </PageHeader>
      {rows.length === 0 ? (
        <EmptyState title="The book has no accounts yet">
          Open a first account, or import a ledger: its accounts come with it.
        </EmptyState>
      ) : (
        <div className={`${list.frame} ${list.narrow}`}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Name</th>
                <th scope="col">Type</th>
                <th scope="col" className={list.end}>
                  Balance {book.baseCurrency}, debit positive
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ account, level, name, path }) => (
                <tr key={account ? account.id : `heading ${path}`}>
                  <td className={list.tight}>{account?.code}</td>
                  <th scope="row" style={{ paddingInlineStart: level * INDENT_PX }}>
                    {account ? (
                      <Link
                        href={`/books/${book.slug}/accounts/${encodeURIComponent(account.code)}`}
                      >
                        {name}
                      </Link>
                    ) : (
                      name
                    )}
                  </th>
                  <td className={`${list.tight} ${list.muted}`}>
                    {account?.type}
                    {account?.closed ? ', closed' : ''}
                  </td>
                  <td className={`${list.tight} ${list.end}`}>
                    {account ? <Amount value={account.balance} style={book} zero="dash" /> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
