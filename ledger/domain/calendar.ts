// The calendar of a book: days, months, fiscal years and quarters, all as sortable text, never as `Date`.
// A fiscal year is named by the year in which it ends; the first year may be shorter or longer than twelve months.

/** A day, `YYYY-MM-DD`. */
export type CalendarDate = string & { readonly __date: 'day' };
/** A calendar month, `YYYY-MM`. */
export type Month = string & { readonly __date: 'month' };
/** The address of a period: month `2026-03`, fiscal quarter `2026-Q1`, fiscal year `2026`. */
export type PeriodKey = string & { readonly __date: 'period' };

/** What fixes a book's years: its first day and the last day of its first fiscal year (a month's last day). */
export interface FiscalCalendar {
  readonly startDate: CalendarDate;
  readonly firstYearEnd: CalendarDate;
}

export interface FiscalYear {
  /** The year in which it ends, as in `2026`. */
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface Period {
  readonly key: PeriodKey;
  readonly kind: 'month' | 'quarter' | 'year';
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** The calendar months it covers, in order. */
  readonly months: readonly Month[];
  readonly fiscalYear: FiscalYear;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const pad = (value: number, width = 2) => String(value).padStart(width, '0');

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** The day that the text names, or null when it is not `YYYY-MM-DD` or no such day exists. */
export function parseDate(text: string): CalendarDate | null {
  const match = DAY.exec(text);
  if (!match) return null;
  const [year, month, day] = [+match[1]!, +match[2]!, +match[3]!];
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return null;
  return text as CalendarDate;
}

export const dateOf = (year: number, month: number, day: number): CalendarDate =>
  `${pad(year, 4)}-${pad(month)}-${pad(day)}` as CalendarDate;

export const monthOf = (date: CalendarDate): Month => date.slice(0, 7) as Month;
export const firstDay = (month: Month): CalendarDate => `${month}-01` as CalendarDate;
export const lastDay = (month: Month): CalendarDate =>
  `${month}-${pad(daysInMonth(+month.slice(0, 4), +month.slice(5)))}` as CalendarDate;

/** The month `count` months after (before, if negative). */
export function addMonths(month: Month, count: number): Month {
  const index = +month.slice(0, 4) * 12 + +month.slice(5) - 1 + count;
  return `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1)}` as Month;
}

/** The day `count` days after (before, if negative). */
export function addDays(date: CalendarDate, count: number): CalendarDate {
  const shifted = new Date(
    Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8) + count),
  );
  return shifted.toISOString().slice(0, 10) as CalendarDate;
}

/** How many days `to` lies after `from`; negative: before. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** All months from one to another, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Today in a time zone (IANA name). @param now the clock, epoch milliseconds. */
export function todayIn(timeZone: string, now: number): CalendarDate {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    formats.set(timeZone, format);
  }
  return format.format(now) as CalendarDate;
}

/** Making one takes as long as thousands of uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The fiscal year that a day lies in. Days before the book's start belong to its first year. */
export function fiscalYearOf(calendar: FiscalCalendar, date: CalendarDate): FiscalYear {
  const firstEnd = monthOf(calendar.firstYearEnd);
  if (date <= calendar.firstYearEnd) {
    return { name: firstEnd.slice(0, 4), from: calendar.startDate, to: calendar.firstYearEnd };
  }
  let endMonth = `${date.slice(0, 4)}-${firstEnd.slice(5)}` as Month;
  if (date > lastDay(endMonth)) endMonth = addMonths(endMonth, 12);
  return {
    name: endMonth.slice(0, 4),
    from: firstDay(addMonths(endMonth, -11)),
    to: lastDay(endMonth),
  };
}

/** The fiscal year before, or null for the book's first. */
export const previousFiscalYear = (
  calendar: FiscalCalendar,
  year: FiscalYear,
): FiscalYear | null =>
  year.from <= calendar.startDate ? null : fiscalYearOf(calendar, addDays(year.from, -1));

const span = (
  calendar: FiscalCalendar,
  kind: Period['kind'],
  key: string,
  first: Month,
  last: Month,
  fiscalYear: FiscalYear,
): Period => {
  const from = firstDay(first) < calendar.startDate ? calendar.startDate : firstDay(first);
  return {
    key: key as PeriodKey,
    kind,
    from,
    to: lastDay(last),
    months: monthsBetween(monthOf(from), last),
    fiscalYear,
  };
};

/**
 * The quarters of a fiscal year, counted back from its end so that every quarter but the first is three months;
 * a first year longer than twelve months has its surplus in Q1, a shorter one starts at the quarter its start lies in.
 */
export function quartersOf(calendar: FiscalCalendar, year: FiscalYear): Period[] {
  const quarters: Period[] = [];
  const start = monthOf(year.from);
  for (let number = 4; number >= 1; number--) {
    const last = addMonths(monthOf(year.to), (number - 4) * 3);
    if (last < start) break;
    const plain = addMonths(last, -2);
    const first = number === 1 || plain < start ? start : plain;
    quarters.unshift(span(calendar, 'quarter', `${year.name}-Q${number}`, first, last, year));
  }
  return quarters;
}

export const yearPeriod = (calendar: FiscalCalendar, year: FiscalYear): Period =>
  span(calendar, 'year', year.name, monthOf(year.from), monthOf(year.to), year);

export const monthPeriod = (calendar: FiscalCalendar, month: Month): Period =>
  span(calendar, 'month', month, month, month, fiscalYearOf(calendar, lastDay(month)));

/** Reads `2026-03`, `2026-Q1` or `2026`; null when it is none of them or the book has no such period. */
export function parsePeriod(calendar: FiscalCalendar, text: string): Period | null {
  const match = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])))?$/.exec(text);
  if (!match) return null;
  const [, yearName, month, quarter] = match;
  if (month !== undefined) {
    if (+month < 1 || +month > 12 || text < monthOf(calendar.startDate)) return null;
    return monthPeriod(calendar, text as Month);
  }
  const endMonth = `${yearName}-${calendar.firstYearEnd.slice(5, 7)}` as Month;
  const year = fiscalYearOf(calendar, lastDay(endMonth));
  if (year.name !== yearName || lastDay(endMonth) < calendar.startDate) return null;
  if (quarter === undefined) return yearPeriod(calendar, year);
  return quartersOf(calendar, year).find((period) => period.key === text) ?? null;
}

/** Every month, quarter and year of the book from its start until the month given, years and quarters whole. */
export function periodsThrough(calendar: FiscalCalendar, through: Month): Period[] {
  const start = monthOf(calendar.startDate);
  const periods = monthsBetween(start, through).map((month) => monthPeriod(calendar, month));
  for (
    let year: FiscalYear | null = fiscalYearOf(calendar, calendar.startDate);
    monthOf(year.from) <= through;
    year = fiscalYearOf(calendar, addDays(year.to, 1))
  ) {
    periods.push(yearPeriod(calendar, year));
    periods.push(
      ...quartersOf(calendar, year).filter((quarter) => monthOf(quarter.from) <= through),
    );
  }
  return periods;
}
