// The sums of a workbook are formulas, and every formula comes to the figure beside it; where one can't, or a
// spreadsheet's doubles could lose something, the figure stands alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listedReport, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { trialBalance } from '../delivery/sample-reports.ts';
import { periodsOf, writtenBook } from '../reports/made-up-books.ts';
import { Book } from '../reports/written-book.ts';
import { evaluate, headLetters, headRow, lettersOf, type ReadSheet } from './read-xlsx.ts';
import { ofBook, read, whole, written } from './xlsx-sources.ts';

/** The sheet's rows as text, without what stands below: name, figures and formulas by the heads of their columns. */
function linesOf(sheet: ReadSheet, heads: readonly string[]): string[] {
  const letters = lettersOf(sheet);
  const rows = [...sheet.xml.matchAll(/<row r="(\d+)"/g)].map(([, at]) => +at!);
  return rows
    .filter((at) => at > headRow(sheet))
    .filter((at) => !sheet.cells.get(`A${at}`)?.value.startsWith('Control totals: '))
    .map((at) =>
      heads
        .map((head) => sheet.cells.get(`${letters.get(head)}${at}`))
        .map((cell) => (cell?.formula ? `${cell.value} =${cell.formula}` : (cell?.value ?? '')))
        .join(' | '),
    );
}

const LONG = '1234567890123456.78';

const withBank = (bank: string): ReportBody => {
  const body = trialBalance(1, bank);
  return { ...body, rows: body.rows.filter(({ account }) => account !== '1010') };
};

test('an amount that a double would round is written as text, and no sum is a formula over it', async () => {
  const workbook = await read(whole(withBank(LONG)));
  const [sheet] = workbook.sheets;
  expect(sheet!.cells.get('E10')).toMatchObject({
    isText: true,
    value: '1,234,567,890,123,456.78',
  });
  expect(sheet!.cells.get('E12')).toMatchObject({ isText: true, formula: null });
  const [short] = (await read(whole(withBank('1234567890123.45')))).sheets;
  expect(short!.cells.get('E10')).toMatchObject({ isText: false, value: '1234567890123.45' });
  expect(short!.cells.get('E12')).toMatchObject({ isText: false, formula: 'SUM(E10:E11)' });
});

test('a sum whose recalculation could lose a minor unit stands without a formula', async () => {
  const body = withBank('0.00');
  const large = Array.from(
    { length: 900 },
    (): ReportRow => ({
      ...body.rows[1]!,
      values: { debit: '99999999999.99' },
    }),
  );
  const total = { ...body.rows.at(-1)!, values: { debit: '89999999999991.00' } };
  const [sheet] = (await read(whole({ ...body, rows: [...large, total] }))).sheets;
  expect(sheet!.cells.get('E909')).toMatchObject({ value: '89999999999991.00', formula: null });
});

const ACCOUNTS = `
  1000 asset Assets:Current assets:Bank
  1100 asset Assets:Current assets:Receivables
  1500 asset Assets:Equipment
  2000 liability Payables
  3000 equity Share capital
  4000 income Sales
  6000 expense Rent`;

const ENTRIES = `
2025-01-02 Capital paid in
  1000 D 1000.00
  3000 C 1000.00
2025-01-20 Sale
  1100 D 300.00
  4000 C 300.00
2025-01-25 Machine
  1500 D 50.00
  1000 C 50.00
2025-02-10 Rent
  6000 D 100.00
  2000 C 100.00`;

const book = new Book({
  accounts: ACCOUNTS,
  entries: ENTRIES,
  start: '2025-01-01',
  firstYearEnd: '2025-12-31',
});

test('a balance sheet adds up by formulas, headings of headings too', async () => {
  const [sheet] = (await read(ofBook(book, 'balance-sheet', '2025-02'))).sheets;
  expect(linesOf(sheet!, ['Name', '28/02/2025'])).toEqual([
    'Assets | ',
    'Current assets | ',
    'Bank | 950.00',
    'Receivables | 300.00',
    'Total Current assets | 1250.00 =SUM(C11:C12)',
    'Equipment | 50.00',
    'Total assets | 1300.00 =SUM(C13:C14)',
    'Liabilities | ',
    'Payables | 100.00',
    'Total liabilities | 100.00 =SUM(C17)',
    'Equity | ',
    'Share capital | 1000.00',
    'Result of the year | 200.00',
    'Total equity | 1200.00 =SUM(C20:C21)',
    'Total liabilities and equity | 1300.00 =SUM(C18,C22)',
  ]);
});

