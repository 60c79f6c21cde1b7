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
export const inTransaction = <Result>(
  store: LedgerStore,
  dryRun: boolean,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> =>
  again(() =>
    onConnection(store.pool, async (client) => {
      await client.query('begin');
      const result = await work(client);
      await client.query(dryRun ? 'rollback' : 'commit');
      return result;
    }),
  );

/** What a pipelined transaction comes to, and its statements that are sent but not answered yet. */
export interface Sent<Result> {
  readonly result: Result;
  readonly writes: readonly Promise<unknown>[];
}

/**
 * The same in two round trips: `begin` goes with the first statements, and `commit` with the last. After a statement
 * that failed PostgreSQL carries out none of those sent behind it and rolls back.
 * @param work is told when the transaction has begun, and must await that before it writes
 */
export const inPipelinedTransaction = <Result>(
  store: LedgerStore,
  dryRun: boolean,
  work: (client: pg.ClientBase, begun: Promise<unknown>) => Promise<Sent<Result>>,
): Promise<Result> =>
  again(() =>
    onConnection(store.pipelined, async (client) => {
      const sent = noteSent(client);
      try {
        const { result, writes } = await work(sent.client, sent.client.query('begin'));
        await Promise.all([...writes, sent.client.query(dryRun ? 'rollback' : 'commit')]);
        return result;
      } catch (fault) {
        throw (await sent.firstFault()) ?? fault;
      }
    }),
  );

/** Behind a statement that failed all others fail as well, and may be heard of first: the cause is the first one sent. */
function noteSent(client: pg.ClientBase) {
  const sent: Promise<unknown>[] = [];
  const query = (...given: Parameters<pg.ClientBase['query']>) => {
    const answer = client.query(...given) as unknown as Promise<unknown>;
    sent.push(answer);
    return answer;
  };
  return {
    client: Object.assign(Object.create(client), { query }) as pg.ClientBase,
    async firstFault(): Promise<unknown> {
      const outcomes = await Promise.allSettled(sent);
      return outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
    },
  };
}

async function again<Result>(attemptOnce: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
  }
}

async function onConnection<Result>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new NotConnected('the ledger took no connection', { cause });
  });
  let broken = true;
  try {
    const result = await work(client);
    broken = false;
    return result;
  } finally {
    // A connection in an unknown state is closed, which rolls its transaction back.
    client.release(broken);
  }
}
