// The bytes of a report file: from memory, else from the store, else made. Small files are kept in memory by digest,
// bounded in bytes; large ones pass through in chunks. A file is immutable, so nothing here can go stale.
import { LRUCache } from 'lru-cache';
import type { FileStore } from '#reports/documents/documents.ts';
import type { RenderPool, RenderTask } from './render-pool.ts';

export type FileBytes =
  | { readonly whole: Buffer }
  | { readonly size: number; chunks(): AsyncIterable<Uint8Array> };

export interface ReportFiles {
  /** Null when the body has gone: ask for the head again. */
  bytes(task: RenderTask): Promise<FileBytes | null>;
  /** Keeps what costs little to make (JSON) under a key of its own. */
  remember(key: string, make: () => Promise<Buffer | null>): Promise<Buffer | null>;
}

const CACHE_BYTES = 128 * 1024 * 1024;
const LARGEST_CACHED = 4 * 1024 * 1024;

export function reportFiles(store: FileStore, pool: RenderPool): ReportFiles {
  const cache = new LRUCache<string, Buffer>({
    maxSize: CACHE_BYTES,
    maxEntrySize: LARGEST_CACHED,
    sizeCalculation: (bytes) => bytes.length + 200,
  });
  const asked = new Map<string, Promise<FileBytes | null>>();

  const load = async (key: string, task: RenderTask): Promise<FileBytes | null> => {
    let file = await store.find(task);
    if (!file) {
      if ((await pool.render(task)) === null) return null;
      file = await store.find(task);
    }
    if (!file) throw new Error(`file ${key} is gone right after it was made`);
    if (file.size > LARGEST_CACHED) return file;
    const pieces: Uint8Array[] = [];
    for await (const piece of file.chunks()) pieces.push(piece);
    const whole = Buffer.concat(pieces);
    cache.set(key, whole);
    return { whole };
  };

  return {
    async bytes(task) {
      const key = `${task.digest}.${task.template}.${task.format}`;
      const known = cache.get(key);
      if (known) return { whole: known };
      const running = asked.get(key);
      if (running) return running;
      const loading = load(key, task).finally(() => asked.delete(key));
      asked.set(key, loading);
      return loading;
    },
    async remember(key, make) {
      const known = cache.get(key);
      if (known) return known;
      const made = await make();
      if (made) cache.set(key, made);
      return made;
    },
  };
}
