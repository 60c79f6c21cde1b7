// The dashboard of one value of a dimension, or of one group of accounts: worked figures, and what it says where there is nothing.
import { describe, expect, it } from 'vitest';
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import {
  ACCOUNTS,
  BOTH,
  bookOf,
  checked,
  DETAILS,
  detail,
  PROJECT,
  viewIn,
  WAGES,
} from './dashboard-only-book.ts';
import { asText, Book } from './written-book.ts';

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
