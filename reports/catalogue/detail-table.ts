// What accounts moved under values of dimensions and tax codes, as sums over months: the same table of months as for
// balances, one place in it for each value or code and account.
import type { AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import {
  type BalanceRow,
  type Counting,
  type MonthTable,
  type Movement,
  monthTable,
} from './month-table.ts';

/** A value of a dimension, or of a tax code what was taxed or the tax. */
export type DetailKind = 'dimension' | 'tax-base' | 'tax';

/** Movement of one account under one value or code in one month, closing entries apart. */
export interface DetailRow extends BalanceRow {
  readonly kind: DetailKind;
  /** Id of the value or tax code. */
  readonly of: number;
}

export interface DetailTable {
  put(rows: Iterable<DetailRow>): void;
  /** Movement in the months from `from` up to, not including, `until`. */
  between(
    kind: DetailKind,
    of: number,
    account: AccountId,
    from: Month,
    until: Month,
    counting: Counting,
  ): Movement;
  /** Last position that moved anything of these kinds in the months from `from` to `to`; 0 for none. */
  positionBetween(kinds: readonly DetailKind[], from: Month, to: Month): number;
}

const NOTHING: Movement = { debit: 0n, credit: 0n };

/** @param first the book's first month */
export function detailTable(first: Month, rows: Iterable<DetailRow>): DetailTable {
  const sums = new Map<DetailKind, MonthTable>();
  const places = new Map<string, number>();
  const table: DetailTable = {
    put(changed) {
      for (const { kind, of, ...row } of changed) {
        const key = `${kind}/${of}/${row.account}`;
        const place = places.get(key) ?? places.size + 1;
        places.set(key, place);
        const own = sums.get(kind) ?? monthTable(first, []);
        sums.set(kind, own);
        own.put([{ ...row, account: place }]);
      }
    },
    between(kind, of, account, from, until, counting) {
      const place = places.get(`${kind}/${of}/${account}`);
      if (place === undefined) return NOTHING;
      return sums.get(kind)!.between(place, from, until, counting);
    },
    positionBetween: (kinds, from, to) =>
      Math.max(0, ...kinds.map((kind) => sums.get(kind)?.positionBetween(from, to) ?? 0)),
  };
  table.put(rows);
  return table;
}
