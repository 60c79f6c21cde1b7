// A book with other currencies and commodities on paper.
import { expect, it } from 'vitest';
import { ACCOUNTS, ENTRIES } from './two-years.ts';
import { asText, Book } from './written-book.ts';

const unit = (account: number, name: string, month: string, quantity: bigint, base: bigint) => ({
  ...{ account, unit: name, decimals: name === 'VHT' ? 3 : 2, month: month as never },
  ...{ closing: false, lastPosition: 1 },
  debitQuantity: quantity > 0n ? quantity : 0n,
  creditQuantity: quantity < 0n ? -quantity : 0n,
  debit: base > 0n ? base : 0n,
  credit: base < 0n ? -base : 0n,
});
const book = new Book({
  accounts: ACCOUNTS,
  entries: ENTRIES,
  units: [
    unit(1, 'USD', '2024-12', 10_000n, 9_200n),
    unit(1, 'USD', '2025-01', -4_000n, -3_680n),
    unit(7, 'USD', '2024-12', -10_000n, -9_200n),
    unit(7, 'USD', '2025-01', -500n, -460n),
    unit(3, 'VHT', '2025-01', 12_345n, 0n),
    unit(5, 'VHT', '2025-01', -12_345n, 0n),
  ],
});

it('shows what accounts hold in each, with what stands behind it', () => {
  const body = book.report('balances-by-unit', '2025-01');
  expect(asText(body)).toEqual([
    'USD',
    '  1000 Bank | 100.00 | 0.00 | 40.00 | 60.00 | 55.20',
    '  4000 Sales | 0.00 | 0.00 | 5.00 | -5.00 | -4.60',
    'Total USD | 100.00 | 0.00 | 45.00 | 55.00 | 50.60',
    'VHT',
    '  1500 Equipment | 0.000 | 12.345 | 0.000 | 12.345 | 0.00',
    '  3000 Share capital | 0.000 | 0.000 | 12.345 | -12.345 | 0.00',
    'Total VHT | 0.000 | 12.345 | 12.345 | 0.000 | 0.00',
  ]);
  expect(asText(book.report('balances-by-unit', '2024-11'))).toEqual([]);
});

it('names units that have no amount in the notes of the statements', () => {
  for (const report of ['balance-sheet', 'trial-balance']) {
    expect(book.report(report, '2024-12').notes).toEqual([]);
    expect(book.report(report, '2025-01').notes).toEqual([
      'Without a rate, and so without an amount in EUR: VHT. They stand in Balances by currency.',
    ]);
  }
});

it('stands beside the month before, each unit in its own decimals', () => {
  const body = book.report('balances-by-unit~previous-1', '2025-01');
  expect(asText(body)).toEqual([
    'USD',
    '  1000 Bank | 60.00 | 100.00 | -40.00 | -40.0',
    '  4000 Sales | -5.00 | -100.00 | 95.00 | 95.0',
    'Total USD | 55.00 | 0.00 | 55.00 | ',
    'VHT',
    '  1500 Equipment | 12.345 | 0.000 | 12.345 | ',
    '  3000 Share capital | -12.345 | 0.000 | -12.345 | ',
    'Total VHT | 0.000 | 0.000 | 0.000 | ',
  ]);
});
