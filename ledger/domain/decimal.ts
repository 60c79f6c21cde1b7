// Exact decimals (rates, prices, quantities of any unit), and the only place where an amount is rounded.

/** `digits / 10^scale`, without trailing zeros. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const MOST_SCALE = 18;
const MOST_DIGITS = 36;

/** Reads a plain decimal (`0.92`, `-12`, `.5`). @returns null for anything else, and past 18 decimals or 36 digits. */
export function parseDecimal(text: string): Decimal | null {
  const [, sign, whole = '', part = ''] = PLAIN.exec(text) ?? [];
  if (sign === undefined || whole + part === '') return null;
  const decimals = part.replace(/0+$/, '');
  if (decimals.length > MOST_SCALE || whole.length + decimals.length > MOST_DIGITS) return null;
  const digits = BigInt(whole + decimals);
  return { digits: sign === '-' ? -digits : digits, scale: decimals.length };
}

/** The shortest plain text of a decimal. */
export function plainDecimal({ digits, scale }: Decimal): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const cut = text.length - scale;
  const part = text.slice(cut).replace(/0+$/, '');
  return `${negative ? '-' : ''}${text.slice(0, cut)}${part === '' ? '' : `.${part}`}`;
}

export const times = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  scale: a.scale + b.scale,
});

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + atScale(b, scale), scale };
}

export const negated = ({ digits, scale }: Decimal): Decimal => ({ digits: -digits, scale });

/** The magnitude with the sign of another. */
export const signedLike = (value: Decimal, sign: Decimal): Decimal =>
  value.digits < 0n === sign.digits < 0n ? value : negated(value);

const atScale = ({ digits, scale }: Decimal, to: number): bigint =>
  digits * 10n ** BigInt(to - scale);

/** The same in units of `10^-exponent`, exactly; null when it has more decimals. */
export function exactUnits(value: Decimal, exponent: number): bigint | null {
  if (value.scale <= exponent) return atScale(value, exponent);
  const divisor = 10n ** BigInt(value.scale - exponent);
  return value.digits % divisor === 0n ? value.digits / divisor : null;
}

/** The same in units of `10^-exponent`, half away from zero: the way of invoices and of most tax laws. */
export function roundedUnits(value: Decimal, exponent: number): bigint {
  if (value.scale <= exponent) return atScale(value, exponent);
  return roundedQuotient(value.digits, 10n ** BigInt(value.scale - exponent));
}

/** A quotient as a whole number, half away from zero. @param divisor above zero */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const quotient = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -quotient : quotient;
}
