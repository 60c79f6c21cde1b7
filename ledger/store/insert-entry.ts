// Writing a posted entry to the relational snapshot: one statement each for the entry, its postings and the balances
// per account and month, whatever the number of lines.
import type pg from 'pg';
import { monthOf } from '#ledger/domain/calendar.ts';
import type { JournalEntry } from '#ledger/domain/journal-entry.ts';

export interface EntryRow {
  readonly book: number;
  /** Position of its event, which gives the time and the user. */
  readonly position: number;
  readonly entry: JournalEntry;
  /** Id of the entry that this one reverses. */
  readonly reversesId: bigint | null;
}

const ENTRY = `
  insert into journal_entries (book_id, number, entry_date, kind, closing, reference, description, reverses_id,
    position, recorded_at, user_id)
  select $1, $2, $3, $4, $5, $6, $7, $8, position, recorded_at, user_id
  from events where book_id = $1 and position = $9
  returning id`;

const POSTINGS = `
  insert into postings (entry_id, line, book_id, account_id, entry_date, side, amount, memo)
  select $1, row.line, $2, row.account, $3, row.side, row.amount, row.memo
  from unnest($4::int[], $5::smallint[], $6::bigint[], $7::text[])
    with ordinality as row(account, side, amount, memo, line)`;

const BALANCES = `
  insert into account_balances as b (book_id, account_id, month, closing, debit, credit, last_position)
  select $1, row.account, $2, $3, coalesce(sum(row.amount) filter (where row.side = 1), 0),
    coalesce(sum(row.amount) filter (where row.side = -1), 0), $4
  from unnest($5::int[], $6::smallint[], $7::bigint[]) as row(account, side, amount)
  group by row.account order by row.account
  on conflict (account_id, month, closing) do update
  set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`;

/** Inserts the entry, moves the balances and the book's last number. The event is already appended. */
export async function insertEntry(client: pg.ClientBase, row: EntryRow): Promise<void> {
  const { book, position, entry, reversesId } = row;
  const { number, date, kind, closing, reference, description, lines } = entry;
  const values = [book, number, date, kind, closing, reference, description, reversesId, position];
  const inserted = await client.query<{ id: string }>(ENTRY, values);
  const accounts = lines.map((line) => line.account);
  const sides = lines.map((line) => (line.side === 'debit' ? 1 : -1));
  const amounts = lines.map((line) => line.amount);
  const memos = lines.map((line) => line.memo);
  await client.query(POSTINGS, [inserted.rows[0]?.id, book, date, accounts, sides, amounts, memos]);
  await client.query(BALANCES, [book, monthOf(date), closing, position, accounts, sides, amounts]);
  await client.query('update books set last_number = $2 where id = $1', [book, number]);
}

/**
 * The balance of each account (debit minus credit, over all months) that would pass 18 digits with these movements.
 * @returns the first such account's code, or null
 */
export async function firstTooLargeBalance(
  client: pg.ClientBase,
  lines: readonly { readonly account: number; readonly side: string; readonly amount: bigint }[],
): Promise<string | null> {
  const found = await client.query<{ code: string }>(
    `select a.code from
       (select row.account, sum(row.side * row.amount) as change
        from unnest($1::int[], $2::smallint[], $3::bigint[]) as row(account, side, amount) group by row.account) as moved
       join accounts a on a.id = moved.account
       left join lateral (select sum(debit) - sum(credit) as balance from account_balances b
                          where b.account_id = moved.account) as held on true
     where abs(coalesce(held.balance, 0) + moved.change) > 999999999999999999
     order by a.code limit 1`,
    [
      lines.map((line) => line.account),
      lines.map((line) => (line.side === 'debit' ? 1 : -1)),
      lines.map((line) => line.amount),
    ],
  );
  return found.rows[0]?.code ?? null;
}
