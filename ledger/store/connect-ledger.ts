// The one door to PostgreSQL: a pool whose connections work as the role that cannot change an event.
import pg from 'pg';

/** Numbers of lines and counts fit a JS number; amounts are read as text and made bigint where they are used. */
export interface LedgerStore {
  readonly pool: pg.Pool;
  /**
   * Connections on which statements are sent without waiting for the answers to earlier ones; they are carried out in
   * their order. No COPY and no cursors on these.
   */
  readonly pipelined: pg.Pool;
  close(): Promise<void>;
}

const APPLICATION_ROLE = '-c role=daybook_app';
/** Statements that look things up by key, the same ones again and again: planning them took as long as running them. */
const PLANNED_ONCE = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';

/** Entries of so many books are written at once by one process; a transaction takes milliseconds. */
const MOST_PIPELINED = 10;

/**
 * @param poolSize connections at most, besides those that are pipelined
 * @returns the store; connecting happens with the first query
 */
export function connectLedger({ url, poolSize }: { url: string; poolSize: number }): LedgerStore {
  const open = (max: number, pipeline: boolean) => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      pipeline,
      options: pipeline ? `${APPLICATION_ROLE} ${PLANNED_ONCE}` : APPLICATION_ROLE,
      connectionTimeoutMillis: 5_000,
    } as pg.PoolConfig);
    // A server that went away is met by a query, the running one or the next. The connection's own event must not end
    // the process: the pool listens to idle connections only, and one in use is told by its statements already.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  };
  const pool = open(poolSize, false);
  const pipelined = open(Math.min(poolSize, MOST_PIPELINED), true);
  return {
    pool,
    pipelined,
    close: async () => void (await Promise.all([pool.end(), pipelined.end()])),
  };
}
