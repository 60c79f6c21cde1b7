// What a recompute reads from PostgreSQL, all within one read-only REPEATABLE READ transaction, so that balances,
// postings and head belong to the same moment. Postings come through the views that hide staged rows of imports.
import { LRUCache } from 'lru-cache';
import {
  type Account,
  type AccountType,
  type CashFlow,
  type Controls,
  compareCodes,
} from '#ledger/domain/account.ts';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import type { BookFacts } from '#reports/catalogue/book-ledger.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import type { Negatives } from '#reports/catalogue/report.ts';
import type { UnitRow } from '#reports/catalogue/unit-table.ts';

/** A connection of the ledger's pool, as far as workers use it. */
export interface LedgerConnection {
  query(
    text: string | { name: string; text: string; values: unknown[] },
    values?: unknown[],
  ): Promise<{ rows: unknown[] }>;
  release(broken?: boolean): void;
}

/** The ledger store, as far as workers use it. */
export interface LedgerSource {
  readonly pool: { connect(): Promise<LedgerConnection> };
  /** Connections that send statements without waiting for the answers to earlier ones. */
  readonly pipelined: { connect(): Promise<LedgerConnection> };
}

export interface BookAtHead {
  readonly facts: BookFacts;
  readonly head: number;
  /** Hexadecimal. */
  readonly headHash: string;
  /** When the event at the head was recorded, ISO 8601 in UTC. */
  readonly headAt: string;
  /** The highest number of a journal entry. */
  readonly lastNumber: number;
  /** Hash of the event at the position that was asked about, hexadecimal; null when there is none. */
  readonly hashThen: string | null;
  /** Another text when accounts or values of dimensions were added or changed. */
  readonly chart: string;
  /** How many postings came in by imports after that position. */
  readonly imported: number;
  /** The last event that took balances of a member of the group or recorded a rate; 0 where the book is none. */
  readonly groupPosition: number;
  /** Whether rates were recorded after that position. */
  readonly ratesRecorded: boolean;
}

/** Names under which the server keeps statements prepared: planning these took longer than running them. */
const names = new Map<string, string>();

/** Rows of a query whose columns we name ourselves. */
export async function select<Row>(
  connection: LedgerConnection,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const name = names.get(text) ?? `recompute_${names.size}`;
  names.set(text, name);
  return (await connection.query({ name, text, values })).rows as Row[];
}

/**
 * Runs work in a snapshot: everything it reads belongs to one moment.
 * @param work is told when the snapshot has begun, and must await that before it relies on what it reads
 */
