// Directives of plain text journals: what is understood, what says nothing about a ledger, and what would change the
// meaning of everything after it and is therefore refused.
import type { AccountType } from '#ledger/domain/account.ts';
import { readIsoLikeDate } from '#ledger/domain/read-date.ts';
import type { DecimalSign } from '#ledger/domain/read-figure.ts';
import { type AmountStyle, readJournalAmount, signOfSample, unitOf } from './journal-amount.ts';
import { splitComment } from './journal-posting.ts';
import type { SourceRate, SourceUnit } from './source-item.ts';

export type Directive =
  | {
      readonly kind: 'account';
      readonly path: string;
      readonly accountType: AccountType | null;
      readonly code: string | null;
    }
  | {
      readonly kind: 'decimal-sign';
      readonly sign: DecimalSign | null;
      /** The commodity of the sample, where it isn't the base currency. */
      readonly unit?: Pick<SourceUnit, 'code' | 'decimals'>;
    }
  | { readonly kind: 'rate'; readonly rate: Omit<SourceRate, 'type' | 'line'> }
  | { readonly kind: 'comment' }
  | { readonly kind: 'nothing'; readonly note?: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const TYPES: Readonly<Record<string, AccountType>> = {
  a: 'asset',
  asset: 'asset',
  c: 'asset',
  cash: 'asset',
  l: 'liability',
  liability: 'liability',
  e: 'equity',
  equity: 'equity',
  v: 'equity',
  conversion: 'equity',
  r: 'income',
  revenue: 'income',
  x: 'expense',
  expense: 'expense',
};

const REFUSED: Readonly<Record<string, readonly [code: string, message: string]>> = {
  include: ['include', 'Another file is included: import it by itself, or put it in place.'],
  alias: ['alias', 'Accounts are given other names (alias): write the names themselves.'],
  apply: ['apply', '`apply` changes what follows: write it out.'],
  end: ['apply', '`end` closes what isn’t understood here.'],
  Y: ['default-year', 'A default year is set: write years in the dates.'],
  year: ['default-year', 'A default year is set: write years in the dates.'],
  bucket: ['default-account', 'A default account is set: write it out.'],
  A: ['default-account', 'A default account is set: write it out.'],
};

const MARKET_PRICE = /^(\S+)\s+(?:\d{1,2}:\d{2}(?::\d{2})?\s+)?("[^"]*"|\S+)\s+(.*)$/;
const DECLARATIONS = ['payee', 'tag', 'commodity', 'D', 'N'];

/** What the line says, which begins with neither a digit nor white space. */
export function readDirective(text: string, style: AmountStyle): Directive {
  if (/^[;#*%|]/.test(text)) return { kind: 'nothing' };
  if (text.startsWith('~')) return refused('periodic-rule', 'Periodic rules are not imported.');
  if (text.startsWith('='))
    return refused('automated-posting', 'Automated postings are not imported.');
  const [word = '', ...rest] = text.replace(/^[!@]/, '').trim().split(/\s+/);
  const { body, comment } = splitComment(text.slice(text.indexOf(word) + word.length));
  const value = body.trim();
  if (word === 'comment' || word === 'test') return { kind: 'comment' };
  if (word === 'account') {
    const type = /\btype:\s*(\w+)/.exec(comment)?.[1]?.toLowerCase() ?? '';
    const code = /\bcode:\s*([^,\s]+)/.exec(comment)?.[1] ?? null;
    return { kind: 'account', path: value, accountType: TYPES[type] ?? null, code };
  }
  if (word === 'decimal-mark') {
    return { kind: 'decimal-sign', sign: rest[0] === ',' ? ',' : '.' };
  }
  if (word === 'P') return readMarketPrice(value, style);
  if (word === 'commodity' || word === 'D') return readSample(word, value, style);
  if (DECLARATIONS.includes(word)) return { kind: 'nothing' };
  if (Object.hasOwn(REFUSED, word)) return refused(...REFUSED[word]!);
  return refused('not-understood', `“${text.slice(0, 60)}” is not understood.`);
}

/** `P 2024-01-31 12:00 EUR $1.10`; the time of day says nothing here. */
function readMarketPrice(value: string, style: AmountStyle): Directive {
  const not = refused('not-understood', `“P ${value.slice(0, 60)}” is not a market price.`);
  const [, day = '', commodity = '', price = ''] = MARKET_PRICE.exec(value) ?? [];
  const date = readIsoLikeDate(day);
  const unit = unitOf(commodity.replaceAll('"', ''), style.currency);
  if (date === null || unit === null) return not;
  const read = readJournalAmount(price, { ...style, exponent: 18 });
  if ('code' in read) return refused(read.code, read.message);
  if (read.quantity.digits <= 0n) return not;
  return { kind: 'rate', rate: { unit, date, rate: read.quantity, of: read.unit } };
}

function readSample(word: string, value: string, style: AmountStyle): Directive {
  if (!/\d/.test(value)) return { kind: 'decimal-sign', sign: null };
  // A quoted commodity may have figures in its name.
  const figure = value.replace(/"[^"]*"/g, '');
  const sign = signOfSample(figure);
  const read = readJournalAmount(value, { ...style, exponent: 18, decimalSign: sign });
  if ('code' in read || read.unit === style.currency || read.commodity === '') {
    return { kind: 'decimal-sign', sign };
  }
  if (word === 'D') {
    const message = `A default commodity is set: write ${read.commodity} in the amounts.`;
    return refused('default-commodity', message);
  }
  const decimals =
    sign === null ? 0 : (/\d*$/.exec(figure.replace(/[^\d.,]/g, ''))?.[0].length ?? 0);
  return { kind: 'decimal-sign', sign, unit: { code: read.unit, decimals } };
}

const refused = (code: string, message: string): Directive => ({ kind: 'refused', code, message });

/** An indented line under a directive. @returns what is wrong with it, or null */
export function refuseSubDirective(text: string): Directive | null {
  const word = text.trim().split(/\s+/)[0] ?? '';
  if (word === 'alias') return refused(...REFUSED['alias']!);
  if (word === 'payee' || word === 'check' || word === 'assert' || word === 'eval') {
    return refused('not-understood', `“${text.trim().slice(0, 60)}” is not understood.`);
  }
  return null;
}
