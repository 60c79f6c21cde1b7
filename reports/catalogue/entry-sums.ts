// Sums of what certain entries moved, by account and month: of entries that touch cash, on the accounts beside it; and of
// adjusting entries. Kept up to date by the entries that come, so that a posting doesn't sum its month anew.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import { isCash } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import type { MonthTable } from './month-table.ts';

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

export interface EntrySums {
  /** What entries whose cash lines don't add up to nothing moved on other accounts: together what cash changed, the other way round. */
  readonly cash: MonthTable;
  readonly adjustments: MonthTable;
  /** Which accounts counted as cash. */
  readonly cashKey: string;
}

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

const add = (
  table: MonthTable,
  { closing, month, position }: SummedEntry,
  lines: SummedEntry['lines'],
): void =>
  table.add(
    lines.map(({ account, amount }) => ({
      ...{ account, month, closing, lastPosition: position },
      debit: amount > 0n ? amount : 0n,
      credit: amount < 0n ? -amount : 0n,
    })),
  );
