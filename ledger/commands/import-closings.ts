// Closing entries of other programs, which seldom say that they are: entries on the last day of a fiscal year that bring
// income and expenses to zero. What stands at that day's end is the book's sums and those of the file together.
import type pg from 'pg';
import type { AccountId, AccountType } from '#ledger/domain/account.ts';
import {
  type CalendarDate,
  type FiscalCalendar,
  fiscalYearOf,
  type Month,
  monthOf,
} from '#ledger/domain/calendar.ts';
import {
  accountOf,
  type ClosingCandidate,
  closingEntries,
  type Standing,
  standingKey,
} from '#ledger/domain/closing-entries.ts';
import type { Posting } from '#ledger/domain/journal-entry.ts';
import type { SourceEntry } from '#ledger/formats/source-item.ts';
import type { EntryStage } from '#ledger/store/stage-entries.ts';

/** An entry that was found to close a year. */
export interface ClosingEntry {
  readonly ordinal: number;
  /** In the file. */
  readonly line: number;
  readonly date: CalendarDate;
  readonly description: string;
}

export interface ImportedClosings {
  readonly closing: readonly ClosingEntry[];
  readonly notes: readonly string[];
}

type Candidate = ClosingCandidate & ClosingEntry;

/** What moved one account, in one unit or in all (null), in one month: debit minus credit. */
interface Moved {
  readonly account: AccountId;
  readonly unit: string | null;
  readonly month: string;
  readonly amount: bigint;
  /** Of the unit; the amount where there is none. */
  readonly quantity: bigint;
}

/** Closing entries are few; more entries than these within equity and result are none. */
const MOST_CANDIDATES = 1_000;
const MOST_NOTED = 20;

const OF_BOOK = `
  select account_id as account, null as unit, month, sum(debit - credit)::text as amount, 0::text as quantity
  from account_balances where book_id = $1 and month <= $2 group by account_id, month
  union all
  select account_id, unit, month, sum(debit - credit)::text, sum(debit_quantity - credit_quantity)::text
  from unit_balances where book_id = $1 and month <= $2 group by account_id, unit, month`;

export class ImportClosings {
  readonly #calendar: FiscalCalendar;
  readonly #candidates: Candidate[] = [];
  /** Last days of years on which the file has entries that don’t say their kind. */
  readonly #days = new Set<CalendarDate>();

  constructor(calendar: FiscalCalendar) {
    this.#calendar = calendar;
  }

