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

async function writeBatch(all: Collections, batch: BodyDocument[]): Promise<void> {
  try {
    await all.bodies.insertMany(batch, { ordered: false, writeConcern: WRITTEN });
  } catch (fault) {
    // Whole again, not only its age: the collector may take it between the insert and this.
    const again: AnyBulkWriteOperation<BodyDocument>[] = duplicates(fault, batch).map((body) => {
      const { _id, ...fields } = body;
      return { updateOne: { filter: { _id }, update: { $set: fields }, upsert: true } };
    });
    if (again.length > 0)
      await all.bodies.bulkWrite(again, { ordered: false, writeConcern: WRITTEN });
  }
}

interface WriteErrors {
  code?: number;
  writeErrors?: readonly { code: number; index: number }[];
}

/** The bodies that were there already. @throws the fault when it is about anything else. */
function duplicates(fault: unknown, batch: readonly BodyDocument[]): BodyDocument[] {
  const errors = (fault as WriteErrors).writeErrors;
  const list = Array.isArray(errors) ? errors : errors ? [errors] : [];
  if (list.length === 0 || list.some((error) => error.code !== DUPLICATE_KEY)) throw fault;
  return list.map((error) => batch[error.index]!);
}
