// The sweeper: every few seconds it compares the heads of all books with their documents and recomputes late books
// itself, past the queue. So a lost wake-up, a killed worker or an outage of MongoDB costs seconds, never a change.
// Several times a second it makes the documents that somebody asked for. In longer rounds it repairs the copies of access data and drops what nothing points to.
//   const sweeper = startSweeper({store, documents, afterMove, log}); …; await sweeper.stop();
import { monthOf, todayIn } from '#ledger/domain/calendar.ts';
import { SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import { type RecomputeInput, recomputeAsked, recomputeBook } from './recompute.ts';
import { repairAccess } from './recompute-access.ts';
import { type LedgerSource, select } from './recompute-snapshot.ts';
import { attempt, type Rounds, startRounds } from './rounds.ts';

export interface SweeperInput extends Omit<RecomputeInput, 'bookId'> {
  /** Between two rounds. */
  readonly everyMs?: number;
  /** Documents that are behind and have not moved for so long are late. */
  readonly stillMs?: number;
  /** Between two looks for documents that were asked for. */
  readonly askedEveryMs?: number;
  /** Between two repairs of access copies, and between two collections of garbage. */
  readonly repairEveryMs?: number;
  readonly collectEveryMs?: number;
  /** How long bodies that nothing points to any more stay readable. */
  readonly graceMs?: number;
}

const AT_ONCE = 2;

/** Starts the rounds. A round that fails is logged and tried again: outages are what it is for. */
export function startSweeper(input: SweeperInput): Rounds {
  const { log, everyMs = 2_000, repairEveryMs = 30_000, collectEveryMs = 60_000 } = input;
  const { askedEveryMs = 250 } = input;
  const stopping = new AbortController();
  const collect = () => collectUnused(input, stopping.signal);
  // Rounds of their own: a long collection never holds up a late book.
  const rounds = [
    startRounds(everyMs, () => attempt(log, 'sweep', () => sweepOnce(input))),
    startRounds(askedEveryMs, () => attempt(log, 'what is asked for', () => makeAsked(input))),
    startRounds(repairEveryMs, () =>
      attempt(log, 'repair of access copies', () => repairAccess(input)),
    ),
    startRounds(collectEveryMs, () => attempt(log, 'collection', collect)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(rounds.map((own) => own.stop()));
    },
  };
}

/** One round: recomputes every book whose documents are late. @returns how many were late. */
export async function sweepOnce(input: SweeperInput): Promise<number> {
  const late = await lateBooks(input);
  const queue = [...late];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { head, id: bookId } = next;
      await attempt(input.log, `recompute of book ${bookId}`, async () => {
        await input.documents.noteHead(bookId, head);
        await recomputeBook({ ...input, bookId });
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return late.length;
}

/** Makes what is asked for and isn't there. @returns for how many books */
export async function makeAsked(input: SweeperInput): Promise<number> {
  const books = await input.documents.asked.booksWaiting();
  for (const bookId of books) {
    const own = { ...input, bookId };
    await attempt(input.log, `what is asked for in book ${bookId}`, () => recomputeAsked(own));
  }
  return books.length;
}

interface HeadRow {
  id: number;
  head: number;
  hash: string;
  time_zone: string;
}

/** Books whose documents stand at another event than the ledger, are of an older catalogue, or lack the current month. */
async function lateBooks({ store, documents, stillMs = 1_000 }: SweeperInput): Promise<HeadRow[]> {
  const heads = await readHeads(store);
  const positions = await documents.positions(heads.map(({ id }) => id));
  const known = new Map(positions.map((position) => [position.book, position]));
  const now = Date.now();
  return heads.filter(({ id, head, hash, time_zone }) => {
    const at = known.get(id);
    if (!at || at.schemaVersion < SCHEMA_VERSION) return true;
    // What moved a moment ago is being worked on: late is what has stood still.
    if (at.position !== head || at.hash !== hash) return now - Date.parse(at.updatedAt) > stillMs;
    return at.through < monthOf(todayIn(time_zone, now));
  });
}

async function readHeads(store: LedgerSource): Promise<HeadRow[]> {
  const connection = await store.pool.connect();
  try {
    const text = `select id, head, encode(head_hash, 'hex') as hash, time_zone from books where head > 0`;
    return await select<HeadRow>(connection, text, []);
  } finally {
    connection.release();
  }
}

/** Drops unused bodies and files of every book. @returns how many bodies. */
export async function collectUnused(
  { store, documents, graceMs = 300_000 }: SweeperInput,
  signal?: AbortSignal,
): Promise<number> {
  let dropped = 0;
  for (const { id } of await readHeads(store)) {
    if (signal?.aborted) break;
    const olderThan = new Date(Date.now() - graceMs);
    dropped += await documents.collectGarbage(id, olderThan, signal);
  }
  return dropped;
}
