// What a scenario is given and what it says.
import type { Month } from '#ledger/domain/calendar.ts';
import type { BenchHouse } from './house/bench-house.ts';
import type { BenchBook } from './house/fill-book.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** Of the same run. */
  readonly baseline: string;
  /** The figure against its baseline, where there is one. */
  readonly ratio: number | null;
  readonly target: string;
  /** Null where there is nothing to be reached. */
  readonly reached: boolean | null;
  /** Load, sizes, cores. */
  readonly how: string;
}

type Headers = Readonly<Record<string, string>>;

/** Where the load goes and what is there. */
export interface Bench {
  readonly origin: string;
  readonly quick: boolean;
  /** Length of one measured phase. */
  readonly seconds: number;
  /** How long entries are posted before that is measured: what just started is still being compiled. */
  readonly settleSeconds: number;
  /** Null when an address was given. */
  readonly house: BenchHouse | null;
  /** Sizes of books in postings, smallest first. */
  readonly sizes: readonly number[];
  /** Of somebody who may read every book. */
  readonly reader: Headers;
  /** Of those who may post. */
  readonly writers: readonly Headers[];
  /** The last whole month that books have entries of. */
  readonly month: Month;
  /** All that books have entries of. */
  readonly months: readonly Month[];
  /** Filled when first asked for. */
  sized(postings: number): Promise<BenchBook>;
  /** The small books. */
  crowd(): Promise<readonly BenchBook[]>;
}

export interface Scenario {
  readonly name: string;
  /** `reads` and `posts` work on any address. */
  readonly needs: 'reads' | 'posts' | 'house';
  run(bench: Bench): Promise<Row[]>;
}

/** The house of a scenario that needs one. */
export function houseOf(bench: Bench): BenchHouse {
  if (bench.house === null) throw new Error('This scenario needs a house of its own.');
  return bench.house;
}

export const perSecond = (rate: number): string => `${grouped(rate)}/s`;
export const grouped = (count: number): string => Math.round(count).toLocaleString('en');
export const milliseconds = (time: number): string =>
  `${time >= 100 ? Math.round(time) : time >= 10 ? time.toFixed(1) : time.toFixed(2)} ms`;
