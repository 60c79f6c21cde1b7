// Where a head comes from: memory while the change stream is trusted, else MongoDB. Look-ups that are wanted while one
// is under way go together in the next, so a crowd costs as much as one reader.
import type { HeadAt, WantedHead } from '#reports/documents/read-heads.ts';
import { HeadCache, type Reading, type ServedHead } from './head-cache.ts';

export interface HeadSource {
  /** What is known to be current, without asking anybody. */
  peek(book: number, key: string): ServedHead | null;
  /** Whether the stream tells of every move. */
  trusted(): boolean;
  /** Asks the workers for a document that isn't there. */
  ask(wanted: WantedHead): Promise<void>;
  /** What MongoDB has now. */
  read(wanted: WantedHead): Promise<HeadAt>;
  /** Ends at the next move of the book that is heard of, at the latest after so long. */
  nextMove(book: number, mostMs: number): Promise<void>;
  readonly cache: HeadCache;
  /** Heads taken from memory, and those that MongoDB was asked for. */
  readonly counts: { readonly hits: number; readonly misses: number };
  /** To be called with every move that the stream tells. */
  woken(book: number): void;
}

interface Waiting {
  readonly wanted: WantedHead;
  readonly reading: Reading;
  resolve(found: HeadAt): void;
  reject(fault: unknown): void;
}

const MOST_TOGETHER = 1_000;

export function createHeadSource(
  headsAt: (wanted: readonly WantedHead[]) => Promise<HeadAt[]>,
  ask: HeadSource['ask'],
  trusted: () => boolean,
): HeadSource {
  const cache = new HeadCache();
  const counts = { hits: 0, misses: 0 };
  const movers = new Map<number, Set<() => void>>();
  let waiting: Waiting[] = [];
  let asking = false;

  const askAll = async () => {
    asking = true;
    while (waiting.length > 0) {
      const together = waiting.slice(0, MOST_TOGETHER);
      waiting = waiting.slice(MOST_TOGETHER);
      await answer(together);
    }
    asking = false;
  };

  const answer = async (together: readonly Waiting[]) => {
    try {
      const found = await headsAt(together.map(({ wanted }) => wanted));
      for (const [at, { wanted, reading, resolve }] of together.entries()) {
        cache.endReading(reading, wanted, found[at]!);
        resolve(found[at]!);
      }
    } catch (fault) {
      for (const { reject } of together) reject(fault);
    }
  };

  return {
    cache,
    trusted,
    ask,
    counts,
    peek(book, key) {
      const known = trusted() ? cache.peek(book, key) : null;
      if (known) counts.hits++;
      return known;
    },
    read(wanted) {
      counts.misses++;
      return new Promise((resolve, reject) => {
        // The reading is begun when it is asked for, which is before MongoDB is.
        waiting.push({ wanted, reading: cache.beginReading(wanted.book), resolve, reject });
        if (!asking) void askAll();
      });
    },
    nextMove(book, mostMs) {
      return new Promise((resolve) => {
        const listeners = movers.get(book) ?? new Set();
        movers.set(book, listeners);
        const end = () => {
          clearTimeout(timer);
          listeners.delete(end);
          if (listeners.size === 0 && movers.get(book) === listeners) movers.delete(book);
          resolve();
        };
        const timer = setTimeout(end, mostMs);
        listeners.add(end);
      });
    },
    woken(book) {
      for (const end of [...(movers.get(book) ?? [])]) end();
    },
  };
}
