// Moving a book's heads and position in one step: one update of the position document, which compares and sets its token.
// Of two workers one moves everything, the other nothing, and a reader never sees half a set. The heads that were moved
// lately stand in that document itself; from there they go to documents of their own, some with every move: so a large move
// doesn't hold up the small one after it.
import { randomUUID } from 'node:crypto';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Collections, HeadDocument } from './collections.ts';
import type { Move, MoveResult } from './documents.ts';
import { headOfText, headText, headTextStart, toHeadDocument } from './head-address.ts';

const DUPLICATE_KEY = 11_000;
const OVERTAKEN: MoveResult = { moved: false };

/** Heads in a position document that stay there: they are written and told with every move. */
const MOST_RECENT = 64;
/** Heads that go to documents of their own with one move: each of them is a write. */
const MOST_SETTLED = 64;

export async function moveHeads(all: Collections, move: Move): Promise<MoveResult> {
  const moved = move.heads.map(headText);
  const others = othersThan(move, move.expected?.recent ?? []);
  const crowded = moved.length + others.length > MOST_RECENT;
  const staying = crowded ? others.slice(0, -MOST_SETTLED) : others;
  return unlessOvertaken(async () => {
    // They are current: whoever reads them sees nothing that wasn't moved yet.
    await settle(all, move, others.slice(staying.length));
    return movePosition(all, move, [...moved, ...staying], 'kept');
  });
}

/** The new generation's heads are invisible until the position document names it. */
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
  return unlessOvertaken(() => movePosition(all, move, [], 'forgotten'));
}

async function unlessOvertaken(work: () => Promise<MoveResult>): Promise<MoveResult> {
  try {
    return await work();
  } catch (fault) {
    if ((fault as { code?: number }).code === DUPLICATE_KEY) return OVERTAKEN;
    throw fault;
  }
}

function othersThan({ heads }: Move, recent: readonly string[]): string[] {
  const starts = new Set(heads.map(({ report, period }) => headTextStart(report, period)));
  return recent.filter((text) => {
    const { report, period } = headOfText(text);
    return !starts.has(headTextStart(report, period));
  });
}

/** Within a generation a head only moves upwards: an older writer's upsert fails on the key of the newer head. */
async function settle(all: Collections, { book, next }: Move, texts: string[]): Promise<void> {
  const writes = texts.map((text): AnyBulkWriteOperation<HeadDocument> => {
    const head = headOfText(text);
    const { _id, ...fields } = toHeadDocument(book, next.generation, head);
    const filter = { _id, asOf: { $lte: head.asOf } };
    return { updateOne: { filter, update: { $set: fields }, upsert: true } };
  });
  if (writes.length > 0) await all.heads.bulkWrite(writes, { ordered: false });
}

/** @param noted whether a head that was noted beyond the position stays: a ledger from a backup may not have it */
async function movePosition(
  all: Collections,
  { book, expected, next, last }: Move,
  recent: readonly string[],
  noted: 'kept' | 'forgotten',
): Promise<MoveResult> {
  const token = randomUUID();
  const values = {
    generation: next.generation,
    position: next.position,
    hash: next.hash,
    through: next.through,
    lastNumber: next.lastNumber,
    schemaVersion: next.schemaVersion,
    recent: [...recent],
    last,
    token,
    updatedAt: new Date(),
  };
  const options = { writeConcern: { w: 'majority', journal: true } as const };
  const moved = { moved: true, token, recent } as const;
  if (expected === null) {
    const whole = { _id: book, ...values, head: next.position, recomputes: 1 };
    await all.positions.insertOne(whole, options);
    return moved;
  }
  const filter = { _id: book, token: expected.token };
  const head = { head: next.position };
  const update = {
    ...(noted === 'kept' ? { $set: values, $max: head } : { $set: { ...values, ...head } }),
    $inc: { recomputes: 1 },
  };
  const { matchedCount } = await all.positions.updateOne(filter, update, options);
  return matchedCount === 1 ? moved : OVERTAKEN;
}
