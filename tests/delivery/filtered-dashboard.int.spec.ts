// The dashboard of one value and one group as files: asked for at the front door by nobody before, made by the worker, the same in
// every format; it moves with the book, is what reconcile computes, is known at a position and verified.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PeriodKey, parseDate } from '#ledger/domain/calendar.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { type AssembledFrontDoor, assembleFrontDoor } from '#server/entry/assemble-front-door.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { knownFile } from '#workers/show-known.ts';
import { makeAsked } from '#workers/sweeper.ts';
import { verifyDocument } from '#workers/verify-document.ts';
import { readPdf, textOf } from '../render/read-pdf.ts';
import { readXlsx } from '../render/read-xlsx.ts';
import { TITLE } from './sample-reports.ts';

const VALUE = 'dashboard~in-projekt.B=fc=ro-1';
const BOTH = `${VALUE}~group-Expenses.B=fc=ro_und_Caf=e9=`;

let book: OpenBook;
let documents: Documents;
let door: AssembledFrontDoor;
let url = '';
const key = `dk_${'a'.repeat(32)}`;
const input = () => ({ store: book.store, documents, bookId: book.bookId });

async function post(account: string, amount: string, project: string | null): Promise<void> {
  const dimensions = project === null ? {} : { dimensions: { projekt: project } };
  const lines = [
    { account, side: 'debit', amount, ...dimensions },
    { account: '1000', side: 'credit', amount },
  ];
  const entry = { date: '2026-02-10', description: 'Paid', lines };
  accepted(await book.commands.postJournalEntry(book.call(), entry));
}

beforeAll(async () => {
  book = await openBook();
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
  await documents.prepare();
  const { commands } = book;
  const office = { code: '6000', name: 'Miete', path: 'Expenses:Büro und Café:Miete' };
  accepted(await commands.openAccount(book.call(), { ...office, type: 'expense' }));
  accepted(await commands.defineDimension(book.call(), { code: 'projekt', name: 'Projekt' }));
  for (const [code, name] of [
    ['Büro-1', 'Umbau <Süd> & "Nord"'],
    ['P2', 'Halle'],
  ] as const) {
    const value = { dimension: 'projekt', code, name };
    accepted(await commands.addDimensionValue(book.call(), value));
  }
  await post('6000', '40.00', 'Büro-1');
  await post('5000', '5.00', 'Büro-1');
  await post('6000', '3.00', 'P2');
  await post('6000', '2.00', null);
  await recomputeBook(input());
  await documents.access.putBook({
    ...{ ...TITLE, slug: 'test', id: book.bookId, baseCurrency: 'EUR' },
    calendar: { startDate: parseDate('2026-01-01')!, firstYearEnd: parseDate('2026-12-31')! },
    ...{ lockedThrough: null, isGroup: false },
  });
  const person = { id: 11, epoch: 1, name: 'Mia', email: 'mia@example.org' };
  const memberships = [{ book: book.bookId, role: 'manager' as const }];
  await documents.access.putPerson({ ...person, memberships });
  const hash = createHash('sha256').update(key).digest('hex');
  await documents.access.putApiKey(hash, { id: 11, userId: 11, book: null, revoked: false });
  const closed = { host: '127.0.0.1', port: 9 };
  door = await assembleFrontDoor({
    ...{ publicUrl: 'http://127.0.0.1', mongoUrl, dbName, secureCookies: false },
    ...{ api: closed, web: closed, cacheBytes: 64_000_000, waitMs: 20_000, trustMs: 50 },
    authSecret: randomBytes(32).toString('hex'),
    fault: (fault) => console.error(fault),
    note: () => undefined,
  });
  url = `http://127.0.0.1:${await door.listen(0, '127.0.0.1')}`;
}, 120_000);
afterAll(async () => {
  await door?.close();
  await documents?.close();
  await book?.stop();
});

const get = (report: string, format: string, minPosition = 1) =>
  fetch(`${url}/books/test/reports/${report}/2026-02.${format}?minPosition=${minPosition}`, {
    headers: { authorization: `Bearer ${key}` },
  });

