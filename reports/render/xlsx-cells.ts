// What a cell of a sheet can hold, as XML. Numbers are written digit by digit as the report has them, never through a
// double; text is always an inline string, so nothing that a user wrote is ever run as a formula.
import { printable } from './wrap-text.ts';

/** More letters than this and Excel repairs the file. */
const MOST_LETTERS = 32_767;
const MOST_DIGITS = 15;
/** Excel counts days from here, and believes that 1900 was a leap year: earlier days are one off. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const FIRST_DAY = '1900-03-01';
const DAY_MS = 86_400_000;

/** Letters that mean something else in XML, and what Excel would take for an escape of its own. */
const UNSAFE = /[&<>]|_(?=x[0-9A-Fa-f]{4}_)/g;
const NAMED: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  _: '_x005F_',
};

/** Words as paper shows them, in one line, without what XML has no letter for. */
export const plainWords = (text: string): string => printable(text).replace(/[\ufffe\uffff]/g, ' ');

const escaped = (text: string): string =>
  plainWords(text)
    .slice(0, MOST_LETTERS)
    .replace(UNSAFE, (letter) => NAMED[letter]!);

export const textCell = (place: string, style: number, text: string): string =>
  `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** @param digits a number as XML writes it. @param formula what gives this number, if anything. */
export const numberCell = (
  place: string,
  style: number,
  digits: string | number,
  formula?: string,
): string =>
  formula === undefined
    ? `<c r="${place}" s="${style}"><v>${digits}</v></c>`
    : `<c r="${place}" s="${style}"><f>${formula}</f><v>${digits}</v></c>`;

/** Whether a double, and so a sheet, holds all the digits of an amount. */
export const isExact = (amount: string): boolean =>
  amount.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length <= MOST_DIGITS;

/** Decimals of an amount: those of its own currency or commodity. */
export const placesOf = (amount: string): number => {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.length - point - 1;
};

/** The number under which a sheet knows a day; null for days that it doesn't know. */
export const serialDay = (date: string): number | null =>
  date < FIRST_DAY ? null : (Date.parse(`${date}T00:00:00Z`) - DAY_ZERO) / DAY_MS;
