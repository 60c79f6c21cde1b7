// What assets and liabilities hold in other currencies at a period's end, what stands behind it and what it is worth at
// the closing rate (IAS 21.23(a)): the holdings that a revaluation at that day takes (`commands/revalue-currencies.ts`),
// all entries counted.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, type Period } from '#ledger/domain/calendar.ts';
import { isCurrencyCode } from '#ledger/domain/currency.ts';
import { NEEDS_NO_RATE, type Worth, worthOf } from '#ledger/domain/revalue.ts';
import { type BookLedger, lastMonth, net } from './book-ledger.ts';
import type { KnownRate } from './rate-table.ts';
import { type Holding, holdingsByUnit, type UnitTable } from './unit-table.ts';

export interface HeldInCurrency {
  readonly account: Account;
  readonly holding: Holding;
  /** In the currency's decimals, debit positive. */
  readonly quantity: bigint;
  /** Minor units of the base currency that stand behind it, debit positive. */
  readonly base: bigint;
}

export interface CurrencyHoldings {
  readonly unit: string;
  readonly decimals: number;
  /** What holds at the period's end; null where there is none yet. */
  readonly rate: KnownRate | null;
  /** In the order of the accounts, no account of them at zero. */
  readonly held: readonly HeldInCurrency[];
}

/** Currencies that anything ever moved, by name: the others need no rate. */
export const currenciesIn = ({ holdings }: UnitTable): string[] =>
  [...new Set(holdings.map(({ unit }) => unit))].filter(isCurrencyCode).sort();

/** Whether a revaluation would take what an account holds of a unit; commodities are no money. */
export const isRevalued = ({ type }: Pick<Account, 'type'>, unit: string): boolean =>
  (type === 'asset' || type === 'liability') && isCurrencyCode(unit);

/** By currency, those that nothing is held of left out. */
export function heldCurrencies(
  { accounts, rates, units }: BookLedger,
  period: Period,
): CurrencyHoldings[] {
  if (currenciesIn(units).length === 0) return [];
  const until = addMonths(lastMonth(period), 1);
  return [...holdingsByUnit(units, accounts)].flatMap(([unit, all]) => {
    const held = all
      .filter(({ account }) => isRevalued(account, unit))
      .map(({ account, holding }) => ({
        ...{ account, holding },
        quantity: net(units.quantity(holding, null, until, 'all')),
        base: net(units.amount(holding, null, until, 'all')),
      }))
      .filter(({ base, quantity }) => quantity !== 0n || base !== 0n);
    const [first] = held;
    if (!first) return [];
    return [{ unit, decimals: first.holding.decimals, rate: rates.at(unit, period.to), held }];
  });
}

/** What each account's holding is worth, in their order; null without a rate, unless all of it is spent. */
export function worthsOf(
  { decimals, held, rate }: CurrencyHoldings,
  exponent: number,
): Worth[] | null {
  const isSpent = held.every(({ quantity }) => quantity === 0n);
  if (!rate && !isSpent) return null;
  return held.map((own) =>
    worthOf({ ...own, decimals, rate: rate?.rate ?? NEEDS_NO_RATE }, exponent),
  );
}
