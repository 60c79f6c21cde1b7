// Reports of income and expenses beside what was planned for them: worked figures, and what holds of every book and plan.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, type Month } from '#ledger/domain/calendar.ts';
import { PRESETS, presetLines } from '#ledger/domain/layout-presets.ts';
import type { Dimension } from '#reports/catalogue/book-ledger.ts';
import type { BudgetRow } from '#reports/catalogue/budget-table.ts';
import { mustAddUp as sumsMustAddUp } from '#reports/catalogue/dashboard-checks.ts';
import type { DetailRow } from '#reports/catalogue/detail-table.ts';
import {
  checkInvariants,
  feedPosition,
  linesOf,
  listedReport,
} from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book } from './written-book.ts';

const [SALES, RENT, TRAVEL] = [2, 3, 4];

const planned = (
  account: number,
  month: string,
  amount: bigint,
  values: readonly number[] = [],
): BudgetRow => ({ account, values, month: month as Month, amount, lastPosition: 9 });

/** Oslo is a part of north. */
const CENTRES: Dimension = {
  ...{ code: 'centre', name: 'Centre' },
  values: [
    { id: 1, code: 'north', name: 'North', parent: null },
    { id: 2, code: 'oslo', name: 'Oslo', parent: 1 },
    { id: 3, code: 'south', name: 'South', parent: null },
  ],
};

const moved = (of: number, account: number, month: string, debit: bigint): DetailRow => ({
  ...{ kind: 'dimension', of, account, month: month as Month, closing: false },
  ...{ debit, credit: 0n, lastPosition: 3 },
});

const WRITTEN = {
  start: '2025-01-01',
  firstYearEnd: '2025-12-31',
  accounts: `
    1000 asset Assets:Bank
    4000 income Income:Sales
    5000 expense Expenses:Rent
    6000 expense Expenses:Travel`,
  entries: `
    2026-01-10 sale
      1000 D 1000.00
      4000 C 1000.00
    2026-02-10 sale
      1000 D 1100.00
      4000 C 1100.00
    2026-02-21 a trip that nobody planned
      6000 D 70.00
      1000 C 70.00`,
  cashFlow: { 1000: 'cash' } as const,
  dimensions: [CENTRES],
  details: [moved(2, TRAVEL, '2026-02', 70_00n)],
  budget: [
    planned(SALES, '2026-01', 1200_00n),
    planned(SALES, '2026-02', 600_00n, [1]),
    planned(SALES, '2026-02', 400_00n),
    planned(RENT, '2026-02', 500_00n),
    planned(RENT, '2026-12', 500_00n),
  ],
};
const BOOK = new Book(WRITTEN);

