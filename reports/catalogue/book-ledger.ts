// What every report is computed from: the book's facts, its accounts in order, its balances by month; and the
// conventions of the year that they share (design §4).
import { type Account, type AccountId, isResultAccount } from '#ledger/domain/account.ts';
import {
  addMonths,
  type CalendarDate,
  type FiscalCalendar,
  fiscalYearOf,
  lastDay,
  type Month,
  monthOf,
  type Period,
} from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import type { BudgetTable } from './budget-table.ts';
import type { DetailTable } from './detail-table.ts';
import type { EntrySums } from './entry-sums.ts';
import type { Group } from './group-members.ts';
import type { ItemTable } from './item-table.ts';
import type { LateTable } from './late-table.ts';
import type { MonthTable, Movement } from './month-table.ts';
import type { RateTable } from './rate-table.ts';
import { type BookTitle, type ReportBody, SCHEMA_VERSION } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';
import { type UnitTable, unitsWithoutAmount } from './unit-table.ts';

export interface BookFacts {
  readonly id: number;
  readonly title: BookTitle;
  readonly currency: string;
  readonly exponent: number;
  readonly calendar: FiscalCalendar;
  readonly lockedThrough: CalendarDate | null;
  /** Last event that changed how documents look: names, codes, types, settings, locks. */
  readonly presentationPosition: number;
  /** Last event that changed a party. */
  readonly partiesPosition: number;
  /** How its statements are laid out, where not by type alone. */
  readonly layouts: Layouts;
  /** Whether it has, or had, other books as members. */
  readonly isGroup: boolean;
}

/** A customer or supplier as documents name it. */
export interface PartyName {
  readonly code: string;
  readonly name: string;
}

/** A dimension of the book with its values. */
export interface Dimension {
  readonly code: string;
  readonly name: string;
  /** In the order of their codes. */
  readonly values: readonly {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    /** Id of the value that it is a part of. */
    readonly parent: number | null;
  }[];
}

/** Ids of a value of a dimension and of all that are parts of it. */
export const within = (dimension: Dimension, id: number): number[] => [
  id,
  ...dimension.values
    .filter(({ parent }) => parent === id)
    .flatMap((part) => within(dimension, part.id)),
];

export interface TaxCode {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Charged on sales, or paid on purchases. */
  readonly kind: 'output' | 'input';
  /** Boxes of the return: of what was taxed, and of the tax. */
  readonly baseBox: string;
  readonly taxBox: string;
}

export interface BookLedger {
  readonly facts: BookFacts;
  /** In the order of their codes. */
  readonly accounts: readonly Account[];
  readonly table: MonthTable;
  /** What accounts hold in other units than the base currency. */
  readonly units: UnitTable;
  /** Of the currencies among these. */
  readonly rates: RateTable;
  /** In the order of their codes. */
  readonly dimensions: readonly Dimension[];
  /** In the order of their codes. */
  readonly taxCodes: readonly TaxCode[];
  /** What accounts moved under each value of a dimension and each tax code. */
  readonly details: DetailTable;
  /** What income and expenses are planned to be. */
  readonly budget: BudgetTable;
  /** What entries that touch cash, and adjusting entries, moved. */
  readonly sums: EntrySums;
  /** What was posted into days that had been locked before. */
  readonly late: LateTable;
  /** What stands on accounts by party and document; of settled items those alone that the documents asked for show. */
  readonly items: ItemTable;
  /** Books that its consolidated documents add to its own entries. */
  readonly group: Group;
  /** By id; empty where no document of parties is asked for. */
  readonly parties: ReadonlyMap<number, PartyName>;
  /** Whether accounts at zero are shown; most documents leave them out. */
  readonly zeros?: true;
  /** What the document stands beside: what moved in that alone has a row as well. */
  readonly beside?: BookLedger;
}

/** The event that a document's figures go back to. */
export interface Stamp {
  readonly position: number;
  readonly recordedAt: string;
}

