// Balances as sums over months: per account prefix sums, so that any range of months costs two look-ups. Postings of
// closing entries are summed apart, because a year's own statements leave them out (design §4).
import type { AccountId } from '#ledger/domain/account.ts';
import { addMonths, type Month, monthsBetween } from '#ledger/domain/calendar.ts';

/** Movement of one account in one month, closing entries apart. */
export interface BalanceRow {
  readonly account: AccountId;
  readonly month: Month;
  readonly closing: boolean;
  readonly debit: bigint;
  readonly credit: bigint;
  /** Position of the last event that changed it. */
  readonly lastPosition: number;
}

export interface Movement {
  readonly debit: bigint;
  readonly credit: bigint;
}

/** Which postings count: all, or all but those of closing entries. */
export type Counting = 'all' | 'without-closing';

const NOTHING: Movement = { debit: 0n, credit: 0n };

interface Sums {
  /** At index n: the sum of the months before the n-th. */
  readonly all: Movement[];
  readonly closing: Movement[];
}

export interface MonthTable {
  readonly first: Month;
  /** The last month of the table; sums may be asked for to any later month as well. */
  readonly last: Month;
  /** Movement of the months from `from` up to, not including, `until`; `from` null: since the beginning. */
  between(account: AccountId, from: Month | null, until: Month, counting: Counting): Movement;
  /** Last position that touched any month from `from` to `to`, both included; 0 when none. */
  positionBetween(from: Month | null, to: Month): number;
  /** Whether closing entries moved anything in the months from `from` up to, not including, `until`. */
  hasClosing(from: Month, until: Month): boolean;
}

/** @param first the book's first month. No row may lie before it. */
export function monthTable(first: Month, rows: Iterable<BalanceRow>): MonthTable {
  const list = [...rows];
  const last = list.reduce((latest, row) => (row.month > latest ? row.month : latest), first);
  const months = monthsBetween(first, last);
  const index = new Map(months.map((month, position) => [month, position]));
  const positions = months.map(() => 0);
  const closingMonths = new Set<Month>();
  const accounts = new Map<AccountId, Sums>();
  for (const row of list) {
    const at = index.get(row.month);
    if (at === undefined)
      throw new Error(`balance of ${row.month} lies before the book's first month ${first}`);
    positions[at] = Math.max(positions[at]!, row.lastPosition);
    const sums = accounts.get(row.account) ?? emptySums(months.length);
    accounts.set(row.account, sums);
    sums.all[at + 1] = plus(sums.all[at + 1]!, row);
    if (row.closing) {
      sums.closing[at + 1] = plus(sums.closing[at + 1]!, row);
      closingMonths.add(row.month);
    }
  }
  for (const sums of accounts.values()) {
    accumulate(sums.all);
    accumulate(sums.closing);
  }
  const place = (month: Month): number => {
    if (month <= first) return 0;
    return month > last ? months.length : index.get(month)!;
  };
  return {
    first,
    last,
    between(account, from, until, counting) {
      const sums = accounts.get(account);
      if (!sums) return NOTHING;
      const [start, end] = [from === null ? 0 : place(from), place(until)];
      if (end <= start) return NOTHING;
      const all = minus(sums.all[end]!, sums.all[start]!);
      return counting === 'all' ? all : minus(all, minus(sums.closing[end]!, sums.closing[start]!));
    },
    positionBetween(from, to) {
      const range = positions.slice(from === null ? 0 : place(from), place(addMonths(to, 1)));
      return range.reduce((latest, position) => Math.max(latest, position), 0);
    },
    hasClosing: (from, until) => [...closingMonths].some((month) => month >= from && month < until),
  };
}

const emptySums = (months: number): Sums => ({
  all: Array.from({ length: months + 1 }, () => NOTHING),
  closing: Array.from({ length: months + 1 }, () => NOTHING),
});

const plus = (a: Movement, b: Movement): Movement => ({
  debit: a.debit + b.debit,
  credit: a.credit + b.credit,
});

const minus = (a: Movement, b: Movement): Movement => ({
  debit: a.debit - b.debit,
  credit: a.credit - b.credit,
});

function accumulate(sums: Movement[]): void {
  for (let at = 1; at < sums.length; at++) sums[at] = plus(sums[at - 1]!, sums[at]!);
}
