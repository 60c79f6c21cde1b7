// Figures and dates as the book's locale writes them: exact decimals in, text out. Digits are always 0–9, because the
// embedded font has no others, and thousands are parted by a space that the font knows.
import type { Negatives } from '#reports/catalogue/report.ts';
import { decimalsOf, plainSpaces } from './decimals.ts';

export interface Figures {
  /** A decimal string as printed, with its own decimals, negatives by the book's preference. */
  amount(text: string): string;
  /** A day in digits, as in a column. */
  day(date: string): string;
  /** A month in short, as over a column. @param text `YYYY-MM` */
  month(text: string): string;
  /** A day in words, as in a title. */
  longDay(date: string): string;
  /** A moment with its zone. @param iso ISO 8601 in UTC. */
  moment(iso: string): string;
  /** A whole number without grouping concerns: positions, page numbers. */
  count(value: number): string;
}

const noon = (date: string) => new Date(`${date}T12:00:00Z`);
const MOST_KNOWN = 100;
const MOST_DAYS = 4_000;
const known = new Map<string, Figures>();

export interface FigureStyle {
  readonly locale: string;
  readonly timeZone: string;
  readonly negatives: Negatives;
  /** Decimals of the currency. */
  readonly exponent: number;
}

/** How a book writes figures. Remembered, because asking Intl for a locale's formats costs as much as a page of rows. */
export function figuresOf({ locale, timeZone, negatives, exponent }: FigureStyle): Figures {
  const style = { locale, timeZone, negatives, exponent };
  const key = Object.values(style).join('\n');
  let figures = known.get(key);
  if (!figures) {
    figures = learnFigures(style);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, figures);
  }
  return figures;
}

function learnFigures({ locale: tag, timeZone, negatives, exponent }: FigureStyle): Figures {
  const locale = localeOf(tag);
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
    timeZone,
    timeZoneName: 'short',
  });
  const month = new Intl.DateTimeFormat(locale, {
    year: '2-digit',
    month: 'short',
    timeZone: 'UTC',
  });
  const decimal = decimalsOf(locale, exponent);
  const others = new Map<number, (text: string) => string>();
  const writerOf = (text: string) => {
    const point = text.indexOf('.');
    const decimals = point < 0 ? 0 : text.length - point - 1;
    if (decimals === exponent) return decimal;
    const known = others.get(decimals) ?? decimalsOf(locale, decimals);
    others.set(decimals, known);
    return known;
  };
  const whole = decimalsOf(locale, 0);
  const days = new Map<string, string>();
  return {
    amount(text) {
      const write = writerOf(text);
      return negatives === 'parentheses' && text.startsWith('-')
        ? `(${write(text.slice(1))})`
        : write(text);
    },
    month: (text) => plainSpaces(month.format(noon(`${text}-15`))),
    day(date) {
      let text = days.get(date);
      if (text === undefined) {
        text = plainSpaces(day.format(noon(date)));
        if (days.size >= MOST_DAYS) days.clear();
        days.set(date, text);
      }
      return text;
    },
    longDay: (date) => plainSpaces(long.format(noon(date))),
    moment: (iso) => plainSpaces(moment.format(new Date(iso))),
    count: (value) => whole(value.toString()),
  };
}

/** The locale with Latin digits; English where the tag isn't one. */
export function localeOf(tag: string): Intl.Locale {
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
