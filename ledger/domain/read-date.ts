// Days as files write them: `2016-12-01`, `2016/12/1`, `2016.12.1`, `01.12.2016`, `1/12/2016`.
import { type CalendarDate, dateOf, parseDate } from '#ledger/domain/calendar.ts';

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;

/** A day with its year in front; null when it is none. */
export function readIsoLikeDate(text: string): CalendarDate | null {
  const match = YEAR_FIRST.exec(text);
  return match ? parseDate(dateOf(+match[1]!, +match[2]!, +match[3]!)) : null;
}

/**
 * The same, or with the year at the end: day first, but month first with slashes where the locale writes so (en-US).
 * @returns null when it is no day
 */
export function readDate(text: string, locale: string): CalendarDate | null {
  const found = readIsoLikeDate(text);
  if (found) return found;
  const match = YEAR_LAST.exec(text);
  if (!match) return null;
  const [, first, mark, second, year] = match;
  const monthFirst = mark === '/' && /^en-(US|PH)\b|^en$/.test(locale);
  const [day, month] = monthFirst ? [second, first] : [first, second];
  return parseDate(dateOf(+year!, +month!, +day!));
}
