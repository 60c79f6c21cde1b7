// Activity on a real document store: what several processes count adds up, gaps are zero, and late books, living
// processes and checks are read back as they were said.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { recordActivity } from '#server/metrics/activity-recorder.ts';
import { startNotes } from '#server/metrics/note-process.ts';

let documents: Documents;
const faults: unknown[] = [];
const fault = (reason: unknown) => void faults.push(reason);
beforeAll(async () => {
  const dbName = `activity_${randomBytes(6).toString('hex')}`;
  documents = await openDocuments({ url: inject('mongoUrl'), dbName });
  await documents.prepare();
});
afterAll(() => documents?.close());

const BOOK = 7;
const range = (now: number) => ({ from: now - (now % 60_000) - 60_000, stepMs: 60_000, count: 3 });

test('two front doors and a worker count into the same buckets', async () => {
  const at = Date.now();
  const write = (_at: number, tallies: Parameters<Documents['activity']['add']>[1]) =>
    documents.activity.add(at, tallies);
  const [one, two, worker] = [
    recordActivity(write, fault),
    recordActivity(write, fault),
    recordActivity(write, fault),
  ];
  for (let n = 0; n < 60; n++) one.download(BOOK, 'sent', 0.4);
  for (let n = 0; n < 38; n++) two.download(BOOK, 'notModified', 1.5);
  two.download(BOOK, 'failed', 80);
  two.download(BOOK, 'sent', 740);
  one.download(8, 'sent', 3);
  worker.recomputed(BOOK, {
    position: 12,
    documents: 9,
    ms: 20,
    lagMs: 90,
    checked: new Map([['months-add-up', 2]]),
  });
  worker.recomputed(BOOK, {
    position: 15,
    documents: 4,
    ms: 40,
    lagMs: 55,
    checked: new Map([['months-add-up', 3]]),
  });
  worker.rendered(BOOK);
  await Promise.all([one.close(), two.close(), worker.close()]);
  const steps = await documents.activity.steps(BOOK, range(at));
  expect(steps.map(({ sent }) => sent)).toEqual([0, 61, 0]);
  expect(steps[1]).toMatchObject({
    ...{ sent: 61, notModified: 38, failed: 1, rendered: 1 },
    ...{ recomputes: 2, documents: 13, msMean: 30, msMax: 40, lagMax: 90 },
    ...{ p50: 1, p99: 100, latencyMax: 740 },
  });
  const [held] = await documents.standing.invariants(BOOK);
  expect(held).toMatchObject({ name: 'months-add-up', sets: 5, violation: null });
  expect(Math.abs(held!.at - Date.now())).toBeLessThan(10_000);
  expect(steps[0]).toMatchObject({ recomputes: 0, p50: null, p99: null, latencyMax: 0 });
});

test('changes are steps of the documents’ position, however many workers saw them', async () => {
  const at = Date.now() - (Date.now() % 60_000);
  const move = async (when: number, position: number) => {
    const worker = recordActivity((_, tallies) => documents.activity.add(when, tallies), fault);
    worker.recomputed(20, { position, documents: 1, ms: 1, lagMs: 1, checked: new Map() });
    await worker.close();
  };
  await move(at - 60_000, 100);
  await move(at, 104);
  await move(at, 103);
  await move(at + 10_000, 110);
  const steps = await documents.activity.steps(20, range(at));
  expect(steps.map(({ changes }) => changes)).toEqual([0, 10, 0]);
});

test('a document store that is away costs the statistics of those seconds only', async () => {
  const told: unknown[] = [];
  let away = true;
  const recorder = recordActivity(
    async (_at, tallies) => {
      if (away) throw new Error('away');
      await documents.activity.add(Date.now(), tallies);
    },
    (reason) => void told.push(reason),
  );
  recorder.download(30, 'sent', 1);
  await recorder.flush();
  expect(told).toHaveLength(1);
  away = false;
  recorder.download(30, 'sent', 1);
  await recorder.close();
  const steps = await documents.activity.steps(30, range(Date.now()));
  expect(steps.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
});

test('a living process is heard of, with what it sees in the ledger', async () => {
  const ledger = {
    late: [{ book: BOOK, head: 20, lagMs: 300 }],
    lateBooks: 1,
    imports: 2,
    wakeUps: { book: 3, import: 1 },
  };
  const notes = startNotes({
    kind: 'worker',
    renders: () => 5,
    ledger: async () => ledger,
    write: documents.standing.noteProcess,
    fault,
  });
  await expect.poll(() => documents.standing.processes(), { timeout: 5_000 }).toHaveLength(1);
  notes.stop();
  const [note] = await documents.standing.processes();
  expect(note).toMatchObject({ kind: 'worker', renders: 5, ledger });
  expect(note!.rss).toBeGreaterThan(1_000_000);
});

test('the last check of each kind is kept', async () => {
  const check = { at: '2026-11-25T10:00:00.000Z', compared: 10, difference: null };
  await documents.standing.noteCheck(BOOK, { ...check, kind: 'verification' });
  await documents.standing.noteCheck(BOOK, { ...check, kind: 'reconciliation', difference: 'x' });
  await documents.standing.noteCheck(BOOK, { ...check, kind: 'verification', compared: 11 });
  const found = await documents.standing.checks(BOOK);
  expect(found.find(({ kind }) => kind === 'verification')?.compared).toBe(11);
  expect(found.find(({ kind }) => kind === 'reconciliation')?.difference).toBe('x');
  expect(await documents.standing.checks(8)).toEqual([]);
  expect(faults).toEqual([]);
});

test('what was found wrong stands until it is checked again and holds', async () => {
  const violation = {
    ...{ invariant: 'debits-equal-credits', report: 'trial-balance', period: '2025-03' },
    ...{ figure: 'debits equal credits', found: '1.01', expected: '1.00', difference: '0.01' },
    unit: 'EUR',
  };
  const { standing } = documents;
  const violated = async () => (await standing.violated()).filter(({ book }) => book === 30);
  await standing.noteViolations(30, Date.now() - 1_000, [violation]);
  expect(await violated()).toMatchObject([{ name: 'debits-equal-credits', violation }]);
  const worker = recordActivity(documents.activity.add, fault);
  const move = { position: 1, documents: 1, ms: 1, lagMs: 1 };
  worker.recomputed(30, { ...move, checked: new Map([['months-add-up', 1]]) });
  await worker.flush();
  expect(await violated()).toHaveLength(1);
  worker.recomputed(30, { ...move, checked: new Map([['debits-equal-credits', 1]]) });
  await worker.close();
  expect(await violated()).toEqual([]);
  expect(await standing.invariants(30)).toHaveLength(2);
});
