// Keeping a book's documents level with its ledger. For the composition root:
//   recomputeOnce({store, documents, bookId})   after each wake-up; again while it answers `behind` or `busy`
//   recomputeBook({store, documents, bookId})   returns when level (or when another worker is at it)
//   recomputeAsked({store, documents, bookId})  once, with what was asked for and isn't there
//   rebuildBook({store, documents, bookId})     everything anew in a new generation, switched on a live system
// All may be called at any time, from any number of processes, and again after any fault: they carry on where the
// documents stand. `afterMove` is called with the heads that moved (their files are drawn ahead).
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Documents, LastRecompute } from '#reports/documents/documents.ts';
import { withBookLock } from './recompute-lock.ts';
import { RecomputeMemory } from './recompute-memory.ts';
import { headOf, type LedgerConnection, type LedgerSource } from './recompute-snapshot.ts';
import { recomputeStep, type StepResult } from './recompute-step.ts';

export interface RecomputeLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RecomputeInput {
  readonly store: LedgerSource;
  readonly documents: Documents;
  readonly bookId: number;
  /** Called after each move. */
  readonly afterMove?: ((bookId: number, heads: readonly ReportHead[]) => void) | undefined;
  /** Told of each move, for statistics. */
  readonly moved?: (
    bookId: number,
    move: LastRecompute & Pick<StepResult & { state: 'moved' }, 'position' | 'checked'>,
  ) => void;
  readonly log?: RecomputeLog | undefined;
  /** Default: one memory per document store in this process. */
  readonly memory?: RecomputeMemory;
}

export interface RecomputeOutcome {
  /** `busy`: another worker holds the book. `behind`: the ledger has moved on meanwhile. */
  readonly state: 'level' | 'busy' | 'behind' | 'no-such-book';
  /** How many times documents were moved. */
  readonly recomputes: number;
}

/** How long to wait for another worker of the same book. */
const PATIENCE_MS = 2_000;
/** Somebody else moved the documents between our reading and our moving: that often in a row is a bug. */
const MOST_OVERTAKEN = 5;

const memories = new WeakMap<Documents, RecomputeMemory>();

interface How {
  readonly rebuild: boolean;
  /** Rounds at most; after the last one the book may be behind again. */
  readonly rounds: number;
  readonly patienceMs: number;
  /** Whether documents that were asked for are made. */
  readonly asked?: true;
}

/** Recomputes until the documents are level with the ledger. */
export const recomputeBook = (input: RecomputeInput): Promise<RecomputeOutcome> =>
  run(input, { rebuild: false, rounds: Number.POSITIVE_INFINITY, patienceMs: PATIENCE_MS });

/** One round, for who has other books to see to: whoever posts without a pause doesn't hold them up. */
export const recomputeOnce = (input: RecomputeInput): Promise<RecomputeOutcome> =>
  run(input, { rebuild: false, rounds: 1, patienceMs: 0 });

/** One round that also makes what was asked for and isn't there. */
export const recomputeAsked = (input: RecomputeInput): Promise<RecomputeOutcome> =>
  run(input, { rebuild: false, rounds: 1, patienceMs: PATIENCE_MS, asked: true });

/** Makes all documents anew beside the old ones and switches. Equal ledgers give equal digests. */
export const rebuildBook = (input: RecomputeInput): Promise<RecomputeOutcome> =>
  run(input, { rebuild: true, rounds: Number.POSITIVE_INFINITY, patienceMs: 600_000 });

async function run(input: RecomputeInput, how: How): Promise<RecomputeOutcome> {
  const { store, documents, bookId } = input;
  await documents.prepare();
  const work = (connection: LedgerConnection) => rounds(input, connection, how);
  const outcome = await withBookLock(store, bookId, how.patienceMs, work);
  return outcome ?? { state: 'busy', recomputes: 0 };
}

async function rounds(
  input: RecomputeInput,
  connection: LedgerConnection,
  { asked, rebuild, rounds: most }: How,
): Promise<RecomputeOutcome> {
  const { documents, bookId } = input;
  const memory = input.memory ?? memories.get(documents) ?? new RecomputeMemory();
  memories.set(documents, memory);
  let recomputes = 0;
  for (let overtaken = 0; overtaken < MOST_OVERTAKEN; ) {
    const step = { connection, documents, bookId, memory, now: Date.now(), asked };
    const result = await orNoted(
      input,
      recomputeStep({ ...step, rebuild: rebuild && recomputes === 0 }),
    );
    if (result.state === 'overtaken') {
      overtaken++;
      continue;
    }
    if (result.state !== 'moved') return { state: result.state, recomputes };
    recomputes++;
    report(input, result);
    if ((await headOf(connection, bookId)) === result.position)
      return { state: 'level', recomputes };
    if (recomputes >= most) return { state: 'behind', recomputes };
  }
  throw new Error(
    `documents of book ${bookId} were moved by others ${MOST_OVERTAKEN} times in a row`,
  );
}

/** Keeps what a broken invariant says, for the System page, before it is thrown on. */
async function orNoted<Result>(
  { documents, bookId, log }: RecomputeInput,
  step: Promise<Result>,
): Promise<Result> {
  try {
    return await step;
  } catch (fault) {
    if (fault instanceof BrokenInvariant) {
      await documents.standing
        .noteViolations(bookId, Date.now(), fault.violations)
        .catch((err: unknown) => log?.error({ err, book: bookId }, 'violations are not kept'));
    }
    throw fault;
  }
}

function report(
  { bookId, afterMove, moved, log }: RecomputeInput,
  { position, heads, last, checked, rebuilt }: StepResult & { state: 'moved' },
): void {
  moved?.(bookId, { position, checked, ...last });
  log?.info({ book: bookId, position, ...last, rebuilt }, 'recomputed');
  afterMove?.(bookId, heads);
}