export async function inSnapshot<Result>(
  connection: LedgerConnection,
  work: (begun: Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const begun = connection.query('begin transaction isolation level repeatable read, read only');
  try {
    return await work(begun);
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
  parties_position: number;
  layouts: string;
  head: number;
  head_hash: string;
  head_at: string | null;
  last_number: number;
  hash_then: string | null;
  accounts: number;
  details: number;
  imported: number;
  group_position: number | null;
  rates_recorded: boolean;
}

/** How instants are read: ISO 8601, of `… at time zone 'UTC'`. */
export const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const BOOK = `
  select slug, name, legal_name, registration_number, address, time_zone, locale, negatives, base_currency,
    start_date::text, first_year_end::text, locked_through::text, presentation_position, layouts, head,
    encode(head_hash, 'hex') as head_hash, last_number,
    (select to_char(recorded_at at time zone 'UTC', ${INSTANT}) from events
     where book_id = b.id and position = b.head) as head_at,
    (select encode(hash, 'hex') from events where book_id = b.id and position = $2) as hash_then,
    (select count(*)::int from accounts where book_id = b.id) as accounts,
    (select count(*)::int from dimension_values where book_id = b.id)
      + (select count(*)::int from tax_codes where book_id = b.id) as details,
    (select coalesce(max(changed_position), 0) from parties where book_id = b.id) as parties_position,
    (select greatest(max(taken_position), (select max(position) from rates where book_id = b.id))
     from group_members where book_id = b.id having count(*) > 0) as group_position,
    $2 = 0 or exists (select from events where book_id = $1 and position > $2 and type = 'RatesRecorded')
      as rates_recorded,
    (select coalesce(sum(postings), 0)::int from imports
     where book_id = b.id and state = 'posted' and position > $2) as imported
  from books b where id = $1`;

/** The book as it stands, or null when there is none. @param since the position to look back to. */
export async function readBook(
  connection: LedgerConnection,
  book: number,
  since = 0,
): Promise<BookAtHead | null> {
  const [row] = await select<BookRow>(connection, BOOK, [book, since]);
  if (!row) return null;
  return {
    head: row.head,
    headHash: row.head_hash,
    headAt: row.head_at ?? '',
    lastNumber: row.last_number,
    hashThen: row.hash_then,
    // Accounts, values and tax codes are never dropped, and what else changes them moves the presentation.
    chart: `${row.accounts}/${row.details}/${row.presentation_position}`,
    imported: row.imported,
    groupPosition: row.group_position ?? 0,
    ratesRecorded: row.rates_recorded,
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
      partiesPosition: row.parties_position,
      layouts: layoutsFrom(row.layouts),
      isGroup: row.group_position !== null,
    },
  };
}

/** Those of a book that was read before are the same objects, so that its accounts are placed once. */
const layoutsByText = new LRUCache<string, Layouts>({ max: 1_000 });

function layoutsFrom(text: string): Layouts {
  const layouts = layoutsByText.get(text) ?? (JSON.parse(text) as Layouts);
  layoutsByText.set(text, layouts);
  return layouts;
}

interface UnitColumns {
  account_id: number;
  unit: string;
  decimals: number | null;
  month: Month;
  closing: boolean;
  debit_quantity: string;
  credit_quantity: string;
  debit: string;
  credit: string;
  last_position: number;
}

/** Balances in other units that changed after a position (0: all). */
export async function readUnitBalances(
  connection: LedgerConnection,
  book: number,
  since: number,
): Promise<UnitRow[]> {
  const text = `
    select b.account_id, b.unit, u.decimals, b.month, b.closing, b.debit_quantity::text, b.credit_quantity::text,
      b.debit::text, b.credit::text, b.last_position
    from unit_balances b left join units u on u.book_id = b.book_id and u.code = b.unit
    where b.book_id = $1 and b.last_position > $2`;
  const rows = await select<UnitColumns>(connection, text, [book, since]);
  return rows.map((row) => ({
    account: row.account_id,
    unit: row.unit,
    decimals: row.decimals ?? exponentOf(row.unit as CurrencyCode),
    month: row.month,
    closing: row.closing,
    debitQuantity: BigInt(row.debit_quantity),
    creditQuantity: BigInt(row.credit_quantity),
    debit: BigInt(row.debit),
    credit: BigInt(row.credit),
    lastPosition: row.last_position,
  }));
}

/** The position of a book's last event, outside of any snapshot. */
export async function headOf(connection: LedgerConnection, book: number): Promise<number> {
  const text = 'select head from books where id = $1';
  return (await select<{ head: number }>(connection, text, [book]))[0]?.head ?? 0;
}

/** When events were recorded, ISO 8601 in UTC, by position. */
export async function recordedTimes(
  connection: LedgerConnection,
  book: number,
  positions: readonly number[],
): Promise<Map<number, string>> {
  const text = `
    select position, to_char(recorded_at at time zone 'UTC', ${INSTANT}) as at
    from events where book_id = $1 and position = any($2::int[])`;
  const rows = await select<{ position: number; at: string }>(connection, text, [book, positions]);
  return new Map(rows.map((row) => [row.position, row.at]));
}

interface AccountRow {
  id: number;
  code: string;
  name: string;
  path: string;
  type: AccountType;
  closed: boolean;
  controls: Controls | null;
  cashFlow: CashFlow | null;
  tags: string[];
}

/** All accounts in the order of their codes. */
export async function readAccounts(connection: LedgerConnection, book: number): Promise<Account[]> {
  const text =
    'select id, code, name, path, type, closed, controls, cash_flow as "cashFlow", tags from accounts where book_id = $1';
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
