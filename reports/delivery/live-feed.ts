// What moved, for live streams: one question to the document store for all watched books together, however many
// screens are open. A book nobody watches costs nothing.
import type { DocumentsReader, ImportProgress } from '#reports/documents/reader.ts';

export interface LiveEvent {
  readonly name: 'position' | 'import';
  /** JSON. */
  readonly data: string;
}

export type Listener = (event: LiveEvent) => void;

export interface LiveFeed {
  /** Calls the listener at once with what is known, then with every change. @returns a way to stop. */
  watch(book: number, listener: Listener): () => void;
  listeners(): number;
  /** Something of the book moved: it is told in a moment instead of at the next question. */
  woken(book: number): void;
  close(): void;
}

interface Watched {
  readonly listeners: Set<Listener>;
  position: string | null;
  readonly imports: Map<number, string>;
}

const POLL_MS = 500;
/** News that come together are asked for together. */
const GATHER_MS = 25;
/** From one question about imports to the next, however often books move. */
const IMPORTS_MS = 400;
const SHOWN_IMPORTS = 20;

/** @param fault is told of failed questions; the feed goes on asking. */
export function createLiveFeed(
  documents: Pick<DocumentsReader, 'positions' | 'importProgress'>,
  fault: (fault: unknown) => void,
): LiveFeed {
  const books = new Map<number, Watched>();
  let timer: NodeJS.Timeout | null = null;
  let soon = false;
  let asking = false;
  let importsAt = Number.NEGATIVE_INFINITY;

  const tell = (watched: Watched, event: LiveEvent) => {
    for (const listener of watched.listeners) listener(event);
  };

  const askPositions = async () => {
    for (const position of await documents.positions([...books.keys()])) {
      const watched = books.get(position.book);
      const data = JSON.stringify({ head: position.head, documents: position.position });
      if (!watched || watched.position === data) continue;
      watched.position = data;
      tell(watched, { name: 'position', data });
    }
  };

  const askImports = async () => {
    for (const [book, watched] of books) {
      for (const progress of recent(await documents.importProgress(book))) {
        const data = JSON.stringify(progress);
        if (watched.imports.get(progress.id) === data) continue;
        watched.imports.set(progress.id, data);
        tell(watched, { name: 'import', data });
      }
    }
  };

  const tick = async () => {
    asking = true;
    soon = false;
    try {
      await askPositions();
      if (performance.now() - importsAt >= IMPORTS_MS) {
        importsAt = performance.now();
        await askImports();
      }
    } catch (reason) {
      fault(reason);
    }
    asking = false;
    timer = books.size === 0 ? null : setTimeout(tick, soon ? GATHER_MS : POLL_MS);
  };

  return {
    watch(book, listener) {
      const watched: Watched = books.get(book) ?? {
        listeners: new Set(),
        position: null,
        imports: new Map(),
      };
      books.set(book, watched);
      watched.listeners.add(listener);
      if (watched.position) listener({ name: 'position', data: watched.position });
      for (const data of watched.imports.values()) listener({ name: 'import', data });
      timer ??= setTimeout(tick, 0);
      return () => {
        watched.listeners.delete(listener);
        if (watched.listeners.size === 0 && books.get(book) === watched) books.delete(book);
      };
    },
    listeners: () => [...books.values()].reduce((sum, { listeners }) => sum + listeners.size, 0),
    woken(book) {
      if (soon || !books.has(book)) return;
      soon = true;
      // A question under way sees to it when it ends.
      if (asking) return;
      if (timer) clearTimeout(timer);
      timer = setTimeout(tick, GATHER_MS);
    },
    close() {
      if (timer) clearTimeout(timer);
      books.clear();
    },
  };
}

const recent = (imports: readonly ImportProgress[]): ImportProgress[] =>
  [...imports].sort((a, b) => a.id - b.id).slice(-SHOWN_IMPORTS);
