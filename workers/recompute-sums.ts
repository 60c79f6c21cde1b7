// The sums of entries that touch cash and of adjusting entries: read whole when a worker first meets a book, when other
// accounts count as cash, and after large imports; else kept up to date by the lines that a recompute reads anyway.
import type { Account } from '#ledger/domain/account.ts';
import { monthOf } from '#ledger/domain/calendar.ts';
import type { BookFacts } from '#reports/catalogue/book-ledger.ts';
import {
  addEntries,
  cashAccounts,
  cashKeyOf,
  type EntrySums,
} from '#reports/catalogue/entry-sums.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { ADJUSTING, type PostingColumns, summedEntries } from './recompute-postings.ts';
import type { LedgerConnection } from './recompute-snapshot.ts';
import { SUMMED, SUMMED_BY, summedRows } from './summed-postings.ts';

const CASH = `
  with touching as (
    select entry_id from postings where book_id = $1 and account_id = any($3::int[])
    group by entry_id having sum(side * amount) <> 0)
  select ${SUMMED}
  from touching t join posted_entries e on e.id = t.entry_id join postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 and p.account_id <> all($3::int[]) ${SUMMED_BY}`;

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
  const read = async (text: string, ...values: unknown[]) =>
    monthTable(
      monthOf(facts.calendar.startDate),
      await summedRows(connection, text, [facts.id, until, ...values]),
    );
  return {
    cash: await read(CASH, cashAccounts(accounts)),
    adjustments: await read(ADJUSTED),
    cashKey: cashKeyOf(accounts),
  };
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
