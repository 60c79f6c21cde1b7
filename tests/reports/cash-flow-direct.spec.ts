// The cash flow statement by the direct method: what was received and paid, and for what.
import { expect, it } from 'vitest';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import { asText, Book } from './written-book.ts';

const BOOK = {
  accounts: `
    1000 asset Assets:Bank
    1010 asset Assets:Till
    1100 asset Assets:Debtors
    1500 asset Assets:Machine
    2000 liability Liabilities:Creditors
    2300 liability Liabilities:Loan
    4000 income Income:Sales
    6000 expense Expenses:Rent
    6700 expense Expenses:Depreciation
    6800 expense Expenses:Other:Interest paid`,
  cashFlow: { 1000: 'cash', 1010: 'cash', 1500: 'investing', 2300: 'financing' },
  entries: `
2024-01-05 Loan
  1000 D 400.00
  2300 C 400.00
2024-01-10 Invoice
  1100 D 200.00
  4000 C 200.00
2024-02-01 Paid in part, some of it into the till
  1000 D 100.00
  1010 D 20.00
  1100 C 120.00
2024-02-02 Refund
  1100 D 5.00
  1010 C 5.00
2024-02-03 To the bank
  1000 D 10.00
  1010 C 10.00
2024-02-04 Machine, half of it on credit
  1500 D 300.00
  1000 C 150.00
  2000 C 150.00
2024-02-05 Instalment and interest
  2300 D 40.00
  6800 D 3.00
  1000 C 43.00
2024-02-28 Depreciation
  6700 D 10.00
  1500 C 10.00`,
} as const;

it('shows receipts and payments gross, by what stands against cash; transfers are none', () => {
  expect(asText(new Book(BOOK).report('cash-flow-direct', '2024-02'))).toEqual([
    'Operating activities',
    '  Receipts',
    '    1100 Debtors | 120.00 | 120.00',
    '  Total receipts | 120.00 | 120.00',
    '  Payments',
    '    1100 Debtors | -5.00 | -5.00',
    '    6800 Interest paid | -3.00 | -3.00',
    '  Total payments | -8.00 | -8.00',
    'Cash from operating activities | 112.00 | 112.00',
    'Investing activities',
    '  Payments',
    '    1500 Machine | -150.00 | -150.00',
    '  Total payments | -150.00 | -150.00',
    'Cash from investing activities | -150.00 | -150.00',
    'Financing activities',
    '  Receipts',
    '    2300 Loan | 0.00 | 400.00',
    '  Total receipts | 0.00 | 400.00',
    '  Payments',
    '    2300 Loan | -40.00 | -40.00',
    '  Total payments | -40.00 | -40.00',
    'Cash from financing activities | -40.00 | 360.00',
    'Change in cash | -78.00 | 322.00',
    'Cash at the beginning | 400.00 | 0.00',
    'Cash at the end | 322.00 | 322.00',
  ]);
});

it('follows the layout of the cash flow statement: interest paid is financing by IFRS', () => {
  const layouts = { 'cash-flow': presetLines('ifrs', 'cash-flow') };
  const rows = asText(new Book({ ...BOOK, layouts }).report('cash-flow-direct', '2024-02'));
  expect(rows).toContain('Cash from operating activities | 115.00 | 115.00');
  expect(rows).toContain('Cash from financing activities | -43.00 | 357.00');
});
