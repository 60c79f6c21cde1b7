// What a load has counted so far.
import type { LoadOutcome } from './load-plan.ts';
import { type Latencies, latencies } from './spread.ts';

/** How long after the end answers are waited for. What has none by then counts as having taken this long. */
export const GRACE_MS = 12_000;

export interface Tally {
  readonly latency: Latencies;
  readonly generatorLate: Latencies;
  readonly follow: Latencies;
  readonly followFromSend: Latencies;
  readonly errors: Record<string, number>;
  answered: number;
  /** Follow-ups that have no answer yet. */
  following: number;
  unserved: number;
  bytes: number;
  position: number;
}

export const newTally = (): Tally => ({
  latency: latencies(),
  generatorLate: latencies(),
  follow: latencies(),
  followFromSend: latencies(),
  errors: {},
  answered: 0,
  following: 0,
  unserved: 0,
  bytes: 0,
  position: 0,
});

export function notServed(tally: Tally, of: Latencies): void {
  tally.unserved++;
  of.add(GRACE_MS);
}

export const outcomeOf = (
  tally: Tally,
  { answered, busySeconds, seconds }: Pick<LoadOutcome, 'answered' | 'busySeconds' | 'seconds'>,
): LoadOutcome => ({
  seconds,
  answered,
  perSecond: answered / seconds,
  errors: tally.errors,
  unserved: tally.unserved,
  latency: tally.latency.spread(),
  generatorLate: tally.generatorLate.spread(),
  follow: tally.follow.spread(),
  followFromSend: tally.followFromSend.spread(),
  bytes: tally.bytes,
  position: tally.position,
  busySeconds,
});
