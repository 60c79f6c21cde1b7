// The cash flow statement: a year as a bookkeeper would check it, and any book with its accounts counted anyhow.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CASH_FLOWS } from '#ledger/domain/account.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book } from './written-book.ts';

test('the result, what moved no cash, working capital, investments and financing', () => {
  const book = new Book({
    accounts: `
      1000 asset Bank
      1100 asset Debtors
      1500 asset Machine
      1590 asset Machine, depreciation
      2000 liability Creditors
      2300 liability Loan
      3000 equity Capital
      4000 income Sales
      5000 expense Costs`,
    cashFlow: { 1000: 'cash', 1500: 'investing', 1590: 'non-cash', 2300: 'financing' },
    entries: `
2024-01-05 Paid in
  1000 D 1000.00
  3000 C 600.00
  2300 C 400.00
2024-01-10 A machine
  1500 D 500.00
  1000 C 500.00
2024-02-10 Sold on account
  1100 D 300.00
  4000 C 300.00
2024-02-15 Bought on account
  5000 D 80.00
  2000 C 80.00
2024-02-20 Customers pay
  1000 D 120.00
  1100 C 120.00
2024-02-28 Worn out
  5000 D 40.00
  1590 C 40.00`,
  });
  expect(asText(book.report('cash-flow', '2024-02'))).toEqual([
    'Operating activities',
    '  Result | 180.00 | 180.00',
    '  Non-cash items',
    '    1590 Machine, depreciation | 40.00 | 40.00',
    '  Total non-cash items | 40.00 | 40.00',
    '  Working capital',
    '    1100 Debtors | -180.00 | -180.00',
    '    2000 Creditors | 80.00 | 80.00',
    '  Total working capital | -100.00 | -100.00',
    'Cash from operating activities | 120.00 | 120.00',
    'Investing activities',
    '  1500 Machine | 0.00 | -500.00',
    'Cash from investing activities | 0.00 | -500.00',
    'Financing activities',
    '  2300 Loan | 0.00 | 400.00',
    '  3000 Capital | 0.00 | 600.00',
    'Cash from financing activities | 0.00 | 1000.00',
    'Change in cash | 120.00 | 620.00',
    'Cash at the beginning | 500.00 | 0.00',
    'Cash at the end | 620.00 | 620.00',
  ]);
});

test('whatever accounts count as, it comes to the change in cash', () => {
  const codes = ['1000', '1100', '1200', '2000', '3000'];
  const places = fc.array(fc.constantFrom(...CASH_FLOWS), { minLength: 5, maxLength: 5 });
  let moved = 0;
  fc.assert(
    fc.property(writtenBook, places, (made, counted) => {
      const cashFlow = Object.fromEntries(codes.map((code, at) => [code, counted[at]!]));
      const book = new Book({ ...made, cashFlow });
      for (const period of periodsOf(book).filter((_, at) => at % 5 === 0)) {
        const names = reportsOf(period.kind);
        const set = Object.fromEntries(names.map((name) => [name, book.report(name, period.key)]));
        checkInvariants(book.ledger, period, set);
        const change = set['cash-flow']!.rows.find(({ name }) => name === 'Change in cash')!;
        if (change.values['period'] !== '0.00') moved++;
      }
    }),
    { numRuns: 60 },
  );
  expect(moved).toBeGreaterThan(20);
});
