// Units and rates of a book, and quantities as they leave the ledger: decimal text in the unit's own number of places.
import { decimalText } from '#ledger/domain/money.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { recordedUnits, type UnitColumns } from '#ledger/store/posting-units.ts';

export interface Unit {
  readonly code: string;
  readonly decimals: number;
  readonly name: string;
}

export interface Rate {
  readonly unit: string;
  readonly date: string;
  /** Base currency for one of the unit, a plain decimal. */
  readonly rate: string;
}

/** What a line moves in a unit other than the base currency. */
export interface LineUnits {
  readonly unit: string;
  readonly quantity: string;
  readonly rate: string | null;
  /** Where no rate is known: what it was priced at, in another unit. */
  readonly cost: { readonly unit: string; readonly quantity: string } | null;
}

const PER_PAGE = 24;

/** Commodities that the book defined, by code. */
export async function units(store: LedgerStore, book: number): Promise<Unit[]> {
  const { rows } = await store.pool.query<Unit>(
    'select code, decimals, name from units where book_id = $1 order by code',
    [book],
  );
  return rows;
}

/** Newest day first. @param page from 1 */
export async function rates(
  store: LedgerStore,
  book: number,
  page: number,
): Promise<{ readonly rates: readonly Rate[]; readonly page: number; readonly pages: number }> {
  const { rows } = await store.pool.query<Rate & { total: number }>(
    `select unit, day::text as date, rate::text as rate, (count(*) over ())::int as total from rates
     where book_id = $1 order by day desc, unit limit ${PER_PAGE} offset $2`,
    [book, (page - 1) * PER_PAGE],
  );
  const pages = Math.max(1, Math.ceil((rows[0]?.total ?? 0) / PER_PAGE));
  return { rates: rows.map(({ unit, date, rate }) => ({ unit, date, rate })), page, pages };
}

/** @returns a function that says what a line's columns hold; null for a line in the base currency */
export async function lineUnits(
  store: LedgerStore,
  book: number,
): Promise<(row: UnitColumns) => LineUnits | null> {
  const defined = new Map((await units(store, book)).map(({ code, decimals }) => [code, decimals]));
  const written = ({ quantity, unit }: { unit: string; quantity: string }) =>
    decimalText(BigInt(quantity), decimalsOf(unit, defined) ?? 0);
  return (row) => {
    const recorded = recordedUnits(row);
    if (recorded === null) return null;
    const { cost, rate, unit } = recorded;
    const paid = cost && { unit: cost.unit, quantity: written(cost) };
    return { unit, quantity: written(recorded), rate, cost: paid };
  };
}

/** Code of the account that takes what rounding leaves over; null for none. */
export async function roundingAccount(store: LedgerStore, book: number): Promise<string | null> {
  const { rows } = await store.pool.query<{ code: string }>(
    'select a.code from books b join accounts a on a.id = b.rounding_account_id where b.id = $1',
    [book],
  );
  return rows[0]?.code ?? null;
}
