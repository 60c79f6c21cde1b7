// The members of a group as its documents know them: what was taken of each, and the rates that translate it.
import type { Account } from '#ledger/domain/account.ts';
import { type CalendarDate, lastDay, type Month, monthOf } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { Decimal } from '#ledger/domain/decimal.ts';
import type { AccountMapping } from '#ledger/domain/group.ts';
import { type BalanceRow, type MonthTable, monthTable } from './month-table.ts';
import { type KnownRate, knownRates, latestRate, type WrittenRate } from './rate-table.ts';

/** What is said of a member, and what it moved. */
export interface MemberFacts {
  /** Id of its book. */
  readonly book: number;
  readonly name: string;
  readonly currency: string;
  /** Picks its accounts that are eliminated. */
  readonly intercompany: string;
  readonly mapping: readonly AccountMapping[];
  /** The last event that named accounts of it. */
  readonly namedPosition: number;
  /** In the order of their codes. */
  readonly accounts: readonly Account[];
  /** Minor units of its currency; positions are those of the group's events. */
  readonly balances: readonly BalanceRow[];
}

export interface GroupMember extends Omit<MemberFacts, 'balances'> {
  readonly exponent: number;
  readonly table: MonthTable;
}

export interface Group {
  /** By name. */
  readonly members: readonly GroupMember[];
  /** Of the currencies of its members, by day. */
  readonly rates: readonly KnownRate[];
}

export const NO_GROUP: Group = { members: [], rates: [] };

/** @param first the group's first month @param rates of any units: those of members' currencies are kept */
export function groupOf(
  first: Month,
  members: readonly MemberFacts[],
  rates: readonly WrittenRate[],
): Group {
  if (members.length === 0) return NO_GROUP;
  const currencies = new Set(members.map(({ currency }) => currency));
  return {
    members: members
      .map(({ balances, ...own }) => ({
        ...own,
        exponent: exponentOf(own.currency as CurrencyCode),
        table: monthTable(firstOf(first, balances), balances),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.book - b.book)),
    rates: knownRates(rates.filter(({ unit }) => currencies.has(unit))),
  };
}

/** The first month that moved anything: a member may have begun before its group, or after. */
const firstOf = (first: Month, balances: readonly BalanceRow[]): Month =>
  balances.reduce<Month | null>(
    (least, { month }) => (least && least < month ? least : month),
    null,
  ) ?? first;

/** Position of the last event that touched what members moved until a month, how it is called or translated; 0 for none. */
export const groupPosition = ({ members, rates }: Group, until: Month): number =>
  Math.max(
    0,
    ...members.flatMap(({ namedPosition, table }) => [
      namedPosition,
      table.positionBetween(null, until),
    ]),
    ...rates.filter(({ day }) => monthOf(day) <= until).map(({ position }) => position),
  );

/** A rate as an exact quotient: the group's currency for one of another. */
export interface Rate {
  readonly dividend: bigint;
  readonly divisor: bigint;
}

const rateOf = ({ digits, scale }: Decimal): Rate => ({
  dividend: digits,
  divisor: 10n ** BigInt(scale),
});

/** The rate that holds at a month's end (IAS 21.39(a)); null where there is none yet. */
export function closingRate(
  { rates }: Group,
  currency: string,
  month: Month,
): { readonly rate: Rate; readonly day: CalendarDate; readonly text: Decimal } | null {
  const last = latestRate(rates, currency, lastDay(month));
  return last ? { rate: rateOf(last.rate), day: last.day, text: last.rate } : null;
}

/**
 * The average of a month, at which income and expenses are translated (IAS 21.40): the mean of the rates recorded for its
 * days, where there are none the latest before; null where there is none yet.
 */
export function averageRate(group: Group, currency: string, month: Month): Rate | null {
  const own = group.rates.filter(({ day, unit }) => unit === currency && monthOf(day) === month);
  if (own.length === 0) return closingRate(group, currency, month)?.rate ?? null;
  const scale = Math.max(...own.map(({ rate }) => rate.scale));
  const sum = own.reduce(
    (all, { rate }) => all + rate.digits * 10n ** BigInt(scale - rate.scale),
    0n,
  );
  return { dividend: sum, divisor: BigInt(own.length) * 10n ** BigInt(scale) };
}
