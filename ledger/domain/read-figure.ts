// Figures as people and programs write them: `1,234.56`, `1 234,56`, `1'234.56`, `(12.00)`, `12-`, `$-5`.
import { type Decimal, parseDecimal } from './decimal.ts';
import { type AmountFault, type MinorUnits, parseAmount } from './money.ts';

export type DecimalSign = '.' | ',';

const NOISE = /[\s\u00a0\u202f'’]/g;
const PLAIN_CENTS = /^\d{1,15}\.\d\d$/;
const SHAPE = /^[+-]?\d[\d.,]*$|^[+-]?[.,]\d+$/;

/**
 * The decimal sign that a figure shows by itself, or null when it could be either: of two signs it is the last; a
 * sign that comes twice, or alone before exactly three digits, may be grouping.
 */
export function signShownBy(figure: string): DecimalSign | null {
  const signs = figure.replace(NOISE, '').replace(/[^.,]/g, '');
  const last = signs.at(-1) as DecimalSign | undefined;
  if (last === undefined) return null;
  if (signs.includes('.') && signs.includes(',')) return last;
  if (signs.length > 1) return last === '.' ? ',' : '.';
  const decimals = figure.replace(NOISE, '').split(last)[1] ?? '';
  return /^\d{3}\D*$/.test(decimals) ? null : last;
}

/**
 * Reads a figure as minor units; negative by a minus on either side or by parentheses.
 * @param sign what `.` or `,` means where the figure itself doesn't show it
 */
export function readFigure(
  text: string,
  exponent: number,
  sign: DecimalSign,
): MinorUnits | AmountFault {
  // Nearly all figures of a large file; the rest of this function would give the same.
  if (exponent === 2 && PLAIN_CENTS.test(text)) return BigInt(text.replace('.', '')) as MinorUnits;
  const plain = plainFigure(text, sign);
  return plain === null ? 'not-a-number' : parseAmount(plain, exponent);
}

/** The same as an exact decimal, whatever its number of decimals. */
export function readDecimalFigure(text: string, sign: DecimalSign): Decimal | null {
  const plain = plainFigure(text, sign);
  return plain === null ? null : parseDecimal(plain);
}

/** A figure as a plain decimal; null when it is none. */
function plainFigure(text: string, sign: DecimalSign): string | null {
  let figure = text.replace(NOISE, '');
  let negative = false;
  if (/^\(.*\)$/.test(figure)) {
    negative = true;
    figure = figure.slice(1, -1);
  }
  if (/\d-$/.test(figure)) {
    negative = !negative;
    figure = figure.slice(0, -1);
  }
  if (!SHAPE.test(figure)) return null;
  if (figure.startsWith('-')) negative = !negative;
  figure = figure.replace(/^[+-]/, '');
  const decimal = signShownBy(figure) ?? sign;
  const grouping = decimal === '.' ? ',' : '.';
  const [whole = '', ...rest] = figure.split(decimal);
  if (rest.length > 1 || rest[0]?.includes(grouping)) return null;
  const plain = [whole.replaceAll(grouping, ''), ...rest].join('.');
  return negative ? `-${plain}` : plain;
}
