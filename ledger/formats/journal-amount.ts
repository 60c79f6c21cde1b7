// Amounts of plain text journals: `$1,234.56`, `-$5`, `$-5`, `USD 10.00`, `10.00 USD`, `10`; in the book's currency, in
// another or in a commodity.
import { type CurrencyCode, currencyOfSymbol, meansCurrency } from '#ledger/domain/currency.ts';
import type { Decimal } from '#ledger/domain/decimal.ts';
import { type DecimalSign, readDecimalFigure } from '#ledger/domain/read-figure.ts';
import { UNIT_CODE } from '#ledger/domain/unit.ts';

export interface AmountStyle {
  readonly currency: string;
  readonly exponent: number;
  /** What the file declared; null where it declared nothing. */
  readonly decimalSign: DecimalSign | null;
  /** Whether `1,234` without a declared sign is refused (hledger reads it as a decimal, Ledger as grouping). */
  readonly strict: boolean;
  /** Whether commodities stand last and may have figures and signs in their names without quotes (Beancount). */
  readonly unitsLast: boolean;
  /** Own names of units that the file calls otherwise. */
  readonly ownUnits?: ReadonlyMap<string, string>;
}

export interface AmountFault {
  readonly code: string;
  readonly message: string;
}

export interface ReadAmount {
  /** Debit positive. */
  readonly quantity: Decimal;
  /** The base currency, another, or a commodity. */
  readonly unit: string;
  /** As written; empty for nothing. */
  readonly commodity: string;
}

const FIGURE =
  /^([+-]?)\s*(?:("[^"]*"|[^\s\d+\-.,;"@={}()[\]]+)\s*)?([+-]?)(\d[\d.,' ]*|[.,]\d+)\s*("[^"]*"|[^\s\d+\-.,;"@={}()[\]]+)?$/;
const UNIT_LAST = /^(.*\d\.?)\s*([A-Z][A-Z0-9'._-]*)$/;
const MOST_DIGITS = 18;

const fault = (code: string, message: string): AmountFault => ({ code, message });

/** @returns the amount, or what is wrong with it */
export function readJournalAmount(text: string, style: AmountStyle): ReadAmount | AmountFault {
  const shown = style.unitsLast ? text.trim().replace(UNIT_LAST, '$1 "$2"') : text.trim();
  if (/^\(/.test(shown))
    return fault('expression', `“${shown}” is an expression; write its value.`);
  const match = FIGURE.exec(shown);
  if (!match) return fault('amount-not-a-number', `“${shown}” is not an amount.`);
  const [, outer, before, inner, figure = '', after] = match;
  if (before && after) return fault('amount-not-a-number', `“${shown}” names two commodities.`);
  const commodity = (before ?? after ?? '').replaceAll('"', '');
  const unit = unitOf(style.ownUnits?.get(commodity) ?? commodity, style.currency);
  if (unit === null) {
    return fault(
      'unit-malformed',
      `“${commodity}” is no unit: a name has 1 to 24 letters, digits, points and hyphens, a letter first.`,
    );
  }
  const plain = figure.trim();
  if (style.strict && style.decimalSign === null && /^\d{1,3},\d{3}$/.test(plain)) {
    return fault(
      'amount-ambiguous',
      `“${shown}” can be read in two ways: add decimals, or a decimal-mark directive at the top.`,
    );
  }
  const read = readDecimalFigure(plain, style.decimalSign ?? '.');
  if (read === null) return fault('amount-not-a-number', `“${shown}” is not an amount.`);
  if (unit === style.currency && read.scale > style.exponent) {
    return fault(
      'amount-too-many-decimals',
      `“${shown}” has more than ${style.exponent} decimals.`,
    );
  }
  if (`${read.digits}`.length > MOST_DIGITS) {
    return fault('amount-too-large', `“${shown}” has more than ${MOST_DIGITS} digits.`);
  }
  const negative = (outer === '-') !== (inner === '-');
  const quantity = negative ? { ...read, digits: -read.digits } : read;
  return { quantity, unit, commodity };
}

/** The unit that a commodity stands for; null when its name can be none. */
export function unitOf(commodity: string, currency: string): string | null {
  if (meansCurrency(commodity, currency as CurrencyCode)) return currency;
  const unit = currencyOfSymbol(commodity) ?? commodity;
  return UNIT_CODE.test(unit) ? unit : null;
}

/** The decimal sign that the sample amount of a directive shows, as in `commodity $1,000.00`. */
export function signOfSample(sample: string): DecimalSign | null {
  const figure = /[\d.,]*\d[\d.,]*/.exec(sample)?.[0] ?? '';
  const last = Math.max(figure.lastIndexOf('.'), figure.lastIndexOf(','));
  return last < 0 ? null : (figure[last] as DecimalSign);
}
