// The income statement with the values of dimensions across: trees of values, more values than a page has room for.
import { expect, test } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import type { Dimension } from '#reports/catalogue/book-ledger.ts';
import type { DetailRow } from '#reports/catalogue/detail-table.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import { asText, Book } from './written-book.ts';

const [SALES, RENT] = [2, 3];
const ACCOUNTS = `
  1000 asset Bank
  4000 income Sales
  5000 expense Rent`;
const ENTRIES = `
2024-01-10 Sold
  1000 D 100.00
  4000 C 100.00
2024-02-10 Sold
  1000 D 60.00
  4000 C 60.00
2024-02-15 Paid
  5000 D 45.00
  1000 C 45.00
2024-03-01 Not in the month
  5000 D 1.00
  1000 C 1.00
2024-02-28 closing Not stated
  4000 D 10.00
  5000 C 10.00`;

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
    { id: 3, code: 'N11', name: 'Harbour', parent: 2 },
    { id: 4, code: 'S', name: 'South', parent: null },
    { id: 5, code: 'W', name: 'West', parent: null },
  ],
};
const PROJECT: Dimension = {
  code: 'project',
  name: 'Project',
  values: Array.from({ length: 20 }, (_, at) => ({
    ...{ id: 11 + at, code: `P${at + 1}`, name: `Project ${at + 1}`, parent: null },
  })),
};

const centres = [
  moved(1, SALES, '2024-02', -1_000n),
  moved(3, SALES, '2024-02', -2_000n),
  moved(3, SALES, '2024-01', -9_900n),
  moved(4, RENT, '2024-02', 2_500n),
  moved(4, RENT, '2024-02', 500n, true),
  moved(5, RENT, '2024-03', 100n),
];

const stated = (dimensions: readonly Dimension[], details: readonly DetailRow[]) => {
  const book = new Book({ accounts: ACCOUNTS, entries: ENTRIES, dimensions, details });
  const names = ['income-by-dimension', 'income-statement'];
  const set = Object.fromEntries(names.map((name) => [name, book.report(name, '2024-02')]));
  return { book, set, body: set['income-by-dimension']! };
};

test('a value counts its parts; what names none and the total stand last', () => {
  const { body, book, set } = stated([CENTRE], centres);
  expect(body.columns.map(({ key, label }) => `${key} ${label}`)).toEqual([
    'centre/value/N North',
    'centre/value/S South',
    'centre/without Without centre',
    'total Total',
  ]);
  expect(asText(body)).toEqual([
    'Income',
    '  4000 Sales | 30.00 | 0.00 | 30.00 | 60.00',
    'Total income | 30.00 | 0.00 | 30.00 | 60.00',
    'Expenses',
    '  5000 Rent | 0.00 | 25.00 | 20.00 | 45.00',
    'Total expenses | 0.00 | 25.00 | 20.00 | 45.00',
    'Result | 30.00 | -25.00 | 10.00 | 15.00',
  ]);
  expect(body.controlTotals).toEqual({ rows: 2, debit: '45.00', credit: '60.00' });
  checkInvariants(book.ledger, book.period('2024-02'), set);
});

test('of twenty projects the largest by turnover keep a column, beside the centres, which need few', () => {
  const projects = PROJECT.values.flatMap(({ id }, at) => [
    moved(id, SALES, '2024-02', -BigInt(100 + at)),
    moved(id, RENT, '2024-02', BigInt(100 + at)),
  ]);
  const { body, book, set } = stated([CENTRE, PROJECT], [...centres, ...projects]);
  expect(body.columns.map(({ label }) => label)).toEqual([
    ...['North', 'South', 'Without centre'],
    ...[14, 15, 16, 17, 18, 19, 20].map((number) => `Project ${number}`),
    ...['Other project', 'Without project', 'Total'],
  ]);
  expect(body.notes).toContain('Each dimension adds up to the total by itself.');
  const sales = body.rows.find(({ account }) => account === '4000')!;
  expect(sales.values).toMatchObject({
    ...{ 'project/value/P14': '1.13', 'project/value/P20': '1.19' },
    ...{ 'project/other': '13.78', 'project/without': '38.10', total: '60.00' },
  });
  checkInvariants(book.ledger, book.period('2024-02'), set);
});

test('many dimensions share the room, and each shows its largest value at least', () => {
  const dimensions = ['a', 'b', 'c', 'd', 'e', 'f'].map(
    (code, at): Dimension => ({
      ...{ code, name: code },
      values: [0, 1, 2].map((own) => ({
        ...{ id: 1 + at * 3 + own, code: `${code}${own}`, name: `${code}${own}`, parent: null },
      })),
    }),
  );
  const details = dimensions
    .flatMap(({ values }) => values)
    .map(({ id }) => moved(id, RENT, '2024-02', BigInt(id)));
  const { body } = stated(dimensions, details);
  expect(body.columns.map(({ label }) => label)).toEqual([
    ...dimensions.flatMap(({ code }) => [`${code}2`, `Other ${code}`, `Without ${code}`]),
    'Total',
  ]);
});

test('a column that doesn’t add up is found, and so is a total that isn’t the income statement’s', () => {
  const { body, book, set } = stated([CENTRE], centres);
  const withSales = (values: Record<string, string>) => {
    const rows = body.rows.map((row) => ({ ...row, values: { ...row.values, ...values } }));
    const broken = { ...set, 'income-by-dimension': { ...body, rows } };
    return () => checkInvariants(book.ledger, book.period('2024-02'), broken);
  };
  expect(withSales({ 'centre/value/N': '30.01' })).toThrow(
    'Sales, columns of centre together: 60.01 against 60.00',
  );
  const zero = { 'centre/value/N': '0.00', 'centre/value/S': '0.00', 'centre/without': '0.00' };
  expect(withSales({ ...zero, total: '0.00' })).toThrow('total of Total income');
});

test('a book without dimensions says so', () => {
  const { body } = stated([], []);
  expect([body.rows, body.notes]).toEqual([[], ['The book has no dimensions.']]);
  expect(body.position).toBe(1);
  expect(body.controlTotals).toEqual({ rows: 0, debit: '0.00', credit: '0.00' });
});
