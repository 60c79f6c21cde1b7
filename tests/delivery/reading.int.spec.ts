// Reading report files through the front door, on a real document store: who may, what a tag is worth, how fresh an
// answer is, and that a file is made once however many ask.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readPdf, textOf } from '../render/read-pdf.ts';
import { readXlsx } from '../render/read-xlsx.ts';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const PDF = '/books/nord/reports/trial-balance/2026-03.pdf';
const JSON_FILE = '/books/nord/reports/trial-balance/2026-03.json';
const MANAGER = 11;
const STRANGER = 12;

let rig: ReadingRig;
let signedIn: Record<string, string>;

beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'));
  await rig.person(MANAGER, 'manager');
  await rig.person(STRANGER, null);
  await rig.publish(5, trialBalance(5));
  signedIn = { cookie: await rig.cookie(MANAGER) };
}, 60_000);
afterAll(() => rig?.close());

test('forty readers at once get one PDF that was made once', async () => {
  const before = rig.door.rendered();
  const answers = await Promise.all(Array.from({ length: 40 }, () => rig.get(PDF, signedIn)));
  const files = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(rig.door.rendered() - before).toBe(1);
  const [first] = files;
  for (const file of files) expect(Buffer.from(file).equals(Buffer.from(first!))).toBe(true);
  expect(answers[0]!.headers.get('content-type')).toBe('application/pdf');
  const pages = await readPdf(new Uint8Array(first!));
  expect(textOf(pages[0]!)).toContain('1,234.50');
});

test('an unchanged document is 304, also after others have read it; a stranger gets no 304', async () => {
  const first = await rig.get(PDF, signedIn);
  await first.arrayBuffer();
  const etag = first.headers.get('etag')!;
  expect(etag).toMatch(/^"[0-9a-f]{40}-\d+pdf"$/);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('x-ledger-position')).toBe('5');
  const again = await rig.get(PDF, { ...signedIn, 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(again.headers.get('x-ledger-position')).toBe('5');
  expect((await rig.get(PDF, { 'if-none-match': etag })).status).toBe(401);
  const stranger = await rig.cookie(STRANGER);
  expect((await rig.get(PDF, { cookie: stranger, 'if-none-match': etag })).status).toBe(404);
});

test('a workbook is kept as a file under a name of its own, with the figures of the document', async () => {
  const answer = await rig.get('/books/nord/reports/trial-balance/2026-03.xlsx', signedIn);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="nord-trial-balance-2026-03.xlsx"',
  );
  expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{40}-\d+xlsx"$/);
  const { sheets } = readXlsx(new Uint8Array(await answer.arrayBuffer()));
  expect(sheets[0]!.cells.get('E10')!.value).toBe('1234.50');
  expect((await rig.get('/books/nord/reports/trial-balance/2026-03.xlsx')).status).toBe(401);
});

test('JSON says what the contract says', async () => {
  const answer = await rig.get(JSON_FILE, signedIn);
  const report = (await answer.json()) as Record<string, unknown>;
  expect(Object.keys(report)).toEqual(
    expect.arrayContaining([
      'report',
      'book',
      'period',
      'currency',
      'position',
      'computedAt',
      'digest',
      'columns',
    ]),
  );
  expect(report).toMatchObject({
    report: 'trial-balance',
    currency: 'EUR',
    position: 5,
    page: 1,
    pages: 1,
  });
  expect(report.rows).toContainEqual(
    expect.objectContaining({
      kind: 'line',
      account: '1000',
      values: { debit: '1234.50', closingDebit: '1234.50' },
    }),
  );
});

test('a view that nobody asked for before is asked for and waited for; what can’t be is not there', async () => {
  const view = '/books/nord/reports/trial-balance~previous-1/2026-03.json';
  const early = await rig.get(view, signedIn);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await early.json()).toMatchObject({ code: 'document-behind' });
  expect(await rig.documents.asked.booksWaiting()).toEqual([1]);
  const waiting = rig.get(view, signedIn);
  const { position } = (await rig.documents.position(1))!;
  await rig.publish(position, { ...trialBalance(position), report: 'trial-balance~previous-1' });
  expect((await waiting).status).toBe(200);
  const later = '/books/nord/reports/trial-balance~previous-1/2026-04.json';
  expect((await rig.get(later, signedIn)).status).toBe(404);
  for (const none of ['journal~zeros', 'trial-balance~previous-0', 'trial-balance~'])
    expect((await rig.get(`/books/nord/reports/${none}/2026-03.json`, signedIn)).status).toBe(404);
  expect(await rig.documents.asked.ofBook(1)).toHaveLength(1);
});

test('minPosition waits for fresher documents, or says that they are behind', async () => {
  const behind = await rig.get(`${JSON_FILE}?minPosition=7`, signedIn);
  expect(behind.status).toBe(503);
  expect(behind.headers.get('retry-after')).toBe('1');
  expect(await behind.json()).toMatchObject({ code: 'document-behind' });
  const waiting = rig.get(`${JSON_FILE}?minPosition=6`, signedIn);
  await rig.publish(6, trialBalance(6, '99.00'));
  const fresh = await waiting;
  expect(fresh.status).toBe(200);
  expect(fresh.headers.get('x-ledger-position')).toBe('6');
  expect(await fresh.json()).toMatchObject({ position: 6 });
});

