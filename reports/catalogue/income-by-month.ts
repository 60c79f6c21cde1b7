// The income statement of a fiscal year with its months side by side and their total. A first year of more than twelve
// months shows the last twelve by themselves and the ones before as one column.
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, closingNotes, frame, type Stamp } from './book-ledger.ts';
import { incomeBehind, type Range, rangeColumn, stateIncome } from './income-statement.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import type { ReportBody } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';

const MOST_MONTHS = 12;

const resultIn = (body: ReportBody, key: string): bigint =>
  figureOf(body, rowNamed(body, 'Result'), key);

export const incomeByMonth: ReportDefinition = {
  name: 'income-by-month',
  title: 'Income statement by month',
  question: 'How income, expenses and the result went from month to month of the year.',
  paged: false,
  periods: ['year'],
  views: { compared: ['total'], budget: true, zeros: true },
  fed: ({ table }, { from, to }) => table.positionBetween(monthOf(from), monthOf(to)),
  compute,
  behind: {
    line: incomeBehind(({ key, period }) =>
      [totalOf(period), ...monthsOf(period)].find((range) => range.key === key),
    ),
  },
  invariants: [
    {
      name: 'months-add-up',
      sentence: 'The results of the months add up to the total.',
      check({ body }) {
        const months = body.columns.filter(({ key }) => key !== 'total');
        const sum = months.reduce((all, { key }) => all + resultIn(body, key), 0n);
        mustEqual(body, 'its months add up to the total', sum, resultIn(body, 'total'));
      },
    },
    {
      name: 'months-are-the-income-statements-year',
      sentence: 'The total of the months equals the income statement of the year.',
      against: 'income-statement',
      check({ body, other: income }) {
        const figure = "its total is the income statement's year";
        mustEqual(body, figure, resultIn(body, 'total'), resultIn(income, 'period'));
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const ranges = [totalOf(period), ...monthsOf(period)].map((range) => rangeColumn(ledger, range));
  const { columns, rows, controlTotals } = stateIncome(ledger, ranges);
  return {
    ...frame(ledger, incomeByMonth, period, stamp),
    // The total is what is controlled, and stands last.
    columns: [...columns.slice(1), columns[0]!],
    rows,
    controlTotals,
    notes: closingNotes(ledger, period),
  };
}

const totalOf = ({ from, to }: Period): Range => ({
  ...{ key: 'total', label: 'Total' },
  ...{ from: monthOf(from), to: monthOf(to) },
});

function monthsOf({ months }: Period): Range[] {
  const own = months.slice(-MOST_MONTHS).map((month) => ({
    ...{ key: month, label: month, from: month, to: month },
  }));
  if (months.length <= MOST_MONTHS) return own;
  const before: Month = addMonths(own[0]!.from, -1);
  return [{ key: 'before', label: 'Before', from: months[0]!, to: before }, ...own];
}