describe('beside what was planned', () => {
  it('stands what came of it, the difference and per cent of the plan, account by account', () => {
    const body = BOOK.report('income-statement~budget', '2026-02');
    expect(body.title).toBe('Income statement, compared with the budget');
    expect(body.columns.map(({ label }) => label)).toEqual([
      ...['Actual', 'Budget', 'Difference', '%'],
    ]);
    expect(asText(body)).toEqual([
      'Income',
      '  4000 Sales | 1100.00 | 1000.00 | 100.00 | 10.0',
      'Total income | 1100.00 | 1000.00 | 100.00 | 10.0',
      'Expenses',
      '  5000 Rent | 0.00 | 500.00 | -500.00 | -100.0',
      '  6000 Travel | 70.00 | 0.00 | 70.00 | ',
      'Total expenses | 70.00 | 500.00 | -430.00 | -86.0',
      'Result | 1030.00 | 500.00 | 530.00 | 106.0',
    ]);
    expect(body.notes).toEqual([]);
  });

  it('stand the year and the values of a dimension', () => {
    expect(asText(BOOK.report('income-by-month~budget', '2026'))).toContain(
      'Result | 2030.00 | 1200.00 | 830.00 | 69.2',
    );
    // North has a part that moved and was not planned for: it stands apart in both columns.
    expect(asText(BOOK.report('result-by-dimension~budget', '2026-02'))).toEqual([
      'Centre',
      '  north North',
      '    north North | 0.00 | 600.00 | -600.00 | -100.0',
      '    oslo Oslo | -70.00 | 0.00 | -70.00 | ',
      '  Total north North | -70.00 | 600.00 | -670.00 | -111.7',
      '  Without a value | 1100.00 | -100.00 | 1200.00 | 1200.0',
      'Result by centre | 1030.00 | 500.00 | 530.00 | 106.0',
    ]);
  });

  it('a part whose plan comes to nothing stands in both columns, too', () => {
    const budget = [SALES, RENT].map((account) => planned(account, '2026-02', 10_00n, [2]));
    const details = [moved(1, TRAVEL, '2026-02', 70_00n)];
    const rows = asText(
      new Book({ ...WRITTEN, budget, details }).report('result-by-dimension~budget', '2026-02'),
    );
    expect(rows).toContain('  Total north North | -70.00 | 0.00 | -70.00 | ');
    expect(rows).toContain('    oslo Oslo | 0.00 | 0.00 | 0.00 | ');
  });

  it('stands what a manager looks at, but for what stands at an end', () => {
    const body = BOOK.report('dashboard~budget', '2026-02');
    const rows = asText(body);
    expect(rows.slice(0, 8)).toEqual([
      'Income',
      '  Sales | 1100.00 | 1000.00 | 100.00 | 10.0',
      'Total income | 1100.00 | 1000.00 | 100.00 | 10.0',
      'Expenses',
      '  Rent | 0.00 | 500.00 | -500.00 | -100.0',
      '  Travel | 70.00 | 0.00 | 70.00 | ',
      'Total expenses | 70.00 | 500.00 | -430.00 | -86.0',
      'Result | 1030.00 | 500.00 | 530.00 | 106.0',
    ]);
    const end = 'Cash, receivables and payables';
    expect(asText(BOOK.report('dashboard', '2026-02'))).toContain(end);
    expect([rows.includes(end), body.notes]).toEqual([false, []]);
    expect(rows).toContain('    Sales | 0.00 | 600.00 | -600.00 | -100.0');
    expect(rows.at(-1)).toBe('Result by centre | 1030.00 | 500.00 | 530.00 | 106.0');
  });

  it('is nothing in a year without a budget, which is said', () => {
    const body = BOOK.report('income-statement~budget', '2025');
    expect(body.notes).toEqual(['The book has no budget for 2025.']);
  });

  it('accounts at zero are shown where asked for', () => {
    const rows = asText(BOOK.report('income-statement~budget~zeros', '2026-03'));
    expect(rows).toContain('  5000 Rent | 0.00 | 0.00 | 0.00 | ');
    expect(asText(BOOK.report('income-statement~budget', '2026-03'))).not.toContain(rows[4]);
  });

  it('is fed by the plan of its year', () => {
    const position = (key: string) =>
      feedPosition(BOOK.ledger, 'income-statement~budget', BOOK.period(key));
    expect([position('2026-01'), position('2025-03')]).toEqual([9, 1]);
  });

  it('what came of it leads to its lines, what was planned to none', () => {
    const body = BOOK.report('income-statement~budget', '2026-02');
    const at = body.rows.findIndex(({ account }) => account === '4000');
    const of = { book: BOOK.ledger, body, period: BOOK.period('2026-02'), row: body.rows[at]!, at };
    expect(linesOf({ ...of, key: '2026-02' })).toMatchObject([{ accounts: [SALES], sign: -1 }]);
    const { plans } = listedReport(body.report)!.behind!;
    expect(plans).toEqual(['budget', 'change', 'percent']);
    for (const key of plans!) expect(linesOf({ ...of, key })).toBeNull();
  });
});

const REPORTS = [
  ['income-statement', 'period'],
  ['income-by-month', 'total'],
  ['income-by-dimension', 'total'],
  ['result-by-dimension', 'result'],
  ['dashboard', 'period'],
] as const;

/** Accounts of the made-up books: 6 and 7 are of income, 8 and 9 of expenses. */
const plan = fc.uniqueArray(
  fc.record({
    account: fc.integer({ min: 6, max: 9 }),
    month: fc.integer({ min: 3, max: 29 }).map((at) => addMonths('2024-01' as Month, at)),
    values: fc.constantFrom<readonly number[]>([], [1], [2], [3]),
    amount: fc.bigInt({ min: -99_999n, max: 99_999n }),
    lastPosition: fc.constant(40),
  }),
  {
    maxLength: 12,
    selector: ({ account, month, values }) => `${account} ${month} ${values.join()}`,
  },
);

