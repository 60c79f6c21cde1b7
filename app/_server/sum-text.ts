// Sums of amounts that come as decimal text in one currency.
import { decimalText } from '#ledger/domain/money.ts';

/** `['1.50', '2.00']` → `3.50`. All have the same number of decimals. */
export function sumText(amounts: readonly string[]): string {
  const decimals = (amounts[0]?.split('.')[1] ?? '').length;
  const total = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
  return decimalText(total, decimals);
}
