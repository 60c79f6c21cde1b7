// One recompute of one book, from snapshot to moved heads: read what changed, cut pages, compute the documents whose
// feed is newer than their head, check the invariants, write the bodies, then move heads and position in one step.
import type { ReportHead } from '#reports/catalogue/report.ts';
import { SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import type {
  Documents,
  LastRecompute,
  Move,
  StoredPosition,
} from '#reports/documents/documents.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { BodyWriter, computeTargets, cutPages } from './recompute-compute.ts';
import type { RecomputeMemory } from './recompute-memory.ts';
import { headKey } from './recompute-pages.ts';
import { isLevel, planRecompute, reasonToRebuild } from './recompute-plan.ts';
import {
  type BookAtHead,
  inSnapshot,
  type LedgerConnection,
  readBook,
} from './recompute-snapshot.ts';

export interface StepInput {
  readonly connection: LedgerConnection;
  readonly documents: Documents;
  readonly bookId: number;
  readonly memory: RecomputeMemory;
  /** Make everything anew in a generation of its own, whatever is stored. */
  readonly rebuild: boolean;
  readonly now: number;
}

export type StepResult =
  | { readonly state: 'level' | 'no-such-book' | 'overtaken' }
  | {
      readonly state: 'moved';
      readonly position: number;
      readonly heads: readonly ReportHead[];
      readonly last: LastRecompute;
      /** Why all documents were made anew, or null. */
      readonly rebuilt: string | null;
    };

/** Runs one recompute. The caller holds the book's lock. */
export async function recomputeStep(input: StepInput): Promise<StepResult> {
  const { connection, documents, bookId, memory } = input;
  const stored = await documents.storedPosition(bookId);
  const remembered = memory.take(bookId, stored?.token ?? null);
  return inSnapshot(connection, async (): Promise<StepResult> => {
    const book = await readBook(connection, bookId);
    if (!book) return { state: 'no-such-book' };
    const reason = input.rebuild ? 'asked for' : await reasonToRebuild(connection, book, stored);
    if (reason === null && stored && isLevel(book, stored, input.now)) {
      if (remembered) memory.put(bookId, remembered);
      return { state: 'level' };
    }
    return carryOut(input, book, stored, reason, reason === null ? remembered : null);
  });
}

/** Plans, computes, writes and moves. Memory is given back only when the move went through. */
async function carryOut(
  { connection, documents, bookId, memory, now }: StepInput,
  book: BookAtHead,
  stored: StoredPosition | null,
  reason: string | null,
  remembered: ReturnType<RecomputeMemory['take']>,
): Promise<StepResult> {
  const base = reason === null ? stored : null;
  const heads = remembered?.heads ?? (await storedHeads(documents, bookId, base));
  const plan = await planRecompute({
    connection,
    book,
    stored: base,
    memory: remembered,
    heads,
    now,
  });
  const writer = new BodyWriter(documents, bookId);
  const known = remembered?.months ?? new Map();
  const months = await cutPages({ connection, documents, plan, heads, known, writer });
  const moved = await computeTargets({ connection, plan, months, writer, now });
  await writer.flush();
  if (plan.presentation || base === null) await documents.access.putBook(bookCopy(book));
  const move: Move = {
    book: bookId,
    expected: stored?.token ?? null,
    heads: moved,
    next: {
      generation: base?.generation ?? (stored?.generation ?? 0) + 1,
      position: book.head,
      hash: book.headHash,
      through: plan.through,
      schemaVersion: SCHEMA_VERSION,
    },
    last: {
      ms: Date.now() - now,
      documents: moved.length,
      lagMs: Math.max(0, Date.now() - book.recordedAt),
    },
  };
  const result = await (base ? documents.move(move) : documents.replaceGeneration(move));
  if (!result.moved) return { state: 'overtaken' };
  for (const head of moved) heads.set(headKey(head.report, head.period), head);
  memory.put(bookId, { token: result.token, balances: plan.balances, heads, months });
  const { last } = move;
  return { state: 'moved', position: book.head, heads: moved, last, rebuilt: reason };
}

async function storedHeads(
  documents: Documents,
  book: number,
  base: StoredPosition | null,
): Promise<Map<string, ReportHead>> {
  const heads = base ? await documents.headsOf(book, base.generation) : [];
  return new Map(heads.map((head) => [headKey(head.report, head.period), head]));
}

/** What reading needs to know of a book. */
export const bookCopy = ({ facts }: BookAtHead): BookCopy => ({
  ...facts.title,
  id: facts.id,
  baseCurrency: facts.currency,
  calendar: facts.calendar,
  lockedThrough: facts.lockedThrough,
});
