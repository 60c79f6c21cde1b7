// The sums of entries that touch cash and of adjusting entries: read whole when a worker first meets a book, when other
// accounts count as cash, and after large imports; else kept up to date by the lines that a recompute reads anyway.
import type { Account } from '#ledger/domain/account.ts';
import { type Month, monthOf } from '#ledger/domain/calendar.ts';
import type { BookFacts } from '#reports/catalogue/book-ledger.ts';
import {
  addEntries,
  addPaid,
  cashAccounts,
  cashKeyOf,
  type EntrySums,
  ofCash,
} from '#reports/catalogue/entry-sums.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { ADJUSTING, type PostingColumns, summedEntries } from './recompute-postings.ts';
import type { LedgerConnection } from './recompute-snapshot.ts';
import { SUMMED, SUMMED_BY, summedRows } from './summed-postings.ts';

/**
 * Entries that change cash or revalue it, with whether nothing is revalued and other accounts are moved to one side only: then
 * all of it was received or paid.
 */
const TOUCHING = `
  with touching as (
    select entry_id,
      count(distinct side) filter (where account_id <> all($3::int[])) = 1
        and count(*) filter (where quantity = 0) = 0 as plain
    from postings where book_id = $1 and entry_id in (
      select entry_id from postings where book_id = $1 and account_id = any($3::int[])
      group by entry_id having sum(side * amount) <> 0 or bool_or(quantity = 0))
    group by entry_id)`;
const PLAINLY_PAID = `${TOUCHING}
  select ${SUMMED}
  from touching t join posted_entries e on e.id = t.entry_id join postings p on p.entry_id = e.id
  where t.plain and e.book_id = $1 and e.position <= $2 and p.account_id <> all($3::int[]) ${SUMMED_BY}`;
const OTHERS = `
  declare paying_entries no scroll cursor for ${TOUCHING}
  select to_char(e.entry_date, 'YYYY-MM') as month, e.closing, e.position,
    array_agg(p.account_id order by p.line) as accounts,
    array_agg((p.side * p.amount)::text order by p.line) as amounts,
    array_agg(p.quantity is not distinct from 0 order by p.line) as revalued
  from touching t join posted_entries e on e.id = t.entry_id join postings p on p.entry_id = e.id
  where not t.plain and e.book_id = $1 and e.position <= $2
  group by e.id, e.entry_date, e.closing, e.position`;
const FETCH = 'fetch 5000 from paying_entries';

interface PayingEntry {
  month: Month;
  closing: boolean;
  position: number;
  accounts: number[];
  amounts: string[];
  revalued: boolean[];
}

const ADJUSTED = `
  select ${SUMMED}
  from posted_entries e join postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 and ${ADJUSTING} ${SUMMED_BY}`;

/** All sums of what was recorded until a position. */
export async function readSums(
  connection: LedgerConnection,
  facts: BookFacts,
  accounts: readonly Account[],
  until: number,
): Promise<EntrySums> {
  const { calendar, id } = facts;
  const first = monthOf(calendar.startDate);
  const read = async (text: string, ...values: unknown[]) =>
    monthTable(first, await summedRows(connection, text, [id, until, ...values]));
  const cashIds = cashAccounts(accounts);
  const isOfCash = ofCash(accounts);
  const paid = { cash: await read(PLAINLY_PAID, cashIds), exchange: monthTable(first, []) };
  await connection.query(OTHERS, [id, until, cashIds]);
  for (;;) {
    const rows = (await connection.query(FETCH)).rows as PayingEntry[];
    if (rows.length === 0) break;
    for (const { accounts: moved, amounts, revalued, ...entry } of rows) {
      const lines = moved.map((account, at) => {
        return { account, amount: BigInt(amounts[at]!), revalued: revalued[at]! };
      });
      addPaid(paid, isOfCash, { ...entry, lines });
    }
  }
  await connection.query('close paying_entries');
  return { ...paid, adjustments: await read(ADJUSTED), cashKey: cashKeyOf(accounts) };
}

/** What is remembered, brought up to date. @param lines of the entries that came since; null: they are too many */
export async function sumsSince(
  connection: LedgerConnection,
  { facts, head }: { readonly facts: BookFacts; readonly head: number },
  accounts: readonly Account[],
  known: EntrySums | null,
  lines: readonly PostingColumns[] | null,
): Promise<EntrySums> {
  if (known === null || lines === null || known.cashKey !== cashKeyOf(accounts)) {
    return readSums(connection, facts, accounts, head);
  }
  addEntries(known, accounts, summedEntries(lines));
  return known;
}
