// The part of a book that posting and reversing are decided against, read by few statements for a whole group of
// commands and carried on in memory from one decision to the next.
import type pg from 'pg';
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { DetailFacts } from '#ledger/domain/decide-details.ts';
import type { DateFacts } from '#ledger/domain/decide-entry.ts';
import type { Decimal } from '#ledger/domain/decimal.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { minorUnits } from '#ledger/domain/money.ts';
import type { DefinedUnits } from '#ledger/domain/unit.ts';
import { entryIdByNumber } from '#ledger/store/entry-number.ts';
import { DETAILS_AS_JSON, type DetailsColumn, detailsPart } from '#ledger/store/posting-details.ts';
import { UNIT_COLUMNS, type UnitColumns, unitsPart } from '#ledger/store/posting-units.ts';
import { type DetailNeeds, loadDetails } from './entry-details.ts';
import { type KnownUnits, loadUnits, noUnits, type UnitNeed, unitKey } from './entry-units.ts';
import { dateFacts, type LockedBook } from './run-in-book.ts';

/** What a command needs to know of the book. */
export interface EntryNeeds {
  /** Codes of accounts. */
  readonly codes: readonly string[];
  /** Number of the entry to be reversed. */
  readonly reverses: number | null;
  /** Units other than the base currency, each with the day of its entry. */
  readonly units: readonly UnitNeed[];
  readonly details: DetailNeeds;
}

/** A posted entry that may be reversed. */
export interface Original {
  readonly id: string;
  readonly date: CalendarDate;
  readonly closing: boolean;
  readonly reference: string;
  readonly lines: readonly Posting[];
  /** Number of the entry that reverses it. */
  readonly reversedBy: number | null;
}

export interface EntryState {
  readonly dates: DateFacts;
  readonly base: CurrencyCode;
  /** Decimals of the base currency. */
  readonly exponent: number;
  /** Number that the next entry gets. */
  readonly nextNumber: number;
  /** By code. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Debit minus credit over all months, of the accounts above, by id. */
  readonly balances: ReadonlyMap<AccountId, bigint>;
  /** The asked ones that exist, by number. */
  readonly originals: ReadonlyMap<number, Original>;
  /** Those of the asked units that the book defined. */
  readonly units: DefinedUnits;
  rateOn(unit: string, date: CalendarDate): Decimal | null;
  readonly roundingAccount: Account | null;
  /** Debit minus credit over all months in a unit's own decimals, of the accounts above. */
  unitBalance(account: AccountId, unit: string): bigint;
  /** Parties and dimensions that the lines name or must name. */
  readonly details: DetailFacts;
}

/** What is read for a group. */
export interface Known {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly balances: Map<AccountId, bigint>;
  readonly originals: Map<number, Original>;
  readonly inUnits: KnownUnits;
  readonly details: DetailFacts;
}

/** The state that a group is decided against; the caller holds the book's lock. */
export class GroupState implements EntryState {
  readonly dates: DateFacts;
  readonly base: CurrencyCode;
  readonly exponent: number;
  nextNumber: number;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly balances: Map<AccountId, bigint>;
  readonly originals: Map<number, Original>;
  readonly details: DetailFacts;
  readonly #inUnits: KnownUnits;

  constructor(book: LockedBook, { accounts, balances, details, inUnits, originals }: Known) {
    this.accounts = accounts;
    this.details = details;
    this.#inUnits = inUnits;
    this.base = book.base_currency;
    this.balances = balances;
    this.originals = originals;
    this.dates = dateFacts(book);
    this.exponent = exponentOf(book.base_currency);
    this.nextNumber = book.last_number + 1;
  }

  get units(): DefinedUnits {
    return this.#inUnits.defined;
  }

  get roundingAccount(): Account | null {
    return this.#inUnits.roundingAccount;
  }

  rateOn(unit: string, date: CalendarDate): Decimal | null {
    return this.#inUnits.rates.get(unitKey(unit, date)) ?? null;
  }

  unitBalance(account: AccountId, unit: string): bigint {
    return this.#inUnits.balances.get(unitKey(unit, account)) ?? 0n;
  }

  /** Goes on from a decided entry: the next one is decided as if this one were posted. @param id of the entry */
  add(entry: JournalEntry, id: string): void {
    const { closing, date, lines, number, reference, reverses } = entry;
    this.nextNumber = number + 1;
    for (const { account, amount, side, units } of lines) {
      const sign = side === 'debit' ? 1n : -1n;
      const held = this.balances.get(account);
      if (held !== undefined) this.balances.set(account, held + sign * amount);
      if (!units) continue;
      const moved = this.unitBalance(account, units.unit) + sign * units.quantity;
      this.#inUnits.balances.set(unitKey(units.unit, account), moved);
    }
    const reversed = reverses === null ? undefined : this.originals.get(reverses);
    if (reversed) this.originals.set(reverses!, { ...reversed, reversedBy: number });
    this.originals.set(number, { id, date, closing, reference, lines, reversedBy: null });
  }
}

