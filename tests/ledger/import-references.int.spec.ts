// What the database itself refuses of entries and lines, whoever writes them.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRows } from '#ledger/store/copy-rows.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
let owner: pg.Client;
let preview: number;
let entry: string;
beforeAll(async () => {
  book = await openBook();
  owner = new pg.Client({ connectionString: book.rig.databaseUrl });
  await owner.connect();
  const text = 'date,account,debit,credit\n2026-01-05,1000,1.00,\n2026-01-05,4000,,1.00\n';
  preview = (await importFile(book, 'csv', text, { preview: true })).id;
  accepted(
    await book.commands.postJournalEntry(
      book.call(randomUUID()),
      twoLines('2026-01-06', '1000', '4000', '2.00'),
    ),
  );
  entry = (await owner.query('select id from journal_entries where import_id = $1', [preview]))
    .rows[0].id;
});
afterAll(async () => {
  await owner?.end();
  await book?.stop();
});

const lines = (of: string, at: { line?: number; date?: string; book?: number } = {}) =>
  owner.query(
    `insert into postings (entry_id, line, book_id, import_id, account_id, entry_date, side, amount)
     select $1, $2 + nth, $3, $4, 1, $5, nth * 2 - 1, 5 from generate_series(0, 1) nth`,
    [of, at.line ?? 50, at.book ?? book.bookId, preview, at.date ?? '2026-01-05'],
  );
const entries = (columns: string, values: string) =>
  owner.query(
    `insert into journal_entries (entry_date, kind, description, ${columns}) values ('2026-01-05', 'ordinary', 'x', ${values})`,
  );

test('lines need an entry of their book, import and day', async () => {
  const missing = { code: '23503' };
  await expect(lines('999999')).rejects.toMatchObject(missing);
  await expect(lines(entry, { date: '2026-01-06' })).rejects.toMatchObject(missing);
  await expect(lines(entry, { book: book.bookId + 1 })).rejects.toMatchObject(missing);
});

test('entries need their book, user and import, an import of that book, and what they reverse', async () => {
  const missing = { code: '23503' };
  const { bookId, ownerId } = book;
  const single = 'book_id, number, position, recorded_at, user_id';
  await expect(entries(single, `999, 900, 900, now(), ${ownerId}`)).rejects.toMatchObject(missing);
  await expect(entries(single, `${bookId}, 900, 900, now(), 999`)).rejects.toMatchObject(missing);
  await expect(entries('book_id, import_id, ordinal', `${bookId}, 999, 1`)).rejects.toMatchObject(
    missing,
  );
  await expect(
    entries(`${single}, reverses_id`, `${bookId}, 900, 900, now(), ${ownerId}, 999999`),
  ).rejects.toMatchObject(missing);
});

test('an import with entries, entries with lines and posted entries stay', async () => {
  await expect(owner.query('delete from imports where id = $1', [preview])).rejects.toMatchObject({
    code: '23503',
  });
  await expect(
    owner.query('delete from journal_entries where import_id = $1', [preview]),
  ).rejects.toMatchObject({ code: '23503' });
  await expect(owner.query('delete from postings where import_id is null')).rejects.toMatchObject({
    code: '23001',
  });
  await expect(owner.query('truncate imports cascade')).rejects.toMatchObject({ code: '23001' });
});

test('rows that are refused leave the connection usable, though more of them were on their way', async () => {
  const entries = { table: 'journal_entries', columns: 'id, book_id', text: 'no number\t1\n' };
  const lines = { table: 'postings', columns: 'entry_id, line', text: '1\t1\n'.repeat(50_000) };
  await owner.query('begin');
  await expect(copyRows(owner, [entries, lines])).rejects.toMatchObject({ code: '22P02' });
  await owner.query('rollback');
  expect((await owner.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('who deletes an import’s lines waits for who adds some', async () => {
  const adding = new pg.Client({ connectionString: book.rig.databaseUrl });
  await adding.connect();
  try {
    await adding.query('begin');
    await adding.query(
      `insert into postings (entry_id, line, book_id, import_id, account_id, entry_date, side, amount)
       select $1, 70 + nth, $2, $3, 1, '2026-01-05', nth * 2 - 1, 5 from generate_series(0, 1) nth`,
      [entry, book.bookId, preview],
    );
    const deleting = owner
      .query('begin')
      .then(() => owner.query('delete from postings where import_id = $1', [preview]))
      .then(() => owner.query('delete from journal_entries where import_id = $1', [preview]))
      .then(
        () => 'deleted',
        (fault: { code: string }) => fault.code,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await adding.query('commit');
    expect(await deleting).toBe('23503');
  } finally {
    await owner.query('rollback');
    await adding.end();
  }
});
