// Chance with a fixed seed: the demo company is the same on every machine and at every start.

/** A stream of chance. Two streams of one seed give the same numbers in the same order. */
export interface Chance {
  /** A fraction from 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number, both bounds included. */
  int(low: number, high: number): number;
  /** True with the probability given. */
  happens(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** An amount in cents between two amounts in whole currency units; small ones are likelier. */
  amount(low: number, high: number): bigint;
}

/** Opens a stream (mulberry32: 32 bits of state are plenty for prose and prices). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number): number =>
    low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    int,
    happens: (probability) => fraction() < probability,
    pick: (choices) => {
      const chosen = choices[int(0, choices.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
    amount: (low, high) => BigInt(Math.round(low * 100 * (high / low) ** fraction())),
  };
}

/** A share of an amount in basis points (2300 = 23 %), rounded half away from zero. */
export function share(amount: bigint, basisPoints: number): bigint {
  const product = amount * BigInt(basisPoints);
  const half = product < 0n ? -5_000n : 5_000n;
  return (product + half) / 10_000n;
}
