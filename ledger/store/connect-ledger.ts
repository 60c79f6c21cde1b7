// The one door to PostgreSQL: a pool whose connections work as the role that cannot change an event.
import pg from 'pg';

/** Numbers of lines and counts fit a JS number; amounts are read as text and made bigint where they are used. */
export interface LedgerStore {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const APPLICATION_ROLE = '-c role=daybook_app';

/**
 * @param poolSize connections at most
 * @returns the store; connecting happens with the first query
 */
export function connectLedger({ url, poolSize }: { url: string; poolSize: number }): LedgerStore {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    options: APPLICATION_ROLE,
    connectionTimeoutMillis: 5_000,
  });
  // A server that went away is met by the next query; an idle connection's end must not end the process.
  pool.on('error', () => undefined);
  return { pool, close: () => pool.end() };
}