/** Asks, and has the worker make it. */
async function made(report: string, format: string): Promise<Response> {
  const answer = get(report, format);
  await expect.poll(() => makeAsked(input()), { timeout: 15_000 }).toBeGreaterThan(0);
  return answer;
}
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const headOf = (report: string) =>
  documents.head(book.bookId, report, '2026-02' as PeriodKey) as Promise<{ digest: string }>;

interface Json {
  readonly title: string;
  readonly digest: string;
  readonly rows: readonly { readonly name: string; readonly values: Record<string, string> }[];
}

test('every format is made of one document', async () => {
  const json = (await (await made(BOTH, 'json')).json()) as Json;
  const title = 'Dashboard, Büro-1 Umbau <Süd> & "Nord", Büro und Café';
  expect(json.title).toBe(title);
  expect(json.rows.map(({ name, values }) => [name, values['period']])).toEqual([
    ...[
      ['Expenses', undefined],
      ['Miete', '40.00'],
      ['Total Büro und Café', '40.00'],
    ],
  ]);
  const csv = await get(BOTH, 'csv');
  expect(csv.headers.get('content-disposition')).toContain(`test-${BOTH}-2026-02.csv`);
  expect(await csv.text()).toContain('Total Büro und Café');
  const words = textOf((await readPdf(await bytesOf(await get(BOTH, 'pdf'))))[0]!);
  expect(words).toContain(title);
  expect(words).toContain(json.digest.slice(0, 12));
  const sheet = readXlsx(await bytesOf(await get(BOTH, 'xlsx'))).sheets[0]!;
  const texts = [...sheet.cells.values()].map(({ value }) => value);
  expect(texts).toEqual(expect.arrayContaining(['Total Büro und Café', 'Miete']));
});

test('it moves with what is posted, and is what reconcile computes', async () => {
  const json = (await (await made(VALUE, 'json')).json()) as Json;
  const result = ({ rows }: Json) => rows.find(({ name }) => name === 'Result')!.values['period'];
  expect(result(json)).toBe('-45.00');
  await post('6000', '1.00', 'Büro-1');
  await recomputeBook(input());
  expect((await headOf(VALUE)).digest).not.toBe(json.digest);
  await expect
    .poll(async () => result((await (await get(VALUE, 'json')).json()) as Json))
    .toBe('-46.00');
  expect((await reconcileBook(input())).differences).toEqual([]);
});

test('it is known at a position, and a PDF of it is recognised, kept or not', async () => {
  const { digest } = await headOf(BOTH);
  const { position } = (await documents.position(book.bookId))!;
  const pdf = await bytesOf(await get(BOTH, 'pdf', position));
  const source = { store: book.store, documents, bookId: book.bookId };
  const recognised = {
    ...{ outcome: 'produced', file: 'same', digest },
    recomputed: { report: BOTH, period: '2026-02' },
  };
  expect(await verifyDocument(source, { pdf })).toMatchObject(recognised);
  const question = { bookId: book.bookId, report: BOTH, period: '2026-02', at: `${position}` };
  expect(Buffer.from((await knownFile(book.store, question, 'pdf')) as Uint8Array)).toEqual(
    Buffer.from(pdf),
  );
  const other = 'dashboard~in-projekt.P2~group-Expenses.B=fc=ro_und_Caf=e9=';
  const unasked = await knownFile(book.store, { ...question, report: other }, 'pdf');
  expect(await documents.head(book.bookId, other, '2026-02' as PeriodKey)).toBeNull();
  expect(await verifyDocument(source, { pdf: unasked as Uint8Array })).toMatchObject({
    ...recognised,
    ...{ digest: expect.any(String), recomputed: { report: other, period: '2026-02' } },
  });
});

test('what the book has no value for is a document that says so; what is no name is not there', async () => {
  const json = (await (await made('dashboard~in-projekt.P9', 'json')).json()) as Json;
  expect(json.title).toBe('Dashboard, projekt/P9');
  const body = await documents.body((await headOf('dashboard~in-projekt.P9')).digest);
  expect(body?.notes).toEqual(['The book has no projekt/P9.']);
  for (const none of ['dashboard~in-P1', 'dashboard~group-B%C3%BCro', 'journal~in-projekt.P2']) {
    const answer = await get(none, 'pdf');
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'unknown-report']);
  }
});
