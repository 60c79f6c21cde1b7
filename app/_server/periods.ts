// Which period a screen opens with, and the ones beside it.
import {
  addDays,
  addMonths,
  fiscalYearOf,
  lastDay,
  type Month,
  monthOf,
  monthPeriod,
  monthsBetween,
  type Period,
  parsePeriod,
  quartersOf,
  todayIn,
  yearPeriod,
} from '#ledger/domain/calendar.ts';
import type { ListedReport } from '#reports/catalogue/registry.ts';
import type { BookCopy } from '#reports/documents/reader.ts';

type Dated = Pick<BookCopy, 'calendar' | 'timeZone'>;

/** The latest month that is over; a book in its first month shows that one. */
export function latestPeriod(book: Dated, now: number): Period {
  const last = addMonths(monthOf(todayIn(book.timeZone, now)), -1);
  const first = monthOf(book.calendar.startDate);
  return monthPeriod(book.calendar, last < first ? first : last);
}

/** The period of the same kind before and after; null where the book has none. */
function neighbours(book: Dated, period: Period): { previous: Period | null; next: Period | null } {
  const before =
    period.from <= book.calendar.startDate
      ? null
      : periodAt(book, period.kind, addDays(period.from, -1));
  return {
    previous: before,
    next: periodAt(book, period.kind, addDays(period.to, 1)),
  };
}

const periodAt = (
  { calendar }: Dated,
  kind: Period['kind'],
  date: Period['from'],
): Period | null => {
  if (kind === 'month') return monthPeriod(calendar, monthOf(date));
  const year = fiscalYearOf(calendar, date);
  if (kind === 'year') return yearPeriod(calendar, year);
  return quartersOf(calendar, year).find(({ from, to }) => from <= date && date <= to) ?? null;
};

/** Reads a period from an address; a range of days isn't one yet. */
export const periodOf = (book: Dated, text: string): Period | null =>
  parsePeriod(book.calendar, text);

export interface PeriodChoices {
  readonly current: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly years: readonly {
    readonly name: string;
    readonly months: readonly string[];
    readonly quarters: readonly string[];
  }[];
}

const OFFERED_ENDS = 15;

/** The last days of the latest months that are over, newest first. */
export function monthEnds(book: Dated, now: number): Period['to'][] {
  const first = monthOf(book.calendar.startDate);
  const current = monthOf(todayIn(book.timeZone, now));
  const months = Array.from({ length: OFFERED_ENDS }, (_, back) => addMonths(current, -1 - back));
  return months.filter((month) => month >= first).map(lastDay);
}

/** Names of the fiscal years that are over, newest first. */
export function yearsOver(book: Dated, now: number): string[] {
  const current = fiscalYearOf(book.calendar, todayIn(book.timeZone, now));
  const years: string[] = [];
  let year = fiscalYearOf(book.calendar, book.calendar.startDate);
  while (year.to < current.from && years.length < 200) {
    years.unshift(year.name);
    year = fiscalYearOf(book.calendar, addDays(year.to, 1));
  }
  return years;
}

/** The period for which a report exists that is nearest to one: itself, or its fiscal year. */
export const periodOfReport = (
  { periods }: Pick<ListedReport, 'periods'>,
  period: Period,
): Period['key'] =>
  periods.includes(period.kind) ? period.key : (period.fiscalYear.name as Period['key']);

/**
 * What the period chooser offers: every fiscal year of the book until the documents end, newest first.
 * @param through the last month that has documents, if known
 * @param kinds of periods for which there is something to show
 */
export function periodChoices(
  book: Dated,
  current: Period,
  through: string | null,
  now: number,
  kinds: ListedReport['periods'] = ['month', 'quarter', 'year'],
): PeriodChoices {
  const today = monthOf(todayIn(book.timeZone, now));
  const last = through && through > today ? (through as Month) : today;
  const years: PeriodChoices['years'][number][] = [];
  let year = fiscalYearOf(book.calendar, book.calendar.startDate);
  while (monthOf(year.from) <= last && years.length < 200) {
    const until = monthOf(year.to) < last ? monthOf(year.to) : last;
    years.unshift({
      name: year.name,
      months: kinds.includes('month') ? monthsBetween(monthOf(year.from), until) : [],
      quarters: quartersOf(book.calendar, year)
        .filter(({ from }) => kinds.includes('quarter') && monthOf(from) <= last)
        .map(({ key }) => key),
    });
    year = fiscalYearOf(book.calendar, addDays(year.to, 1));
  }
  const { previous, next } = neighbours(book, current);
  return {
    current: current.key,
    previous: previous?.key ?? null,
    next: next && monthOf(next.from) <= last ? next.key : null,
    years,
  };
}
