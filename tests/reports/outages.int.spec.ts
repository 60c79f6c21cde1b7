// What may go wrong around a recompute: a worker killed at any moment, two workers at once, MongoDB away. The ledger
// goes on, and the documents end current, the same as if nothing had happened.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { type CuttableLine, cuttableLine } from '#tests/rig/cuttable-line.ts';
import { noteLate } from '#workers/note-late.ts';
import { type RecomputeInput, rebuildBook, recomputeBook } from '#workers/recompute.ts';
import { copyAccess, copyImport, repairAccess } from '#workers/recompute-access.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { startSweeper, sweepOnce } from '#workers/sweeper.ts';
import { FIRST_YEAR, type LedgerRig, madeUpEntries, startLedger } from './ledger-rig.ts';

let rig: LedgerRig;
let line: CuttableLine;
const input = (): RecomputeInput => ({
  store: rig.store,
  documents: rig.documents,
  bookId: rig.bookId,
});
const SALE = [
  [1, 5_00n],
  [61, -5_00n],
] as const;

beforeEach(async () => {
  line = await cuttableLine(inject('mongoUrl'));
  rig = await startLedger(inject('databaseUrl'), line.url, 1_000);
  await rig.post(madeUpEntries(300));
}, 60_000);
afterEach(async () => {
  line.mend();
  await rig.close();
  await line.close();
});

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));
const position = async () => (await rig.documents.position(rig.bookId))?.position;

