// A look-up that is remembered for a while: those in flight together are one, nothing found is remembered for less,
// faults are not remembered at all, and what is forgotten while it is being looked up isn't remembered afterwards.
import { LRUCache } from 'lru-cache';

export interface Remembered<Key, Value> {
  get(key: Key): Promise<Value | null>;
  /** What is remembered, without asking; undefined when nothing is. */
  peek(key: Key): Value | null | undefined;
  /** The next look will be a fresh one. */
  forget(key: Key): void;
  forgetAll(): void;
  /** Forgets what is older than a moment. @returns whether the next look will be a fresh one. */
  refresh(key: Key): boolean;
}

const MOST = 20_000;
const UNKNOWN_MS = 1_000;
/** So often at most somebody who isn't a member makes us ask again. */
const FRESH_MS = 250;

/** @param trustMs how long what was found holds. */
export function remember<Key extends string | number, Value>(
  look: (key: Key) => Promise<Value | null>,
  trustMs: number,
): Remembered<Key, Value> {
  const found = new LRUCache<Key, { readonly value: Value | null; readonly at: number }>({
    max: MOST,
  });
  const asked = new Map<Key, Promise<Value | null>>();

  const ask = (key: Key): Promise<Value | null> => {
    const asking: Promise<Value | null> = look(key)
      .then((value) => {
        const ttl = value === null ? Math.min(UNKNOWN_MS, trustMs) : trustMs;
        if (asked.get(key) === asking) {
          found.set(key, { value, at: performance.now() }, { ttl: Math.max(1, ttl) });
        }
        return value;
      })
      .finally(() => {
        if (asked.get(key) === asking) asked.delete(key);
      });
    asked.set(key, asking);
    return asking;
  };
  const forget = (key: Key): void => {
    found.delete(key);
    asked.delete(key);
  };

  return {
    async get(key) {
      const known = found.get(key);
      if (known) return known.value;
      return asked.get(key) ?? ask(key);
    },
    peek: (key) => found.get(key)?.value,
    forget,
    forgetAll() {
      found.clear();
      asked.clear();
    },
    refresh(key) {
      const known = found.get(key);
      if (known && performance.now() - known.at < FRESH_MS) return false;
      forget(key);
      return true;
    },
  };
}
