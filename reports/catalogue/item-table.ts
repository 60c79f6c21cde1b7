// What was invoiced and what was paid of it: lines of one account with one party and document, per month. A table takes
// changed items in whole; items that were settled before the months that are asked about need not be in it.
import type { AccountId } from '#ledger/domain/account.ts';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';

/** Movement of one item in one unit and month, closing entries apart. */
export interface ItemRow {
  readonly account: AccountId;
  /** 0: nobody's. */
  readonly party: number;
  /** Empty: none. */
  readonly document: string;
  /** Empty: the base currency. */
  readonly unit: string;
  /** Decimals of the unit, in which quantities are. */
  readonly decimals: number;
  readonly month: Month;
  readonly closing: boolean;
  readonly debitQuantity: bigint;
  readonly creditQuantity: bigint;
  /** Minor units of the base currency. */
  readonly debit: bigint;
  readonly credit: bigint;
  readonly firstDate: CalendarDate;
  /** The earliest that a line names. */
  readonly dueDate: CalendarDate | null;
}

export interface Item
  extends Pick<ItemRow, 'account' | 'party' | 'document' | 'unit' | 'decimals'> {
  readonly months: ReadonlyMap<string, ItemRow>;
}

export interface ItemTable {
  /** Puts rows in the place of those of the same item, month and closing. */
  put(rows: Iterable<ItemRow>): void;
  of(account: AccountId): Iterable<Item>;
  /** How many rows it holds. */
  readonly size: number;
}

interface HeldItem extends Item {
  readonly months: Map<string, ItemRow>;
}

export function itemTable(rows: Iterable<ItemRow>): ItemTable {
  const accounts = new Map<AccountId, Map<string, HeldItem>>();
  let size = 0;
  const table: ItemTable = {
    put(changed) {
      for (const row of changed) {
        const items = accounts.get(row.account) ?? new Map<string, HeldItem>();
        accounts.set(row.account, items);
        const key = `${row.party}/${row.unit}/${row.document}`;
        const { account, decimals, document, party, unit } = row;
        const item = items.get(key) ?? {
          ...{ account, party, document, unit, decimals },
          months: new Map<string, ItemRow>(),
        };
        items.set(key, item);
        const month = row.closing ? `${row.month}/closing` : row.month;
        if (!item.months.has(month)) size++;
        item.months.set(month, row);
      }
    },
    of: (account) => accounts.get(account)?.values() ?? [],
    get size() {
      return size;
    },
  };
  table.put(rows);
  return table;
}
