// One READ COMMITTED transaction for a command; serialisation failures and deadlocks are tried again, three times at most.
import type pg from 'pg';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 3;

/** The database took no connection: nothing was begun. */
export class NotConnected extends Error {}

/** A serialisation failure or a deadlock: done again, it may well succeed. */
export const isRetryable = (error: unknown): boolean =>
  RETRYABLE.has((error as { code?: string }).code ?? '');

/** @param dryRun does the work and rolls it back @throws NotConnected, or the fault of a statement */
export async function inTransaction<Result>(
  store: LedgerStore,
  dryRun: boolean,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(store, dryRun, work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
  }
}

async function once<Result>(
  store: LedgerStore,
  dryRun: boolean,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await store.pool.connect().catch((cause: unknown) => {
    throw new NotConnected('the ledger took no connection', { cause });
  });
  let broken = true;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(dryRun ? 'rollback' : 'commit');
    broken = false;
    return result;
  } finally {
    // A connection in an unknown state is closed, which rolls its transaction back.
    client.release(broken);
  }
}
