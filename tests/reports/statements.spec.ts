// The statements of written books: what an accountant would find on paper.

import { describe, expect, it } from 'vitest';
import { rowsBelow } from '#reports/catalogue/paged-rows.ts';
import { ACCOUNTS, ENTRIES } from './two-years.ts';
import { asText, Book } from './written-book.ts';

describe('a book whose first year nobody closed', () => {
  const book = new Book({ accounts: ACCOUNTS, entries: ENTRIES, lockedThrough: '2025-01-31' });

  it('opens result accounts at zero and shows what the earlier year left in one row of equity', () => {
    expect(asText(book.report('trial-balance', '2025-02'))).toEqual([
      '1000 Bank | 1180.00 | 0.00 | 0.00 | 0.00 | 1180.00 | 0.00',
      '1100 Receivables | 500.00 | 0.00 | 0.00 | 0.00 | 500.00 | 0.00',
      '2000 Payables | 0.00 | 0.00 | 0.00 | 100.00 | 0.00 | 100.00',
      '3000 Share capital | 0.00 | 1000.00 | 0.00 | 0.00 | 0.00 | 1000.00',
      '4000 Sales | 0.00 | 300.00 | 0.00 | 0.00 | 0.00 | 300.00',
      '6000 Rent | 0.00 | 0.00 | 100.00 | 0.00 | 100.00 | 0.00',
      'Result of earlier years | 0.00 | 380.00 | 0.00 | 0.00 | 0.00 | 380.00',
      'Total | 1680.00 | 1680.00 | 100.00 | 100.00 | 1780.00 | 1780.00',
    ]);
  });

  it('draws up a balance sheet with the month before and the year before beside it', () => {
    const body = book.report('balance-sheet', '2025-02');
    expect(body.columns.map(({ key, label }) => `${key} ${label}`)).toEqual([
      'amount 2025-02-28',
      'previousPeriod 2025-01-31',
      'previousYear 2024-12-31',
    ]);
    expect(asText(body)).toEqual([
      'Assets',
      '  Current assets',
      '    1000 Bank | 1180.00 | 1180.00 | 880.00',
      '    1100 Receivables | 500.00 | 500.00 | 500.00',
      '  Total Current assets | 1680.00 | 1680.00 | 1380.00',
      'Total assets | 1680.00 | 1680.00 | 1380.00',
      'Liabilities',
      '  2000 Payables | 100.00 | 0.00 | 0.00',
      'Total liabilities | 100.00 | 0.00 | 0.00',
      'Equity',
      '  3000 Share capital | 1000.00 | 1000.00 | 1000.00',
      '  Result of earlier years | 380.00 | 380.00 | 0.00',
      '  Result of the year | 200.00 | 300.00 | 380.00',
      'Total equity | 1580.00 | 1680.00 | 1380.00',
      'Total liabilities and equity | 1680.00 | 1680.00 | 1380.00',
    ]);
  });

  it('sets the period, the year to date and their like of last year side by side', () => {
    const body = book.report('income-statement', '2025-Q1');
    expect(body.columns.map(({ key }) => key)).toEqual([
      'period',
      'yearToDate',
      'previousPeriod',
      'lastYear',
      'lastYearToDate',
    ]);
    expect(asText(body)).toEqual([
      'Income',
      '  4000 Sales | 300.00 | 300.00 | 0.00 | 500.00 | 500.00',
      'Total income | 300.00 | 300.00 | 0.00 | 500.00 | 500.00',
      'Expenses',
      '  6000 Rent | 100.00 | 100.00 | 120.00 | 0.00 | 0.00',
      'Total expenses | 100.00 | 100.00 | 120.00 | 0.00 | 0.00',
      'Result | 200.00 | 200.00 | -120.00 | 500.00 | 500.00',
    ]);
  });

  it('holds a month against the same month of last year', () => {
    const sales = (period: string) =>
      asText(book.report('income-statement', period)).find((row) => row.includes('4000'));
    expect(sales('2025-02')).toBe('  4000 Sales | 0.00 | 300.00 | 300.00 | 0.00 | 0.00');
    expect(sales('2025-03')).toBe('  4000 Sales | 0.00 | 300.00 | 0.00 | 500.00 | 500.00');
    expect(sales('2025-04')).toBe('  4000 Sales | 0.00 | 300.00 | 0.00 | 0.00 | 500.00');
  });

  it('sets the months of a year side by side', () => {
    const body = book.report('income-by-month', '2025');
    expect(body.columns.map(({ key }) => key).slice(0, 3)).toEqual([
      '2025-01',
      '2025-02',
      '2025-03',
    ]);
    expect(body.columns).toHaveLength(13);
    expect(asText(body).map((row) => row.replace(/( \| 0\.00){10}/, ' …'))).toEqual([
      'Income',
      '  4000 Sales | 300.00 … | 0.00 | 300.00',
      'Total income | 300.00 … | 0.00 | 300.00',
      'Expenses',
      '  6000 Rent | 0.00 | 100.00 … | 100.00',
      'Total expenses | 0.00 | 100.00 … | 100.00',
      'Result | 300.00 | -100.00 … | 200.00',
    ]);
  });

  it('shows what moved equity in a year and in a quarter', () => {
    expect(asText(book.report('changes-in-equity', '2024'))).toEqual([
      '  3000 Share capital | 0.00 | 0.00 | 1000.00 | 1000.00',
      '  Result of the year | 0.00 | 380.00 | 0.00 | 380.00',
      'Total equity | 0.00 | 380.00 | 1000.00 | 1380.00',
    ]);
    expect(asText(book.report('changes-in-equity', '2025-Q1'))).toEqual([
      '  3000 Share capital | 1000.00 | 0.00 | 0.00 | 1000.00',
      '  Result of earlier years | 380.00 | 0.00 | 0.00 | 380.00',
      '  Result of the year | 0.00 | 200.00 | 0.00 | 200.00',
      'Total equity | 1380.00 | 200.00 | 0.00 | 1580.00',
    ]);
    expect(asText(book.report('changes-in-equity', '2024-Q4')).slice(1)).toEqual([
      '  Result of the year | 500.00 | -120.00 | 0.00 | 380.00',
      'Total equity | 1500.00 | -120.00 | 0.00 | 1380.00',
    ]);
  });

  it('leaves out columns that would lie before the first day', () => {
    const keys = (report: 'balance-sheet' | 'income-statement', period: string) =>
      book.report(report, period).columns.map(({ key }) => key);
    expect(keys('balance-sheet', '2024-01')).toEqual(['amount']);
    expect(keys('income-statement', '2024')).toEqual(['period', 'yearToDate']);
    expect(keys('balance-sheet', '2024')).toEqual(['amount']);
    expect(keys('income-statement', '2024-02')).toEqual(['period', 'yearToDate', 'previousPeriod']);
    expect(keys('balance-sheet', '2025')).toEqual(['amount', 'previousYear']);
  });

  it('says provisional until the period is locked', () => {
    expect(book.report('trial-balance', '2025-01').provisional).toBe(false);
    expect(book.report('trial-balance', '2025-02').provisional).toBe(true);
  });

  it('bears the position of the last event that fed it', () => {
    expect(book.report('trial-balance', '2024-02').position).toBe(2);
    expect(book.report('balance-sheet', '2025-01').position).toBe(5);
    expect(book.report('journal', '2024-02').position).toBe(1);
    expect(book.report('journal', '2024-Q1').position).toBe(3);
    expect(book.report('income-statement', '2025-03').position).toBe(6);
  });
});