const ACCOUNTS = `
  select a.id, a.code, a.name, a.path, a.type, a.closed, a.controls, a.cash_flow as "cashFlow", a.tags,
    (select coalesce(sum(b.debit) - sum(b.credit), 0)::text from account_balances b where b.account_id = a.id) as balance,
    (select json_agg(json_build_object('id', d.id, 'code', d.code) order by d.id)
     from required_dimensions r join dimensions d on d.id = r.dimension_id where r.account_id = a.id) as required
  from accounts a where a.book_id = $1
    and (a.code = any($2) or a.id in (select account_id from tax_codes where book_id = $1 and code = any($3)))`;

const ORIGINALS = `
  select asked.number, e.id, e.entry_date::text as date, e.closing, e.reference, r.number as "reversedBy"
  from unnest($2::int[]) as asked(number)
  cross join lateral (${entryIdByNumber('asked.number')}) as found
  join posted_entries e on e.id = found.id
  left join journal_entries r on r.reverses_id = e.id`;

const LINES = `
  select p.entry_id as entry, p.account_id as account, p.side, p.amount, p.memo, ${UNIT_COLUMNS},
    ${DETAILS_AS_JSON} as details from postings p
  where p.entry_id = any($1::bigint[]) order by p.entry_id, p.line`;

type Required = readonly { readonly id: number; readonly code: string }[];

/** Reads what commands with these needs are decided against. */
export async function loadKnown(
  client: pg.ClientBase,
  book: number,
  needs: readonly EntryNeeds[],
): Promise<Known> {
  const accounts = new Map<string, Account>();
  const balances = new Map<AccountId, bigint>();
  const originals = new Map<number, Original>();
  const codes = [...new Set(needs.flatMap((need) => need.codes))];
  const numbers = new Set(needs.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])));
  const taxes = needs.flatMap((need) => need.details.taxes.map(({ code }) => code));
  const units = needs.flatMap((need) => need.units);
  const [found, inUnits, details] = await Promise.all([
    codes.length === 0
      ? null
      : client.query<Account & { balance: string; required: Required | null }>({
          name: 'entry-accounts',
          text: ACCOUNTS,
          values: [book, codes, taxes],
        }),
    units.length === 0 ? noUnits() : loadUnits(client, book, codes, units),
    loadDetails(
      client,
      book,
      needs.map((need) => need.details),
    ),
    numbers.size === 0 ? null : loadOriginals(client, book, [...numbers], originals),
  ]);
  const requiredDimensions = new Map<AccountId, Required>();
  for (const { balance, required, ...account } of found?.rows ?? []) {
    if (required) requiredDimensions.set(account.id, required);
    accounts.set(account.code, account);
    balances.set(account.id, BigInt(balance));
  }
  return { accounts, balances, details: { ...details, requiredDimensions }, inUnits, originals };
}

async function loadOriginals(
  client: pg.ClientBase,
  book: number,
  numbers: readonly number[],
  originals: Map<number, Original>,
): Promise<void> {
  const { rows } = await client.query<Omit<Original, 'lines'> & { number: number }>(ORIGINALS, [
    book,
    numbers,
  ]);
  const lines = await loadLines(
    client,
    rows.map(({ id }) => id),
  );
  for (const { number, ...original } of rows) {
    originals.set(number, { ...original, lines: lines.get(original.id) ?? [] });
  }
}

async function loadLines(
  client: pg.ClientBase,
  entryIds: readonly string[],
): Promise<Map<string, Posting[]>> {
  const { rows } = await client.query<
    UnitColumns &
      DetailsColumn & {
        entry: string;
        account: AccountId;
        side: 1 | -1;
        amount: string;
        memo: string;
      }
  >(LINES, [entryIds]);
  const byEntry = new Map<string, Posting[]>();
  for (const { account, amount, entry, memo, side, ...row } of rows) {
    const postings = byEntry.get(entry) ?? [];
    byEntry.set(entry, postings);
    postings.push({
      account,
      side: side === 1 ? 'debit' : 'credit',
      amount: minorUnits(BigInt(amount)),
      memo,
      ...unitsPart(row),
      ...detailsPart(row),
    });
  }
  return byEntry;
}
