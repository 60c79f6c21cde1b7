// A worker killed with −9 at any moment of an import: it ends posted as a whole or rejected as a whole, and once.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { bytesOf } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book?.stop());

const ENTRIES = 4_000;
const MOMENTS = 10;

function csv(faulty: boolean): string {
  const rows = ['date,reference,account,debit,credit'];
  for (let nth = 1; nth <= ENTRIES; nth++) {
    rows.push(`2026-03-01,R${nth},1000,${nth}.00,`, `2026-03-01,R${nth},4000,,${nth}.00`);
  }
  if (faulty) rows.push('2026-03-01,X,1000,1.00,');
  return `${rows.join('\n')}\n`;
}

const start = async (text: string) =>
  accepted(
    await book.commands.startImport(book.call(), {
      format: 'csv',
      fileName: 'killed.csv',
      options: {},
      file: bytesOf(text),
    }),
  ).id;

const worker = (id: number): ChildProcess =>
  spawn(
    process.execPath,
    [join(import.meta.dirname, 'import-process.ts'), book.rig.databaseUrl, `${id}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

/** How long a worker needs that nobody kills. */
async function finish(id: number): Promise<number> {
  const began = performance.now();
  const child = worker(id);
  await once(child, 'exit');
  return performance.now() - began;
}

const stateOf = async (id: number) => {
  const { rows } = await book.store.pool.query<{
    state: string;
    staged: number;
    head: number;
    last: number;
  }>(
    `select i.state, (select count(*)::int from posted_entries e where e.import_id = i.id) as staged,
       b.head, b.last_number as last from imports i join books b on b.id = i.book_id where i.id = $1`,
    [id],
  );
  return rows[0]!;
};

test.each([
  ['a good file', false],
  ['a faulty file', true],
])('%s', async (_, faulty) => {
  const first = await start(`${csv(faulty)}\n\n`);
  const whole = await finish(first);
  const before = await stateOf(first);
  const id = await start(csv(faulty));
  for (let moment = 1; moment <= MOMENTS; moment++) {
    const child = worker(id);
    await sleep((whole * moment) / (MOMENTS + 1));
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const { state, staged } = await stateOf(id);
    expect(staged, `after the kill at moment ${moment}`).toBe(state === 'posted' ? ENTRIES : 0);
    // Whoever posts meanwhile is not held up by what the dead worker held.
    accepted(
      await book.commands.postJournalEntry(
        book.call(),
        twoLines('2026-02-01', '1000', '4000', '1.00'),
      ),
    );
  }
  // PostgreSQL may need a moment to see that the last worker is gone.
  await expect
    .poll(async () => finish(id).then(async () => (await stateOf(id)).state), { timeout: 30_000 })
    .toBe(faulty ? 'rejected' : 'posted');
  const after = await stateOf(id);
  const imported = faulty ? 0 : 1;
  expect(after.last - before.last).toBe(MOMENTS + imported * ENTRIES);
  expect(after.head - before.head).toBe(MOMENTS + imported);
  expect((await verifyBooks(book.store)).map(({ difference }) => difference)).toEqual([null]);
});

test('verify names what somebody changed behind the ledger’s back', async () => {
  const owner = book.rig.databaseUrl;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  const verdict = async () => (await verifyBooks(book.store))[0]!.difference;
  await client.query("update accounts set name = 'Forged' where code = '1000'");
  expect(await verdict()).toMatch(/table accounts, row \d+: 1000 \| Forged/);
  await client.query("update accounts set name = 'Bank' where code = '1000'");
  await client.query('update account_balances set debit = debit + 1 where debit > 0');
  expect(await verdict()).toMatch(/table account_balances, row/);
  await client.query('update account_balances set debit = debit - 1 where debit > 0');
  await client.query("set session_replication_role = 'replica'");
  await client.query("update postings set memo = 'forged' where line = 1 and import_id is null");
  expect(await verdict()).toMatch(/event \d+, JournalEntryPosted: table postings, entry \d+/);
  await client.query("update postings set memo = '' where line = 1 and import_id is null");
  await client.query(
    "update events set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '1000', '1001'), 'UTF8') where type = 'AccountOpened'",
  );
  expect(await verdict()).toMatch(/event \d+, AccountOpened: the chain is broken/);
  await client.end();
});
