// The income statement of a fiscal year with its months side by side and their total. A first year of more than twelve
// months shows the last twelve by themselves and the ones before as one column.
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, closingNotes, frame, type Stamp } from './book-ledger.ts';
import { type Range, stateIncome } from './income-statement.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import type { ReportBody } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';

const MOST_MONTHS = 12;

export const incomeByMonth: ReportDefinition = {
  name: 'income-by-month',
  title: 'Income statement by month',
  question: 'How income, expenses and the result went from month to month of the year.',
  paged: false,
  periods: ['year'],
  fed: ({ table }, { from, to }) => table.positionBetween(monthOf(from), monthOf(to)),
  compute,
  check(_ledger, _period, body, set) {
    const income = set['income-statement'];
    if (!income) return;
    const result = (of: ReportBody, key: string) => figureOf(of, rowNamed(of, 'Result'), key);
    const rule = "its total is the income statement's year";
    mustEqual(body, rule, result(body, 'total'), result(income, 'period'));
    const months = body.columns.filter(({ key }) => key !== 'total');
    const sum = months.reduce((all, { key }) => all + result(body, key), 0n);
    mustEqual(body, 'its months add up to the total', sum, result(body, 'total'));
  },
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const [from, to] = [monthOf(period.from), monthOf(period.to)];
  const total: Range = { key: 'total', label: 'Total', from, to };
  const { columns, rows, controlTotals } = stateIncome(ledger, [total, ...monthsOf(period)]);
  return {
    ...frame(ledger, incomeByMonth, period, stamp),
    // The total is what is controlled, and stands last.
    columns: [...columns.slice(1), columns[0]!],
    rows,
    controlTotals,
    notes: closingNotes(ledger, period),
  };
}

function monthsOf({ months }: Period): Range[] {
  const own = months.slice(-MOST_MONTHS).map((month) => ({
    ...{ key: month, label: month, from: month, to: month },
  }));
  if (months.length <= MOST_MONTHS) return own;
  const before: Month = addMonths(own[0]!.from, -1);
  return [{ key: 'before', label: 'Before', from: months[0]!, to: before }, ...own];
}