test('a result is the difference of its two sums', async () => {
  const [sheet] = (await read(ofBook(book, 'income-statement', '2025-02'))).sheets;
  expect(linesOf(sheet!, ['Name', 'Month', 'Year to date'])).toEqual([
    'Income |  | ',
    'Sales | 0.00 | 300.00',
    'Total income | 0.00 =SUM(C10) | 300.00 =SUM(D10)',
    'Expenses |  | ',
    'Rent | 100.00 | 100.00',
    'Total expenses | 100.00 =SUM(C13) | 100.00 =SUM(D13)',
    'Result | -100.00 =C11-C14 | 200.00 =D11-D14',
  ]);
});

test('a general ledger sums each account, closes it from its opening, and adds the accounts up', async () => {
  const [sheet] = (await read(ofBook(book, 'general-ledger', '2025-02'))).sheets;
  const lines = linesOf(sheet!, ['Date', 'Entry', 'Description', 'Debit', 'Credit', 'Balance']);
  expect(lines.filter((line) => /^2000|Payables/.test(line))).toEqual([
    '2000  Payables |  |  |  |  | ',
  ]);
  const from = lines.findIndex((line) => line.startsWith('2000'));
  expect(lines.slice(from + 1, from + 4)).toEqual([
    '45689 |  | Opening balance |  |  | 0.00',
    '45698 | 4 | Rent |  | 100.00 | 100.00',
    '45716 |  | Closing balance | 0.00 =SUM(F19:F20) | 100.00 =SUM(G19:G20) | 100.00 =H19+G21-F21',
  ]);
  expect(lines.at(-1)).toBe(
    ' |  | Total | 100.00 =SUM(F11,F14,F17,F21,F24,F27,F31) | 100.00 =SUM(G11,G14,G17,G21,G24,G27,G31) | ',
  );
});

test('statements close each party from its opening, on the side of the account', async () => {
  const owed = new Book({
    accounts: '1000 asset Bank\n2000 liability Creditors',
    controls: { 2000: 'payables' },
    parties: [{ code: 'S-1', name: 'Bob' }],
    entries: `
2025-01-10 Bill
  1000 D 30.00
  2000 C 30.00 S-1 #R1 due:2025-02-09
2025-02-09 Paid
  2000 D 20.00 S-1 #R1
  1000 C 20.00`,
  });
  const [sheet] = (await read(ofBook(owed, 'party-statements', '2025-02'))).sheets;
  const heads = ['Date', 'Entry', 'Description', 'Document', 'Due', 'Debit', 'Credit', 'Balance'];
  expect(linesOf(sheet!, heads)).toEqual([
    '2000  Creditors · S-1 Bob |  |  |  |  |  |  | ',
    '45689 |  | Opening balance |  |  |  |  | 30.00',
    '45697 | 2 | Paid | R1 |  | 20.00 |  | 10.00',
    '45716 |  | Closing balance |  |  | 20.00 =SUM(G10:G11) | 0.00 =SUM(H10:H11) | 10.00 =I10+H12-G12',
    ' |  | Total |  |  | 20.00 =SUM(G12) | 0.00 =SUM(H12) | ',
  ]);
});

test('a journal sums all its lines at once', async () => {
  const [sheet] = (await read(ofBook(book, 'journal', '2025-01'))).sheets;
  expect(linesOf(sheet!, ['Entry', 'Account', 'Description', 'Debit', 'Credit'])).toEqual([
    '1 |  | Capital paid in |  | ',
    ' | 1000 | Bank | 1000.00 | ',
    ' | 3000 | Share capital |  | 1000.00',
    '2 |  | Sale |  | ',
    ' | 1100 | Receivables | 300.00 | ',
    ' | 4000 | Sales |  | 300.00',
    '3 |  | Machine |  | ',
    ' | 1500 | Equipment | 50.00 | ',
    ' | 1000 | Bank |  | 50.00',
    ' |  | Total | 1350.00 =SUM(G10:G17) | 1350.00 =SUM(H10:H17)',
  ]);
});

