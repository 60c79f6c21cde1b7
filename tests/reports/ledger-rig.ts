// A ledger on a real database and its documents on a real document store, for the recompute's tests: fresh databases,
// the project's migrations, a book, and entries that are written as the ledger's wrapper writes them.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';

export interface RigEntry {
  readonly date: string;
  readonly closing?: boolean;
  /** Account id, and its amount: debit positive. */
  readonly lines: readonly (readonly [account: number, signed: bigint])[];
}

export interface LedgerRig {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName: string;
  readonly store: { readonly pool: pg.Pool };
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

/** @param databaseUrl a PostgreSQL in which databases may be created. */
export async function startLedger(databaseUrl: string, mongoUrl: string): Promise<LedgerRig> {
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
  const documents = await openDocuments({ url: mongoUrl, dbName: name, patienceMs: 1_000 });
  const rig = { databaseUrl: url.href, mongoUrl, dbName: name, store: { pool }, documents, bookId };
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
     values ('nord', 'Nord', 'EUR', '2024-01-01', '2024-12-31', 'empty', 'Europe/Oslo', 'en-GB', 'minus', 'Nord AS', 1)
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

/** Appends events at head + 1 … and moves the head. */
async function append(
  client: pg.PoolClient,
  bookId: number,
  types: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ head: number; head_hash: Buffer }>(
    'select head, head_hash from books where id = $1 for update',
    [bookId],
  );
  let { head, head_hash: hash } = rows[0]!;
  const hashes: Buffer[] = [];
  for (const type of types) {
    hash = createHash('sha256').update(hash).update(type).update(randomBytes(8)).digest();
    hashes.push(hash);
  }
  await client.query(
    `insert into events (book_id, position, type, version, bytes, hash, recorded_at, user_id)
     select $1, $2 + n, type, 1, '{}', hash, clock_timestamp(), (select min(id) from users)
     from unnest($3::text[], $4::bytea[]) with ordinality as new (type, hash, n)`,
    [bookId, head, types, hashes],
  );
  head += types.length;
  await client.query('update books set head = $2, head_hash = $3 where id = $1', [
    bookId,
    head,
    hash,
  ]);
  return head;
}

async function postEntries(
  client: pg.PoolClient,
  bookId: number,
  entries: readonly RigEntry[],
): Promise<number> {
  const head = await append(
    client,
    bookId,
    entries.map(() => 'JournalEntryPosted'),
  );
  const first = head - entries.length;
  await client.query(
    `insert into journal_entries (book_id, number, position, entry_date, kind, closing, reference, description,
       recorded_at, user_id)
     select $1, b.last_number + n, $2 + n, date, 'ordinary', closing, 'R' || n, 'Entry ' || b.last_number + n,
       now(), (select min(id) from users)
     from unnest($3::date[], $4::bool[]) with ordinality as new (date, closing, n), books b where b.id = $1`,
    [
      bookId,
      first,
      entries.map(({ date }) => date),
      entries.map(({ closing }) => closing ?? false),
    ],
  );
  const lines = entries.flatMap((entry, at) =>
    entry.lines.map(([account, signed], line) => ({
      position: first + at + 1,
      line,
      account,
      signed,
    })),
  );
  await client.query(
    `insert into postings (entry_id, line, book_id, account_id, entry_date, side, amount)
     select e.id, new.line, $1, new.account, e.entry_date, case when signed < 0 then -1 else 1 end, abs(signed)
     from unnest($2::int[], $3::int[], $4::int[], $5::bigint[]) as new (position, line, account, signed)
       join journal_entries e on e.book_id = $1 and e.position = new.position`,
    [
      bookId,
      ...(['position', 'line', 'account', 'signed'] as const).map((key) =>
        lines.map((line) => line[key]),
      ),
    ],
  );
  await client.query(
    `insert into account_balances (book_id, account_id, month, closing, debit, credit, last_position)
     select $1, p.account_id, to_char(e.entry_date, 'YYYY-MM'), e.closing,
       coalesce(sum(p.amount) filter (where p.side > 0), 0), coalesce(sum(p.amount) filter (where p.side < 0), 0),
       max(e.position)
     from journal_entries e join postings p on p.entry_id = e.id
     where e.book_id = $1 and e.position > $2 group by 2, 3, 4
     on conflict (account_id, month, closing) do update set debit = account_balances.debit + excluded.debit,
       credit = account_balances.credit + excluded.credit, last_position = excluded.last_position`,
    [bookId, first],
  );
  await client.query('update books set last_number = last_number + $2 where id = $1', [
    bookId,
    entries.length,
  ]);
  return head;
}

/** Lines of an import in their file's order: they get numbers, not ids, in the order in which they are posted. */
async function postImport(
  client: pg.PoolClient,
  bookId: number,
  position: number,
  entries: readonly RigEntry[],
): Promise<void> {
  const lines = entries.flatMap((entry, at) =>
    entry.lines.map(([account, signed], line) => ({ ordinal: at + 1, line, account, signed })),
  );
  const { rows } = await client.query<{ id: number }>(
    `insert into imports (book_id, state, format, file_name, options, entries, postings, first_number, position,
       created_by)
     select id, 'running', 'csv', 'x.csv', '{}', $2, $3, last_number + 1, $4, (select min(id) from users)
     from books where id = $1 returning id`,
    [bookId, entries.length, lines.length, position],
  );
  const importId = rows[0]!.id;
  await client.query(
    `insert into journal_entries (book_id, import_id, ordinal, entry_date, kind, closing, description)
     select $1, $2, n, date, 'ordinary', closing, 'Line ' || n
     from unnest($3::date[], $4::bool[]) with ordinality as new (date, closing, n)`,
    [
      ...[bookId, importId],
      entries.map(({ date }) => date),
      entries.map(({ closing }) => closing ?? false),
    ],
  );
  await client.query(
    `insert into postings (entry_id, line, book_id, import_id, account_id, entry_date, side, amount)
     select e.id, new.line, $1, $2, new.account, e.entry_date, case when signed < 0 then -1 else 1 end, abs(signed)
     from unnest($3::int[], $4::int[], $5::int[], $6::bigint[]) as new (ordinal, line, account, signed)
       join journal_entries e on e.import_id = $2 and e.ordinal = new.ordinal`,
    [
      ...[bookId, importId],
      ...(['ordinal', 'line', 'account', 'signed'] as const).map((key) =>
        lines.map((line) => line[key]),
      ),
    ],
  );
  await client.query(`update imports set state = 'posted', finished_at = now() where id = $1`, [
    importId,
  ]);
  await client.query(
    `insert into account_balances (book_id, account_id, month, closing, debit, credit, last_position)
     select $1, p.account_id, to_char(e.entry_date, 'YYYY-MM'), e.closing,
       coalesce(sum(p.amount) filter (where p.side > 0), 0), coalesce(sum(p.amount) filter (where p.side < 0), 0), $3
     from journal_entries e join postings p on p.entry_id = e.id where e.import_id = $2 group by 2, 3, 4
     on conflict (account_id, month, closing) do update set debit = account_balances.debit + excluded.debit,
       credit = account_balances.credit + excluded.credit, last_position = excluded.last_position`,
    [bookId, importId, position],
  );
  await client.query('update books set last_number = last_number + $2 where id = $1', [
    bookId,
    entries.length,
  ]);
}

/** Entries over the years 2024 and 2025, the same in every run. */
export function madeUpEntries(count: number): RigEntry[] {
  let seed = 4_711;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  return Array.from({ length: count }, () => {
    const month = next(24);
    const date = `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
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
