// Sums of what certain entries moved, by account and month: of entries that touch cash, what was received and paid on the
// accounts beside it, and what was gained and lost there by rates alone; and of adjusting entries. Kept up to date by the entries
// that come, so that a posting doesn't sum its month anew.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import { isCash } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { exchangeLines, type SummedLine } from './exchange-lines.ts';
import type { MonthTable } from './month-table.ts';
import { type Moved, paidLines } from './paid-lines.ts';

/** An entry as far as sums go. */
export interface SummedEntry {
  readonly month: Month;
  readonly closing: boolean;
  /** Adjusting, or the reversal of an adjusting one: what was adjusted and taken back leaves nothing. */
  readonly adjusting: boolean;
  readonly position: number;
  readonly lines: readonly SummedLine[];
}

export interface EntrySums {
  /** What was received (credit) and paid (debit) on other accounts. */
  readonly cash: MonthTable;
  /** What was gained (credit) and lost (debit) there on cash: with the above what cash changed, the other way round. */
  readonly exchange: MonthTable;
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
  sums: EntrySums,
  accounts: readonly Account[],
  entries: Iterable<SummedEntry>,
): void {
  const isOfCash = ofCash(accounts);
  for (const entry of entries) {
    if (entry.adjusting) addMoved(sums.adjustments, entry, entry.lines);
    addPaid(sums, isOfCash, entry);
  }
}

/** Which lines are of cash accounts. */
export function ofCash(accounts: readonly Account[]): (line: Moved) => boolean {
  const ids = new Set(cashAccounts(accounts));
  return ({ account }) => ids.has(account);
}

/** Puts what an entry received, paid, gained and lost in cash into the sums. */
export function addPaid(
  { cash, exchange }: Pick<EntrySums, 'cash' | 'exchange'>,
  isOfCash: (line: Moved) => boolean,
  entry: Omit<SummedEntry, 'adjusting'>,
): void {
  const moved = cashMoves(entry.lines, isOfCash);
  addMoved(exchange, entry, moved.gained);
  addMoved(cash, entry, moved.paid);
}

/** What an entry received and paid on other accounts than cash, and gained and lost there on cash. */
export function cashMoves(
  lines: readonly SummedLine[],
  isOfCash: (line: Moved) => boolean,
): { readonly paid: readonly Moved[]; readonly gained: readonly Moved[] } {
  const others = lines.filter((line) => !isOfCash(line));
  const gained = exchangeLines(lines.filter(isOfCash), others);
  const taken = gained.map(({ account, amount }) => ({ account, amount: -amount }));
  return { gained, paid: paidLines([...others, ...taken]) };
}

/** Puts what an entry moved into a table. */
const addMoved = (
  table: MonthTable,
  { closing, month, position }: Pick<SummedEntry, 'month' | 'closing' | 'position'>,
  lines: readonly Moved[],
): void =>
  table.add(
    lines.map(({ account, amount }) => ({
      ...{ account, month, closing, lastPosition: position },
      debit: amount > 0n ? amount : 0n,
      credit: amount < 0n ? -amount : 0n,
    })),
  );