test('a newer document has another tag and other bytes', async () => {
  const old = await rig.get(PDF, signedIn);
  await old.arrayBuffer();
  await rig.publish(8, trialBalance(8, '77.00'));
  const tag = { ...signedIn, 'if-none-match': old.headers.get('etag')! };
  // It was drawn a moment ago, and is drawn again two seconds after that: longer than this front door lets wait.
  const ask = () => rig.get(`${PDF}?minPosition=8`, tag);
  await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(200);
  const fresh = await ask();
  expect(textOf((await readPdf(new Uint8Array(await fresh.arrayBuffer())))[0]!)).toContain('77.00');
});

test('a revoked key, a changed epoch and a removed member are out as soon as trust has run out', async () => {
  const key = await rig.apiKey(MANAGER);
  const bearer = { authorization: `Bearer ${key}` };
  expect((await rig.get(JSON_FILE, bearer)).status).toBe(200);
  await rig.apiKey(MANAGER, { key, revoked: true });
  await expect.poll(async () => (await rig.get(JSON_FILE, bearer)).status).toBe(401);
  await rig.person(21, 'auditor');
  const cookie = await rig.cookie(21);
  expect((await rig.get(JSON_FILE, { cookie })).status).toBe(200);
  await rig.person(21, null);
  await expect.poll(async () => (await rig.get(JSON_FILE, { cookie })).status).toBe(404);
  await rig.person(21, 'auditor', 2);
  await expect.poll(async () => (await rig.get(JSON_FILE, { cookie })).status).toBe(401);
  const elsewhere = await rig.apiKey(MANAGER, { book: 99 });
  expect((await rig.get(JSON_FILE, { authorization: `Bearer ${elsewhere}` })).status).toBe(404);
});

test('who became a member a moment ago may read, however long others are trusted', async () => {
  const patient = await startReading(inject('mongoUrl'), { trustMs: 25_000 });
  await patient.person(31, null);
  await patient.publish(1, trialBalance(1));
  const cookie = await patient.cookie(31);
  expect((await patient.get(JSON_FILE, { cookie })).status).toBe(404);
  await patient.person(31, 'manager');
  await expect.poll(async () => (await patient.get(JSON_FILE, { cookie })).status).toBe(200);
  await patient.close();
});

test.each([
  ['/books/nord/reports/trial-balance/2026-13.json', 400, 'bad-period'],
  ['/books/nord/reports/trial-balance/1999-01.json', 404, 'no-such-period'],
  ['/books/nord/reports/trial-balance/2026-12.json', 404, 'no-document'],
  ['/books/nord/reports/trial-balance/2026-01-01..2026-02-01.json', 404, 'no-document'],
  ['/books/nord/reports/cash-forecast/2026-03.json', 404, 'unknown-report'],
  ['/books/nord/reports/trial-balance/2026-03.docx', 404, 'unknown-format'],
  ['/books/other/reports/trial-balance/2026-03.json', 404, 'no-such-book'],
  [`${JSON_FILE}?minPosition=abc`, 400, 'bad-number'],
  [`${JSON_FILE}?minPosition=99999999999999999999`, 400, 'bad-number'],
  [`${JSON_FILE}?page=7`, 404, 'no-such-page'],
  [`${JSON_FILE}?page=0`, 400, 'bad-number'],
  ['/books/%E0%A4%A/reports/trial-balance/2026-03.json', 400, 'bad-path'],
  ['/books/nord%2f..%2fother/reports/trial-balance/2026-03.json', 400, 'bad-path'],
  ['/books/%00/reports/trial-balance/2026-03.json', 400, 'bad-path'],
  [`/${'a'.repeat(5000)}`, 414, 'bad-path'],
])('%s is refused clearly', async (path, status, code) => {
  const answer = await rig.get(path, signedIn);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
});

test('a live stream says where the book is, and then that it moved', async () => {
  const left = new AbortController();
  const answer = await fetch(`${rig.url}/books/nord/live`, {
    headers: signedIn,
    signal: left.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let seen = '';
  const reading = (async () => {
    for await (const chunk of answer.body!) seen += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => {});
  await expect
    .poll(() => seen, { timeout: 3_000 })
    .toMatch(/event: position\ndata: \{"head":\d+,"documents":\d+\}/);
  await rig.publish(20, trialBalance(20, '20.00'));
  await expect.poll(() => seen, { timeout: 2_000 }).toContain('"documents":20');
  left.abort();
  await reading;
  expect((await rig.get('/books/nord/live')).status).toBe(401);
});

test('operators are answered; a process behind that is away is said so; nothing went wrong inside', async () => {
  expect((await rig.get('/healthz')).status).toBe(200);
  expect(await (await rig.get('/readyz')).json()).toMatchObject({
    documents: true,
    api: false,
    web: false,
  });
  const metrics = await (await rig.get('/metrics')).text();
  expect(metrics).toMatch(/daybook_render_queue \d/);
  expect(metrics).toMatch(/daybook_recomputes_total{book="1"} \d/);
  const api = await rig.get('/api/v1/books', signedIn);
  expect(api.status).toBe(503);
  expect(await api.json()).toMatchObject({ code: 'not-reachable' });
  const foreign = { ...signedIn, origin: 'https://evil.example' };
  const post = await fetch(`${rig.url}/api/v1/books`, {
    method: 'POST',
    headers: foreign,
    body: '{}',
  });
  expect(post.status).toBe(403);
  expect(rig.faults).toEqual([]);
});
