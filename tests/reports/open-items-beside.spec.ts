// Open items beside other periods where a name isn't enough: several currencies of one document, and accounts with too many.
import { expect, it } from 'vitest';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import type { ItemRow } from '#reports/catalogue/item-table.ts';
import { asText, Book } from './written-book.ts';

const WRITTEN = {
  accounts: `
    1100 asset Assets:Debtors
    4000 income Income:Sales`,
  controls: { 1100: 'receivables' },
  parties: [
    { code: 'ada', name: 'Ada' },
    { code: 'bob', name: 'Bob' },
  ],
} as const;

const sold = (day: string, line: string, amount = '1.00') =>
  `${day} Sale\n  1100 D ${amount} ${line}\n  4000 C ${amount}\n`;

it('match by currency where a document has several', () => {
  const item = (month: string, unit: string, debit: bigint): ItemRow => ({
    ...{ account: 1, party: 1, document: 'A1', unit, decimals: 2, month: month as Month },
    ...{ closing: false, debitQuantity: unit === '' ? 0n : 100_00n, creditQuantity: 0n },
    ...{ debit, credit: 0n, firstDate: `${month}-05` as CalendarDate, dueDate: null },
  });
  const book = new Book({
    ...WRITTEN,
    entries: sold('2025-01-05', 'ada #A1', '90.00') + sold('2025-02-05', 'ada #A1', '10.00'),
    items: [item('2025-01', 'USD', 90_00n), item('2025-02', '', 10_00n)],
  });
  expect(asText(book.report('open-items~previous-1', '2025-02')).slice(2, 4)).toEqual([
    '    A1 | 2025-01-05 | 2025-01-05 | USD | 90.00 | 90.00 | 0.00 | 0.0',
    '    A1 | 2025-02-05 | 2025-02-05 |  | 10.00 | 0.00 | 10.00 | ',
  ]);
});

it('stay apart where one is settled before the other begins', () => {
  const dollars: ItemRow = {
    ...{ account: 1, party: 1, document: 'A1', unit: 'USD', decimals: 2, closing: false },
    ...{ debitQuantity: 100_00n, creditQuantity: 0n, debit: 90_00n, credit: 0n },
    ...{ month: '2025-01' as Month, firstDate: '2025-01-05' as CalendarDate, dueDate: null },
  };
  const paid = { ...dollars, month: '2025-02' as Month, firstDate: '2025-02-01' as CalendarDate };
  const settled = {
    ...paid,
    debitQuantity: 0n,
    creditQuantity: 100_00n,
    debit: 0n,
    credit: 90_00n,
  };
  const euros = { ...paid, unit: '', decimals: 0, debitQuantity: 0n, debit: 10_00n };
  const book = new Book({
    ...WRITTEN,
    entries: sold('2025-01-05', 'ada #A1', '90.00') + sold('2025-02-05', 'ada #A1', '10.00'),
    items: [dollars, settled, euros],
  });
  const figures = book
    .report('open-items~previous-1', '2025-02')
    .rows.filter(({ name }) => name === 'A1')
    .map(({ values }) => [values['unit'], values['2025-02'], values['2025-01']]);
  expect(figures.toSorted()).toEqual([
    ['', '10.00', '0.00'],
    ['USD', '0.00', '90.00'],
  ]);
});

it('stand by party where any of the periods has too many', () => {
  const many = Array.from({ length: 2_000 }, (_, at) => sold('2025-02-06', `bob #B${at}`));
  const first = sold('2025-01-05', 'ada #A1', '90.00');
  const book = new Book({ ...WRITTEN, entries: first + many.join('') });
  expect(asText(book.report('open-items', '2025-01'))).toContain(
    '    A1 | 2025-01-05 | 2025-01-05 | 26 | 90.00 | 0.00 | 90.00 | ',
  );
  expect(asText(book.report('open-items~previous-1', '2025-02')).slice(1, 3)).toEqual([
    '  ada Ada | 90.00 | 90.00 | 0.00 | 0.0',
    '  bob Bob | 2000.00 | 0.00 | 2000.00 | ',
  ]);
});
