// Report packs as one PDF through the front door: drawn once however many ask, of one position while documents move, for
// members alone, and gone when one of its reports is replaced.
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { REPORT_LIST } from '#reports/catalogue/registry.ts';
import { readPdf, textOf } from '../render/read-pdf.ts';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const PACK = '/books/nord/packs/2026-03.pdf';
const TWO = `${PACK}?reports=trial-balance,balance-sheet`;
const [MANAGER, STRANGER] = [11, 12];
const HOUR_MS = 3_600_000;
/** What was downloaded and what was replaced is noted within a second. */
const NOTED_MS = 1_500;

let rig: ReadingRig;
let signedIn: Record<string, string>;

/** Two reports that show the position in their figures. */
const both = (position: number) => {
  const body = trialBalance(position, `${position}.25`);
  return [body, { ...body, report: 'balance-sheet', title: 'Balance sheet' }] as const;
};

beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'));
  await rig.person(MANAGER, 'manager');
  await rig.person(STRANGER, null);
  await rig.publish(5, ...both(5));
  signedIn = { cookie: await rig.cookie(MANAGER) };
}, 60_000);
afterAll(() => rig?.close());

const read = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return (await readPdf(new Uint8Array(await answer.arrayBuffer()))).map(textOf);
};

/** Files stored of packs that hold a document. */
async function packsOf(digest: string): Promise<number> {
  const client = await MongoClient.connect(inject('mongoUrl'));
  try {
    const files = client.db(rig.dbName).collection('files');
    return await files.countDocuments({ of: digest });
  } finally {
    await client.close();
  }
}

test('holds the chosen reports in their order, with the tag and position of one file', async () => {
  const answer = await rig.get(TWO, signedIn);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-disposition')).toBe('inline; filename="nord-2026-03.pdf"');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('x-ledger-position')).toBe('5');
  const etag = answer.headers.get('etag')!;
  expect(etag).toMatch(/^"[0-9a-f]{40}-[\d-]+pack"$/);
  const [contents, first, second] = await read(answer);
  expect(contents).toMatch(/Report pack .* Trial balance Balance sheet .* 2 3$/);
  expect(first).toMatch(/Trial balance .* 5\.25 .* Page 2 of 3/);
  expect(second).toMatch(/Balance sheet .* 5\.25 .* Page 3 of 3/);
  const again = await rig.get(TWO, { ...signedIn, 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(again.headers.get('x-ledger-position')).toBe('5');
  const other = await rig.get(`${PACK}?reports=balance-sheet,trial-balance`, signedIn);
  expect(other.headers.get('etag')).not.toBe(etag);
});

test('without names it is all of the period but the long ones', async () => {
  expect((await rig.get(PACK, signedIn)).status).toBe(404);
  const month = REPORT_LIST.filter(({ groups, periods }) => periods.includes('month') && !groups);
  const usual = month.filter(({ paged }) => !paged);
  await rig.publish(5, ...month.map(({ name, title }) => ({ ...both(5)[0], report: name, title })));
  const get = async () => rig.get(PACK, signedIn);
  await expect.poll(async () => (await get()).status).toBe(200);
  const [contents, ...pages] = await read(await get());
  expect(pages).toHaveLength(usual.length);
  for (const { paged, title } of month) {
    if (paged) expect(contents).not.toContain(title);
    else expect(contents).toContain(title);
  }
});

test('is drawn once, however many ask', async () => {
  const one = `${PACK}?reports=balance-sheet`;
  const before = rig.door.rendered();
  const answers = await Promise.all(Array.from({ length: 20 }, () => rig.get(one, signedIn)));
  const texts = await Promise.all(answers.map(async (answer) => (await read(answer)).join()));
  expect(new Set(texts).size).toBe(1);
  expect(rig.door.rendered() - before).toBe(1);
});

test.each([
  [TWO, null, 401, 'not-signed-in'],
  [TWO, STRANGER, 404, 'no-such-book'],
  [`${PACK}?reports=trial-balance,nothing`, MANAGER, 404, 'unknown-report'],
  [`${PACK}?reports=`, MANAGER, 404, 'unknown-report'],
  [`${PACK}?reports=income-by-month`, MANAGER, 404, 'no-document'],
  ['/books/nord/packs/2026-13.pdf', MANAGER, 400, 'bad-period'],
  ['/books/nord/packs/2026-02.pdf?reports=trial-balance', MANAGER, 404, 'no-document'],
])('%s for %s is refused: %i %s', async (path, person, status, code) => {
  const headers = person === null ? {} : { cookie: await rig.cookie(person) };
  const answer = await rig.get(path, { ...headers, 'if-none-match': '*' });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code });
});

test('while the documents keep moving, every pack is of one position', async () => {
  let moving = true;
  let position = 100;
  const mover = (async () => {
    for (; moving; position++) await rig.publish(position, ...both(position));
  })();
  try {
    for (let pack = 0; pack < 6; pack++) {
      const answer = await rig.get(TWO, signedIn);
      const own = ` ${answer.headers.get('x-ledger-position')}.25 `;
      const [contents, first, second] = await read(answer);
      expect(contents).toContain(`Ledger position ${own.trim().slice(0, -3)} `);
      expect(first).toContain(own);
      expect(second).toContain(own);
    }
  } finally {
    moving = false;
    await mover;
  }
  expect(rig.faults).toEqual([]);
}, 60_000);

test('goes with the first of its reports that is replaced; its reports are kept', async () => {
  const [old] = await rig.publish(10_000, ...both(10_000));
  const downloaded = async () => (await rig.get(TWO, signedIn)).headers.get('x-ledger-position');
  await expect.poll(downloaded, { timeout: 10_000 }).toBe('10000');
  expect(await packsOf(old!)).toBeGreaterThan(0);
  const { token, recent, ...next } = (await rig.documents.storedPosition(1))!;
  await sleep(NOTED_MS);
  await rig.documents.move({
    ...{ book: 1, expected: { token, recent }, heads: [], next: { ...next, position: 10_001 } },
    ...{ last: { ms: 1, documents: 0, lagMs: 1 }, replaced: [old!] },
  });
  await sleep(NOTED_MS);
  await rig.documents.collectGarbage(1, new Date(Date.now() + HOUR_MS));
  expect(await packsOf(old!)).toBe(0);
  expect(await rig.documents.body(old!)).not.toBeNull();
}, 30_000);