describe('a year that was closed', () => {
  const book = new Book({
    accounts: ACCOUNTS,
    entries: `${ENTRIES}
2024-12-31 closing Result of 2024 to retained earnings
  4000 D 500.00
  6000 C 120.00
  3100 C 380.00`,
  });

  it("leaves the closing entry out of that year's statements", () => {
    const year = asText(book.report('balance-sheet', '2024'));
    expect(year).toContain('  Result of the year | 380.00');
    expect(year.join()).not.toContain('Retained earnings');
    expect(asText(book.report('income-statement', '2024'))).toContain('Result | 380.00 | 380.00');
    expect(book.report('trial-balance', '2024').notes).toEqual([
      'Closing entries of the year are left out.',
    ]);
  });

  it('carries the result in retained earnings from the next year on', () => {
    const next = asText(book.report('balance-sheet', '2025'));
    expect(next).toContain('  3100 Retained earnings | 380.00 | 0.00');
    expect(next.join()).not.toContain('| 380.00 | 380.00');
    const trial = asText(book.report('trial-balance', '2025'));
    expect(trial).toContain('3100 Retained earnings | 0.00 | 380.00 | 0.00 | 0.00 | 0.00 | 380.00');
    expect(trial.join()).not.toContain('Result of earlier years');
  });

  it('shows the closing entry in journal and general ledger', () => {
    expect(book.report('journal', '2024-12').controlTotals).toEqual({
      rows: 5,
      debit: '620.00',
      credit: '620.00',
    });
    const ledger = book.report('general-ledger', '2024');
    const below = ledger.parts!.flatMap((part) => rowsBelow(ledger, part));
    const closings = below.map((row) => row.values.balance);
    expect(closings).toEqual(['880.00', '500.00', '1000.00', '380.00', '0.00', '0.00']);
  });
});

describe('a book whose year begins in April', () => {
  const book = new Book({
    start: '2024-04-01',
    firstYearEnd: '2025-03-31',
    accounts: ACCOUNTS,
    entries: `
2024-05-01 Sale
  1000 D 10.00
  4000 C 10.00
2025-03-31 Sale
  1000 D 20.00
  4000 C 20.00
2025-04-01 Sale
  1000 D 40.00
  4000 C 40.00`,
  });

  it('names years by their end and counts quarters from April', () => {
    expect(book.report('income-statement', '2025').period).toMatchObject({
      from: '2024-04-01',
      to: '2025-03-31',
    });
    expect(asText(book.report('income-statement', '2026-Q1'))).toContain(
      'Result | 40.00 | 40.00 | 20.00 | 10.00 | 10.00',
    );
  });

  it('starts the result anew on 1 April', () => {
    expect(asText(book.report('balance-sheet', '2025-04')).slice(-4)).toEqual([
      '  Result of earlier years | 30.00 | 0.00 | 0.00',
      '  Result of the year | 40.00 | 30.00 | 30.00',
      'Total equity | 70.00 | 30.00 | 30.00',
      'Total liabilities and equity | 70.00 | 30.00 | 30.00',
    ]);
  });
});

it('shows a parent that holds postings as a line of its own under its heading', () => {
  const book = new Book({
    accounts: `
      1000 asset Assets
      1010 asset Assets:Bank
      1011 asset Assets:Bank:Savings
      3000 equity Capital`,
    entries: `
2024-01-01 Start
  1000 D 1.00
  1010 D 2.00
  1011 D 4.00
  3000 C 7.00`,
  });
  expect(asText(book.report('balance-sheet', '2024-01')).slice(0, 7)).toEqual([
    'Assets',
    '  1000 Assets | 1.00',
    '  Bank',
    '    1010 Bank | 2.00',
    '    1011 Savings | 4.00',
    '  Total Bank | 6.00',
    'Total assets | 7.00',
  ]);
});
