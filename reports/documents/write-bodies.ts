// Bodies go in before any head points to them. Writing one again only refreshes its age, so that the collector
// doesn't take what is about to be pointed to.
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Sealed } from '#reports/catalogue/seal.ts';
import type { BodyDocument, Collections } from './collections.ts';
import { packBody } from './pack.ts';

/** Bounds of one request, well under the protocol's 48 MB. */
const MOST_BODIES = 500;
const MOST_BYTES = 8_000_000;
const DUPLICATE_KEY = 11_000;
/** The move that follows waits for majority and journal: the log is in order, so it covers these. */
const WRITTEN = { w: 1 } as const;

export async function writeBodies(
  all: Collections,
  book: number,
  bodies: readonly Sealed[],
): Promise<void> {
  const at = new Date();
  let batch: BodyDocument[] = [];
  let bytes = 0;
  for (const sealed of new Map(bodies.map((body) => [body.digest, body])).values()) {
    const packed = packBody(book, sealed, at);
    batch.push(packed);
    bytes += packed.json.position;
    if (batch.length >= MOST_BODIES || bytes >= MOST_BYTES) {
      await writeBatch(all, batch);
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) await writeBatch(all, batch);
}

/** The command itself: the driver's insertMany measures every body once more, and throws what is told here. */
async function writeBatch(all: Collections, batch: BodyDocument[]): Promise<void> {
  const { writeErrors = [] } = (await all.db.command({
    insert: all.bodies.collectionName,
    documents: batch,
    ordered: false,
    writeConcern: WRITTEN,
  })) as { writeErrors?: readonly WriteError[] };
  const other = writeErrors.find(({ code }) => code !== DUPLICATE_KEY);
  if (other) throw new Error(`bodies were not written: ${other.errmsg}`);
  // Whole again, not only its age: the collector may take it between the insert and this.
  const again = writeErrors.map(({ index }): AnyBulkWriteOperation<BodyDocument> => {
    const { _id, ...fields } = batch[index]!;
    return { updateOne: { filter: { _id }, update: { $set: fields }, upsert: true } };
  });
  if (again.length > 0)
    await all.bodies.bulkWrite(again, { ordered: false, writeConcern: WRITTEN });
}

interface WriteError {
  readonly code: number;
  readonly index: number;
  readonly errmsg: string;
}

/** Reads all of it: for measuring. */
export async function writtenSince(
  all: Collections,
  book: number,
  since: Date,
): Promise<{ count: number; bytes: number }> {
  let [count, bytes] = [0, 0];
  for await (const { json } of all.bodies.find({ book, at: { $gte: since } })) {
    count++;
    bytes += json.position;
  }
  return { count, bytes };
}
