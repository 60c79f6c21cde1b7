// Counts what happens in each book, in memory, and hands it on every few seconds. What is called per request or per
// recompute only adds plain numbers; a hand-over that fails loses those seconds of statistics and nothing else.
import type { ActivityTally } from '#reports/documents/activity.ts';
import { LATENCY_BOUNDS } from '#reports/documents/activity-steps.ts';

export type Download = 'sent' | 'notModified' | 'failed';

export interface ActivityRecorder {
  /** One answered download. @param ms from the request to the end of the answer, or until it was handed on whole */
  download(book: number, how: Download, ms: number): void;
  /** One file made. */
  rendered(book: number): void;
  /** One move of documents. @param lagMs how old the newest event was when the documents showed it */
  recomputed(
    book: number,
    move: {
      position: number;
      documents: number;
      ms: number;
      lagMs: number;
      /** By name of an invariant, in how many sets it was checked. */
      checked: ReadonlyMap<string, number>;
    },
  ): void;
  /** Hands over what was counted until now. */
  flush(): Promise<void>;
  /** Stops, after handing over the rest. */
  close(): Promise<void>;
}

/** A divisor of a bucket's ten seconds: a hand-over on this beat belongs to one bucket as a whole. */
const BEAT_MS = 2_500;
const CLASSES = LATENCY_BOUNDS.length + 1;

type Counting = { -readonly [Key in keyof ActivityTally]: ActivityTally[Key] } & {
  latency: number[];
  checked: Map<string, number>;
};

/**
 * @param write adds tallies to the bucket of a moment, as `documents.activity.add` does
 * @param fault is told of hand-overs that failed
 */
export function recordActivity(
  write: (at: number, tallies: readonly ActivityTally[]) => Promise<void>,
  fault: (fault: unknown, what: string) => void,
): ActivityRecorder {
  let counting = new Map<number, Counting>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const of = (book: number): Counting => {
    const known = counting.get(book);
    if (known) return known;
    const tally = nothingYet(book);
    counting.set(book, tally);
    return tally;
  };
  const flush = async () => {
    if (counting.size === 0) return;
    const tallies = [...counting.values()];
    counting = new Map();
    try {
      // What was counted up to the beat belongs to the bucket that the beat ends.
      await write(Date.now() - BEAT_MS / 2, tallies);
    } catch (reason) {
      fault(reason, 'activity');
    }
  };
  const beat = () => {
    if (closed) return;
    timer = setTimeout(() => void flush().finally(beat), BEAT_MS - (Date.now() % BEAT_MS));
    timer.unref();
  };
  beat();
  return {
    download(book, how, ms) {
      const tally = of(book);
      tally[how]++;
      tally.latency[classOf(ms)]!++;
      if (ms > tally.latencyMax) tally.latencyMax = ms;
    },
    rendered(book) {
      of(book).rendered++;
    },
    recomputed(book, { position, documents, ms, lagMs, checked }) {
      const tally = of(book);
      tally.recomputes++;
      tally.documents += documents;
      tally.msSum += ms;
      if (ms > tally.msMax) tally.msMax = ms;
      if (lagMs > tally.lagMax) tally.lagMax = lagMs;
      if (position > tally.position) tally.position = position;
      tally.checkedAt = Date.now();
      for (const [name, sets] of checked)
        tally.checked.set(name, (tally.checked.get(name) ?? 0) + sets);
    },
    flush,
    close() {
      closed = true;
      clearTimeout(timer);
      return flush();
    },
  };
}

const nothingYet = (book: number): Counting => ({
  book,
  recomputes: 0,
  documents: 0,
  msSum: 0,
  sent: 0,
  notModified: 0,
  failed: 0,
  rendered: 0,
  msMax: 0,
  lagMax: 0,
  latencyMax: 0,
  position: 0,
  latency: new Array<number>(CLASSES).fill(0),
  checked: new Map(),
  checkedAt: 0,
});

function classOf(ms: number): number {
  let at = 0;
  while (at < LATENCY_BOUNDS.length && ms > LATENCY_BOUNDS[at]!) at++;
  return at;
}
