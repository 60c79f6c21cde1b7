// Runs one import to its end: posted as a whole, rejected as a whole, or waiting in preview. A session lock says who
// works on it; all it writes is one transaction, so that whoever is killed at any moment leaves nothing behind.
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Notify } from '#ledger/commands/answer.ts';
import type { Staged } from '#ledger/commands/import-stage.ts';
import { isRetryable } from '#ledger/commands/in-transaction.ts';
import { postImport, type ReadyImport } from '#ledger/commands/post-import.ts';
import { stageImport } from '#ledger/commands/stage-import.ts';
import type { AccountType } from '#ledger/domain/account.ts';
import { type CalendarDate, todayIn } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { FORMATS } from './import-formats.ts';
import { importText } from './import-text.ts';

export interface ImportWork {
  readonly store: LedgerStore;
  readonly notify: Notify;
  readonly log: Logger;
}

interface ImportOptions {
  readonly createAccounts: boolean;
  readonly createParties: boolean;
  readonly createValues: boolean;
  readonly types: Readonly<Record<string, AccountType>>;
  readonly preview: boolean;
  readonly again: boolean;
  readonly closingEntries: 'recognise' | 'keep-kind';
  readonly openingDate?: CalendarDate;
  readonly openingDifference?: string;
}

interface ImportRow extends Omit<ReadyImport, 'again'> {
  readonly state: string;
  readonly format: keyof typeof FORMATS;
  readonly encoding: string;
  readonly file_bytes: number;
  readonly options: ImportOptions;
  readonly base_currency: CurrencyCode;
  readonly locale: string;
  readonly time_zone: string;
  readonly start_date: CalendarDate;
  readonly first_year_end: CalendarDate;
  readonly locked_through: CalendarDate | null;
}

/** First half of the advisory locks of imports; the second is the import's id. */
const LOCK_CLASS = 0x696d;
const PROGRESS_MS = 250;
/** Postings per statement: some 60 ms of work for PostgreSQL. */
const BATCH_SIZE = 5_000;
/** After files of this size the planner's statistics are made anew at once. */
const LARGE_BYTES = 1_000_000;
/** A file is read again when the book changed under it; so often at most in one go. */
const ROUNDS = 5;

const ROW = `
  select i.id, i.book_id, i.state, i.format, i.options, i.file_sha256, i.created_by, i.entries, i.postings,
    i.from_date::text, i.to_date::text, i.digest, i.new_accounts, i.new_masters, i.sums, i.units, i.details, i.encoding,
    i.file_bytes::float8, b.base_currency, b.locale, b.time_zone,
    b.start_date::text, b.first_year_end::text, b.locked_through::text
  from imports i join books b on b.id = i.book_id where i.id = $1`;

/** @returns whether this import was worked on here; not when somebody else does */
export async function runImport(work: ImportWork, importId: number): Promise<boolean> {
  const client = await work.store.pool.connect();
  let broken = true;
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1, $2) as mine',
      [LOCK_CLASS, importId],
    );
    const mine = rows[0]!.mine;
    if (mine) {
      await toTheEnd(work, client, importId);
      await client.query('select pg_advisory_unlock($1, $2)', [LOCK_CLASS, importId]);
    }
    broken = false;
    return mine;
  } finally {
    // A closed connection gives up its lock and its transaction.
    client.release(broken);
  }
}

async function toTheEnd(work: ImportWork, client: pg.PoolClient, importId: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const row = (await client.query<ImportRow>(ROW, [importId])).rows[0];
    if (!row || row.state === 'preview' || row.state === 'posted') return;
    if (row.state === 'abandoned' || row.state === 'rejected') {
      await clear(client, row.id);
      return;
    }
    if (await attempt(work, client, row)) return;
  }
}

/** @returns whether the import came to rest; if not, the book changed under it and its file is read again */
async function attempt(work: ImportWork, client: pg.PoolClient, row: ImportRow): Promise<boolean> {
  const { notify, log } = work;
  try {
    const done = row.state === 'posting' ? await post(client, row) : await stage(work, client, row);
    notify.importProgressed(row.id);
    if (done === 'posted') notify.bookChanged(row.book_id);
    if (done === 'posted' && row.file_bytes >= LARGE_BYTES)
      await client.query('select analyze_ledger()');
    return done !== 'outdated';
  } catch (err) {
    // Fails on a connection that is gone: then somebody tries again later.
    await client.query('rollback');
    if (isRetryable(err)) return false;
    log.error({ err, importId: row.id }, 'an import failed');
    await reject(client, row.id, {
      issues: [
        {
          line: 1,
          column: 1,
          code: 'fault',
          message: 'Daybook could not read this file. Its operator finds the reason in the log.',
        },
      ],
      issueCount: 1,
    });
    notify.importProgressed(row.id);
    return true;
  }
}

type Rest = 'posted' | 'waiting' | 'rejected' | 'outdated';

