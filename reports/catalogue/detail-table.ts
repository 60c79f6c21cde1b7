// What accounts moved under values of dimensions, as sums over months: the same table of months as for balances, one
// place in it for each value and account.
import type { AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { type BalanceRow, type Counting, type Movement, monthTable } from './month-table.ts';

/** Movement of one account under one value in one month, closing entries apart. */
export interface DetailRow extends BalanceRow {
  /** Id of the value. */
  readonly value: number;
}

export interface DetailTable {
  put(rows: Iterable<DetailRow>): void;
  /** Movement in the months from `from` up to, not including, `until`. */
  between(
    value: number,
    account: AccountId,
    from: Month,
    until: Month,
    counting: Counting,
  ): Movement;
}

const NOTHING: Movement = { debit: 0n, credit: 0n };

/** @param first the book's first month */
export function detailTable(first: Month, rows: Iterable<DetailRow>): DetailTable {
  const sums = monthTable(first, []);
  const places = new Map<string, number>();
  const table: DetailTable = {
    put(changed) {
      for (const { value, ...row } of changed) {
        const key = `${value}/${row.account}`;
        const place = places.get(key) ?? places.size + 1;
        places.set(key, place);
        sums.put([{ ...row, account: place }]);
      }
    },
    between(value, account, from, until, counting) {
      const place = places.get(`${value}/${account}`);
      return place === undefined ? NOTHING : sums.between(place, from, until, counting);
    },
  };
  table.put(rows);
  return table;
}
