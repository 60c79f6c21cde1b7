// What a recompute reads from PostgreSQL, all within one read-only REPEATABLE READ transaction, so that balances,
// postings and head belong to the same moment. Postings come through the views that hide staged rows of imports.
import type { Account, AccountType } from '#ledger/domain/account.ts';
import { type CalendarDate, firstDay, lastDay, type Month } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { type BookFacts, compareCodes } from '#reports/catalogue/book-ledger.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import type { PostingLine } from '#reports/catalogue/pages.ts';
import type { Negatives } from '#reports/catalogue/report.ts';

/** A connection of the ledger's pool, as far as workers use it. */
export interface LedgerConnection {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  release(broken?: boolean): void;
}

/** The ledger store, as far as workers use it. */
export interface LedgerSource {
  readonly pool: { connect(): Promise<LedgerConnection> };
}

export interface BookAtHead {
  readonly facts: BookFacts;
  readonly head: number;
  /** Hexadecimal. */
  readonly headHash: string;
  /** When the event at the head was recorded, epoch milliseconds. */
  readonly recordedAt: number;
}

/** Rows of a query whose columns we name ourselves. */
export async function select<Row>(
  connection: LedgerConnection,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return (await connection.query(text, values)).rows as Row[];
}

/** Runs work in a snapshot: everything it reads belongs to one moment. */
export async function inSnapshot<Result>(
  connection: LedgerConnection,
  work: () => Promise<Result>,
): Promise<Result> {
  await connection.query('begin transaction isolation level repeatable read, read only');
  try {
    return await work();
  } finally {
    await connection.query('rollback');
  }
}

interface BookRow {
  slug: string;
  name: string;
  legal_name: string | null;
  registration_number: string | null;
  address: string | null;
  time_zone: string;
  locale: string;
  negatives: Negatives;
  base_currency: CurrencyCode;
  start_date: CalendarDate;
  first_year_end: CalendarDate;
  locked_through: CalendarDate | null;
  presentation_position: number;
  head: number;
  head_hash: string;
  recorded_at: number;
}

const BOOK = `
  select slug, name, legal_name, registration_number, address, time_zone, locale, negatives, base_currency,
    start_date::text, first_year_end::text, locked_through::text, presentation_position, head,
    encode(head_hash, 'hex') as head_hash,
    (select (extract(epoch from e.recorded_at) * 1000)::float8 from events e
      where e.book_id = books.id and e.position = books.head) as recorded_at
  from books where id = $1`;

/** The book as it stands, or null when there is none. */
export async function readBook(
  connection: LedgerConnection,
  book: number,
): Promise<BookAtHead | null> {
  const [row] = await select<BookRow>(connection, BOOK, [book]);
  if (!row) return null;
  return {
    head: row.head,
    headHash: row.head_hash,
    recordedAt: row.recorded_at,
    facts: {
      id: book,
      title: {
        slug: row.slug,
        name: row.name,
        legalName: row.legal_name ?? '',
        registrationNumber: row.registration_number ?? '',
        address: row.address ?? '',
        timeZone: row.time_zone,
        locale: row.locale,
        negatives: row.negatives,
      },
      currency: row.base_currency,
      exponent: exponentOf(row.base_currency),
      calendar: { startDate: row.start_date, firstYearEnd: row.first_year_end },
      lockedThrough: row.locked_through,
      presentationPosition: row.presentation_position,
    },
  };
}

/** Hash of an event, hexadecimal; null when the ledger has no such event. */
export async function eventHash(
  connection: LedgerConnection,
  book: number,
  position: number,
): Promise<string | null> {
  const text = `select encode(hash, 'hex') as hash from events where book_id = $1 and position = $2`;
  const [row] = await select<{ hash: string }>(connection, text, [book, position]);
  return row?.hash ?? null;
}

/** When events were recorded, ISO 8601 in UTC, by position. */
export async function recordedTimes(
  connection: LedgerConnection,
  book: number,
  positions: readonly number[],
): Promise<Map<number, string>> {
  const text = `
    select position, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from events where book_id = $1 and position = any($2::int[])`;
  const rows = await select<{ position: number; at: string }>(connection, text, [book, positions]);
  return new Map(rows.map((row) => [row.position, row.at]));
}

/** Whether accounts got other names or codes after a position: journals print both. */
export async function renamedSince(
  connection: LedgerConnection,
  book: number,
  position: number,
): Promise<boolean> {
  const text = `
    select 1 from events where book_id = $1 and position > $2
      and type in ('AccountRenamed', 'AccountRecoded') limit 1`;
  return (await select(connection, text, [book, position])).length > 0;
}

interface AccountRow {
  id: number;
  code: string;
  name: string;
  path: string;
  type: AccountType;
  closed: boolean;
}

/** All accounts in the order of their codes. */
export async function readAccounts(connection: LedgerConnection, book: number): Promise<Account[]> {
  const text = 'select id, code, name, path, type, closed from accounts where book_id = $1';
  const rows = await select<AccountRow>(connection, text, [book]);
  return rows.toSorted((a, b) => compareCodes(a.code, b.code));
}

interface BalanceColumns {
  account_id: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  last_position: number;
}

/** Balances that changed after a position (0: all). */
export async function readBalances(
  connection: LedgerConnection,
  book: number,
  since: number,
): Promise<BalanceRow[]> {
  const text = `
    select account_id, month, closing, debit::text, credit::text, last_position
    from account_balances where book_id = $1 and last_position > $2`;
  const rows = await select<BalanceColumns>(connection, text, [book, since]);
  return rows.map((row) => ({
    account: row.account_id,
    month: row.month,
    closing: row.closing,
    debit: BigInt(row.debit),
    credit: BigInt(row.credit),
    lastPosition: row.last_position,
  }));
}

interface PostingColumns {
  account_id: number;
  date: string;
  number: number;
  side: number;
  amount: string;
  memo: string | null;
  reference: string | null;
  description: string | null;
}

const POSTINGS = `
  select p.account_id, e.entry_date::text as date, e.number::int as number, p.side::int as side,
    p.amount::text as amount, p.memo, e.reference, e.description
  from posted_entries e join posted_postings p on p.entry_id = e.id
  where e.book_id = $1 and e.entry_date between $2::date and $3::date
  order by e.entry_date, e.number, p.line`;

/** All postings of a month by date, entry and line. */
export async function readPostings(
  connection: LedgerConnection,
  book: number,
  month: Month,
): Promise<PostingLine[]> {
  const values = [book, firstDay(month), lastDay(month)];
  const rows = await select<PostingColumns>(connection, POSTINGS, values);
  return rows.map((row) => ({
    account: row.account_id,
    date: row.date,
    entry: row.number,
    side: row.side > 0 ? 'debit' : 'credit',
    amount: BigInt(row.amount),
    memo: row.memo ?? '',
    reference: row.reference ?? '',
    description: row.description ?? '',
  }));
}
