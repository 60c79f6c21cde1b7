// Amounts as people type them in the book's locale: `1234.5`, `1,234.50`, `1 234,50`, `100+25`, `-30`.
import { type DecimalSign, readFigure } from '#ledger/domain/read-figure.ts';
import { localeOf } from '../locale.ts';

const TERMS = /[+-]?[^+-]+/g;

/** What separates decimals in a locale. */
export function decimalSignOf(locale: string): DecimalSign {
  const parts = new Intl.NumberFormat(localeOf(locale)).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.';
}

/**
 * The value of a figure or of a simple sum, in minor units; null when it cannot be read.
 * @param exponent decimals of the currency
 */
export function readTyped(text: string, exponent: number, sign: DecimalSign): bigint | null {
  const typed = text.trim().replaceAll('−', '-');
  const terms = typed.match(TERMS);
  if (!terms || terms.join('') !== typed) return null;
  let total = 0n;
  for (const term of terms) {
    const amount = readFigure(term, exponent, sign);
    if (typeof amount !== 'bigint') return null;
    total += amount;
  }
  return total;
}
