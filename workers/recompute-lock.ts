// One worker per book at a time, in all processes: a PostgreSQL session lock, which ends with the connection that
// holds it, so that a killed worker never keeps a book. Should a connection break unseen, the token in MongoDB
// still lets only one of two workers move the documents.
import { type LedgerConnection, type LedgerSource, select } from './recompute-snapshot.ts';

/** First half of the lock's key: keeps it apart from other locks of the database. */
const RECOMPUTE_LOCK = 0x6462;

/**
 * Runs work while holding a book's lock.
 * @param patienceMs how long to wait for another worker to finish.
 * @returns null when another worker still holds the book.
 */
export async function withBookLock<Result>(
  store: LedgerSource,
  book: number,
  patienceMs: number,
  work: (connection: LedgerConnection) => Promise<Result>,
): Promise<Result | null> {
  const connection = await store.pipelined.connect();
  let broken = true;
  try {
    if (!(await obtain(connection, book, patienceMs))) {
      broken = false;
      return null;
    }
    const result = await work(connection).finally(async () => {
      await connection.query('select pg_advisory_unlock($1, $2)', [RECOMPUTE_LOCK, book]);
      broken = false;
    });
    return result;
  } finally {
    // A connection on which unlocking failed is closed: that frees the lock.
    connection.release(broken);
  }
}

async function obtain(
  connection: LedgerConnection,
  book: number,
  patienceMs: number,
): Promise<boolean> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const text = 'select pg_try_advisory_lock($1, $2) as held';
    const [row] = await select<{ held: boolean }>(connection, text, [RECOMPUTE_LOCK, book]);
    if (row?.held) return true;
    if (Date.now() >= until) return false;
    await new Promise((resume) => setTimeout(resume, 15));
  }
}