async function stage(work: ImportWork, client: pg.PoolClient, row: ImportRow): Promise<Rest> {
  await client.query(
    `update imports set state = 'running', done = 0, started_at = coalesce(started_at, clock_timestamp())
     where id = $1`,
    [row.id],
  );
  work.notify.importProgressed(row.id);
  // Of an earlier preview, and on its own: it locks the import's row, and the progress is written past this transaction.
  await deleteStaged(client, row.id);
  await client.query('begin');
  const staged = await stageImport(client, factsOf(row), () => itemsOf(work, row));
  if (staged.issueCount > 0) {
    await client.query('rollback');
    await reject(client, row.id, staged);
    return 'rejected';
  }
  if (row.options.preview) {
    await client.query(
      `update imports set state = 'preview', done = file_bytes, entries = $2, postings = $3, digest = $4,
         from_date = $5, to_date = $6, new_accounts = $7, preview = $8, sums = $9, units = $10, details = $11,
         new_masters = $12 where id = $1`,
      [
        row.id,
        staged.entries,
        staged.postings,
        staged.digest,
        staged.from,
        staged.to,
        JSON.stringify(staged.newAccounts),
        staged.preview,
        JSON.stringify(staged.sums),
        staged.units,
        staged.details,
        staged.newMasters,
      ],
    );
    await client.query('commit');
    return 'waiting';
  }
  const ready = {
    ...row,
    entries: staged.entries,
    postings: staged.postings,
    digest: staged.digest,
    sums: staged.sums,
    units: staged.units,
    details: staged.details,
    from_date: staged.from!,
    to_date: staged.to!,
    new_accounts: staged.newAccounts as ReadyImport['new_accounts'],
    new_masters: staged.newMasters,
  };
  return settle(client, ready);
}

async function post(client: pg.PoolClient, row: ImportRow): Promise<Rest> {
  await client.query('begin');
  const rest = await settle(client, row);
  if (rest === 'outdated') {
    await client.query("update imports set state = 'queued' where id = $1", [row.id]);
  }
  return rest;
}

/** Posts what is staged and ends the transaction. */
async function settle(client: pg.PoolClient, row: ImportRow): Promise<Rest> {
  const posted = await postImport(client, { ...row, again: row.options.again });
  await client.query(posted.outcome === 'posted' ? 'commit' : 'rollback');
  if (posted.outcome !== 'refused') return posted.outcome;
  const { code, message } = posted;
  await reject(client, row.id, {
    issues: [{ line: 1, column: 1, code, message }],
    issueCount: 1,
  });
  return 'rejected';
}

async function reject(
  client: pg.PoolClient,
  importId: number,
  { issues, issueCount }: Pick<Staged, 'issues' | 'issueCount'>,
): Promise<void> {
  await client.query(
    `update imports set state = 'rejected', errors = $2, error_count = $3, preview = null, new_accounts = '[]', sums = '[]',
       new_masters = default, units = default, details = default, entries = 0, postings = 0, finished_at = clock_timestamp() where id = $1`,
    [importId, JSON.stringify(issues), issueCount],
  );
  await clear(client, importId);
}

/** Deletes what an import that will not be posted has staged, and its file. */
async function clear(client: pg.PoolClient, importId: number): Promise<void> {
  await deleteStaged(client, importId);
  await client.query('delete from import_chunks where import_id = $1', [importId]);
}

async function deleteStaged(client: pg.PoolClient, importId: number): Promise<void> {
  await client.query(
    'delete from postings where entry_id in (select id from journal_entries where import_id = $1)',
    [importId],
  );
  await client.query('delete from journal_entries where import_id = $1', [importId]);
}

const factsOf = (row: ImportRow) => ({
  book: row.book_id,
  importId: row.id,
  currency: row.base_currency,
  exponent: exponentOf(row.base_currency),
  startDate: row.start_date,
  firstYearEnd: row.first_year_end,
  lockedThrough: row.locked_through,
  today: todayIn(row.time_zone, Date.now()),
  types: row.options.types,
  closingEntries: row.options.closingEntries,
  createAccounts: row.options.createAccounts,
  createParties: row.options.createParties,
  createValues: row.options.createValues,
  preview: row.options.preview,
  batchSize: BATCH_SIZE,
});

function itemsOf({ notify, store }: ImportWork, row: ImportRow) {
  let told = Date.now();
  const progress = async (bytes: number) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    await store.pool.query('update imports set done = $2 where id = $1', [row.id, bytes]);
    notify.importProgressed(row.id);
  };
  const { openingDate, openingDifference } = row.options;
  return FORMATS[row.format](importText(store, row, progress), {
    currency: row.base_currency,
    exponent: exponentOf(row.base_currency),
    locale: row.locale,
    ...(openingDate && { openingDate }),
    ...(openingDifference && { openingDifference }),
  });
}
