// A ledger on a real database and its documents on a real document store, for the recompute's tests: fresh databases,
// the project's migrations, a book, and made-up entries.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { append, postEntries, postImport, type RigEntry } from './rig-rows.ts';

/** The book's first: documents reach to the present month, so it has as many of them whenever tests run. */
export const FIRST_YEAR = new Date().getUTCFullYear() - 1;

export interface LedgerRig {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName: string;
  readonly store: { readonly pool: pg.Pool; readonly pipelined: pg.Pool };
  readonly documents: Documents;
  readonly bookId: number;
  /** Posts entries in one transaction. @returns the head. */
  post(entries: readonly RigEntry[]): Promise<number>;
  /** Posts entries by one import. @returns the head. */
  postImport(entries: readonly RigEntry[]): Promise<number>;
  /** Records another event. @returns the head. */
  record(type: string, change?: string): Promise<number>;
  close(): Promise<void>;
}

const ACCOUNTS = ['asset', 'liability', 'equity', 'income', 'expense'] as const;
/** Accounts 1–20 are assets, 21–40 liabilities, 41–60 equity, 61–80 income, 81–100 expenses. */
const PER_TYPE = 20;

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

/**
 * @param databaseUrl a PostgreSQL in which databases may be created.
 * @param patienceMs how long a call waits for a document store that isn't there; default: as long as Daybook's.
 */
export async function startLedger(
  databaseUrl: string,
  mongoUrl: string,
  patienceMs?: number,
): Promise<LedgerRig> {
  const name = `reports_${randomBytes(6).toString('hex')}`;
  await administer(databaseUrl, `create database ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 10 });
  // The server may end connections when a test's database is dropped.
  pool.on('error', () => {});
  for (const migration of readdirSync(MIGRATIONS)
    .filter((file) => !file.includes('.'))
    .sort()) {
    await pool.query(readFileSync(join(MIGRATIONS, migration, 'migration.sql'), 'utf8'));
  }
  const bookId = await createBook(pool);
  const documents = await openDocuments({
    url: mongoUrl,
    dbName: name,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  const ledger = connectLedger({ url: url.href, poolSize: 5 });
  const store = { pool, pipelined: ledger.pipelined };
  const rig = { databaseUrl: url.href, mongoUrl, dbName: name, store, documents, bookId };
  await inTransaction(pool, (client) => append(client, bookId, ['BookCreated']));
  return {
    ...rig,
    post: (entries) => inTransaction(pool, (client) => postEntries(client, bookId, entries)),
    postImport: (entries) =>
      inTransaction(pool, async (client) => {
        const head = await append(client, bookId, ['ImportPosted']);
        await postImport(client, bookId, head, entries);
        return head;
      }),
    record: (type, change) =>
      inTransaction(pool, async (client) => {
        const head = await append(client, bookId, [type]);
        await client.query('update books set presentation_position = $2 where id = $1', [
          bookId,
          head,
        ]);
        if (change) await client.query(change);
        return head;
      }),
    async close() {
      await documents.close();
      await ledger.close();
      await pool.end();
      await administer(databaseUrl, `drop database ${name} with (force)`);
    },
  };
}

async function administer(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function createBook(pool: pg.Pool): Promise<number> {
  await pool.query(
    `insert into users (email, name, password_hash) values ('ann@example.com', 'Ann', 'x')`,
  );
  const { rows } = await pool.query<{ id: number }>(
    `insert into books (slug, name, base_currency, start_date, first_year_end, chart, time_zone, locale,
       negatives, legal_name, presentation_position)
     values ('nord', 'Nord', 'EUR', '${FIRST_YEAR}-01-01', '${FIRST_YEAR}-12-31', 'empty', 'Europe/Oslo', 'en-GB', 'minus', 'Nord AS', 1)
     returning id`,
  );
  const bookId = rows[0]!.id;
  await pool.query(
    `insert into accounts (id, book_id, code, name, path, type, opened_position)
     select n, $1, (1000 + n)::text, 'Account ' || n, 'Account ' || n, ($2::text[])[(n - 1) / $3::int + 1], 1
     from generate_series(1, $3::int * 5) n`,
    [bookId, ACCOUNTS, PER_TYPE],
  );
  return bookId;
}

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  } finally {
    client.release();
  }
}

/** Entries over the first two years, the same in every run. */
export function madeUpEntries(count: number): RigEntry[] {
  let seed = 4_711;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  return Array.from({ length: count }, () => {
    const month = next(24);
    const date = `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    const [first, second] = [BigInt(1 + next(900_000)), BigInt(1 + next(90_000))];
    return {
      date: `${date}-${String(1 + next(28)).padStart(2, '0')}`,
      lines: [
        [1 + next(PER_TYPE * 5), first],
        [1 + next(PER_TYPE * 5), second],
        [1 + next(PER_TYPE), -first - second],
      ],
    };
  });
}

/** Every head as `report/period digest`, sorted: equal lists are equal documents. */
export async function digestsOf({ documents, bookId }: LedgerRig): Promise<string[]> {
  const heads = await documents.heads(bookId);
  return heads.map(({ report, period, digest }) => `${report}/${period} ${digest}`).sort();
}
