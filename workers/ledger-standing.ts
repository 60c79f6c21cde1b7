// What waits, as a worker sees it in the ledger and the queue: books whose documents are behind and since when, imports
// that aren't settled. Readers get it through the document store, since they never ask PostgreSQL.
import type { Documents } from '#reports/documents/documents.ts';
import type { LateBook, ProcessNote } from '#reports/documents/standing.ts';
import { type LedgerSource, select } from './recompute-snapshot.ts';

export interface StandingInput {
  readonly store: LedgerSource;
  readonly documents: Pick<Documents, 'positions'>;
  /** Wake-ups that wait in the queue. */
  wakeUpDepth(what: 'book' | 'import'): Promise<number>;
}

const MOST_LATE = 100;

const HEADS = 'select id, head from books where head > 0';

const OLDEST_UNSHOWN = `
  select e.book_id as book, (extract(epoch from clock_timestamp() - e.recorded_at) * 1000)::float8 as lag
  from unnest($1::int[], $2::int[]) as late (book, position)
    join events e on e.book_id = late.book and e.position = late.position + 1
  order by lag desc limit ${MOST_LATE}`;

const IMPORTS = `select count(*)::int as imports from imports where state in ('queued', 'running', 'posting')`;

/** Asks three short questions of the ledger and one of each queue. */
export async function ledgerStanding({
  store,
  documents,
  wakeUpDepth,
}: StandingInput): Promise<NonNullable<ProcessNote['ledger']>> {
  const [book, imported] = await Promise.all([wakeUpDepth('book'), wakeUpDepth('import')]);
  const connection = await store.pool.connect();
  try {
    const heads = await select<{ id: number; head: number }>(connection, HEADS, []);
    const shown = new Map(
      (await documents.positions(heads.map(({ id }) => id))).map((at) => [at.book, at.position]),
    );
    const behind = heads.filter(({ id, head }) => (shown.get(id) ?? 0) < head);
    const [waiting] = await select<{ imports: number }>(connection, IMPORTS, []);
    return {
      late: await lateBooks(connection, behind, shown),
      lateBooks: behind.length,
      imports: waiting?.imports ?? 0,
      wakeUps: { book, import: imported },
    };
  } finally {
    connection.release();
  }
}

async function lateBooks(
  connection: Parameters<typeof select>[0],
  behind: readonly { readonly id: number; readonly head: number }[],
  shown: ReadonlyMap<number, number>,
): Promise<LateBook[]> {
  if (behind.length === 0) return [];
  const rows = await select<{ book: number; lag: number }>(connection, OLDEST_UNSHOWN, [
    behind.map(({ id }) => id),
    behind.map(({ id }) => shown.get(id) ?? 0),
  ]);
  const heads = new Map(behind.map(({ id, head }) => [id, head]));
  return rows.map(({ book, lag }) => ({
    book,
    head: heads.get(book) ?? 0,
    lagMs: Math.max(0, Math.round(lag)),
  }));
}
