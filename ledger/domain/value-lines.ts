// What lines in several units are worth in the base currency. A line weighs what it is priced at, else itself; weights in
// a unit with a known rate are converted line by line, half away from zero; a unit without a rate has no base amount and
// must balance by itself. What rounding leaves over is told, for a line on the rounding account.
import {
  type Decimal,
  exactUnits,
  negated,
  plainDecimal,
  plus,
  roundedUnits,
  signedLike,
  times,
} from './decimal.ts';
import type { UnitAmount } from './journal-entry.ts';
import { type DefinedUnits, decimalsOf } from './unit.ts';

/** What something is worth: for one of it (`@`), or in all (`@@`); never negative. */
export interface Price {
  readonly of: 'each' | 'all';
  readonly unit: string;
  readonly value: Decimal;
}

/** A line's quantity, debit positive, in the base currency or another unit. */
export interface UnvaluedLine {
  readonly unit: string;
  readonly quantity: Decimal;
  readonly price: Price | null;
}

export interface ValueFacts {
  /** The base currency and its decimals. */
  readonly base: string;
  readonly exponent: number;
  readonly units: DefinedUnits;
  /** Base currency for one of a unit on the entry's day; null where no rate is known. */
  rateOf(unit: string): Decimal | null;
}

/** A line's base amount in minor units, debit positive, and what it moves in its own unit. */
export interface ValuedLine {
  readonly debit: boolean;
  readonly amount: bigint;
  readonly units: UnitAmount | null;
}

export type ValueFault =
  | { readonly code: 'unit-unknown'; readonly at: number; readonly unit: string }
  | {
      readonly code: 'amount-too-many-decimals';
      readonly at: number;
      readonly amount: string;
      readonly decimals: number;
    }
  | { readonly code: 'amount-worthless'; readonly at: number; readonly amount: string }
  /** Weights in a unit without a rate don't add up to zero. */
  | { readonly code: 'unit-out-of-balance'; readonly unit: string; readonly difference: string }
  /** Base amounts are off by more than rounding explains; minor units. */
  | { readonly code: 'out-of-balance'; readonly difference: bigint };

export interface Valued {
  readonly lines: readonly ValuedLine[];
  /** What rounding left over, debit positive: the lines add up to it. */
  readonly residue: bigint;
}

export interface Weight {
  readonly unit: string;
  readonly value: Decimal;
}

const ONE: Decimal = { digits: 1n, scale: 0 };
const NOTHING: Decimal = { digits: 0n, scale: 0 };

/** What a line counts for when an entry is balanced. */
export function weightOf({ unit, quantity, price }: UnvaluedLine, base: string): Weight {
  if (price === null || unit === base) return { unit, value: quantity };
  const value = price.of === 'all' ? price.value : times(price.value, quantity);
  return { unit: price.unit, value: signedLike(value, quantity) };
}

/** Sums of weights by unit; those that are zero are left out. */
export function sumsOf(weights: readonly Weight[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { unit, value } of weights) sums.set(unit, plus(sums.get(unit) ?? NOTHING, value));
  return new Map([...sums].filter(([, sum]) => sum.digits !== 0n));
}

/** Values the lines of one entry. */
export function valueLines(lines: readonly UnvaluedLine[], facts: ValueFacts): Valued | ValueFault {
  const weights = lines.map((line) => weightOf(line, facts.base));
  const rates = ratesOf(weights, facts);
  const valued: ValuedLine[] = [];
  let residue = 0n;
  let exact = NOTHING;
  for (const [at, line] of lines.entries()) {
    const weight = weights[at]!;
    const rate = rates.get(weight.unit) ?? null;
    const result = valueLine(line, weight, rate, facts);
    if ('code' in result) return { ...result, at };
    residue += result.amount;
    if (rate) exact = plus(exact, times(weight.value, rate));
    valued.push(result);
  }
  const unvalued = weights.filter(({ unit }) => !rates.has(unit));
  for (const [unit, sum] of sumsOf(unvalued)) {
    return { code: 'unit-out-of-balance', unit, difference: plainDecimal(sum) };
  }
  return residue !== 0n && exceedsHalfUnit(exact, facts.exponent)
    ? { code: 'out-of-balance', difference: residue }
    : { lines: valued, residue };
}

function ratesOf(weights: readonly Weight[], facts: ValueFacts): Map<string, Decimal> {
  const rates = new Map<string, Decimal>([[facts.base, ONE]]);
  for (const unit of new Set(weights.map((weight) => weight.unit))) {
    const rate = unit === facts.base ? null : facts.rateOf(unit);
    if (rate) rates.set(unit, rate);
  }
  return rates;
}

type LineFault =
  | Omit<Extract<ValueFault, { code: 'unit-unknown' }>, 'at'>
  | Omit<Extract<ValueFault, { code: 'amount-too-many-decimals' }>, 'at'>
  | Omit<Extract<ValueFault, { code: 'amount-worthless' }>, 'at'>;

function valueLine(
  line: UnvaluedLine,
  weight: Weight,
  rate: Decimal | null,
  facts: ValueFacts,
): ValuedLine | LineFault {
  const { unit, quantity } = line;
  const debit = quantity.digits >= 0n;
  const moved = unitsOf({ unit, value: quantity }, facts);
  if (typeof moved !== 'bigint') return moved;
  if (unit === facts.base) return { debit, amount: moved, units: null };
  const own = { unit, quantity: magnitude(moved) };
  if (rate !== null) {
    const amount = roundedUnits(times(weight.value, rate), facts.exponent);
    if (amount !== 0n || moved === 0n) {
      return { debit, amount, units: { ...own, rate: eachRate(line, rate, facts), cost: null } };
    }
    return { code: 'amount-worthless', amount: `${plainDecimal(quantity)} ${unit}` };
  }
  if (weight.unit === unit) return { debit, amount: 0n, units: { ...own, rate: null, cost: null } };
  const paid = unitsOf(weight, facts);
  if (typeof paid !== 'bigint') return paid;
  const cost = { unit: weight.unit, quantity: magnitude(paid) };
  return { debit, amount: 0n, units: { ...own, rate: null, cost } };
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function unitsOf({ unit, value }: Weight, facts: ValueFacts): bigint | LineFault {
  const decimals = unit === facts.base ? facts.exponent : decimalsOf(unit, facts.units);
  if (decimals === null) return { code: 'unit-unknown', unit };
  const units = exactUnits(value, decimals);
  if (units !== null) return units;
  return { code: 'amount-too-many-decimals', amount: plainDecimal(value), decimals };
}

/** The rate for one of the unit, where it was given so or is in the book's table. */
function eachRate({ price }: UnvaluedLine, rate: Decimal, { base }: ValueFacts): string | null {
  if (price === null) return plainDecimal(rate);
  return price.of === 'each' && price.unit === base ? plainDecimal(price.value) : null;
}

function exceedsHalfUnit(exact: Decimal, exponent: number): boolean {
  const twice = times(exact, { digits: 2n, scale: 0 });
  const unit: Decimal = { digits: 1n, scale: exponent };
  return plus({ ...twice, digits: magnitude(twice.digits) }, negated(unit)).digits > 0n;
}
