// The dashboard's document as the overview picks from it: the company, a value of a dimension, a group of accounts.
import { expect, test } from 'vitest';
import { dashboardParts, groupNamed, partNamed } from '#app/_server/dashboard-parts.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { Book } from '../reports/written-book.ts';

const detail = (of: number, account: number, debit: bigint, credit: bigint) => ({
  ...{ kind: 'dimension' as const, of, account, month: '2024-02' as Month },
  ...{ closing: false, debit, credit, lastPosition: 2 },
});

// Users may name their groups, values and dimensions as our own rows are named.
const book = new Book({
  accounts: `
    1000 asset Bank
    4000 income Income:Total expenses
    5000 expense Expenses:Result
    5100 expense Expenses:Staff:Wages`,
  entries: `
2024-01-10 Sold
  1000 D 100.00
  4000 C 100.00
2024-02-10 Spent
  5000 D 3.00
  5100 D 4.00
  1000 C 7.00`,
  cashFlow: { '1000': 'cash' },
  dimensions: [
    {
      ...{ code: 'c', name: 'Largest costs' },
      values: [{ id: 1, code: 'R', name: 'Result', parent: null }],
    },
  ],
  details: [detail(1, 3, 300n, 0n), detail(1, 4, 100n, 0n)],
});
const parts = dashboardParts(book.report('dashboard', '2024-02'));
const period = (values: Readonly<Record<string, string>> | undefined) => values?.['period'];

test('the company: groups on their sides, sums, what stands, costs', () => {
  const { company, costs, months, standing } = parts;
  expect(months).toEqual(['2024-01', '2024-02']);
  expect(
    company.groups.map(({ name, path, side, values }) => [side, path, name, period(values)]),
  ).toEqual([
    ['income', 'Income:Total expenses', 'Total expenses', '0.00'],
    ['expenses', 'Expenses:Result', 'Result', '3.00'],
    ['expenses', 'Expenses:Staff', 'Staff', '4.00'],
  ]);
  expect([company.income, company.expenses, company.result].map(period)).toEqual([
    ...['0.00', '7.00', '-7.00'],
  ]);
  expect(standing.map(({ name, values }) => [name, period(values)])).toEqual([['Cash', '93.00']]);
  expect(costs.map(({ account, values }) => [account, period(values)])).toEqual([
    ...[
      ['5100', '4.00'],
      ['5000', '3.00'],
    ],
  ]);
});

test('a value of a dimension, and what names none', () => {
  expect(parts.dimensions.map(({ name }) => name)).toEqual(['Largest costs']);
  const value = partNamed(parts, 'c/R');
  expect([value?.name, period(value?.expenses), period(value?.result)]).toEqual([
    ...['R Result', '4.00', '-4.00'],
  ]);
  expect(period(groupNamed(value, 'Expenses:Staff')?.values)).toBe('1.00');
  expect(period(partNamed(parts, 'c/')?.result)).toBe('-3.00');
  expect(partNamed(parts, '')).toBe(parts.company);
});

test('what an address names and the document lacks is nothing', () => {
  expect(partNamed(parts, 'c/none')).toBeNull();
  expect(groupNamed(parts.company, 'Expenses:None')).toBeNull();
  expect(groupNamed(null, 'Expenses:Staff')).toBeNull();
  expect(groupNamed(parts.company, '')).toBeNull();
});
