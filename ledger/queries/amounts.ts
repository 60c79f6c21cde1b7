// Amounts as they leave the ledger: decimal text in the currency's own number of places.
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

/** @returns a function that writes minor units of the book's base currency, digits as PostgreSQL gives them */
export async function amountText(
  store: LedgerStore,
  book: number,
): Promise<(minorUnits: string) => string> {
  const { rows } = await store.pool.query<{ base_currency: CurrencyCode }>(
    'select base_currency from books where id = $1',
    [book],
  );
  const exponent = rows[0] ? exponentOf(rows[0].base_currency) : 2;
  return (minorUnits) => decimalText(BigInt(minorUnits), exponent);
}
