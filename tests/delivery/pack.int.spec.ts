// Report packs through the front door: chosen reports of a period in one archive, all of one position, for members alone.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readPdf, textOf } from '../render/read-pdf.ts';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const PACK = '/books/nord/packs/2026-03.zip';
const TWO = `${PACK}?reports=trial-balance,balance-sheet`;
const [MANAGER, STRANGER] = [11, 12];

let rig: ReadingRig;
let signedIn: Record<string, string>;

/** Two reports that show the position in their figures. */
const both = (position: number) => {
  const body = trialBalance(position, `${position}.25`);
  return [body, { ...body, report: 'balance-sheet', title: 'Balance sheet' }];
};

beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'));
  await rig.person(MANAGER, 'manager');
  await rig.person(STRANGER, null);
  await rig.publish(5, ...both(5));
  signedIn = { cookie: await rig.cookie(MANAGER) };
}, 60_000);
afterAll(() => rig?.close());

const unpacked = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return unzipSync(new Uint8Array(await answer.arrayBuffer()));
};
const textIn = (bytes: Uint8Array | undefined) => Buffer.from(bytes!).toString('utf8');

test('holds the chosen reports in their order, as they are downloaded alone, and a list of them', async () => {
  const answer = await rig.get(TWO, signedIn);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toContain('filename="nord-2026-03.zip"');
  expect(answer.headers.get('x-ledger-position')).toBe('5');
  const files = await unpacked(answer);
  expect(Object.keys(files)).toEqual([
    '00-contents.csv',
    '01-trial-balance-2026-03.pdf',
    '02-balance-sheet-2026-03.pdf',
  ]);
  const alone = await rig.get('/books/nord/reports/trial-balance/2026-03.pdf', signedIn);
  const bytes = Buffer.from(await alone.arrayBuffer());
  expect(Buffer.from(files['01-trial-balance-2026-03.pdf']!).equals(bytes)).toBe(true);
  const [head, first] = textIn(files['00-contents.csv']).split('\r\n');
  expect(head).toBe('file,report,period,digest,book position');
  expect(first).toMatch(/^01-trial-balance-2026-03\.pdf,trial-balance,2026-03,[0-9a-f]{64},5$/);
});

test('as workbooks or as CSV', async () => {
  for (const format of ['xlsx', 'csv']) {
    const files = await unpacked(await rig.get(`${TWO}&format=${format}`, signedIn));
    expect(Object.keys(files)[2]).toBe(`02-balance-sheet-2026-03.${format}`);
  }
});

test.each([
  [TWO, null, 401, 'not-signed-in'],
  [TWO, STRANGER, 404, 'no-such-book'],
  [`${PACK}?reports=trial-balance,nothing`, MANAGER, 404, 'unknown-report'],
  [`${PACK}?reports=`, MANAGER, 404, 'unknown-report'],
  [`${TWO}&format=json`, MANAGER, 404, 'unknown-format'],
  [`${PACK}?reports=income-by-month`, MANAGER, 404, 'no-document'],
  ['/books/nord/packs/2026-13.zip', MANAGER, 400, 'bad-period'],
  ['/books/nord/packs/2026-02.zip?reports=trial-balance', MANAGER, 404, 'no-document'],
])('%s for %s is refused: %i %s', async (path, person, status, code) => {
  const headers = person === null ? {} : { cookie: await rig.cookie(person) };
  const answer = await rig.get(path, headers);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code });
});

test('while the documents keep moving, every pack is of one position', async () => {
  let moving = true;
  let position = 100;
  const mover = (async () => {
    for (; moving; position++) await rig.publish(position, ...both(position));
  })();
  const figures = async (pdf: Uint8Array | undefined) => {
    const [page] = await readPdf(pdf!);
    return /\b\d+\.25\b/.exec(textOf(page!))![0];
  };
  try {
    for (let pack = 0; pack < 3; pack++) {
      const answer = await rig.get(TWO, signedIn);
      const files = await unpacked(answer);
      const own = `${answer.headers.get('x-ledger-position')}.25`;
      expect(await figures(files['01-trial-balance-2026-03.pdf'])).toBe(own);
      expect(await figures(files['02-balance-sheet-2026-03.pdf'])).toBe(own);
    }
  } finally {
    moving = false;
    await mover;
  }
}, 60_000);
