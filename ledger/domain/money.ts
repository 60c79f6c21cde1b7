// Money: whole minor units of an ISO 4217 currency as `bigint`, and the only way in from text and back.
// Nothing here rounds: an amount that does not fit its currency is refused, never trimmed.

/** A number of minor units (cents) of a currency known from context. */
export type MinorUnits = bigint & { readonly __unit: 'minor' };

export const ZERO = 0n as MinorUnits;

/** 18 digits: the largest total or balance a book may hold (it fits a PostgreSQL BIGINT with room to add). */
const LARGEST_AMOUNT = 999_999_999_999_999_999n as MinorUnits;

export const minorUnits = (value: bigint): MinorUnits => value as MinorUnits;
export const isTooLarge = (amount: bigint): boolean =>
  amount > LARGEST_AMOUNT || amount < -LARGEST_AMOUNT;

export type AmountFault = 'not-a-number' | 'too-many-decimals' | 'too-large';

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;

/**
 * Reads a plain decimal (`1234.5`, `-0.01`; point as decimal sign, no grouping) as minor units.
 * @param exponent number of decimals of the currency (0–4). Trailing zeros beyond it are accepted.
 * @returns the amount, or the reason why the text is not one.
 */
export function parseAmount(text: string, exponent: number): MinorUnits | AmountFault {
  const match = PLAIN_DECIMAL.exec(text);
  if (!match) return 'not-a-number';
  const negative = (match[1] ?? match[4]) === '-';
  const whole = (match[2] ?? '0').replace(/^0+(?=\d)/, '');
  const decimals = (match[3] ?? match[5] ?? '').replace(/0+$/, '');
  if (decimals.length > exponent) return 'too-many-decimals';
  if (whole.length + exponent > 18 && whole !== '0') return 'too-large';
  const units = BigInt(whole + decimals.padEnd(exponent, '0'));
  return minorUnits(negative ? -units : units);
}

/**
 * Writes minor units as a plain decimal in the currency's own number of places: `123450n, 2` → `1234.50`.
 */
export function decimalText(amount: bigint, exponent: number): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return negative ? `-${text}` : text;
}
