// What customers owe and what is owed to suppliers, from items as a bookkeeper would list them.
import { describe, expect, test } from 'vitest';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import type { ItemRow } from '#reports/catalogue/item-table.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { asText, Book } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Debtors
  2000 liability Liabilities:Creditors
  4000 income Income:Sales
  5000 expense Expenses:Rent`;
const [DEBTORS, CREDITORS] = [2, 3];
const [ADA, BOB] = [1, 2];

/** @param moved minor units on the debit side; negative: credit */
function item(
  account: number,
  party: number,
  document: string,
  date: string,
  moved: number,
  due: string | null = null,
  unit: Partial<ItemRow> = {},
): ItemRow {
  const amount = BigInt(Math.abs(moved));
  return {
    ...{ account, party, document, unit: '', decimals: 2, closing: false },
    ...{ debitQuantity: 0n, creditQuantity: 0n },
    month: date.slice(0, 7) as Month,
    debit: moved > 0 ? amount : 0n,
    credit: moved < 0 ? amount : 0n,
    firstDate: date as CalendarDate,
    dueDate: due as CalendarDate | null,
    ...unit,
  };
}

const ENTRIES = `
2024-01-10 Invoice A1 to Ada, due 9 February
  1100 D 100.00
  4000 C 100.00
2024-02-20 Ada pays half of it
  1000 D 50.00
  1100 C 50.00
2024-02-01 Invoice B1 to Bob, due 1 March
  1100 D 30.00
  4000 C 30.00
2024-03-02 Bob pays it
  1000 D 30.00
  1100 C 30.00
2024-03-05 An invoice that names nobody
  1100 D 7.00
  4000 C 7.00
