// The boxes of a tax return, from sums under tax codes.
import { expect, test } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import type { DetailKind, DetailRow } from '#reports/catalogue/detail-table.ts';
import { asText, Book } from './written-book.ts';

const [SALES, COSTS, VAT] = [1, 2, 3];
const [OUT, IN] = [1, 2];
const moved = (
  kind: DetailKind,
  of: number,
  account: number,
  month: string,
  debit: bigint,
  credit: bigint,
): DetailRow => ({
  ...{ kind, of, account, month: month as Month, closing: false, debit, credit, lastPosition: 2 },
});

const book = new Book({
  accounts: `
    4000 income Sales
    5000 expense Costs
    2500 liability VAT`,
  entries: `
2024-01-10 Something else
  5000 D 1.00
  4000 C 1.00`,
  taxCodes: [
    { id: OUT, code: 'OUT', name: 'on sales', kind: 'output', baseBox: '1', taxBox: '10' },
    { id: IN, code: 'IN', name: 'on purchases', kind: 'input', baseBox: '2', taxBox: '9' },
  ],
  details: [
    moved('tax-base', OUT, SALES, '2024-01', 1_000n, 11_000n),
    moved('tax', OUT, VAT, '2024-01', 250n, 2_750n),
    moved('tax-base', IN, COSTS, '2024-03', 4_000n, 0n),
    moved('tax', IN, VAT, '2024-03', 1_000n, 0n),
    moved('tax', IN, VAT, '2024-04', 99n, 0n),
  ],
});

test('a quarter: each box with the accounts behind it, in the order of the boxes', () => {
  expect(asText(book.report('tax-return', '2024-Q1'))).toEqual([
    ...['Box 1', '  OUT on sales, taxed', '    4000 Sales | 100.00', 'Box 1 | 100.00'],
    ...['Box 2', '  IN on purchases, taxed', '    5000 Costs | 40.00', 'Box 2 | 40.00'],
    ...['Box 9', '  IN on purchases, tax', '    2500 VAT | 10.00', 'Box 9 | 10.00'],
    ...['Box 10', '  OUT on sales, tax', '    2500 VAT | 25.00', 'Box 10 | 25.00'],
    'Output tax less input tax | 15.00',
  ]);
});

test('a month without any has no box', () => {
  expect(asText(book.report('tax-return', '2024-02'))).toEqual([
    'Output tax less input tax | 0.00',
  ]);
});