/** An amount as a whole number of its own last decimal. */
const digitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** Amounts of a report in the order of rows and columns, and those of its sheets; formulas are worked out on the way. */
async function compare(source: ReportSource, mostRows?: number): Promise<{ formulas: number }> {
  const { body } = source;
  const expected: string[] = [];
  for await (const batch of source.rows()) {
    for (const row of batch) {
      for (const { key, kind } of body.columns)
        if (kind === 'amount') expected.push(row.values[key] ?? '');
    }
  }
  const found: string[] = [];
  let formulas = 0;
  for (const sheet of (await read(source, mostRows)).sheets) {
    const letters = headLetters(sheet).map(([, letter]) => letter);
    const amounts = letters
      .slice(-body.columns.length)
      .filter((_, at) => body.columns[at]!.kind === 'amount');
    const rows = [...sheet.xml.matchAll(/<row r="(\d+)"/g)].map(([, at]) => +at!);
    const valueAt = (place: string) => digitsOf(sheet.cells.get(place)?.value ?? '');
    for (const at of rows.filter((row) => row > headRow(sheet))) {
      for (const letter of amounts) {
        const cell = sheet.cells.get(`${letter}${at}`);
        found.push(cell?.value ?? '');
        if (!cell?.formula) continue;
        formulas++;
        expect(evaluate(cell.formula, valueAt), cell.formula).toBe(digitsOf(cell.value));
      }
    }
  }
  // Notes stand below and have none.
  expect(found.slice(0, expected.length)).toEqual(expected);
  expect(found.slice(expected.length).join('')).toBe('');
  return { formulas };
}

const comparedOf = (report: string): string[] =>
  [`${report}~previous-1`, `${report}~budget`].filter((name) => listedReport(name));

test('whatever was posted: amounts are the report’s, and every formula comes to its figure', async () => {
  let formulas = 0;
  await fc.assert(
    fc.asyncProperty(writtenBook, async (made) => {
      const own = new Book(made);
      for (const [at, { key, kind }] of periodsOf(own)
        .filter((_, every) => every % 7 === 0)
        .entries()) {
        const of = reportsOf(kind);
        // Every fourth period beside others, too.
        const names = at % 4 === 0 ? [...of, ...of.flatMap(comparedOf)] : of;
        for (const report of names) formulas += (await compare(ofBook(own, report, key))).formulas;
      }
    }),
    { numRuns: 15 },
  );
  expect(formulas).toBeGreaterThan(1_000);
});

test('quantities keep the decimals of their own unit, and are summed in them', async () => {
  const unit = (account: number, name: string, decimals: number, quantity: bigint) => ({
    ...{ account, unit: name, decimals, month: '2025-01' as never, closing: false },
    ...{ debitQuantity: quantity, creditQuantity: 0n, debit: 5_000n, credit: 0n, lastPosition: 1 },
  });
  const units = [unit(1, 'JPY', 0, 500n), unit(3, 'JPY', 0, 7n), unit(1, 'VHT', 3, 12_345n)];
  const own = new Book({ accounts: ACCOUNTS, entries: ENTRIES, units });
  const source = ofBook(own, 'balances-by-unit', '2025-01');
  expect((await compare(source)).formulas).toBe(10);
  const [sheet] = (await read(source)).sheets;
  expect(linesOf(sheet!, ['Name', 'Closing']).slice(0, 7)).toEqual([
    'JPY | ',
    'Bank | 500',
    'Equipment | 7',
    expect.stringMatching(/^Total JPY \| 507 =SUM\(/),
    'VHT | ',
    'Bank | 12.345',
    expect.stringMatching(/^Total VHT \| 12.345 =SUM\(/),
  ]);
});

test('more accounts than a function takes arguments are summed in steps', async () => {
  const accounts = Array.from({ length: 600 }, (_, at) => `${10_000 + at} asset A${at}`).join('\n');
  const entries = Array.from(
    { length: 300 },
    (_, at) => `
2025-01-02 Move
  ${10_000 + at} D ${at + 1}.25
  ${10_300 + at} C ${at + 1}.25`,
  ).join('');
  const wide = new Book({ accounts, entries, start: '2025-01-01', firstYearEnd: '2025-12-31' });
  const source = ofBook(wide, 'general-ledger', '2025-01');
  expect((await compare(source)).formulas).toBe(600 * 3 + 2);
});

test('what one sheet cannot hold goes on on the next, under the same heads', async () => {
  const source = ofBook(book, 'general-ledger', '2025');
  const { sheets } = await read(source, 20);
  expect(sheets.map(({ name }) => name)).toEqual([
    ...['General ledger', 'General ledger 2', 'General ledger 3'],
  ]);
  for (const sheet of sheets.slice(0, -1)) expect(sheet.xml.match(/<row /g)).toHaveLength(19);
  for (const sheet of sheets) expect(lettersOf(sheet)).toEqual(lettersOf(sheets[0]!));
  expect((await compare(source, 20)).formulas).toBeGreaterThan(3);
  await expect(written(whole({ ...trialBalance(1), parts: [] }), 12)).rejects.toThrow('more rows');
});