async function until(what: () => Promise<boolean>, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms`);
    await pause(20);
  }
}

const TODAY = new Date().toISOString().slice(0, 10);

function startWorker(): ChildProcess {
  const script = join(import.meta.dirname, 'worker-process.ts');
  const args = [script, rig.databaseUrl, inject('mongoUrl'), rig.dbName, `${rig.bookId}`];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

it('ends current when workers are killed with -9 while they recompute', async () => {
  let head = 0;
  for (const patience of [0, 15, 30, 60, 120, 240]) {
    const worker = startWorker();
    await new Promise((resume) => worker.stdout!.once('data', resume));
    const ended = new Promise((resume) => worker.once('exit', resume));
    head = await rig.post([{ date: `${FIRST_YEAR}-02-01`, lines: SALE }]);
    await pause(patience);
    worker.kill('SIGKILL');
    await ended;
    for (const { digest } of await rig.documents.heads(rig.bookId)) {
      expect(await rig.documents.body(digest)).not.toBeNull();
    }
  }
  expect(await recomputeBook(input())).toMatchObject({ state: 'level' });
  expect(await position()).toBe(head);
  expect((await reconcileBook(input())).differences).toEqual([]);
}, 120_000);

it('keeps two workers of one book out of each other’s way', async () => {
  const workers = [startWorker(), startWorker()];
  await Promise.all(
    workers.map((worker) => new Promise((resume) => worker.stdout!.once('data', resume))),
  );
  let head = 0;
  for (let at = 0; at < 30; at++) head = await rig.post([{ date: TODAY, lines: SALE }]);
  await until(async () => (await position()) === head, 10_000);
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all(workers.map((worker) => new Promise((resume) => worker.once('exit', resume))));
  expect((await reconcileBook(input())).differences).toEqual([]);
}, 60_000);

it('catches up by itself when MongoDB comes back', async () => {
  await recomputeBook(input());
  const sweeper = startSweeper({ ...input(), everyMs: 100 });
  line.cut();
  let head = 0;
  for (let at = 0; at < 20; at++) head = await rig.post([{ date: TODAY, lines: SALE }]);
  await expect(recomputeBook(input())).rejects.toThrow();
  line.mend();
  await until(async () => (await position().catch(() => 0)) === head, 15_000);
  await sweeper.stop();
  expect((await reconcileBook(input())).differences).toEqual([]);
}, 60_000);

it('finds late books, and those that never had documents', async () => {
  expect(await sweepOnce({ ...input(), stillMs: 0 })).toBe(1);
  expect(await sweepOnce({ ...input(), stillMs: 0 })).toBe(0);
  await rig.post([{ date: `${FIRST_YEAR}-05-05`, lines: SALE }]);
  expect(await sweepOnce({ ...input(), stillMs: 0 })).toBe(1);
  expect(await sweepOnce({ ...input(), stillMs: 0 })).toBe(0);
});

it('tells readers that documents are late only when they stay behind', async () => {
  const faults: unknown[] = [];
  const late = noteLate({ ...input(), fault: (fault) => faults.push(fault), afterMs: 40 });
  const head = async () => (await rig.documents.position(rig.bookId))!.head;
  await recomputeBook(input());
  const before = await head();
  await rig.post([{ date: TODAY, lines: SALE }]);
  late.changed(rig.bookId);
  await recomputeBook(input());
  expect(await head()).toBe(before + 1);
  const second = await rig.post([{ date: TODAY, lines: SALE }]);
  late.changed(rig.bookId);
  await until(async () => (await head()) === second, 5_000);
  expect((await rig.documents.position(rig.bookId))?.position).toBe(second - 1);
  await rig.documents.noteHead(rig.bookId, second - 1);
  expect(await head()).toBe(second);
  await rig.documents.noteHead(rig.bookId, second + 5);
  await recomputeBook(input());
  expect(await head(), 'a move lowers nothing').toBe(second + 5);
  await rebuildBook(input());
  expect(await head(), 'what the ledger hasn’t is forgotten').toBe(second);
  expect(faults).toEqual([]);
  late.close();
});

it('finds books whose documents are of an older catalogue, though nobody posts to them', async () => {
  await recomputeBook(input());
  const { recent, token, ...stored } = (await rig.documents.storedPosition(rig.bookId))!;
  const older = { ...stored, schemaVersion: stored.schemaVersion - 1 };
  await rig.documents.move({
    ...{ book: rig.bookId, expected: { recent, token }, heads: [], next: older },
    ...{ last: { ms: 1, documents: 0, lagMs: 1 }, replaced: [] },
  });
  expect(await sweepOnce(input())).toBe(1);
  expect(await sweepOnce(input())).toBe(0);
  const now = await rig.documents.storedPosition(rig.bookId);
  expect(now?.schemaVersion).toBe(stored.schemaVersion);
});

it('copies what reading needs to know, and repairs what was missed', async () => {
  const { pool } = rig.store;
  await pool.query(`insert into memberships select b.id, u.id, 'manager' from books b, users u`);
  await pool.query(
    `insert into api_keys (user_id, name, hash, prefix) select id, 'k', 'abc', 'dk' from users`,
  );
  await pool.query(`
    insert into imports (book_id, state, format, file_name, options, created_by)
    select b.id, 'running', 'csv', 'ledger.csv', '{}', u.id from books b, users u`);
  const { rows } = await pool.query<{ id: number }>('select id from users');
  const userId = rows[0]!.id;
  await copyAccess(input(), { userIds: [userId], bookIds: [rig.bookId] });
  expect(await rig.documents.person(userId)).toMatchObject({
    ...{ name: 'Ann', epoch: 1 },
    memberships: [{ book: rig.bookId, role: 'manager' }],
  });
  expect(await rig.documents.bookBySlug('nord')).toMatchObject({
    id: rig.bookId,
    legalName: 'Nord AS',
  });
  expect(await rig.documents.apiKey('abc')).toBeNull();
  expect(await repairAccess(input())).toBe(2);
  expect(await rig.documents.apiKey('abc')).toMatchObject({ userId, revoked: false });
  await pool.query(`update api_keys set revoked_at = now()`);
  await pool.query('delete from memberships');
  await pool.query(`update imports set done = 7, total = 9`);
  await copyImport(input(), 1);
  expect(await rig.documents.importProgress(rig.bookId)).toMatchObject([{ done: 7, total: 9 }]);
  expect(await repairAccess(input())).toBe(2);
  expect(await rig.documents.person(userId)).toMatchObject({ memberships: [] });
  expect(await rig.documents.apiKey('abc')).toMatchObject({ revoked: true });
  expect(await repairAccess(input())).toBe(0);
});
