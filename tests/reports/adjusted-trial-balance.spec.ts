// The work sheet of a close.
import { expect, it } from 'vitest';
import { asText, Book } from './written-book.ts';

it('sets what stood before adjustments beside them and what stands after', () => {
  const book = new Book({
    accounts: `
      1000 asset Assets:Bank
      1190 asset Assets:Prepayments
      1590 asset Assets:Depreciation
      3000 equity Equity:Capital
      4000 income Income:Sales
      6000 expense Expenses:Rent
      6700 expense Expenses:Depreciation`,
    entries: `
2023-12-31 adjusting Of the year before
  6700 D 7.00
  1590 C 7.00
2024-01-01 Capital
  1000 D 1000.00
  3000 C 1000.00
2024-01-10 Sale
  1000 D 300.00
  4000 C 300.00
2024-01-15 Rent of a quarter
  6000 D 90.00
  1000 C 90.00
2024-01-31 adjusting Rent paid ahead
  1190 D 60.00
  6000 C 60.00
2024-01-31 adjusting Depreciation
  6700 D 10.00
  1590 C 10.00
2024-02-29 adjusting Rent of February
  6000 D 30.00
  1190 C 30.00`,
    start: '2023-01-01',
    firstYearEnd: '2023-12-31',
  });
  expect(asText(book.report('adjusted-trial-balance', '2024-01'))).toEqual([
    '1000 Bank | 1210.00 | 0.00 | 0.00 | 0.00 | 1210.00 | 0.00',
    '1190 Prepayments | 0.00 | 0.00 | 60.00 | 0.00 | 60.00 | 0.00',
    '1590 Depreciation | 0.00 | 7.00 | 0.00 | 10.00 | 0.00 | 17.00',
    '3000 Capital | 0.00 | 1000.00 | 0.00 | 0.00 | 0.00 | 1000.00',
    '4000 Sales | 0.00 | 300.00 | 0.00 | 0.00 | 0.00 | 300.00',
    '6000 Rent | 90.00 | 0.00 | 0.00 | 60.00 | 30.00 | 0.00',
    '6700 Depreciation | 0.00 | 0.00 | 10.00 | 0.00 | 10.00 | 0.00',
    'Result of earlier years | 7.00 | 0.00 | 0.00 | 0.00 | 7.00 | 0.00',
    'Total | 1307.00 | 1307.00 | 70.00 | 70.00 | 1317.00 | 1317.00',
  ]);
  // The adjustments of the year to date.
  const february = asText(book.report('adjusted-trial-balance', '2024-02'));
  expect(february).toContain('1190 Prepayments | 0.00 | 0.00 | 60.00 | 30.00 | 30.00 | 0.00');
});
