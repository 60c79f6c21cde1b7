// Copies of what the read path needs to know about people, keys, books and imports. For the composition root: wire
// `notify.accessChanged` to copyAccess and `notify.importChanged` to copyImport in the process that ran the command;
// the sweeper's rounds call repairAccess. Copying is serialised by a lock, so an older reading never lands last.
import type { Role } from '#ledger/domain/permissions.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type {
  ApiKeyAccess,
  BookCopy,
  ImportProgress,
  PersonAccess,
} from '#reports/documents/reader.ts';
import {
  type LedgerConnection,
  type LedgerSource,
  readBook,
  select,
} from './recompute-snapshot.ts';
import { bookCopy } from './recompute-step.ts';

export interface AccessSource {
  readonly store: LedgerSource;
  readonly documents: Documents;
}

/** What changed; lists left out are empty. */
export interface AccessChange {
  readonly userIds?: readonly number[];
  /** SHA-256 of the key, hexadecimal. */
  readonly apiKeyHashes?: readonly string[];
  readonly bookIds?: readonly number[];
}

const ACCESS_LOCK = 0x6163;

/** Copies the people, keys and books named. @throws when either database is away: the sweeper repairs it later. */
export async function copyAccess(
  { store, documents }: AccessSource,
  change: AccessChange,
): Promise<void> {
  await inTurn(store, async (connection) => {
    const { access } = documents;
    for (const person of await readPeople(connection, change.userIds ?? []))
      await access.putPerson(person);
    for (const [hash, key] of await readKeys(connection, change.apiKeyHashes ?? [])) {
      await access.putApiKey(hash, key);
    }
    for (const id of change.bookIds ?? []) {
      const book = await readBook(connection, id);
      if (book) await access.putBook(bookCopy(book));
    }
  });
}

/** Copies the progress of an import. */
export async function copyImport(
  { store, documents }: AccessSource,
  importId: number,
): Promise<void> {
  await inTurn(store, async (connection) => {
    for (const progress of await readImports(connection, [importId])) {
      await documents.access.putImport(progress);
    }
  });
}

/** Compares all copies with the ledger and writes those that differ. @returns how many. */
export function repairAccess({ store, documents }: AccessSource): Promise<number> {
  const { access } = documents;
  return inTurn(store, async (connection) => {
    let repaired = 0;
    const repair = async (wanted: unknown, found: unknown, put: () => Promise<void>) => {
      if (sameContent(wanted, found)) return;
      await put();
      repaired++;
    };
    const people = byId(await access.people());
    for (const person of await readPeople(connection, null)) {
      await repair(person, people.get(person.id), () => access.putPerson(person));
    }
    const keys = await access.apiKeys();
    for (const [hash, key] of await readKeys(connection, null)) {
      await repair(key, keys.get(hash), () => access.putApiKey(hash, key));
    }
    const books = byId(await access.books());
    for (const book of await readBooks(connection)) {
      await repair(book, books.get(book.id), () => access.putBook(book));
    }
    const recent = await readImports(connection, null);
    const imports = byId(await access.imports(recent.map(({ id }) => id)));
    for (const progress of recent) {
      await repair(progress, imports.get(progress.id), () => access.putImport(progress));
    }
    return repaired;
  });
}

async function inTurn<Result>(
  store: LedgerSource,
  work: (connection: LedgerConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await store.pool.connect();
  let broken = true;
  try {
    await connection.query('begin');
    await connection.query('select pg_advisory_xact_lock($1)', [ACCESS_LOCK]);
    const result = await work(connection);
    await connection.query('commit');
    broken = false;
    return result;
  } finally {
    connection.release(broken);
  }
}

const byId = <Value extends { readonly id: number }>(
  values: readonly Value[],
): Map<number, Value> => new Map(values.map((value) => [value.id, value]));

/** Whether two copies say the same, whatever the order of their keys. */
const sameContent = (a: unknown, b: unknown): boolean => sortedJson(a) === sortedJson(b);

const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

interface PersonRow extends Omit<PersonAccess, 'memberships'> {
  memberships: { book: number; role: Role }[];
}

/** @param ids whom to read; null: everybody. */
const readPeople = (
  connection: LedgerConnection,
  ids: readonly number[] | null,
): Promise<PersonRow[]> =>
  select<PersonRow>(
    connection,
    `select u.id, u.epoch, u.name, u.email,
       coalesce((select json_agg(json_build_object('book', m.book_id, 'role', m.role) order by m.book_id)
         from memberships m where m.user_id = u.id), '[]'::json) as memberships
     from users u where $1::int[] is null or u.id = any($1::int[])`,
    [ids],
  );

async function readKeys(
  connection: LedgerConnection,
  hashes: readonly string[] | null,
): Promise<[string, ApiKeyAccess][]> {
  const rows = await select<ApiKeyAccess & { hash: string }>(
    connection,
    `select hash, id, user_id as "userId", book_id as book, revoked_at is not null as revoked
     from api_keys where $1::text[] is null or hash = any($1::text[])`,
    [hashes],
  );
  return rows.map(({ hash, ...key }) => [hash, key]);
}

async function readBooks(connection: LedgerConnection): Promise<BookCopy[]> {
  const books: BookCopy[] = [];
  for (const { id } of await select<{ id: number }>(connection, 'select id from books', [])) {
    const book = await readBook(connection, id);
    if (book) books.push(bookCopy(book));
  }
  return books;
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const instant = (column: string, name: string) =>
  `to_char(${column} at time zone 'UTC', ${INSTANT}) as "${name}"`;

/** @param ids which to read; null: all of the last days, older ones don't change any more. */
const readImports = (
  connection: LedgerConnection,
  ids: readonly number[] | null,
): Promise<ImportProgress[]> =>
  select<ImportProgress>(
    connection,
    `select id, book_id as book, state, format, file_name as "fileName", done::int as done, total::int as total,
       entries::int as entries, postings::int as postings, error_count::int as "errorCount", position,
       ${instant('created_at', 'createdAt')}, ${instant('started_at', 'startedAt')},
       ${instant('finished_at', 'finishedAt')}
     from imports
     where case when $1::int[] is null then created_at > now() - interval '3 days' else id = any($1::int[]) end`,
    [ids],
  );
