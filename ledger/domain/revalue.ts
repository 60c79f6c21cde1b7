// Revaluation of money held in other currencies at a period's end (IAS 21.23(a): monetary items at the closing rate; 21.28:
// the differences go to profit or loss). The entry moves the base amounts only; its reversal on the next day takes them
// back, so that what is paid later is measured against the rates of the entries.
import type { Account, Side } from './account.ts';
import { type Decimal, plainDecimal, roundedUnits, times } from './decimal.ts';
import type { Posting } from './journal-entry.ts';
import { decimalText, minorUnits } from './money.ts';

/** What an account holds of a currency, debit positive. */
export interface HeldCurrency {
  readonly account: Account;
  readonly unit: string;
  /** Decimals of the currency. */
  readonly decimals: number;
  readonly quantity: bigint;
  /** Minor units of the base currency that stand behind it. */
  readonly base: bigint;
  /** Base currency for one, at the end of the period. */
  readonly rate: Decimal;
}

export interface Worth {
  /** Minor units of the base currency, debit positive. */
  readonly worth: bigint;
  /** That less the base amount: a gain where it is positive. */
  readonly difference: bigint;
}

export type Revalued = HeldCurrency & Worth;

/** What a holding is worth at its rate. @param exponent decimals of the base currency */
export function worthOf(
  { base, decimals, quantity, rate }: Omit<HeldCurrency, 'account' | 'unit'>,
  exponent: number,
): Worth {
  const worth = roundedUnits(times({ digits: quantity, scale: decimals }, rate), exponent);
  return { worth, difference: worth - base };
}

/** What holdings are worth, those that stay as they are left out. @param exponent decimals of the base currency */
export const revalue = <Held extends HeldCurrency>(
  held: readonly Held[],
  exponent: number,
): (Held & Worth)[] =>
  held
    .map((holding) => ({ ...holding, ...worthOf(holding, exponent) }))
    .filter(({ difference }) => difference !== 0n);

/** What was spent to the last cent needs no rate: nothing of it is left but its differences. */
export const NEEDS_NO_RATE: Decimal = { digits: 0n, scale: 0 };

/** The lines of the entry: each holding's difference, all gains and all losses. */
export function revaluationPostings(
  revalued: readonly Revalued[],
  gains: Account,
  losses: Account,
): Posting[] {
  const lines = revalued.map(({ account, decimals, difference, quantity, rate, unit }): Posting => {
    const each = plainDecimal(rate);
    return {
      ...amountOn(account, difference),
      memo: `${decimalText(quantity, decimals)} ${unit} at ${each}`,
      units: { unit, quantity: 0n, rate: each, cost: null },
    };
  });
  const sum = (positive: boolean) =>
    revalued.reduce(
      (total, { difference }) => (difference > 0n === positive ? total + difference : total),
      0n,
    );
  const results = [
    { account: gains, amount: -sum(true), memo: 'Exchange gains' },
    { account: losses, amount: -sum(false), memo: 'Exchange losses' },
  ].filter(({ amount }) => amount !== 0n);
  return [
    ...lines,
    ...results.map(({ account, amount, memo }) => ({ ...amountOn(account, amount), memo })),
  ];
}

function amountOn(account: Account, signed: bigint): Pick<Posting, 'account' | 'side' | 'amount'> {
  const side: Side = signed > 0n ? 'debit' : 'credit';
  return { account: account.id, side, amount: minorUnits(signed > 0n ? signed : -signed) };
}
