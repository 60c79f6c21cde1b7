// What income and expenses are planned to be, as sums over months: the same table of months as for balances, one place in
// it for each account, and for each value of a dimension and account.
import type { AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { monthTable } from './month-table.ts';

export interface BudgetRow {
  readonly account: AccountId;
  /** Ids of values of dimensions, one per dimension at most. */
  readonly values: readonly number[];
  readonly month: Month;
  /** Minor units; above zero what income earns and expenses cost. */
  readonly amount: bigint;
  readonly lastPosition: number;
}

export interface BudgetTable {
  /** Puts rows in the place of those of the same account, values and month. */
  put(rows: Iterable<BudgetRow>): void;
  /** Planned for an account in the months from `from` up to, not including, `until`: for all values and none together. */
  between(account: AccountId, from: Month, until: Month): bigint;
  /** The same, for one value of a dimension. */
  ofValue(value: number, account: AccountId, from: Month, until: Month): bigint;
  /** Last position that planned anything for the months from `from` to `to`; 0 for none. */
  positionBetween(from: Month, to: Month): number;
}

/** @param first the book's first month */
export function budgetTable(first: Month, rows: Iterable<BudgetRow>): BudgetTable {
  const months = monthTable(first, []);
  const places = new Map<string, number>();
  /** Rows of a place and month, which add up, by their values. */
  const parts = new Map<string, Map<string, BudgetRow>>();
  const placeOf = (key: string): number => {
    const place = places.get(key) ?? places.size + 1;
    places.set(key, place);
    return place;
  };
  const sum = (key: string, from: Month, until: Month): bigint => {
    const place = places.get(key);
    if (place === undefined) return 0n;
    const { debit, credit } = months.between(place, from, until, 'all');
    return debit - credit;
  };
  const add = (key: string, row: BudgetRow): void => {
    const account = placeOf(key);
    const own = parts.get(`${key}/${row.month}`) ?? new Map<string, BudgetRow>();
    parts.set(`${key}/${row.month}`, own.set(row.values.join(','), row));
    const debit = [...own.values()].reduce((all, { amount }) => all + amount, 0n);
    const { lastPosition, month } = row;
    months.put([{ account, month, closing: false, debit, credit: 0n, lastPosition }]);
  };
  const table: BudgetTable = {
    put(changed) {
      for (const row of changed) {
        add(`${row.account}`, row);
        for (const value of row.values) add(`${row.account}/${value}`, row);
      }
    },
    between: (account, from, until) => sum(`${account}`, from, until),
    ofValue: (value, account, from, until) => sum(`${account}/${value}`, from, until),
    positionBetween: (from, to) => months.positionBetween(from, to),
  };
  table.put(rows);
  return table;
}
