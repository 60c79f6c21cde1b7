// The rows of the ledger rig: events, entries, imports and balances, written as the ledger's wrapper writes them.
import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';

export interface RigEntry {
  readonly date: string;
  readonly closing?: boolean;
  /** Account id, and its amount: debit positive. */
  readonly lines: readonly (readonly [account: number, signed: bigint])[];
}

/** Appends events at head + 1 … and moves the head. */
export async function append(
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

export async function postEntries(
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
export async function postImport(
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
