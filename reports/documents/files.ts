// Rendered files by digest, template and format: small ones in one document, large ones as chunks that stream in and
// out. The file document is written last, so that a file is there whole or not at all.
import { Binary } from 'mongodb';
import type { Collections } from './collections.ts';
import type { FileKey, FileStore, StoredFile } from './documents.ts';
import { bytesOf } from './pack.ts';

/** What a reader that takes its time holds in memory. */
const CHUNK = 256 * 1024;
const DUPLICATE_KEY = 11_000;
/** What is lost in a crash is drawn again, byte for byte: nobody waits for the disk. */
const LIGHTLY = { writeConcern: { w: 1, journal: false } } as const;

const fileId = (key: FileKey): string => `${key.digest}.${key.template}.${key.format}`;

export function fileStore(all: Collections): FileStore {
  const find = async (key: FileKey): Promise<StoredFile | null> => {
    const _id = fileId(key);
    const stored = await all.files.findOne({ _id });
    if (!stored) return null;
    const { size, parts, bytes } = stored;
    if (bytes) return { size, parts: 1, part: async () => bytesOf(bytes) };
    return { size, parts, part: (part) => readChunk(all, `${_id}/${part}`) };
  };
  return {
    find,
    async save(key, book, chunks, of) {
      const _id = fileId(key);
      let size = 0;
      let parts = 0;
      let last: Uint8Array | null = null;
      for await (const piece of evenly(chunks)) {
        if (last) await writeChunk(all, `${_id}/${parts++}`, last);
        last = piece;
        size += piece.length;
      }
      const whole = parts === 0;
      if (!whole && last) await writeChunk(all, `${_id}/${parts++}`, last);
      const made = { digest: key.digest, book, size, parts, at: new Date() };
      const base = of ? { ...made, of: [...of] } : made;
      const bytes = last ?? new Uint8Array();
      const file = whole ? { ...base, bytes: new Binary(bytes) } : base;
      await insertOnce(() => all.files.insertOne({ _id, ...file }, LIGHTLY));
      return whole
        ? { size, parts: 1, part: async () => bytes }
        : { size, parts, part: (part) => readChunk(all, `${_id}/${part}`) };
    },
  };
}

async function readChunk(all: Collections, _id: string): Promise<Uint8Array> {
  const chunk = await all.fileChunks.findOne({ _id });
  if (!chunk) throw new Error(`chunk ${_id} is missing`);
  return bytesOf(chunk.bytes);
}

/** Two renderers of one file write the same bytes, so the second write may be skipped. */
const writeChunk = (all: Collections, _id: string, bytes: Uint8Array): Promise<void> =>
  insertOnce(() => all.fileChunks.insertOne({ _id, bytes: new Binary(bytes) }, LIGHTLY));

async function insertOnce(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (fault) {
    if ((fault as { code?: number }).code !== DUPLICATE_KEY) throw fault;
  }
}

/** The same bytes in pieces of CHUNK, the last one shorter. */
async function* evenly(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const piece = chunk.subarray(start, start + CHUNK - size);
      held.push(piece);
      size += piece.length;
      start += piece.length;
      if (size === CHUNK) {
        yield Buffer.concat(held);
        held = [];
        size = 0;
      }
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
