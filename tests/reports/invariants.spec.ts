// Invariants of the catalogue: each has a name of its own, and one that is broken names document, figure and difference.
import { describe, expect, test } from 'vitest';
import { BrokenInvariant, type Violation } from '#reports/catalogue/invariants.ts';
import { checkInvariants, INVARIANT_LIST } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { Book } from './written-book.ts';

const book = new Book({
  accounts: `
    1000 asset Bank
    3000 equity Capital
    3200 equity Retained earnings
    4000 income Sales
    5000 expense Costs`,
  entries: `
2024-01-05 Paid in
  1000 D 1000.00
  3000 C 1000.00
2024-11-10 Sold
  1000 D 300.00
  4000 C 300.00
2024-12-20 Bought
  5000 D 80.00
  1000 C 80.00
2024-12-31 closing Most of the year
  4000 D 300.00
  5000 C 70.00
  3200 C 230.00
2025-01-15 Sold again
  1000 D 5.00
  4000 C 5.00`,
});

/** The trial balance with a figure in place of its own, and what its set then violates. */
function violations(month: string, row: string, key: string, figure: string): readonly Violation[] {
  const body = book.report('trial-balance', month);
  const rows = body.rows.map((own) =>
    (own.account ?? own.name) === row ? { ...own, values: { ...own.values, [key]: figure } } : own,
  );
  const set: Record<string, ReportBody> = { 'trial-balance': { ...body, rows } };
  try {
    checkInvariants(book.ledger, book.period(month), set);
    return [];
  } catch (fault) {
    if (fault instanceof BrokenInvariant) return fault.violations;
    throw fault;
  }
}

test('no two have the same name, and a set says which it let us check', () => {
  const names = INVARIANT_LIST.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const set = { 'trial-balance': book.report('trial-balance', '2024-02') };
  const checked = checkInvariants(book.ledger, book.period('2024-02'), set);
  expect(checked).toEqual(['debits-equal-credits', 'opening-is-the-closing-before']);
});

describe('a trial balance opens where the month before closed', () => {
  test('within a year', () => {
    expect(violations('2024-12', '4000', 'openingCredit', '300.00')).toEqual([]);
    expect(violations('2024-12', '4000', 'openingCredit', '300.01')).toEqual([
      {
        ...{ invariant: 'opening-is-the-closing-before', report: 'trial-balance' },
        ...{ period: '2024-12', figure: 'the opening of 4000', unit: 'EUR' },
        ...{ found: '-300.01', expected: '-300.00', difference: '-0.01' },
      },
    ]);
  });

  test('in a new year after the closing entries of the old one', () => {
    expect(violations('2025-01', '3200', 'openingCredit', '230.00')).toEqual([]);
    expect(violations('2025-01', '3200', 'openingCredit', '0.00')).toMatchObject([
      { figure: 'the opening of 3200', difference: '230.00' },
    ]);
    expect(violations('2025-01', '4000', 'openingCredit', '5.00')).toMatchObject([
      { figure: 'the opening of 4000', expected: '0.00' },
    ]);
  });

  test('in a new year with what they left as result of earlier years', () => {
    const row = 'Result of earlier years';
    expect(violations('2025-01', row, 'openingDebit', '10.00')).toEqual([]);
    expect(violations('2025-01', row, 'openingDebit', '80.00')).toMatchObject([
      { figure: 'the result of earlier years', found: '80.00', expected: '10.00' },
    ]);
  });
});

test('of a set every invariant is checked, also when one is broken', () => {
  const broken = violations('2024-12', 'Total', 'openingCredit', '0.00');
  expect(broken.map(({ invariant }) => invariant)).toEqual(['debits-equal-credits']);
  const missing = violations('2024-12', '1000', 'openingDebit', '0.00');
  expect(missing.map(({ invariant }) => invariant)).toEqual(['opening-is-the-closing-before']);
});