export const EARLIER_RESULT = 'Result of earlier years';
export const RESULT_OF_YEAR = 'Result of the year';

export const net = (movement: Movement): bigint => movement.debit - movement.credit;

/** First month of the fiscal year that a month lies in. */
export const yearStart = (facts: BookFacts, month: Month): Month =>
  monthOf(fiscalYearOf(facts.calendar, lastDay(month)).from);

/** Debit minus credit of balance-sheet accounts at the end of a month, without that year's closing entries. */
export function balancesAt(ledger: BookLedger, month: Month): (account: Account) => bigint {
  const start = yearStart(ledger.facts, month);
  const until = addMonths(month, 1);
  return ({ id }) =>
    net(ledger.table.between(id, null, start, 'all')) +
    net(ledger.table.between(id, start, until, 'without-closing'));
}

/** Debit minus credit that all result accounts left standing before a fiscal year: closing entries count. */
export function earlierResult(ledger: BookLedger, startOfYear: Month): bigint {
  return resultAccounts(ledger).reduce(
    (sum, account) => sum + net(ledger.table.between(account.id, null, startOfYear, 'all')),
    0n,
  );
}

/** Debit minus credit of all result accounts from the start of the fiscal year to the end of a month. */
export function resultOfYear(ledger: BookLedger, month: Month): bigint {
  const start = yearStart(ledger.facts, month);
  const until = addMonths(month, 1);
  return resultAccounts(ledger).reduce(
    (sum, account) => sum + net(ledger.table.between(account.id, start, until, 'without-closing')),
    0n,
  );
}

const resultAccounts = (ledger: BookLedger): Account[] =>
  ledger.accounts.filter((account) => isResultAccount(account.type));

/** Debit minus credit of the closing entries of its fiscal year on an account, until a period's end. */
export function netClosed({ table }: BookLedger, account: AccountId, period: Period): bigint {
  const [start, until] = [monthOf(period.fiscalYear.from), addMonths(lastMonth(period), 1)];
  return (
    net(table.between(account, start, until, 'all')) -
    net(table.between(account, start, until, 'without-closing'))
  );
}

/** Last month of a period. */
export const lastMonth = (period: Period): Month => monthOf(period.to);

/** Writes an amount of the book. */
export const money = (ledger: BookLedger, amount: bigint): string =>
  decimalText(amount, ledger.facts.exponent);

/** The part of a body that all reports share. */
export function frame(
  { facts }: BookLedger,
  { name, title }: Pick<ReportDefinition, 'name' | 'title'>,
  period: Period,
  stamp: Stamp,
): Omit<ReportBody, 'columns' | 'rows' | 'parts' | 'controlTotals' | 'notes'> {
  const { key, kind, from, to } = period;
  return {
    schemaVersion: SCHEMA_VERSION,
    report: name,
    title,
    book: facts.title,
    period: { key, kind, from, to },
    currency: facts.currency,
    exponent: facts.exponent,
    position: stamp.position,
    recordedAt: stamp.recordedAt,
    provisional: facts.lockedThrough === null || facts.lockedThrough < to,
  };
}

/** The note that names units without a rate, which have no amount in the statements. */
export function unitNotes(ledger: BookLedger, period: Period): string[] {
  const units = unitsWithoutAmount(ledger.units, addMonths(lastMonth(period), 1));
  if (units.length === 0) return [];
  const { currency } = ledger.facts;
  return [
    `Without a rate, and so without an amount in ${currency}: ${units.join(', ')}. They stand in Balances by currency.`,
  ];
}

/** The note that closing entries are left out, where there are any. */
export const closingNotes = (ledger: BookLedger, period: Period): string[] =>
  ledger.table.hasClosing(monthOf(period.fiscalYear.from), addMonths(lastMonth(period), 1))
    ? ['Closing entries of the year are left out.']
    : [];
