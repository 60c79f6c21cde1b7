// Budget and actual: what was planned by account, month and value beside what came of it, and the forecast.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import { type BudgetRow, budgetTable } from '#reports/catalogue/budget-table.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import { Book } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  4000 income Income:Sales
  5000 expense Expenses:Rent
  6000 expense Expenses:Travel`;
const [SALES, RENT] = [2, 3];

const planned = (account: number, month: string, amount: bigint, values: number[] = []) => ({
  ...{ account, values, month: month as Month, amount, lastPosition: 9 },
});

const WRITTEN = {
  start: '2025-01-01',
  accounts: ACCOUNTS,
  entries: `
    2025-12-31 last year
      1000 D 999.00
      4000 C 999.00
    2026-01-10 sale
      1000 D 1000.00
      4000 C 1000.00
    2026-02-10 sale
      1000 D 1100.00
      4000 C 1100.00
    2026-02-20 rent
      5000 D 480.00
      1000 C 480.00
    2026-02-21 a trip that nobody planned
      6000 D 70.00
      1000 C 70.00`,
  budget: [
    planned(SALES, '2026-01', 120_000n),
    planned(SALES, '2026-02', 60_000n, [1]),
    planned(SALES, '2026-02', 40_000n),
    planned(SALES, '2026-03', 130_000n),
    planned(RENT, '2026-02', 50_000n),
    planned(RENT, '2026-12', 50_000n),
  ],
};
const book = new Book(WRITTEN);

const row = (report: ReturnType<Book['report']>, name: string) =>
  report.rows.find((own) => own.name === name && own.kind !== 'heading')!.values;

describe('a month', () => {
  const report = book.report('budget', '2026-02');

  test('shows what was posted and planned, the month and the year to date', () => {
    expect(row(report, 'Sales')).toEqual({
      ...{ actual: '1100.00', budget: '1000.00', variance: '100.00' },
      ...{ actualToDate: '2100.00', budgetToDate: '2200.00', varianceToDate: '-100.00' },
      // 100 of 2 200, to one decimal.
      ...{ percent: '-4.5', yearBudget: '3500.00', forecast: '3400.00' },
    });
    expect(row(report, 'Rent')).toMatchObject({
      ...{ variance: '-20.00', varianceToDate: '-20.00', percent: '-4.0' },
      ...{ yearBudget: '1000.00', forecast: '980.00' },
    });
  });

  test('shows what nobody planned, without per cent', () => {
    expect(row(report, 'Travel')).toMatchObject({
      ...{ budget: '0.00', variance: '70.00', percent: '', forecast: '70.00' },
    });
  });

  test('ends with the result', () => {
    expect(row(report, 'Result')).toMatchObject({
      ...{ actual: '550.00', budget: '500.00', variance: '50.00' },
      ...{ actualToDate: '1550.00', budgetToDate: '1700.00', varianceToDate: '-150.00' },
      ...{ yearBudget: '2500.00', forecast: '2350.00' },
    });
  });
});

test('a year is its own year to date, and its forecast is what was posted when it is over', () => {
  const report = book.report('budget', '2026');
  expect(report.columns.map(({ key }) => key)).not.toContain('actual');
  const { actualToDate, forecast } = row(report, 'Result');
  expect(forecast).toBe(actualToDate);
});

test('a year without a budget says so, and no posting computes it anew', () => {
  const report = book.report('budget', '2025');
  expect(report.rows).toEqual([]);
  expect(report.notes).toEqual(['The book has no budget for 2025.']);
  expect(report.position).toBe(book.ledger.facts.presentationPosition);
});

describe('by dimension', () => {
  const values = [
    { id: 1, code: 'N', name: 'North', parent: null },
    { id: 2, code: 'S', name: 'South', parent: null },
  ];
  const own = new Book({
    ...WRITTEN,
    dimensions: [{ code: 'centre', name: 'Cost centre', values }],
    budget: [...WRITTEN.budget, planned(RENT, '2026-01', 4_000n, [2])],
  });

  test('a value stands beside what was planned for it, and all add up to the budget', () => {
    const report = own.report('result-by-dimension', '2026-02');
    const plan = (name: string) => {
      const { budgetToDate, varianceToDate } = row(report, name);
      return [budgetToDate, varianceToDate];
    };
    expect(plan('N North')).toEqual(['600.00', '-600.00']);
    expect(plan('S South')).toEqual(['-40.00', '40.00']);
    expect(plan('Without a value')).toEqual(['1100.00', '450.00']);
    expect(plan('Result by centre')).toEqual(['1660.00', '-110.00']);
    const names = ['budget', 'result-by-dimension', 'income-statement'];
    const set = Object.fromEntries(names.map((name) => [name, own.report(name, '2026-02')]));
    expect(() => checkInvariants(own.ledger, own.period('2026-02'), set)).not.toThrow();
  });

  test('a year without a budget has no such columns', () => {
    const { columns } = own.report('result-by-dimension', '2025-12');
    expect(columns.map(({ key }) => key)).not.toContain('budgetToDate');
  });
});

test('its invariants hold, and a false figure breaks them', () => {
  const period = book.period('2026-02');
  const [budget, income] = ['budget', 'income-statement'].map((name) =>
    book.report(name, '2026-02'),
  );
  const set = { budget: budget!, 'income-statement': income! };
  expect(() => checkInvariants(book.ledger, period, set)).not.toThrow();
  for (const key of ['actualToDate', 'varianceToDate', 'forecast', 'yearBudget']) {
    const rows = budget!.rows.map((own) =>
      own.name === 'Result' ? { ...own, values: { ...own.values, [key]: '1.00' } } : own,
    );
    const wrong = { ...set, budget: { ...budget!, rows } };
    expect(() => checkInvariants(book.ledger, period, wrong), key).toThrow(/budget 2026-02/);
  }
});

test('the table gives what its rows add up to, however often they are set', () => {
  const months = ['2026-01', '2026-02', '2026-03', '2026-04'] as Month[];
  const rows = fc.array(
    fc.record({
      account: fc.constantFrom(1, 2),
      values: fc.subarray([7, 8]),
      month: fc.constantFrom(...months.slice(0, 3)),
      amount: fc.bigInt(-1_000n, 1_000n),
      lastPosition: fc.nat(50),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(rows, fc.subarray(months, { minLength: 2, maxLength: 2 }), (set, range) => {
      const [from, until] = range as [Month, Month];
      const table = budgetTable(months[0]!, []);
      for (const one of set) table.put([one]);
      const last = new Map(
        set.map((one) => [`${one.account} ${one.values} ${one.month}`, one] as const),
      );
      const sum = (counts: (one: BudgetRow) => boolean) =>
        [...last.values()]
          .filter((one) => counts(one) && one.month >= from && one.month < until)
          .reduce((all, { amount }) => all + amount, 0n);
      for (const account of [1, 2]) {
        expect(table.between(account, from, until)).toBe(sum((one) => one.account === account));
        for (const value of [7, 8])
          expect(table.ofValue(value, account, from, until)).toBe(
            sum((one) => one.account === account && one.values.includes(value)),
          );
      }
    }),
  );
});
