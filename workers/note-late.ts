// Tells readers when a book's documents stay behind its ledger, from the processes that write to it: a worker that is gone
// or whose documents break an invariant can't. What is on its way as always isn't told.
import type { Documents } from '#reports/documents/documents.ts';
import { headOf, type LedgerSource } from './recompute-snapshot.ts';

export interface LateInput {
  readonly store: Pick<LedgerSource, 'pool'>;
  readonly documents: Pick<Documents, 'position' | 'noteHead'>;
  fault(fault: unknown): void;
  /** What is shown after so long isn't late. */
  readonly afterMs?: number;
}

export interface LateNotes {
  /** The book's ledger moved. */
  changed(book: number): void;
  close(): void;
}

const AFTER_MS = 1_000;

/** Looks at a book that changed twice, with a pause between: what the documents haven't reached by then is late. */
export function noteLate({ store, documents, fault, afterMs = AFTER_MS }: LateInput): LateNotes {
  const timers = new Map<number, NodeJS.Timeout>();
  const later = (book: number, seen: number | null) => {
    const timer = setTimeout(() => look(book, seen).catch(fault), afterMs);
    timers.set(book, timer.unref());
  };
  const look = async (book: number, seen: number | null) => {
    timers.delete(book);
    const [head, shown] = await Promise.all([ledgerHead(store, book), documents.position(book)]);
    const position = shown?.position ?? 0;
    if (position >= head) return;
    if (seen !== null && position < seen) await documents.noteHead(book, head);
    else if (!timers.has(book)) later(book, head);
  };
  return {
    changed(book) {
      if (!timers.has(book)) later(book, null);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

async function ledgerHead({ pool }: LateInput['store'], book: number): Promise<number> {
  const connection = await pool.connect();
  try {
    return await headOf(connection, book);
  } finally {
    connection.release();
  }
}
