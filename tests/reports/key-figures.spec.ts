// Key figures against those that a person works out.
import { expect, test } from 'vitest';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import { asText, Book } from './written-book.ts';

const book = new Book({
  accounts: `
    1000 asset Bank
    1100 asset Debtors
    2000 liability Creditors
    3000 equity Capital
    4000 income Sales
    5000 expense Costs`,
  cashFlow: { 1000: 'cash' },
  controls: { 1100: 'receivables', 2000: 'payables' },
  entries: `
2024-01-05 Paid in
  1000 D 700.00
  3000 C 700.00
2024-01-10 Sold on account
  1100 D 300.00
  4000 C 300.00
2024-02-15 Bought on account
  5000 D 200.00
  2000 C 200.00`,
});

test('figures of a month that is the second of its year', () => {
  // 60 days; assets 1 000, liabilities 200, equity 800, result 100.
  expect(asText(book.report('key-figures', '2024-02'))).toEqual([
    'Liquidity',
    '  Cash ratio | cash / liabilities | 3.50 | ',
    '  Cash and receivables to liabilities | (cash + receivables) / liabilities | 5.00 | ',
    'Capital',
    '  Equity ratio, % | 100 × equity / assets | 80.00 | ',
    '  Debt to equity | liabilities / equity | 0.25 | ',
    'Profitability',
    '  Net margin, % | 100 × result / income, year to date | 33.33 | ',
    '  Return on equity, % | 100 × result × 365 / days / equity | 76.04 | ',
    'Turnover',
    '  Receivables, days | receivables × days / income, year to date | 60.00 | ',
    '  Payables, days | payables × days / expenses, year to date | 60.00 | ',
  ]);
});

test('what has nothing to be divided by is left out, and last year stands beside', () => {
  const [, ...january] = asText(book.report('key-figures', '2024-01'));
  expect(january[0]).toBe('  Cash ratio | cash / liabilities |  | ');
  const [, cash] = asText(book.report('key-figures', '2025-02'));
  expect(cash).toBe('  Cash ratio | cash / liabilities | 3.50 | 3.50');
});

test('a margin that isn’t the income statement’s is found', () => {
  const period = book.period('2024-02');
  const names = ['key-figures', 'income-statement'];
  const set = Object.fromEntries(names.map((name) => [name, book.report(name, '2024-02')]));
  checkInvariants(book.ledger, period, set);
  const body = set['key-figures']!;
  const rows = body.rows.map((row) =>
    row.name.startsWith('Net margin') ? { ...row, values: { ...row.values, value: '33.34' } } : row,
  );
  const broken = { ...set, 'key-figures': { ...body, rows } };
  expect(() => checkInvariants(book.ledger, period, broken)).toThrow('net margin');
});
