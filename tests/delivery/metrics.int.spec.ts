// What operators read at /metrics after people have read reports, and that front doors of one machine add up.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const REPORT = '/books/nord/reports/trial-balance/2026-03';
let rig: ReadingRig;
let signedIn: Record<string, string>;
beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'));
  await rig.person(11, 'manager');
  await rig.publish(5, trialBalance(5));
  signedIn = { cookie: await rig.cookie(11) };
}, 60_000);
afterAll(() => rig?.close());

/** A sample's value; undefined when there is none. */
const sample = (text: string, name: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
};
const metrics = async () => (await rig.get('/metrics')).text();

test('requests are counted by route and status, with their time', async () => {
  const pdf = await rig.get(`${REPORT}.pdf`, signedIn);
  await pdf.arrayBuffer();
  const unchanged = { ...signedIn, 'if-none-match': pdf.headers.get('etag')! };
  for (let n = 0; n < 3; n++) await rig.get(`${REPORT}.pdf`, unchanged);
  await (await rig.get(`${REPORT}.json`, signedIn)).text();
  await (await rig.get(`${REPORT}.csv`)).text();
  await (await rig.get('/api/v1/books')).text();
  await (await rig.get('/books/%00')).text();
  await expect
    .poll(async () =>
      sample(await metrics(), 'daybook_requests_total{route="refused",status="400"}'),
    )
    .toBe(1);
  const text = await metrics();
  const count = (route: string, status: number) =>
    sample(text, `daybook_requests_total{route="${route}",status="${status}"}`);
  expect(count('report.pdf', 200)).toBe(1);
  expect(count('report.pdf', 304)).toBe(3);
  expect(count('report.json', 200)).toBe(1);
  expect(count('report.csv', 401)).toBe(1);
  expect(count('api', 503)).toBe(1);
  expect(sample(text, 'daybook_request_seconds_count{route="report.pdf"}')).toBe(4);
  expect(sample(text, 'daybook_request_seconds_bucket{le="+Inf",route="report.pdf"}')).toBe(4);
  expect(sample(text, 'daybook_request_seconds_sum{route="report.pdf"}')).toBeGreaterThan(0);
  expect(sample(text, 'daybook_cache_bytes')).toBeGreaterThan(1_000);
  expect(sample(text, 'daybook_cache_lookups_total{cache="heads",result="miss"}')).toBeGreaterThan(
    0,
  );
  expect(sample(text, 'daybook_renders_total')).toBe(1);
  expect(text).toMatch(/^daybook_stream_age_seconds \d/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
  expect(rig.faults).toEqual([]);
});

test('every book has its head, its documents’ position, its lag and its last recompute', async () => {
  await rig.documents.standing.noteProcess({
    id: 'worker here 1',
    kind: 'worker',
    at: new Date().toISOString(),
    rss: 1,
    renders: 4,
    ledger: {
      late: [{ book: 1, head: 9, lagMs: 2_500 }],
      lateBooks: 1,
      imports: 2,
      wakeUps: { book: 3, import: 0 },
    },
  });
  await rig.documents.standing.noteViolations(1, Date.now(), [
    {
      ...{ invariant: 'balance-sheet-balances', report: 'balance-sheet', period: '2026-01' },
      ...{ figure: 'it balances', found: '1.01', expected: '1.00', difference: '0.01' },
      unit: 'EUR',
    },
  ]);
  const late = await metrics();
  const broken = 'daybook_invariant_violated{book="1",invariant="balance-sheet-balances"}';
  expect(sample(late, broken)).toBe(1);
  expect(sample(late, 'daybook_documents_up')).toBe(1);
  expect(sample(late, 'daybook_book_head_position{book="1"}')).toBe(9);
  expect(sample(late, 'daybook_book_documents_position{book="1"}')).toBe(5);
  expect(sample(late, 'daybook_book_lag_seconds{book="1"}')).toBe(2.5);
  expect(sample(late, 'daybook_recomputes_total{book="1"}')).toBe(1);
  expect(sample(late, 'daybook_last_recompute_seconds{book="1"}')).toBe(0.004);
  expect(sample(late, 'daybook_last_recompute_documents{book="1"}')).toBe(1);
  expect(sample(late, 'daybook_last_recompute_lag_seconds{book="1"}')).toBe(0.04);
  expect(sample(late, 'daybook_waiting{what="imports"}')).toBe(2);
  expect(sample(late, 'daybook_waiting{what="book wake-ups"}')).toBe(3);
  expect(sample(late, 'daybook_waiting{what="files drawn ahead"}')).toBe(4);
  expect(sample(late, 'daybook_processes{kind="worker"}')).toBe(1);
  // The note is older than what the documents show since.
  await rig.publish(9, trialBalance(9));
  const level = await metrics();
  expect(sample(level, 'daybook_book_documents_position{book="1"}')).toBe(9);
  expect(sample(level, 'daybook_book_lag_seconds{book="1"}')).toBe(0);
  expect(level).not.toMatch(/nord|Person/i);
});

test('whichever of three front doors is asked, the numbers are those of all', async () => {
  const primary = fork(join(import.meta.dirname, 'metrics-process.ts'), { stdio: 'inherit' });
  try {
    const texts = await new Promise<string[]>((resolve, reject) => {
      primary.once('message', (message) => resolve(message as string[]));
      primary.once('exit', () => reject(new Error('the front doors ended')));
    });
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(sample(text, 'daybook_requests_total{route="report.pdf",status="200"}')).toBe(6);
      expect(sample(text, 'daybook_request_seconds_count{route="report.pdf"}')).toBe(6);
      expect(sample(text, 'daybook_cache_lookups_total{cache="heads",result="hit"}')).toBe(30);
      expect(sample(text, 'daybook_cache_bytes')).toBe(3_000);
      expect(sample(text, 'daybook_stream_age_seconds')).toBe(3);
      expect(sample(text, 'daybook_streams_trusted')).toBe(2);
      expect(sample(text, 'daybook_renders_total')).toBe(6);
    }
  } finally {
    primary.kill();
  }
});
