// The bytes of report files: from memory, else from the store. Kept by digest in an LRU bounded in bytes, large files
// chunk by chunk, so that any number of readers share the same bytes. A file is immutable: nothing here can go stale.
import { LRUCache } from 'lru-cache';
import type { FileKey, FileStore } from '#reports/documents/documents.ts';

export type FileBytes =
  | { readonly whole: Buffer }
  | { readonly size: number; chunks(): AsyncIterable<Uint8Array> };

export interface ReportFiles {
  /** Small files that are in memory; no question to anybody. @param key as `bytesKey` makes it. */
  inMemory(key: string): Buffer | undefined;
  /** Null when the file isn't stored. */
  stored(file: FileKey): Promise<FileBytes | null>;
  /** Keeps a file that was just made. */
  put(file: FileKey, whole: Buffer): void;
  /** Keeps what costs little to make (JSON) under a key of its own. */
  remember(key: string, make: () => Promise<Buffer | null>): Promise<Buffer | null>;
  /** Bytes held. */
  size(): number;
  /** Files found in memory, and those that weren't. */
  readonly counts: { readonly hits: number; readonly misses: number };
}

const LARGEST_WHOLE = 1024 * 1024;

export const bytesKey = ({ digest, template, format }: FileKey): string =>
  `${digest}.${template}.${format}`;

/** @param mostBytes that are held in memory. */
export function reportFiles(store: FileStore, mostBytes: number): ReportFiles {
  const cache = new LRUCache<string, Buffer>({
    maxSize: mostBytes,
    sizeCalculation: (bytes) => bytes.length + 300,
  });
  // Large files are remembered by what they are; their bytes are in the cache, or not.
  const large = new LRUCache<string, FileBytes>({ max: 1_000 });
  const asked = new Map<string, Promise<unknown>>();
  const counts = { hits: 0, misses: 0 };
  const inMemory = (key: string): Buffer | undefined => {
    const known = cache.get(key);
    if (known) counts.hits++;
    else counts.misses++;
    return known;
  };

  /** Look-ups in flight together are one. */
  const once = <Value>(key: string, look: () => Promise<Value>): Promise<Value> => {
    const running = asked.get(key) as Promise<Value> | undefined;
    if (running) return running;
    const looking = look().finally(() => asked.delete(key));
    asked.set(key, looking);
    return looking;
  };

  const load = async (key: string, wanted: FileKey): Promise<FileBytes | null> => {
    const found = await store.find(wanted);
    if (!found) return null;
    if (found.size > LARGEST_WHOLE) {
      const file = shared(key, found);
      large.set(key, file);
      return file;
    }
    const pieces: Uint8Array[] = [];
    for (let part = 0; part < found.parts; part++) pieces.push(await found.part(part));
    const whole = Buffer.concat(pieces);
    cache.set(key, whole);
    return { whole };
  };

  const shared = (key: string, found: NonNullable<Awaited<ReturnType<FileStore['find']>>>) => ({
    size: found.size,
    async *chunks() {
      for (let part = 0; part < found.parts; part++) {
        const own = `${key}/${part}`;
        yield cache.get(own) ??
          (await once(own, async () => {
            const bytes = Buffer.from(await found.part(part));
            cache.set(own, bytes);
            return bytes;
          }));
      }
    },
  });

  return {
    inMemory,
    async stored(file) {
      const key = bytesKey(file);
      const known = inMemory(key);
      return known ? { whole: known } : (large.get(key) ?? once(key, () => load(key, file)));
    },
    put: (file, whole) => void cache.set(bytesKey(file), whole),
    async remember(key, make) {
      return (
        inMemory(key) ??
        once(key, async () => {
          const made = await make();
          if (made) cache.set(key, made);
          return made;
        })
      );
    },
    size: () => cache.calculatedSize,
    counts,
  };
}
