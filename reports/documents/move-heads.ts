// Moving a book's heads and position in one step. The position document's token is compared and set first, in the
// same transaction: of two workers one moves everything, the other nothing, and a reader never sees half a set.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation, ClientSession } from 'mongodb';
import type { Collections, CompactHead, HeadDocument } from './collections.ts';
import type { Move, MoveResult } from './documents.ts';
import { headAddress, toHeadDocument } from './head-address.ts';

const DUPLICATE_KEY = 11_000;
const OVERTAKEN: MoveResult = { moved: false };

export async function moveHeads(all: Collections, move: Move): Promise<MoveResult> {
  const session = all.client.startSession();
  try {
    return await session.withTransaction(
      async () => {
        const result = await movePosition(all, move, session);
        if (!result.moved) return result;
        if (move.heads.length > 0) {
          await all.heads.bulkWrite(headWrites(move), { session, ordered: false });
        }
        return result;
      },
      { writeConcern: { w: 'majority', journal: true } },
    );
  } catch (fault) {
    if ((fault as { code?: number }).code === DUPLICATE_KEY) return OVERTAKEN;
    throw fault;
  } finally {
    await session.endSession();
  }
}

/** The new generation's heads are invisible until the position document names it, so they need no transaction. */
export async function replaceGeneration(all: Collections, move: Move): Promise<MoveResult> {
  const { book, next, heads } = move;
  await all.heads.deleteMany({ book, generation: next.generation });
  for (let start = 0; start < heads.length; start += 500) {
    const batch = heads.slice(start, start + 500);
    await all.heads.insertMany(
      batch.map((head) => toHeadDocument(book, next.generation, head)),
      { ordered: false },
    );
  }
  try {
    return await movePosition(all, move);
  } catch (fault) {
    if ((fault as { code?: number }).code === DUPLICATE_KEY) return OVERTAKEN;
    throw fault;
  }
}

async function movePosition(
  all: Collections,
  { book, expected, next, heads, last }: Move,
  session?: ClientSession,
): Promise<MoveResult> {
  const token = randomUUID();
  const values = {
    generation: next.generation,
    position: next.position,
    hash: next.hash,
    head: next.position,
    through: next.through,
    schemaVersion: next.schemaVersion,
    moved: session ? movedHeads(heads, token) : [],
    last,
    token,
    updatedAt: new Date(),
  };
  const options = session
    ? { session }
    : { writeConcern: { w: 'majority', journal: true } as const };
  if (expected === null) {
    await all.positions.insertOne({ _id: book, ...values, recomputes: 1 }, options);
    return { moved: true, token };
  }
  const filter = { _id: book, token: expected };
  const update = { $set: values, $inc: { recomputes: 1 } };
  const { matchedCount } = await all.positions.updateOne(filter, update, options);
  return matchedCount === 1 ? { moved: true, token } : OVERTAKEN;
}

/** More than this aren't told one by one: whoever remembers heads of the book forgets them. */
const MOST_TOLD = 2_000;

const movedHeads = (heads: Move['heads'], token: string): CompactHead[] | string =>
  heads.length > MOST_TOLD
    ? token
    : heads.map(({ report, period, digest, position, asOf, computedAt }) => [
        report,
        period,
        digest,
        position,
        asOf,
        Date.parse(computedAt),
      ]);

/** Within a generation a head only moves upwards: an older writer's upsert fails on the key of the newer head. */
const headWrites = (move: Move): AnyBulkWriteOperation<HeadDocument>[] =>
  move.heads.map((head) => {
    const stored = toHeadDocument(move.book, move.next.generation, head);
    const _id = headAddress(move.book, move.next.generation, head.report, head.period);
    const { _id: _, ...fields } = stored;
    return {
      updateOne: {
        filter: { _id, asOf: { $lte: head.asOf } },
        update: { $set: fields },
        upsert: true,
      },
    };
  });