const layouts = fc
  .constantFrom(...PRESETS)
  .map((preset) => ({ 'income-statement': presetLines(preset, 'income-statement') }));

const minor = (text: string | undefined): bigint => BigInt((text || '0').replace('.', ''));
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, own) => all + own, 0n);

/** What rows of one name come to: accounts, and the sums at the margin. */
function sums({ rows }: ReportBody, key: string): Map<string, bigint> {
  const counts = ({ account, kind, level }: ReportRow) =>
    account !== null || (level === 0 && kind !== 'heading');
  return new Map(
    rows.filter(counts).map((row) => [`${row.account} ${row.name}`, minor(row.values[key])]),
  );
}

it('in every book, the first column is the report’s, the second the plan’s, and both differ by the difference', () => {
  let figures = 0;
  fc.assert(
    fc.property(writtenBook, plan, layouts, fc.nat(), (written, budget, laidOut, seed) => {
      const details = [moved(2, 8, '2025-02', 5_00n), moved(3, 9, '2024-11', 7_00n)];
      const more = { budget, details, layouts: laidOut, dimensions: [CENTRES] };
      const book = new Book({ ...written, ...more });
      for (const [at, period] of periodsOf(book).entries()) {
        const [base, key] = REPORTS[(seed + at) % REPORTS.length]!;
        if (base === 'income-by-month' && period.kind !== 'year') continue;
        const body = book.report(`${base}~budget`, period.key);
        const own = book.report(base, period.key);
        const set = { [base]: own, [body.report]: body, budget: book.report('budget', period.key) };
        expect(checkInvariants(book.ledger, period, set)).toEqual(
          expect.arrayContaining([
            'comparatives-are-their-reports',
            'planned-comparatives-are-the-budgets',
          ]),
        );
        const month = body.columns[0]!.key;
        const actual = sums(body, month);
        for (const [name, figure] of sums(own, key)) {
          expect([name, actual.get(name) ?? 0n]).toEqual([name, figure]);
        }
        for (const { values } of body.rows) {
          if (values['change'] === undefined) continue;
          expect(minor(values['change'])).toBe(minor(values[month]) - minor(values['budget']));
          figures++;
        }
        const ofPeriod = budget.filter((row) => period.months.includes(row.month));
        const result = sum(ofPeriod.map(({ account, amount }) => (account < 8 ? amount : -amount)));
        const [name] = [...actual.keys()].toReversed();
        expect(sums(body, 'budget').get(name!)).toBe(result);
        for (const { accountId, kind, values } of body.rows) {
          if (kind !== 'line' || accountId === undefined) continue;
          const amounts = ofPeriod.filter(({ account }) => account === accountId);
          expect(minor(values['budget'])).toBe(sum(amounts.map(({ amount }) => amount)));
        }
        mustAddUp(body, month);
        mustAddUp(body, 'budget');
      }
    }),
    { numRuns: 60 },
  );
  expect(figures).toBeGreaterThan(2_000);
});

/** The values of a dimension add up to the sums above and at the end of them, in each column. */
function mustAddUp(body: ReportBody, key: string): void {
  const { columns, report, rows } = body;
  if (report.startsWith('dashboard')) {
    sumsMustAddUp({ ...body, columns: columns.filter((own) => own.key === key) });
  }
  if (!report.startsWith('result-by-dimension')) return;
  const lines = rows.filter(({ kind }) => kind === 'line');
  expect(sum(lines.map(({ values }) => minor(values[key])))).toBe(minor(rows.at(-1)!.values[key]));
  const from = rows.findIndex(({ kind, level }) => kind === 'heading' && level === 1);
  if (from < 0) return;
  const end = rows.findIndex(({ kind, level }) => kind === 'subtotal' && level === 1);
  expect(sum(rows.slice(from + 1, end).map(({ values }) => minor(values[key])))).toBe(
    minor(rows[end]!.values[key]),
  );
}
