// A report as a workbook, read back cell by cell: it looks like the paper, figures and days are what they should be,
// nothing that a user wrote is run, and equal input gives equal bytes.
import { readXlsx as readByHucre } from 'hucre/xlsx';
import { afterEach, expect, test, vi } from 'vitest';
import type { ReportRow } from '#reports/catalogue/report.ts';
import { writeXlsx } from '#reports/render/xlsx.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';
import { formatOf, headRow, lettersOf, readXlsx } from './read-xlsx.ts';
import { DIGEST, read, whole, written } from './xlsx-sources.ts';

afterEach(() => void vi.useRealTimers());

test('says whose it is, what it covers, from where, and keeps its heads in sight', async () => {
  const body = { ...trialBalance(1204), notes: ['Closing entries of the year are left out.'] };
  const { sheets, files } = await read(whole(body));
  const [sheet] = sheets;
  const column = [...sheet!.cells].flatMap(([place, { value }]) =>
    /^A\d+$/.test(place) ? value : [],
  );
  expect(column).toEqual([
    'Ελλάδα Łódź & Ærø Trading Ltd',
    'Registration number HRB 12345 · 12 High Street, Dublin 2',
    'Trial balance',
    '1 March 2026 to 31 March 2026',
    'Amounts in EUR · Unaudited · Provisional: the period is not locked',
    'Ledger position 1,204 · recorded 2 Apr 2026, 10:30 IST · digest abcdef012345',
    'Account',
    ...['1000', '1010', '1020'],
    'Closing entries of the year are left out.',
    'Control totals: 3 lines · debit 1,234.50 · credit 1,234.50',
  ]);
  expect(sheet!.xml).toContain('<pane ySplit="8" topLeftCell="A9" state="frozen"');
  expect([...lettersOf(sheet!).keys()].slice(0, 4)).toEqual([
    ...['Account', 'Name', 'Opening debit', 'Opening credit'],
  ]);
  expect(files['xl/workbook.xml']).toContain(`'Trial balance'!$8:$8`);
});

test('text is text: what looks like a formula, an error or a number, and what XML cannot hold', async () => {
  const names = [
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '#N/A',
    '12',
    ' a  b ',
    '<i>&amp;"',
    'a\u0007b',
  ];
  names.push('_x0041_', 'two\nlines\r\n', '\ufffe!', '\ud800?', '日本 😀');
  const body = trialBalance(1);
  const rows = names.map((name): ReportRow => ({ ...body.rows[1]!, name, account: `=${name}` }));
  const bytes = await written(
    whole({ ...body, rows, book: { ...TITLE, legalName: '=#REF!\u0001' } }),
  );
  const { sheets, files } = readXlsx(bytes);
  const [sheet] = sheets;
  for (const [at, name] of names.entries()) {
    const place = headRow(sheet!) + 1 + at;
    const words = name.toWellFormed().replace(/[\p{Cc}\ufffe]+/gu, ' ');
    expect(sheet!.cells.get(`A${place}`)).toMatchObject({ isText: true, value: `=${words}` });
    expect(sheet!.cells.get(`B${place}`)).toMatchObject({ isText: true, value: words });
  }
  expect(sheet!.xml).not.toContain('<f>');
  for (const xml of Object.values(files))
    expect(xml).not.toMatch(/(?![\t\n])[\p{Cc}\ufffe\uffff]/u);
  const [own] = (await readByHucre(bytes)).sheets;
  expect(own!.rows.slice(headRow(sheet!), headRow(sheet!) + 5).map((row) => row[1])).toEqual(
    names.slice(0, 5),
  );
});

test.each([
  ['minus', 2, '#,##0.00'],
  ['parentheses', 2, '#,##0.00_);(#,##0.00)'],
  ['minus', 0, '#,##0'],
  ['parentheses', 3, '#,##0.000_);(#,##0.000)'],
] as const)(
  'figures are numbers in the format of the book: %s, %i decimals',
  async (negatives, exponent, format) => {
    const amount = exponent === 0 ? '-12' : `-12.${'0'.repeat(exponent)}`;
    const one = trialBalance(1);
    const rows = [{ ...one.rows[1]!, values: { debit: amount } }];
    const workbook = await read(whole({ ...one, rows, exponent, book: { ...TITLE, negatives } }));
    const cell = workbook.sheets[0]!.cells.get('E9')!;
    expect(cell).toMatchObject({ isText: false, value: amount, formula: null });
    expect(formatOf(workbook, cell)).toBe(format);
  },
);

test.each([
  ['en-IE', 'dd\\/mm\\/yyyy'],
  ['en-US', 'mm\\/dd\\/yyyy'],
  ['de-DE', 'dd\\.mm\\.yyyy'],
  ['sv-SE', 'yyyy\\-mm\\-dd'],
  ['fa-IR', 'yyyy\\/mm\\/dd'],
])('days are days, in the order of the locale: %s', async (locale, format) => {
  const { body, rows } = longLedger(500);
  const source = { body: { ...body, book: { ...TITLE, locale } }, digest: DIGEST, rows };
  const bytes = await written(source);
  const workbook = readXlsx(bytes);
  const cell = workbook.sheets[0]!.cells.get('A10')!;
  expect(cell).toMatchObject({ isText: false, value: '46096' });
  expect(formatOf(workbook, cell)).toBe(format);
  expect(workbook.sheets[0]!.cells.get('A9')!.value).toBe('1000  Færge og skib');
  const [sheet] = (await readByHucre(bytes)).sheets;
  expect(sheet!.rows[9]![0]).toEqual(new Date('2026-03-15T00:00:00Z'));
});

test('equal input gives equal bytes, whatever the clock says and however the rows come', async () => {
  const { body, rows } = longLedger(2_000);
  const singly = async function* () {
    for await (const batch of rows()) for (const row of batch) yield [row];
  };
  const first = await written({ body, digest: DIGEST, rows });
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-06T07:08:09Z') });
  const second = await written({ body, digest: DIGEST, rows: singly });
  expect(first.equals(second)).toBe(true);
  expect(readXlsx(first).files['docProps/core.xml']).toContain(
    '>2027-01-02T09:30:00Z</dcterms:modified>',
  );
});

test('a ledger of 50 000 lines streams, and ends with its reader', async () => {
  const { body, rows } = longLedger(50_000);
  let ended = false;
  const watched = async function* () {
    try {
      yield* rows();
    } finally {
      ended = true;
    }
  };
  const before = process.memoryUsage().arrayBuffers;
  let [size, most] = [0, 0];
  for await (const piece of writeXlsx({ body, digest: DIGEST, rows: watched })) {
    size += piece.length;
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }
  expect(size).toBeGreaterThan(500_000);
  expect(most - before).toBeLessThan(60_000_000);
  expect(ended).toBe(true);
  ended = false;
  for await (const piece of writeXlsx({ body, digest: DIGEST, rows: watched }))
    if (piece.length > 10_000) break;
  await vi.waitFor(() => expect(ended).toBe(true));
}, 60_000);

test('a fault of the rows is the file’s', async () => {
  const { body } = longLedger(500);
  const rows = async function* (): AsyncGenerator<ReportRow[]> {
    yield [];
    throw new Error('a page is missing');
  };
  await expect(written({ body, digest: DIGEST, rows })).rejects.toThrow('a page is missing');
});
