// Notes about bodies that moves left behind, gathered for a moment and written together. They are not part of a move:
// should one be lost, its bodies stay until everything is next looked through.
import type { Collections, ReplacedDocument } from './collections.ts';

const GATHER_MS = 1_000;

export interface ReplacedNotes {
  /** Notes it as of now. */
  add(book: number, digests: readonly string[] | null): void;
  /** Writes what was gathered. */
  flush(): Promise<void>;
}

export function replacedNotes(all: Collections): ReplacedNotes {
  let waiting: ReplacedDocument[] = [];
  let timer: NodeJS.Timeout | null = null;
  const flush = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const notes = waiting;
    waiting = [];
    if (notes.length > 0) await all.replaced.insertMany(notes, { writeConcern: { w: 1 } });
  };
  return {
    add(book, digests) {
      if (digests?.length === 0) return;
      waiting.push({ book, at: new Date(), digests: digests && [...digests] });
      timer ??= setTimeout(() => void flush().catch(() => undefined), GATHER_MS);
    },
    flush,
  };
}
