// Figures and dates as the book's locale writes them: exact decimals in, text out. Digits are always 0–9, because the
// embedded font has no others, and thousands are parted by a space that the font knows.
import type { Negatives } from '#reports/catalogue/report.ts';

export interface Figures {
  /** A decimal string as printed, negatives by the book's preference. */
  amount(text: string): string;
  /** A day in digits, as in a column. */
  day(date: string): string;
  /** A day in words, as in a title. */
  longDay(date: string): string;
  /** A moment with its zone. @param iso ISO 8601 in UTC. */
  moment(iso: string): string;
  /** A whole number without grouping concerns: positions, page numbers. */
  count(value: number): string;
}

const noon = (date: string) => new Date(`${date}T12:00:00Z`);
const plainSpaces = (text: string) => text.replace(/[\u202f\u2009]/g, '\u00a0');

/** @param exponent decimals of the currency; a figure never shows more or fewer. */
export function figuresOf(book: {
  readonly locale: string;
  readonly timeZone: string;
  readonly negatives: Negatives;
  readonly exponent: number;
}): Figures {
  const locale = localeOf(book.locale);
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: book.exponent,
    maximumFractionDigits: book.exponent,
  });
  const whole = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: book.timeZone,
    timeZoneName: 'short',
  });
  const decimal = (text: string) => plainSpaces(number.format(text as Intl.StringNumericLiteral));
  return {
    amount: (text) =>
      book.negatives === 'parentheses' && text.startsWith('-')
        ? `(${decimal(text.slice(1))})`
        : decimal(text),
    day: (date) => plainSpaces(day.format(noon(date))),
    longDay: (date) => plainSpaces(long.format(noon(date))),
    moment: (iso) => plainSpaces(moment.format(new Date(iso))),
    count: (value) => plainSpaces(whole.format(value)),
  };
}

/** The locale with Latin digits; English where the tag isn't one. */
function localeOf(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag, { numberingSystem: 'latn', calendar: 'gregory' });
  } catch {
    return new Intl.Locale('en-GB');
  }
}

const LETTER_REGIONS = new Set([
  'US',
  'CA',
  'MX',
  'PH',
  'CL',
  'CO',
  'VE',
  'CR',
  'GT',
  'PA',
  'DO',
  'PR',
]);

/** The paper that lies in printers where the book is kept. */
export const paperOf = (locale: string): 'A4' | 'LETTER' =>
  LETTER_REGIONS.has(localeOf(locale).maximize().region ?? '') ? 'LETTER' : 'A4';
