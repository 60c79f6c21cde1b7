// Rates as documents read them: the base currency for one of another unit, from a day on until the next.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { type Decimal, parseDecimal } from '#ledger/domain/decimal.ts';

export interface KnownRate {
  readonly unit: string;
  readonly day: CalendarDate;
  readonly rate: Decimal;
  /** The event that recorded it. */
  readonly position: number;
}

/** A rate as events and rows write it. */
export interface WrittenRate extends Omit<KnownRate, 'rate'> {
  /** A plain decimal, above zero. */
  readonly rate: string;
}

export interface RateTable {
  /** The rate of a unit that holds at the end of a day; null where there is none yet. */
  at(unit: string, day: CalendarDate): KnownRate | null;
}

/** Rates read, by day. */
export const knownRates = (rates: readonly WrittenRate[]): KnownRate[] =>
  rates
    .map(({ rate, ...own }) => ({ ...own, rate: parseDecimal(rate)! }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

/** @param rates by day */
export const latestRate = (
  rates: readonly KnownRate[],
  unit: string,
  end: CalendarDate,
): KnownRate | null => rates.findLast((own) => own.unit === unit && own.day <= end) ?? null;

/** @param rates of any units; the last of each month will do where ends of months alone are asked for */
export function rateTable(rates: readonly WrittenRate[]): RateTable {
  const byUnit = Map.groupBy(knownRates(rates), ({ unit }) => unit);
  return { at: (unit, day) => latestRate(byUnit.get(unit) ?? [], unit, day) };
}

export const NO_RATES: RateTable = rateTable([]);
