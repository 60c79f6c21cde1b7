// Sums of what certain entries moved, by account and month: of entries that touch cash, on the accounts beside it; and of
// adjusting entries. Kept up to date by the entries that come, so that a posting doesn't sum its month anew.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import { isCash } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { type BalanceRow, type MonthTable, monthTable } from './month-table.ts';

/** An entry as far as sums go. */
export interface SummedEntry {
  readonly month: Month;
  readonly closing: boolean;
  /** Adjusting, or the reversal of an adjusting one: what was adjusted and taken back leaves nothing. */
  readonly adjusting: boolean;
  readonly position: number;
  readonly lines: readonly {
    readonly account: AccountId;
    /** Debit minus credit, minor units of the base currency. */
    readonly amount: bigint;
  }[];
}

/** Sums of one kind. */
export interface Sums {
  readonly table: MonthTable;
  /** By account, month and whether entries were closing ones. */
  readonly rows: Map<string, BalanceRow>;
}

export interface EntrySums {
  /** What entries whose cash lines don't add up to nothing moved on other accounts: together what cash changed, the other way round. */
  readonly cash: Sums;
  readonly adjustments: Sums;
  /** Which accounts counted as cash. */
  readonly cashKey: string;
}

/** @param first the book's first month */
export function sumsOf(first: Month, rows: readonly BalanceRow[]): Sums {
  const keyed = new Map(rows.map((row) => [keyOf(row), row]));
  return { table: monthTable(first, rows), rows: keyed };
}

const keyOf = ({ account, closing, month }: Pick<BalanceRow, 'account' | 'closing' | 'month'>) =>
  `${account}/${month}/${closing}`;

/** The accounts that count as cash. */
export const cashAccounts = (accounts: readonly Account[]): AccountId[] =>
  accounts
    .filter(isCash)
    .map(({ id }) => id)
    .toSorted((a, b) => a - b);

/** Two charts with the same key have the same cash accounts. */
export const cashKeyOf = (accounts: readonly Account[]): string => cashAccounts(accounts).join(',');

/** Puts entries into the sums that came after those that they have. */
export function addEntries(
  { adjustments, cash }: EntrySums,
  accounts: readonly Account[],
  entries: Iterable<SummedEntry>,
): void {
  const ofCash = new Set(cashAccounts(accounts));
  for (const entry of entries) {
    if (entry.adjusting) add(adjustments, entry, entry.lines);
    const [own, others] = [
      entry.lines.filter(({ account }) => ofCash.has(account)),
      entry.lines.filter(({ account }) => !ofCash.has(account)),
    ];
    if (own.reduce((sum, { amount }) => sum + amount, 0n) !== 0n) add(cash, entry, others);
  }
}

function add(
  { rows, table }: Sums,
  { closing, month, position }: SummedEntry,
  lines: SummedEntry['lines'],
): void {
  for (const { account, amount } of lines) {
    const place = { account, month, closing };
    const { credit, debit } = rows.get(keyOf(place)) ?? { debit: 0n, credit: 0n };
    const row: BalanceRow = {
      ...{ ...place, lastPosition: position },
      debit: amount > 0n ? debit + amount : debit,
      credit: amount < 0n ? credit - amount : credit,
    };
    rows.set(keyOf(place), row);
    table.put([row]);
  }
}
