// Budgets from CSV files.
import { expect, test } from 'vitest';
import { readBudgetCsv } from '#ledger/formats/budget-csv.ts';

test('a column per month, empty cells left out, values of dimensions by column', async () => {
  const text =
    'Account;dimension:centre;2026-01;2026-02\n4000;;1.000,50;\n5000;north;-20;"30,00"\n';
  expect(await readBudgetCsv(text, 2)).toEqual({
    amounts: [
      { account: '4000', dimensions: {}, month: '2026-01', amount: '1000.50' },
      { account: '5000', dimensions: { centre: 'north' }, month: '2026-01', amount: '-20.00' },
      { account: '5000', dimensions: { centre: 'north' }, month: '2026-02', amount: '30.00' },
    ],
  });
});

test('a line per amount', async () => {
  expect(await readBudgetCsv('account,month,amount\n4000,2026-01,12.5\n', 2)).toEqual({
    amounts: [{ account: '4000', dimensions: {}, month: '2026-01', amount: '12.50' }],
  });
});

test.each([
  ['account,2026-01\n4000,1\n4000,x\n', 'Line 3: x is no amount.'],
  ['account,2026-01\n4000,1.005\n', 'Line 2: 1.005 has more than 2 decimals.'],
  ['account,january\n4000,1\n', 'The header row needs a column account'],
  ['account,2026-01\n', 'The file has no amount.'],
  ['account,2026-01\n"4000,1\n', 'check its quotes'],
  ['', 'The file has no amount.'],
])('%j is refused: %s', async (text, problem) => {
  expect(await readBudgetCsv(text, 2)).toEqual({ problem: expect.stringContaining(problem) });
});
