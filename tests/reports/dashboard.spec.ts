// The dashboard: groups of accounts by month, what stands at the end of each, the largest costs, and every value of a
// dimension, bounded and adding up.
import { expect, test } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import type { Dimension } from '#reports/catalogue/book-ledger.ts';
import type { DetailRow } from '#reports/catalogue/detail-table.ts';
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { asText, Book, type WrittenBook } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Customers
  2000 liability Liabilities:Suppliers
  4000 income Income:Sales
  4900 income Income:Interest
  5000 expense Expenses:Staff:Wages
  5100 expense Expenses:Staff:Training
  6000 expense Expenses:Rent`;
const ENTRIES = `
2024-01-10 Sold on account
  1100 D 100.00
  4000 C 100.00
2024-02-10 Paid
  1000 D 60.00
  1100 C 60.00
2024-02-15 Wages
  5000 D 40.00
  1000 C 40.00
2024-02-16 Course, on account
  5100 D 5.00
  2000 C 5.00
2024-02-20 Interest
  1000 D 1.00
  4900 C 1.00
2024-03-01 Rent
  6000 D 7.00
  1000 C 7.00
2024-02-28 closing Not stated
  4000 D 10.00
  5000 C 10.00`;
const NAMED: Partial<WrittenBook> = {
  controls: { '1100': 'receivables', '2000': 'payables' },
  cashFlow: { '1000': 'cash' },
};
const [SALES, WAGES] = [4, 6];

/** @param signed minor units, debit positive */
const moved = (of: number, account: number, month: string, signed: bigint, closing = false) =>
  ({
    ...{ kind: 'dimension', of, account, month: month as Month, closing, lastPosition: 2 },
    debit: signed > 0n ? signed : 0n,
    credit: signed < 0n ? -signed : 0n,
  }) satisfies DetailRow;

const CENTRE: Dimension = {
  code: 'centre',
  name: 'Cost centre',
  values: [
    { id: 1, code: 'N', name: 'North', parent: null },
    { id: 2, code: 'N1', name: 'Oslo', parent: 1 },
    { id: 3, code: 'S', name: 'South', parent: null },
    { id: 4, code: 'W', name: 'West', parent: null },
  ],
};
const CENTRES = [
  moved(1, SALES, '2024-01', -7_000n),
  moved(2, WAGES, '2024-02', 3_000n),
  moved(2, WAGES, '2024-02', 500n, true),
  moved(3, WAGES, '2024-02', 400n),
];

const bookOf = (more: Partial<WrittenBook> = {}) =>
  new Book({ accounts: ACCOUNTS, entries: ENTRIES, ...NAMED, ...more });

const checked = (book: Book, key: string, body = book.report('dashboard', key)) => {
  const names = ['income-statement', 'trial-balance'];
  const set = Object.fromEntries(names.map((name) => [name, book.report(name, key)]));
  return checkInvariants(book.ledger, book.period(key), { ...set, dashboard: body }).filter(
    (name) => name.startsWith('dashboard'),
  );
};

test('a month beside those before it: groups, what stands, the largest costs', () => {
  const book = bookOf();
  const body = book.report('dashboard', '2024-02');
  expect(body.columns.map(({ key, label }) => `${key} ${label}`)).toEqual([
    'period Month',
    '2024-01 2024-01',
    '2024-02 2024-02',
  ]);
  expect(asText(body)).toEqual([
    'Income',
    '  Sales | 0.00 | 100.00 | 0.00',
    '  Interest | 1.00 | 0.00 | 1.00',
    'Total income | 1.00 | 100.00 | 1.00',
    'Expenses',
    '  Staff | 45.00 | 0.00 | 45.00',
    'Total expenses | 45.00 | 0.00 | 45.00',
    'Result | -44.00 | 100.00 | -44.00',
    'Cash, receivables and payables',
    '  Cash | 21.00 | 0.00 | 21.00',
    '  Receivables | 40.00 | 100.00 | 40.00',
    '  Payables | 5.00 | 0.00 | 5.00',
    'Largest costs',
    '  5000 Wages | 40.00 | 0.00 | 40.00',
    '  5100 Training | 5.00 | 0.00 | 5.00',
    'All costs | 45.00 | 0.00 | 45.00',
  ]);
  expect(body.rows.find(({ name }) => name === 'Staff')?.path).toBe('Expenses:Staff');
  const charted = body.charts?.map(({ bars, columns, lines, title }) => {
    const names = (rows: readonly number[]) => rows.map((row) => body.rows[row]!.name);
    return { title, columns, bars: names(bars), lines: names(lines) };
  });
  expect(charted).toEqual([
    {
      ...{ title: 'Month by month', columns: ['2024-01', '2024-02'] },
      ...{ bars: ['Total income', 'Total expenses'], lines: ['Result'] },
    },
    {
      ...{ title: 'At the end of each month', columns: ['2024-01', '2024-02'], bars: [] },
      lines: ['Cash', 'Receivables', 'Payables'],
    },
  ]);
  expect(body.controlTotals).toEqual({ rows: 8, debit: '45.00', credit: '1.00' });
  expect(body.notes).toEqual(['Closing entries of the year are left out.']);
  expect(checked(book, '2024-02')).toHaveLength(3);
});

test('quarters and years show twelve months at most, up to their end', () => {
  const book = bookOf();
  expect(book.report('dashboard', '2024-Q1').columns.map(({ key }) => key)).toEqual([
    ...['period', '2024-01', '2024-02', '2024-03'],
  ]);
  const later = book.report('dashboard', '2025-02').columns.map(({ key }) => key);
  expect(later).toHaveLength(13);
  expect([later[1], later.at(-1)]).toEqual(['2024-03', '2025-02']);
  const [year] = [book.report('dashboard', '2024')];
  expect(year.rows.find(({ name }) => name === 'Result')?.values).toMatchObject({
    ...{ period: '49.00', '2024-01': '100.00', '2024-02': '-44.00', '2024-03': '-7.00' },
    '2024-12': '0.00',
  });
  for (const key of ['2024-Q1', '2024', '2025', '2025-02'])
    expect(checked(book, key)).toHaveLength(3);
});

test('every value of a dimension, its parts counted, and what names none', () => {
  const book = bookOf({ dimensions: [CENTRE], details: CENTRES });
  const body = book.report('dashboard', '2024-02');
  const from = body.rows.findIndex(({ path }) => path === 'centre');
  const own = { ...body, rows: body.rows.slice(from) };
  expect(asText(own)).toEqual([
    'Cost centre',
    '  N North',
    '    Sales | 0.00 | 70.00 | 0.00',
    '  Total income | 0.00 | 70.00 | 0.00',
    '    Staff | 30.00 | 0.00 | 30.00',
    '  Total expenses | 30.00 | 0.00 | 30.00',
    '  Result | -30.00 | 70.00 | -30.00',
    '  S South',
    '  Total income | 0.00 | 0.00 | 0.00',
    '    Staff | 4.00 | 0.00 | 4.00',
    '  Total expenses | 4.00 | 0.00 | 4.00',
    '  Result | -4.00 | 0.00 | -4.00',
    '  Without centre',
    '    Sales | 0.00 | 30.00 | 0.00',
    '    Interest | 1.00 | 0.00 | 1.00',
    '  Total income | 1.00 | 30.00 | 1.00',
    '    Staff | 11.00 | 0.00 | 11.00',
    '  Total expenses | 11.00 | 0.00 | 11.00',
    '  Result | -10.00 | 30.00 | -10.00',
    'Result by centre | -44.00 | 100.00 | -44.00',
  ]);
  expect(own.rows.flatMap(({ kind, path }) => (kind === 'heading' ? [path] : []))).toEqual([
    ...['centre', 'centre/N', 'centre/S', 'centre/'],
  ]);
  expect(checked(book, '2024-02')).toHaveLength(3);
});

test('it is bounded: of many groups, costs and values the largest have rows, the others stand together', () => {
  const many = Array.from({ length: 30 }, (_, at) => at + 1);
  const book = new Book({
    accounts: `1000 asset Bank\n${many.map((at) => `${5000 + at} expense Cost ${at}`).join('\n')}`,
    entries: many
      .map((at) => `2024-02-0${1 + (at % 9)} Paid\n  ${5000 + at} D ${at}.00\n  1000 C ${at}.00`)
      .join('\n'),
    dimensions: [
      {
        ...{ code: 'project', name: 'Project' },
        values: many.map((at) => ({ id: at, code: `P${at}`, name: `${at}`, parent: null })),
      },
    ],
    details: many.map((at) => moved(at, at + 1, '2024-02', BigInt(at * 100))),
  });
  const text = asText(book.report('dashboard', '2024-02'));
  expect(text).toContain('  Other expenses | 210.00 | 0.00 | 210.00');
  expect(text).toContain('  Other costs | 55.00 | 0.00 | 55.00');
  expect(text).toContain('  Other project');
  expect(text.filter((line) => line.startsWith('  P'))).toHaveLength(12);
  expect(text.filter((line) => /^ {2}50\d\d /.test(line))).toHaveLength(20);
  expect(book.report('dashboard', '2024-02').notes).toEqual([
    'No account is named for: cash, receivables, payables.',
  ]);
  expect(checked(book, '2024-02')).toHaveLength(3);
});

test.each([
  ['a group', 'Staff', 'Total expenses in period'],
  ['a cost', 'Wages', 'All costs in period'],
  ['cash', 'Cash', 'Cash'],
  ['a value’s result', 'Result', 'Result by centre in period'],
])('%s that is wrong is found', (_what, name, figure) => {
  const book = bookOf({ dimensions: [CENTRE], details: CENTRES });
  const body = book.report('dashboard', '2024-02');
  const at = body.rows.findLastIndex((row) => row.name === name && row.level === 1);
  const wrong = name === 'Staff' ? body.rows.findIndex((row) => row.name === name) : at;
  const rows = body.rows.map((row, own) =>
    own === wrong ? { ...row, values: { ...row.values, period: '0.03' } } : row,
  );
  const broken: ReportBody = { ...body, rows };
  expect(() => checked(book, '2024-02', broken)).toThrow(BrokenInvariant);
  expect(() => checked(book, '2024-02', broken)).toThrow(figure);
});

test('users may name groups, values and dimensions as our own rows are named', () => {
  const dimension: Dimension = {
    ...{ code: 'Result', name: 'Result' },
    values: [{ id: 1, code: 'Cash', name: 'Total income', parent: null }],
  };
  const accounts = ACCOUNTS.replace('Staff:Wages', 'Result:Wages').replace('Rent', 'Cash');
  const book = bookOf({ accounts, dimensions: [dimension], details: [CENTRES[0]!] });
  expect(checked(book, '2024-02')).toHaveLength(3);
});

test('an empty book has an empty dashboard', () => {
  const book = new Book({ accounts: '1000 asset Bank', entries: '' });
  expect(asText(book.report('dashboard', '2024-01'))).toEqual([
    ...['Income', 'Total income | 0.00 | 0.00', 'Expenses', 'Total expenses | 0.00 | 0.00'],
    ...['Result | 0.00 | 0.00', 'Largest costs', 'All costs | 0.00 | 0.00'],
  ]);
});
