// The dashboard of one value of a dimension, or of one group of accounts: worked figures, what it says where there is nothing, and
// what holds of every book: values come to the company, and it says what the company's dashboard says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import type { Dimension } from '#reports/catalogue/book-ledger.ts';
import type { DetailRow } from '#reports/catalogue/detail-table.ts';
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import type { Only } from '#reports/catalogue/only-name.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { viewName } from '#reports/catalogue/view.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book, type WrittenBook } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  4000 income Income:Sales
  4900 income Income:Interest
  5000 expense Expenses:Staff:Wages
  5100 expense Expenses:Staff:Training
  6000 expense Expenses:Rent`;
const ENTRIES = `
2024-01-10 Sold
  1000 D 100.00
  4000 C 100.00
2024-02-15 Wages and a course
  5000 D 40.00
  5100 D 5.00
  1000 C 45.00
2024-02-20 Interest
  1000 D 1.00
  4900 C 1.00
2024-02-25 Rent
  6000 D 7.00
  1000 C 7.00
2024-02-28 closing Not stated
  4000 D 10.00
  5000 C 10.00`;
const [SALES, WAGES, TRAINING, RENT] = [2, 4, 5, 6];
const PROJECT: Dimension = {
  code: 'project',
  name: 'Project',
  values: [
    { id: 1, code: 'P1', name: 'Bridge', parent: null },
    { id: 2, code: 'P1.a', name: 'Piers', parent: 1 },
    { id: 3, code: 'P1.b', name: 'Deck', parent: 1 },
    { id: 4, code: 'P2', name: 'Tunnel', parent: null },
    { id: 5, code: 'P3', name: 'Nothing', parent: null },
  ],
};

const detail = (of: number, account: number, month: string, signed: bigint, closing = false) =>
  ({
    ...{ kind: 'dimension', of, account, month: month as Month, closing, lastPosition: 2 },
    debit: signed > 0n ? signed : 0n,
    credit: signed < 0n ? -signed : 0n,
  }) satisfies DetailRow;

const DETAILS = [
  detail(1, SALES, '2024-01', -70_00n),
  detail(2, WAGES, '2024-02', 30_00n),
  detail(2, WAGES, '2024-02', 5_00n, true),
  detail(3, TRAINING, '2024-02', 5_00n),
  detail(1, RENT, '2024-02', 1_00n),
  detail(4, WAGES, '2024-02', 4_00n),
];
const bookOf = (more: Partial<WrittenBook> = {}) =>
  new Book({
    ...{ accounts: ACCOUNTS, entries: ENTRIES, dimensions: [PROJECT], details: DETAILS },
    ...more,
  });

const nameOf = (value: string | null, group: string | null = null) =>
  viewName('dashboard', { compare: null, zeros: false, only: { value, group } });
const viewIn = (book: Book, only: Partial<Only>, key = '2024-02') =>
  book.report(nameOf(only.value ?? null, only.group), key);

/** Names of the invariants that hold of a view beside the dashboard. */
const checked = (book: Book, body: ReportBody) =>
  checkInvariants(book.ledger, book.period(body.period.key), {
    [body.report]: body,
    dashboard: book.report('dashboard', body.period.key),
  }).filter((name) => name.startsWith('filtered'));
const BOTH = ['filtered-dashboard-adds-up', 'filtered-dashboard-is-the-dashboards'];

const charted = ({ charts = [], rows }: ReportBody) =>
  charts.map(({ bars, lines, title }) => [
    title,
    bars.map((row) => rows[row]!.name),
    lines.map((row) => rows[row]!.name),
  ]);

describe('a value of a dimension', () => {
  it('shows its income, expenses and result, its parts, and its costs', () => {
    const book = bookOf();
    const body = viewIn(book, { value: 'project/P1' });
    expect([body.report, body.title]).toEqual(['dashboard~in-project.P1', 'Dashboard, P1 Bridge']);
    expect(asText(body)).toEqual([
      'Income',
      '  Sales | 0.00 | 70.00 | 0.00',
      'Total income | 0.00 | 70.00 | 0.00',
      'Expenses',
      '  Staff | 35.00 | 0.00 | 35.00',
      '  Rent | 1.00 | 0.00 | 1.00',
      'Total expenses | 36.00 | 0.00 | 36.00',
      'Result | -36.00 | 70.00 | -36.00',
      'Parts of P1 Bridge',
      '  P1.a Piers | -30.00 | 0.00 | -30.00',
      '  P1.b Deck | -5.00 | 0.00 | -5.00',
      '  P1 itself | -1.00 | 70.00 | -1.00',
      'Result by part | -36.00 | 70.00 | -36.00',
      'Largest costs',
      '  5000 Wages | 30.00 | 0.00 | 30.00',
      '  5100 Training | 5.00 | 0.00 | 5.00',
      '  6000 Rent | 1.00 | 0.00 | 1.00',
      'All costs | 36.00 | 0.00 | 36.00',
    ]);
    expect(charted(body)).toEqual([
      ['Month by month', ['Total income', 'Total expenses'], ['Result']],
    ]);
    expect(body.controlTotals).toEqual({ rows: 9, debit: '36.00', credit: '0.00' });
    expect(body.notes).toEqual([
      'Closing entries of the year are left out.',
      'Left out: what is not of P1 Bridge; cash, receivables and payables, which are the company’s.',
    ]);
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('may be a part of another, which the dashboard has no rows for', () => {
    const book = bookOf();
    const body = viewIn(book, { value: 'project/P1.a' });
    expect(body.title).toBe('Dashboard, P1.a Piers');
    expect(asText(body).slice(0, 5)).toEqual([
      ...['Income', 'Total income | 0.00 | 0.00 | 0.00', 'Expenses'],
      ...['  Staff | 30.00 | 0.00 | 30.00', 'Total expenses | 30.00 | 0.00 | 30.00'],
    ]);
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('may be none: what names none of a dimension', () => {
    const book = bookOf();
    const body = viewIn(book, { value: 'project/' });
    expect([body.report, body.title]).toEqual([
      'dashboard~in-project.',
      'Dashboard, Without project',
    ]);
    expect(asText(body)).toContain('Result | -11.00 | 30.00 | -11.00');
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('may have had no room in the dashboard', () => {
    const many = Array.from({ length: 30 }, (_, at) => at + 1);
    const values = many.map((id) => ({ id, code: `P${id}`, name: `${id}`, parent: null }));
    const details = many.map((id) => detail(id, WAGES, '2024-02', BigInt(id)));
    const book = bookOf({ dimensions: [{ ...PROJECT, values }], details });
    const body = viewIn(book, { value: 'project/P3' });
    expect(asText(book.report('dashboard', '2024-02')).join()).not.toContain('P3 3');
    expect(asText(body)).toContain('Total expenses | 0.03 | 0.00 | 0.03');
    expect(checked(book, body)).toEqual(BOTH);
  });
});

describe('a group of accounts', () => {
  it('shows its accounts, and what of it each value has', () => {
    const book = bookOf();
    const body = viewIn(book, { group: 'Expenses:Staff' });
    expect([body.report, body.title]).toEqual([
      ...['dashboard~group-Expenses.Staff', 'Dashboard, Staff'],
    ]);
    expect(asText(body)).toEqual([
      'Expenses',
      '  5000 Wages | 40.00 | 0.00 | 40.00',
      '  5100 Training | 5.00 | 0.00 | 5.00',
      'Total Staff | 45.00 | 0.00 | 45.00',
      'Project',
      '  P1 Bridge | 35.00 | 0.00 | 35.00',
      '  P2 Tunnel | 4.00 | 0.00 | 4.00',
      '  Without project | 6.00 | 0.00 | 6.00',
      'Staff by project | 45.00 | 0.00 | 45.00',
    ]);
    expect(charted(body)).toEqual([['Month by month', ['Total Staff'], []]]);
    expect(body.controlTotals).toEqual({ rows: 5, debit: '45.00', credit: '0.00' });
    expect(body.notes.at(-1)).toBe(
      'Left out: accounts outside Expenses:Staff; cash, receivables and payables, which are the company’s.',
    );
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('in a value: its accounts there, and its parts', () => {
    const book = bookOf();
    const body = viewIn(book, { value: 'project/P1', group: 'Expenses:Staff' });
    expect(body.title).toBe('Dashboard, P1 Bridge, Staff');
    expect(asText(body)).toEqual([
      'Expenses',
      '  5000 Wages | 30.00 | 0.00 | 30.00',
      '  5100 Training | 5.00 | 0.00 | 5.00',
      'Total Staff | 35.00 | 0.00 | 35.00',
      'Parts of P1 Bridge',
      '  P1.a Piers | 30.00 | 0.00 | 30.00',
      '  P1.b Deck | 5.00 | 0.00 | 5.00',
      'Staff by part | 35.00 | 0.00 | 35.00',
    ]);
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('with accounts on both sides has a result', () => {
    const book = bookOf({
      accounts: ACCOUNTS.replaceAll('Income:Interest', 'Bank:Interest')
        .replaceAll('Income:Sales', 'Sales:Goods')
        .replaceAll('Expenses:Rent', 'Bank:Fees')
        .replaceAll('Expenses:Staff', 'Staff'),
    });
    const body = viewIn(book, { group: 'Bank' });
    expect(asText(body).slice(0, 7)).toEqual([
      ...['Income', '  4900 Interest | 1.00 | 0.00 | 1.00', 'Total income | 1.00 | 0.00 | 1.00'],
      ...['Expenses', '  6000 Fees | 7.00 | 0.00 | 7.00', 'Total expenses | 7.00 | 0.00 | 7.00'],
      'Result | -6.00 | 0.00 | -6.00',
    ]);
    expect(asText(body).at(-1)).toBe('Result of Bank by project | -6.00 | 0.00 | -6.00');
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('of many accounts shows those that moved most', () => {
    const many = Array.from({ length: 25 }, (_, at) => at + 1);
    const book = new Book({
      accounts: `1000 asset Bank\n${many.map((at) => `${5000 + at} expense Costs:Cost ${at}`).join('\n')}`,
      entries: many
        .map((at) => `2024-02-01 Paid\n  ${5000 + at} D ${at}.00\n  1000 C ${at}.00`)
        .join('\n'),
    });
    const text = asText(viewIn(book, { group: 'Costs:Cost 9' }));
    expect(text).toEqual([
      'Expenses',
      '  5009 Cost 9 | 9.00 | 0.00 | 9.00',
      'Total Cost 9 | 9.00 | 0.00 | 9.00',
    ]);
    const flat = new Book({
      accounts: `1000 asset Bank\n4000 income Sales\n5000 expense Other\n${many.map((at) => `${5000 + at} expense Costs:Cost ${at}`).join('\n')}`,
      entries: many
        .map((at) => `2024-02-01 Paid\n  ${5000 + at} D ${at}.00\n  1000 C ${at}.00`)
        .join('\n'),
    });
    const all = asText(viewIn(flat, { group: 'Costs' }));
    expect(all).toHaveLength(23);
    expect(all.slice(-2)).toEqual([
      ...['  Other accounts | 15.00 | 0.00 | 15.00', 'Total Costs | 325.00 | 0.00 | 325.00'],
    ]);
  });
});

describe('what there is nothing of', () => {
  it.each([
    ['a value', { value: 'project/P9' }, 'Dashboard, project/P9', 'The book has no project/P9.'],
    ['a dimension', { value: 'place/N' }, 'Dashboard, place/N', 'The book has no place/N.'],
    [
      'a group',
      { group: 'Expenses:Fun' },
      'Dashboard, Fun',
      'The book has no accounts in Expenses:Fun.',
    ],
  ])('%s that the book has not: says so', (_what, only, title, note) => {
    const book = bookOf();
    const body = viewIn(book, only);
    expect([body.title, body.notes.at(-1)]).toEqual([title, note]);
    expect(body.controlTotals).toEqual({ rows: 0, debit: '0.00', credit: '0.00' });
    expect(body.charts).toEqual([]);
    expect(checked(book, body)).toEqual(BOTH);
  });

  it('a value that nothing was booked for', () => {
    const { controlTotals, notes } = viewIn(bookOf(), { value: 'project/P3' });
    expect(notes).toContain('Nothing was booked for that in these months.');
    expect(controlTotals).toEqual({ rows: 0, debit: '0.00', credit: '0.00' });
  });
});

it.each([
  ['a group', { value: 'project/P1' }, 'Staff', 'Total expenses in period'],
  ['a part', { value: 'project/P1' }, 'P1.b Deck', 'Result by part in period'],
  ['an account', { group: 'Expenses:Staff' }, 'Wages', 'Total Staff in period'],
  ['the result', { value: 'project/P1' }, 'Result', 'Result in period'],
])('%s that is wrong is found', (_what, only, name, figure) => {
  const book = bookOf();
  const body = viewIn(book, only);
  const wrong = body.rows.map((row) =>
    row.name === name ? { ...row, values: { ...row.values, period: '0.03' } } : row,
  );
  expect(() => checked(book, { ...body, rows: wrong })).toThrow(BrokenInvariant);
  expect(() => checked(book, { ...body, rows: wrong })).toThrow(figure);
});

it.each([
  { value: 'project/P1' },
  { value: 'project/' },
  { group: 'Expenses:Staff' },
  { value: 'project/P1', group: 'Expenses:Staff' },
])('whose figures are not the dashboard’s is found: %o', (only) => {
  const book = bookOf();
  const body = viewIn(book, only);
  const other = bookOf({ details: DETAILS.map((own) => ({ ...own, debit: own.debit * 2n })) });
  const set = { [body.report]: body, dashboard: other.report('dashboard', '2024-02') };
  const check = () => checkInvariants(book.ledger, book.period('2024-02'), set);
  if (only.value) expect(check).toThrow(BrokenInvariant);
  else expect(check).not.toThrow();
});

/** Of a book made up: some lines of results name a value, of two dimensions. */
const detailed = fc
  .tuple(
    writtenBook,
    fc.array(
      fc.record({
        of: fc.integer({ min: 1, max: 7 }),
        account: fc.integer({ min: 6, max: 9 }),
        month: fc.constantFrom('2024-06', '2025-01', '2025-12', '2026-02'),
        signed: fc.bigInt({ min: -9_999n, max: 9_999n }),
      }),
      { maxLength: 20 },
    ),
  )
  .map(([written, details]) => {
    const values = (first: number) => [
      { id: first, code: 'A', name: 'Result', parent: null },
      { id: first + 1, code: 'A-1', name: 'Income', parent: first },
      { id: first + 2, code: 'B', name: 'B', parent: null },
    ];
    return new Book({
      ...written,
      dimensions: [
        { code: 'centre', name: 'Expenses', values: values(1) },
        { code: 'p', name: 'Project', values: values(4) },
      ],
      details: details.map(({ account, month, of, signed }) => detail(of, account, month, signed)),
    });
  });

const digits = (text: string | undefined) => BigInt((text ?? '0').replace('.', ''));
const plus = (sums: readonly (readonly bigint[])[]) =>
  (sums[0] ?? []).map((_, at) => sums.reduce((all, sum) => all + sum[at]!, 0n));

/** Income and expenses in each column. */
function sumsIn(body: ReportBody): bigint[] {
  const sum = (name: string) => body.rows.find((row) => row.level === 0 && row.name === name);
  const [income, expenses] = [sum('Total income'), sum('Total expenses')];
  return body.columns.flatMap(({ key }) => [
    digits(income?.values[key]),
    digits(expenses?.values[key]),
  ]);
}

it('values and what names none come to the company; groups too; and both say what the dashboard says, in every book', () => {
  fc.assert(
    fc.property(detailed, fc.nat(), (book, seed) => {
      const periods = periodsOf(book);
      const { key } = periods[seed % periods.length]!;
      const dashboard = book.report('dashboard', key);
      for (const code of ['centre', 'p']) {
        const views = ['A', 'B', ''].map((own) => viewIn(book, { value: `${code}/${own}` }, key));
        expect(plus(views.map(sumsIn))).toEqual(sumsIn(dashboard));
        for (const view of views) expect(checked(book, view)).toEqual(BOTH);
      }
      const groups = ['Sales', 'Interest', 'Rent', 'Wages'];
      const ofCompany = groups.map((group) => viewIn(book, { group }, key));
      const sums = ofCompany.map(({ controlTotals: { credit, debit } }) =>
        [credit, debit].map(digits),
      );
      const { credit, debit } = dashboard.controlTotals;
      expect(plus(sums)).toEqual([credit, debit].map(digits));
      const inValues = groups.map((group, at) =>
        viewIn(book, { value: `centre/${['A', 'A-1', 'B', ''][at]}`, group }, key),
      );
      for (const view of [...ofCompany, ...inValues]) expect(checked(book, view)).toEqual(BOTH);
    }),
    { numRuns: 60 },
  );
});