2024-03-10 Rent, owed to Bob, due 30 March
  5000 D 20.00
  2000 C 20.00`;

const book = new Book({
  accounts: ACCOUNTS,
  entries: ENTRIES,
  controls: { 1100: 'receivables', 2000: 'payables' },
  parties: [
    { code: 'C-1', name: 'Ada' },
    { code: 'C-2', name: 'Bob' },
  ],
  items: [
    item(DEBTORS, ADA, 'A1', '2024-01-10', 10_000, '2024-02-09'),
    item(DEBTORS, ADA, 'A1', '2024-02-20', -5_000),
    item(DEBTORS, BOB, 'B1', '2024-02-01', 3_000, '2024-03-01', {
      ...{ unit: 'USD', debitQuantity: 3_300n },
    }),
    item(DEBTORS, BOB, 'B1', '2024-03-02', -3_000, null, { unit: 'USD', creditQuantity: 3_300n }),
    item(CREDITORS, BOB, 'R1', '2024-03-10', -2_000, '2024-03-30'),
  ],
});

const amounts = (body: ReportBody) => asText(body);

describe('aged receivables', () => {
  test('are counted in days from the due date, and what names nobody has no age', () => {
    expect(amounts(book.report('aged-receivables', '2024-03'))).toEqual([
      '1100 Debtors',
      '  C-1 Ada | 0.00 | 0.00 | 50.00 | 0.00 | 0.00 | 50.00',
      '  Without a party or document | 7.00 | 0.00 | 0.00 | 0.00 | 0.00 | 7.00',
      'Total Debtors | 7.00 | 0.00 | 50.00 | 0.00 | 0.00 | 57.00',
      'Total receivables | 7.00 | 0.00 | 50.00 | 0.00 | 0.00 | 57.00',
    ]);
  });

  test('show items of other currencies in these as well', () => {
    expect(amounts(book.report('aged-receivables', '2024-02'))).toEqual([
      '1100 Debtors',
      '  C-1 Ada | 0.00 | 50.00 | 0.00 | 0.00 | 0.00 | 50.00',
      '  C-2 Bob | 30.00 | 0.00 | 0.00 | 0.00 | 0.00 | 30.00',
      'Total Debtors | 30.00 | 50.00 | 0.00 | 0.00 | 0.00 | 80.00',
      'Total receivables | 30.00 | 50.00 | 0.00 | 0.00 | 0.00 | 80.00',
      'Of which in USD',
      '  C-2 Bob | 33.00 | 0.00 | 0.00 | 0.00 | 0.00 | 33.00',
      'Total USD | 33.00 | 0.00 | 0.00 | 0.00 | 0.00 | 33.00',
    ]);
  });

  test.each([
    ['2024-03-01', 'notDue'],
    ['2024-02-29', 'notDue'],
    ['2024-02-28', 'to30'],
    ['2024-01-30', 'to30'],
    ['2024-01-29', 'to60'],
    ['2023-12-31', 'to60'],
    ['2023-12-30', 'to90'],
    ['2023-12-01', 'to90'],
    ['2023-11-30', 'over90'],
  ])('an item due on %s stands under %s on 29 February', (due, column) => {
    const own = new Book({
      accounts: ACCOUNTS,
      entries: '2024-02-09 x\n  1100 D 1.00\n  4000 C 1.00',
      controls: { 1100: 'receivables' },
      items: [item(DEBTORS, 0, 'A', '2024-02-09', 100, due)],
    });
    const line = own
      .report('aged-receivables', '2024-02')
      .rows.find(({ kind }) => kind === 'line')!;
    const { total, ...ages } = line.values;
    const filled = Object.entries(ages).filter(([, amount]) => amount !== '0.00');
    expect(filled).toEqual([[column, total]]);
  });
});

test('aged payables are positive where we owe', () => {
  expect(amounts(book.report('aged-payables', '2024-03'))).toEqual([
    '2000 Creditors',
    '  C-2 Bob | 0.00 | 20.00 | 0.00 | 0.00 | 0.00 | 20.00',
    'Total Creditors | 0.00 | 20.00 | 0.00 | 0.00 | 0.00 | 20.00',
    'Total payables | 0.00 | 20.00 | 0.00 | 0.00 | 0.00 | 20.00',
  ]);
});

test('open items leave out what is settled', () => {
  expect(amounts(book.report('open-items', '2024-03'))).toEqual([
    '1100 Debtors',
    '  C-1 Ada',
    '    A1 | 2024-01-10 | 2024-02-09 | 51 | 100.00 | 50.00 | 50.00 | ',
    '  Total C-1 Ada | 100.00 | 50.00 | 50.00',
    '  Without a party or document | 7.00 | 0.00 | 7.00',
    'Total Debtors | 107.00 | 50.00 | 57.00',
    'Total receivables | 107.00 | 50.00 | 57.00',
    '2000 Creditors',
    '  C-2 Bob',
    '    R1 | 2024-03-10 | 2024-03-30 | 1 | 20.00 | 0.00 | 20.00 | ',
    '  Total C-2 Bob | 20.00 | 0.00 | 20.00',
    'Total Creditors | 20.00 | 0.00 | 20.00',
    'Total payables | 20.00 | 0.00 | 20.00',
  ]);
});

test('customers and suppliers: opening and movement are the closing', () => {
  expect(amounts(book.report('party-balances', '2024-03'))).toEqual([
    '1100 Debtors',
    '  C-1 Ada | 50.00 | 0.00 | 0.00 | 50.00',
    '  C-2 Bob | 30.00 | 0.00 | 30.00 | 0.00',
    '  Without a party or document | 0.00 | 7.00 | 0.00 | 7.00',
    'Total Debtors | 80.00 | 7.00 | 30.00 | 57.00',
    'Total receivables | 80.00 | 7.00 | 30.00 | 57.00',
    '2000 Creditors',
    '  C-2 Bob | 0.00 | 20.00 | 0.00 | 20.00',
    'Total Creditors | 0.00 | 20.00 | 0.00 | 20.00',
    'Total payables | 0.00 | 20.00 | 0.00 | 20.00',
  ]);
});

describe('results by dimension', () => {
  const moved = (value: number, account: number, month: string, debit: bigint, credit: bigint) => ({
    ...{
      kind: 'dimension' as const,
      of: value,
      account,
      month: month as Month,
      closing: false,
      debit,
      credit,
      lastPosition: 2,
    },
  });
  const own = new Book({
    accounts: ACCOUNTS,
    entries: ENTRIES,
    dimensions: [
      {
        code: 'centre',
        name: 'Cost centre',
        values: [
          { id: 1, code: 'N', name: 'North', parent: null },
          { id: 2, code: 'N1', name: 'Oslo', parent: 1 },
          { id: 3, code: 'S', name: 'South', parent: null },
        ],
      },
    ],
    details: [
      moved(2, 4, '2024-01', 0n, 10_000n),
      moved(1, 4, '2024-02', 0n, 1_000n),
      moved(3, 5, '2024-03', 1_500n, 0n),
    ],
  });

  test('what names no value is a line of its own, and parts add up', () => {
    expect(amounts(own.report('result-by-dimension', '2024-03'))).toEqual([
      'Cost centre',
      '  N North',
      '    N North | 0.00 | 0.00 | 0.00 | 10.00 | 0.00 | 10.00',
      '    N1 Oslo | 0.00 | 0.00 | 0.00 | 100.00 | 0.00 | 100.00',
      '  Total N North | 0.00 | 0.00 | 0.00 | 110.00 | 0.00 | 110.00',
      '  S South | 0.00 | 15.00 | -15.00 | 0.00 | 15.00 | -15.00',
      '  Without a value | 7.00 | 5.00 | 2.00 | 27.00 | 5.00 | 22.00',
      'Result by centre | 7.00 | 20.00 | -13.00 | 137.00 | 20.00 | 117.00',
    ]);
  });
});

test('the sets hold together, and a control account that moved by itself is found', () => {
  const names = ['trial-balance', 'aged-receivables', 'open-items', 'party-balances'];
  const set = Object.fromEntries(names.map((name) => [name, book.report(name, '2024-03')]));
  const period = book.period('2024-03');
  checkInvariants(book.ledger, period, set);
  const aged = set['aged-receivables']!;
  const broken = aged.rows.map((row) =>
    row.kind === 'total'
      ? { ...row, values: { ...row.values, notDue: '8.00', total: '58.00' } }
      : row,
  );
  const faulty = { ...set, 'aged-receivables': { ...aged, rows: broken } };
  expect(() => checkInvariants(book.ledger, period, faulty)).toThrow(
    'aged-receivables 2024-03: it equals its control accounts: 58.00 against 57.00 EUR, 1.00 apart',
  );
});
