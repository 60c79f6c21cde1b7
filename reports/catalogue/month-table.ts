// Balances as sums over months: per account prefix sums, so that any range of months costs two look-ups. Postings of
// closing entries are summed apart, because a year's own statements leave them out (design §4). A table takes changed
// balances in; an account's sums are counted again when they are next asked for.
import type { AccountId } from '#ledger/domain/account.ts';
import { addMonths, type Month } from '#ledger/domain/calendar.ts';

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

export interface MonthTable {
  readonly first: Month;
  /** The last month of the table; sums may be asked for to any later month as well. */
  readonly last: Month;
  /** Puts rows in the place of those of the same account, month and closing. No row may lie before `first`. */
  put(rows: Iterable<BalanceRow>): void;
  /** Adds what moved to what is there; positions go upwards. No row may lie before `first`. */
  add(rows: Iterable<BalanceRow>): void;
  /** Movement of the months from `from` up to, not including, `until`; `from` null: since the beginning. */
  between(account: AccountId, from: Month | null, until: Month, counting: Counting): Movement;
  /** Last position that touched any month from `from` to `to`, both included; 0 when none. */
  positionBetween(from: Month | null, to: Month): number;
  /** Last position that touched an account until a month, that month included; 0 when none. */
  accountPosition(account: AccountId, to: Month): number;
  /** Whether closing entries moved anything in the months from `from` up to, not including, `until`. */
  hasClosing(from: Month, until: Month): boolean;
  /** Whether anything was posted to an account in a month, if only a zero. */
  isPosted(account: AccountId, month: Month): boolean;
}

interface Own {
  /** By month; closing entries apart. */
  readonly ordinary: (BalanceRow | undefined)[];
  readonly closing: (BalanceRow | undefined)[];
  /** At index n: the sum of the months before the n-th; shorter than the table where nothing follows. */
  all: Movement[];
  closed: Movement[];
  stale: boolean;
}

/** @param first the book's first month. */
export function monthTable(first: Month, rows: Iterable<BalanceRow>): MonthTable {
  const start = indexOf(first);
  const accounts = new Map<AccountId, Own>();
  const positions: number[] = [];
  const closingMonths = new Set<Month>();
  const places = new Map<Month, number>();
  const place = (month: Month): number => {
    let at = places.get(month);
    if (at === undefined) {
      at = Math.max(indexOf(month) - start, 0);
      places.set(month, at);
    }
    return at;
  };
  const sumsOf = (account: AccountId): Own | undefined => {
    const own = accounts.get(account);
    if (own?.stale) count(own);
    return own;
  };
  const table: MonthTable = {
    first,
    get last() {
      return addMonths(first, Math.max(positions.length - 1, 0));
    },
    put(changed) {
      for (const row of changed) {
        if (row.month < first)
          throw new Error(`balance of ${row.month} lies before the book's first month ${first}`);
        const at = place(row.month);
        while (positions.length <= at) positions.push(0);
        positions[at] = Math.max(positions[at]!, row.lastPosition);
        const own = accounts.get(row.account) ?? {
          ...{ ordinary: [], closing: [], all: [], closed: [], stale: true },
        };
        accounts.set(row.account, own);
        (row.closing ? own.closing : own.ordinary)[at] = row;
        own.stale = true;
        if (row.closing) closingMonths.add(row.month);
      }
    },
    add(moved) {
      for (const row of moved) {
        const own = accounts.get(row.account);
        const before = (row.closing ? own?.closing : own?.ordinary)?.[place(row.month)];
        table.put([before ? { ...row, ...plus(before, row) } : row]);
      }
    },
    between(account, from, until, counting) {
      const own = sumsOf(account);
      if (!own) return NOTHING;
      const [low, high] = [from === null ? 0 : place(from), place(until)];
      if (high <= low) return NOTHING;
      const all = difference(own.all, low, high);
      if (counting === 'all' || own.closing.length === 0) return all;
      const closed = difference(own.closed, low, high);
      return { debit: all.debit - closed.debit, credit: all.credit - closed.credit };
    },
    positionBetween(from, to) {
      let latest = 0;
      const end = Math.min(place(to), positions.length - 1);
      if (to < first) return 0;
      for (let at = from === null ? 0 : place(from); at <= end; at++)
        latest = Math.max(latest, positions[at]!);
      return latest;
    },
    accountPosition(account, to) {
      const own = accounts.get(account);
      if (!own || to < first) return 0;
      const rows = [own.ordinary, own.closing].flatMap((months) => months.slice(0, place(to) + 1));
      return rows.reduce((latest, row) => Math.max(latest, row?.lastPosition ?? 0), 0);
    },
    hasClosing: (from, until) => [...closingMonths].some((month) => month >= from && month < until),
    isPosted(account, month) {
      const own = accounts.get(account);
      const at = place(month);
      return own?.ordinary[at] !== undefined || own?.closing[at] !== undefined;
    },
  };
  table.put(rows);
  return table;
}

const indexOf = (month: Month): number => +month.slice(0, 4) * 12 + +month.slice(5);

function difference(sums: readonly Movement[], low: number, high: number): Movement {
  const last = sums.length - 1;
  const [from, until] = [sums[Math.min(low, last)]!, sums[Math.min(high, last)]!];
  if (from === NOTHING) return until;
  return { debit: until.debit - from.debit, credit: until.credit - from.credit };
}

function count(own: Own): void {
  const months = Math.max(own.ordinary.length, own.closing.length);
  own.all = [NOTHING];
  own.closed = [NOTHING];
  for (let at = 0; at < months; at++) {
    const closing = own.closing[at];
    own.closed.push(plus(own.closed[at]!, closing));
    own.all.push(plus(plus(own.all[at]!, own.ordinary[at]), closing));
  }
  own.stale = false;
}

const plus = (sum: Movement, row: BalanceRow | undefined): Movement =>
  row ? { debit: sum.debit + row.debit, credit: sum.credit + row.credit } : sum;