  /** Remembers an entry that may turn out to close a year. @param typeOf null: nobody knows yet */
  note(
    { date, description, kind, line, postings }: SourceEntry,
    lines: readonly Posting[],
    ordinal: number,
    typeOf: (account: string) => AccountType | null,
  ): void {
    if (kind !== null || !this.#endsYear(date)) return;
    this.#days.add(date);
    if (this.#candidates.length >= MOST_CANDIDATES) return;
    const elsewhere = postings.some(({ account }) => isOfBalance(typeOf(account)));
    if (!elsewhere) this.#candidates.push({ ordinal, line, date, description, lines });
  }

  /** Whether any entry asks for `find`. */
  get isIdle(): boolean {
    return this.#days.size === 0;
  }

  /** @param staged all entries of the file @param types of all accounts whose type is known */
  async find(
    client: pg.ClientBase,
    book: number,
    staged: EntryStage,
    types: ReadonlyMap<AccountId, AccountType>,
  ): Promise<ImportedClosings> {
    const days = [...this.#days].sort();
    if (days.length === 0) return { closing: [], notes: [] };
    const moved = await movedBy(client, book, staged, monthOf(days.at(-1)!));
    const typeOf = (account: AccountId) => types.get(account) ?? null;
    const closing: ClosingEntry[] = [];
    const notes: string[] = [];
    for (const day of days) {
      const own = this.#candidates.filter(({ date }) => date === day);
      const from = monthOf(fiscalYearOf(this.#calendar, day).from);
      const standings = standingsAt(moved, from, monthOf(day));
      const found = closingEntries(own, typeOf, standings);
      closing.push(...found.closing.map(withoutLines));
      notes.push(...found.partly.map(partlyNote));
      if (isEmptied(standings, typeOf)) notes.push(emptiedNote(day));
    }
    return { closing, notes: notes.slice(0, MOST_NOTED) };
  }

  #endsYear(date: CalendarDate): boolean {
    const month = this.#calendar.firstYearEnd.slice(5, 7);
    return date.slice(5, 7) === month && fiscalYearOf(this.#calendar, date).to === date;
  }
}

async function movedBy(
  client: pg.ClientBase,
  book: number,
  staged: EntryStage,
  through: Month,
): Promise<Moved[]> {
  const { rows } = await client.query<
    Omit<Moved, 'amount' | 'quantity'> & { amount: string; quantity: string }
  >(OF_BOOK, [book, through]);
  const ofBook = rows.map((row) => ({
    ...row,
    amount: BigInt(row.amount),
    quantity: BigInt(row.quantity),
  }));
  const ofFile = staged.movements().map(({ account, credit, debit, month }) => ({
    ...{ account, month, unit: null, quantity: 0n },
    amount: BigInt(debit) - BigInt(credit),
  }));
  const inUnits = staged.unitMovements().map((own) => ({
    ...{ account: own.account, month: own.month, unit: own.unit },
    amount: BigInt(own.debit) - BigInt(own.credit),
    quantity: BigInt(own.debitQuantity) - BigInt(own.creditQuantity),
  }));
  return [...ofBook, ...ofFile, ...inUnits];
}

/** What stands at a month's end, since ever and since the year began: whoever never closed a year closes all at once. */
function standingsAt(moved: readonly Moved[], from: Month, to: Month): Standing[] {
  const until = moved.filter(({ month }) => month <= to);
  return [until, until.filter(({ month }) => month >= from)].flatMap((rows) => [
    { by: 'amount', balances: amounts(rows) },
    { by: 'quantity', balances: quantities(rows) },
  ]);
}

function amounts(rows: readonly Moved[]): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const { account, amount, unit } of rows) {
    if (unit === null) add(balances, standingKey({ by: 'amount' }, account, null), amount);
  }
  return balances;
}

/** Of each unit; what stands in the base currency itself is the amount that stands in no unit. */
function quantities(rows: readonly Moved[]): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const { account, amount, quantity, unit } of rows) {
    add(balances, standingKey({ by: 'quantity' }, account, null), unit === null ? amount : -amount);
    if (unit !== null) add(balances, standingKey({ by: 'quantity' }, account, unit), quantity);
  }
  return balances;
}

const add = (balances: Map<string, bigint>, key: string, amount: bigint): void => {
  balances.set(key, (balances.get(key) ?? 0n) + amount);
};

const isOfBalance = (type: AccountType | null): boolean => type === 'asset' || type === 'liability';

/** Whether assets and liabilities moved and yet all of them stand at zero, in units too. */
function isEmptied(
  [, standing]: readonly Standing[],
  typeOf: (account: AccountId) => AccountType | null,
): boolean {
  const own = [...standing!.balances].filter(([key]) => isOfBalance(typeOf(accountOf(key))));
  return own.length > 0 && own.every(([, balance]) => balance === 0n);
}

const withoutLines = ({ date, description, line, ordinal }: Candidate): ClosingEntry => ({
  ...{ ordinal, line, date, description },
});

const partlyNote = ({ date, description }: Candidate): string =>
  `Entry of ${date} “${description}” brings some income and expenses to zero, but others keep a balance: taken as an ordinary entry.`;

const emptiedNote = (day: CalendarDate): string =>
  `Entries of ${day} bring all assets and liabilities to zero, as journals do that end in one file and go on in the next. That closes no year: they are posted as they are, and statements of that day show nothing. Take them out of the file, with those that open the balances again, unless you want that.`;
