// Amounts of plain text journals: `$1,234.56`, `-$5`, `$-5`, `USD 10.00`, `10.00 USD`, `10`.
import { type CurrencyCode, meansCurrency } from '#ledger/domain/currency.ts';
import type { MinorUnits } from '#ledger/domain/money.ts';
import { type DecimalSign, readFigure } from '#ledger/domain/read-figure.ts';

export interface AmountStyle {
  readonly currency: string;
  readonly exponent: number;
  /** What the file declared; null where it declared nothing. */
  readonly decimalSign: DecimalSign | null;
  /** Whether `1,234` without a declared sign is refused (hledger reads it as a decimal, Ledger as grouping). */
  readonly strict: boolean;
}

export interface AmountFault {
  readonly code: string;
  readonly message: string;
}

export interface ReadAmount {
  readonly amount: MinorUnits;
  readonly commodity: string;
}

const FIGURE =
  /^([+-]?)\s*(?:("[^"]*"|[^\s\d+\-.,;"@={}()[\]]+)\s*)?([+-]?)(\d[\d.,' ]*|[.,]\d+)\s*("[^"]*"|[^\s\d+\-.,;"@={}()[\]]+)?$/;

/** @returns the amount, debit positive, or what is wrong with it */
export function readJournalAmount(text: string, style: AmountStyle): ReadAmount | AmountFault {
  const fault = (code: string, message: string) => ({ code, message });
  const shown = text.trim();
  if (/[@{]/.test(shown)) {
    return fault('price', `“${shown}” has a price or a lot: a book holds one currency here.`);
  }
  if (/^\(/.test(shown))
    return fault('expression', `“${shown}” is an expression; write its value.`);
  const match = FIGURE.exec(shown);
  if (!match) return fault('amount-not-a-number', `“${shown}” is not an amount.`);
  const [, outer, before, inner, figure = '', after] = match;
  if (before && after) return fault('amount-not-a-number', `“${shown}” names two commodities.`);
  const commodity = (before ?? after ?? '').replaceAll('"', '');
  if (!meansCurrency(commodity, style.currency as CurrencyCode)) {
    return fault(
      'second-currency',
      `“${shown}” is in ${commodity}, but the book is kept in ${style.currency}.`,
    );
  }
  const plain = figure.trim();
  if (style.strict && style.decimalSign === null && /^\d{1,3},\d{3}$/.test(plain)) {
    return fault(
      'amount-ambiguous',
      `“${shown}” can be read in two ways: add decimals, or a decimal-mark directive at the top.`,
    );
  }
  const amount = readFigure(plain, style.exponent, style.decimalSign ?? '.');
  if (typeof amount !== 'bigint') {
    const why = {
      'not-a-number': 'is not an amount',
      'too-many-decimals': `has more than ${style.exponent} decimals`,
      'too-large': 'has more than 18 digits',
    }[amount];
    return fault(`amount-${amount}`, `“${shown}” ${why}.`);
  }
  const negative = (outer === '-') !== (inner === '-');
  return { amount: (negative ? -amount : amount) as MinorUnits, commodity };
}

/** The decimal sign that the sample amount of a directive shows, as in `commodity $1,000.00`. */
export function signOfSample(sample: string): DecimalSign | null {
  const figure = /[\d.,]*\d[\d.,]*/.exec(sample)?.[0] ?? '';
  const last = Math.max(figure.lastIndexOf('.'), figure.lastIndexOf(','));
  return last < 0 ? null : (figure[last] as DecimalSign);
}
