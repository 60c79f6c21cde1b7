// Dates as people type them: `t` for today, `+` and `-` for the day after and before, `15` for the 15th of the last
// entry's month, `15/3` or `3/15` after the locale, and whole dates.
import { addDays, type CalendarDate, dateOf, parseDate } from '#ledger/domain/calendar.ts';
import { localeOf } from '../locale.ts';

/** Whether the locale writes the month before the day. */
function monthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(localeOf(locale)).formatToParts(new Date(0));
  const order = parts.map(({ type }) => type);
  return order.indexOf('month') < order.indexOf('day') && order.indexOf('year') !== 0;
}

/**
 * @param shown the date in the field, or that of the last entry
 * @returns null when the text is no date
 */
export function readTypedDate(
  text: string,
  facts: { shown: CalendarDate; today: CalendarDate; locale: string },
): CalendarDate | null {
  const typed = text.trim().toLowerCase();
  const { shown, today } = facts;
  if (typed === '') return shown;
  if (typed === 't') return today;
  if (/^\++$/.test(typed)) return addDays(shown, typed.length);
  if (/^-+$/.test(typed)) return addDays(shown, -typed.length);
  const numbers = typed.split(/[-/.\s]+/).filter(Boolean);
  if (numbers.length === 0 || numbers.some((number) => !/^\d+$/.test(number))) return null;
  const [year, month] = [+shown.slice(0, 4), +shown.slice(5, 7)];
  if (numbers.length === 1) return parseDate(dateOf(year, month, +numbers[0]!));
  if (numbers[0]!.length === 4) {
    return numbers.length === 3
      ? parseDate(dateOf(+numbers[0]!, +numbers[1]!, +numbers[2]!))
      : null;
  }
  const [day, inMonth] = monthFirst(facts.locale)
    ? [numbers[1]!, numbers[0]!]
    : [numbers[0]!, numbers[1]!];
  const last = numbers[2];
  const inYear = last === undefined ? year : last.length === 2 ? 2000 + +last : +last;
  return parseDate(dateOf(inYear, +inMonth, +day));
}
