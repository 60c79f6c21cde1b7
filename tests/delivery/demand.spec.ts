// What is drawn ahead: what was downloaded, and the same of the periods that follow.
import { expect, test } from 'vitest';
import { demandOf } from '#reports/delivery/demand.ts';

const demand = demandOf(
  new Set([
    'balance-sheet/2026-10.pdf',
    'balance-sheet/2026-03.pdf',
    'balance-sheet/2026.pdf',
    'trial-balance/2026-Q1.csv',
  ]),
);

test.each([
  ['balance-sheet', '2026-10', 'pdf', true],
  ['balance-sheet', '2026-11', 'pdf', true],
  ['balance-sheet', '2027-01', 'pdf', true],
  ['balance-sheet', '2026-03', 'pdf', true],
  ['balance-sheet', '2026-09', 'pdf', false],
  ['balance-sheet', '2026-11', 'csv', false],
  ['balance-sheet', '2027', 'pdf', true],
  ['balance-sheet', '2025', 'pdf', false],
  ['balance-sheet', '2026-Q4', 'pdf', false],
  ['trial-balance', '2026-Q2', 'csv', true],
  ['trial-balance', '2026-04', 'csv', false],
  ['income-statement', '2026-11', 'pdf', false],
])('%s %s as %s: %s', (report, period, format, wanted) => {
  expect(demand.wants({ report, period, format })).toBe(wanted);
});
