// What accounts hold in units other than the base currency, as sums over months: quantities, and the base amounts that
// stand behind them. The same table of months as for balances, one place in it for each account and unit.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { type Counting, type MonthTable, type Movement, monthTable } from './month-table.ts';

/** Movement of one account in one unit and month, closing entries apart. */
export interface UnitRow {
  readonly account: AccountId;
  readonly unit: string;
  /** Decimals of the unit, in which its quantities are. */
  readonly decimals: number;
  readonly month: Month;
  readonly closing: boolean;
  readonly debitQuantity: bigint;
  readonly creditQuantity: bigint;
  /** Minor units of the base currency. */
  readonly debit: bigint;
  readonly credit: bigint;
  readonly lastPosition: number;
}

/** One account's holding of one unit. */
export interface Holding {
  readonly account: AccountId;
  readonly unit: string;
  readonly decimals: number;
  /** Its place in the tables. */
  readonly place: number;
}

export interface UnitTable {
  put(rows: Iterable<UnitRow>): void;
  /** Decimals of a unit that anything ever moved. */
  decimals(unit: string): number;
  /** Every account's units that anything ever moved. */
  readonly holdings: readonly Holding[];
  /** Quantities moved in the months from `from` up to, not including, `until`; null: since the beginning. */
  quantity(holding: Holding, from: Month | null, until: Month, counting: Counting): Movement;
  /** The base amounts behind them. */
  amount(holding: Holding, from: Month | null, until: Month, counting: Counting): Movement;
  /** Last position that moved any unit until a month, that month included; 0 for none. */
  positionUntil(month: Month): number;
}

/** @param first the book's first month */
export function unitTable(first: Month, rows: Iterable<UnitRow>): UnitTable {
  const quantities = monthTable(first, []);
  const amounts = monthTable(first, []);
  const holdings = new Map<string, Holding>();
  const decimals = new Map<string, number>();
  const between =
    (table: MonthTable): UnitTable['quantity'] =>
    ({ place }, from, until, counting) =>
      table.between(place, from, until, counting);
  const table: UnitTable = {
    put(changed) {
      for (const row of changed) {
        const { account, closing, credit, debit, lastPosition, month, unit } = row;
        const key = `${account}/${unit}`;
        const fresh = { account, unit, decimals: row.decimals, place: holdings.size + 1 };
        const holding = holdings.get(key) ?? fresh;
        decimals.set(unit, row.decimals);
        holdings.set(key, holding);
        const own = { account: holding.place, month, closing, lastPosition };
        const { creditQuantity, debitQuantity } = row;
        quantities.put([{ ...own, debit: debitQuantity, credit: creditQuantity }]);
        amounts.put([{ ...own, debit, credit }]);
      }
    },
    decimals: (unit) => decimals.get(unit) ?? 0,
    get holdings() {
      return [...holdings.values()];
    },
    quantity: between(quantities),
    amount: between(amounts),
    positionUntil: (month) => quantities.positionBetween(null, month),
  };
  table.put(rows);
  return table;
}

/** Accounts and their holdings, by unit and then in the order of the accounts. */
export function holdingsByUnit(
  { holdings }: UnitTable,
  accounts: readonly Account[],
): Map<string, { readonly account: Account; readonly holding: Holding }[]> {
  const order = new Map(accounts.map((account, at) => [account.id, { account, at }]));
  const known = holdings.flatMap((holding) => {
    const found = order.get(holding.account);
    return found ? [{ ...found, holding }] : [];
  });
  known.sort((a, b) =>
    a.holding.unit === b.holding.unit ? a.at - b.at : a.holding.unit < b.holding.unit ? -1 : 1,
  );
  return Map.groupBy(known, ({ holding }) => holding.unit);
}

/** The units of which somebody holds something without a base amount behind it at the end of a month, by name. */
export function unitsWithoutAmount(
  { amount, holdings, quantity }: UnitTable,
  until: Month,
): string[] {
  const open = holdings.filter((holding) => {
    const held = quantity(holding, null, until, 'all');
    const worth = amount(holding, null, until, 'all');
    return held.debit !== held.credit && worth.debit === 0n && worth.credit === 0n;
  });
  return [...new Set(open.map(({ unit }) => unit))].sort();
}
