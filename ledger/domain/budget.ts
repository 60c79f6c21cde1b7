// A budget's months and how one is copied from another year. Pure; what is planned has the sign in which income earns and
// expenses cost.
import { addMonths, type CalendarDate, type Month, monthOf, parseDate } from './calendar.ts';
import { type Decimal, roundedQuotient } from './decimal.ts';

/** So far ahead of today a month may be planned. */
const MONTHS_AHEAD = 120;

/** Amounts that one command sets. */
export const MOST_BUDGET_AMOUNTS = 12_000;

/** Reads `2026-03`; null when it is no month. */
export const parseMonth = (text: string): Month | null => {
  const day = /^\d{4}-\d\d$/.test(text) ? parseDate(`${text}-01`) : null;
  return day && monthOf(day);
};

/** The months that may be planned. */
export const budgetMonths = (
  startDate: CalendarDate,
  today: CalendarDate,
): { readonly first: Month; readonly last: Month } => ({
  first: monthOf(startDate),
  last: addMonths(monthOf(today), MONTHS_AHEAD),
});

/** An amount and so many per cent more (or less), to whole minor units, half away from zero. */
export const raisedBy = (amount: bigint, { digits, scale }: Decimal): bigint => {
  const hundred = 100n * 10n ** BigInt(scale);
  return roundedQuotient(amount * (hundred + digits), hundred);
};
