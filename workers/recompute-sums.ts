// The sums of entries that touch cash and of adjusting entries: read whole when a worker first meets a book, when other
// accounts count as cash, and after large imports; else kept up to date by the lines that a recompute reads anyway.
import type { Account } from '#ledger/domain/account.ts';
import { type Month, monthOf } from '#ledger/domain/calendar.ts';
import type { BookFacts } from '#reports/catalogue/book-ledger.ts';
import {
  addEntries,
  cashAccounts,
  cashKeyOf,
  type EntrySums,
  type Sums,
  sumsOf,
} from '#reports/catalogue/entry-sums.ts';
import { ADJUSTING, type PostingColumns, summedEntries } from './recompute-postings.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

interface SumColumns {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
}

const SUMMED = `
  p.account_id as account, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    max(e.position) as position`;
const BY = `group by p.account_id, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

const CASH = `
  with touching as (
    select entry_id from postings where book_id = $1 and account_id = any($3::int[])
    group by entry_id having sum(side * amount) <> 0)
  select ${SUMMED}
  from touching t join posted_entries e on e.id = t.entry_id join postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 and p.account_id <> all($3::int[]) ${BY}`;

const ADJUSTED = `
  select ${SUMMED}
  from posted_entries e join postings p on p.entry_id = e.id
  where e.book_id = $1 and e.position <= $2 and ${ADJUSTING} ${BY}`;

async function read(
  connection: LedgerConnection,
  { calendar }: BookFacts,
  text: string,
  values: unknown[],
): Promise<Sums> {
  const rows = await select<SumColumns>(connection, text, values);
  return sumsOf(
    monthOf(calendar.startDate),
    rows.map(({ account, closing, credit, debit, month, position }) => ({
      ...{ account, month, closing, lastPosition: position },
      debit: BigInt(debit),
      credit: BigInt(credit),
    })),
  );
}

/** All sums of what was recorded until a position. */
export async function readSums(
  connection: LedgerConnection,
  facts: BookFacts,
  accounts: readonly Account[],
  until: number,
): Promise<EntrySums> {
  return {
    cash: await read(connection, facts, CASH, [facts.id, until, cashAccounts(accounts)]),
    adjustments: await read(connection, facts, ADJUSTED, [facts.id, until]),
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
