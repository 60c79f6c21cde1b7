// An amount as people of the book's locale read it. Comes in as a decimal string and never becomes a float.
import classes from './amount.module.css';
import { localeOf } from './locale.ts';

export interface FigureStyle {
  readonly locale: string;
  readonly negatives: 'minus' | 'parentheses';
}

const formats = new Map<string, Intl.NumberFormat>();

const formatOf = (locale: string, decimals: number): Intl.NumberFormat => {
  const key = `${locale}/${decimals}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(localeOf(locale), {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(key, format);
  }
  return format;
};

/** `-1234.50` → `-1,234.50` or `(1,234.50)`, after the locale; exact at any size. */
export function amountText(value: string, style: FigureStyle): string {
  const negative = value.startsWith('-');
  const digits = negative ? value.slice(1) : value;
  const point = digits.indexOf('.');
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  const format = formatOf(style.locale, decimals);
  return negative && style.negatives === 'parentheses'
    ? `(${format.format(digits as Intl.StringNumericLiteral)})`
    : format.format(value as Intl.StringNumericLiteral);
}

/**
 * One figure of a column: right-aligned by its cell, tabular, room kept for a closing parenthesis so that decimal signs
 * stand under each other. An empty value stays empty; zero is a dash unless `zero` says otherwise.
 */
export function Amount({
  value,
  style,
  zero = 'figure',
}: {
  value: string | undefined;
  style: FigureStyle;
  zero?: 'figure' | 'dash' | 'empty';
}) {
  if (value === undefined || value === '') return null;
  const isZero = /^-?[0.]+$/.test(value);
  if (isZero && zero === 'empty') return null;
  const keeper = style.negatives === 'parentheses' && !(value.startsWith('-') && !isZero);
  return (
    <span className={`db-figure ${keeper ? classes.keeper : ''}`}>
      {isZero && zero === 'dash' ? '–' : amountText(isZero ? value.replace('-', '') : value, style)}
    </span>
  );
}
