// The income statement: the period and its year to date, beside them the period before, the same period last year and
// the same year to date last year; columns that would lie before the book's first day are left out. A year is its own
// year to date, so beside it stands the year before only. The year's closing entries are left out.
import type { Account, AccountType } from '#ledger/domain/account.ts';
import {
  addMonths,
  type Month,
  monthOf,
  type Period,
  previousFiscalYear,
  quartersOf,
} from '#ledger/domain/calendar.ts';
import { sumColumns } from './account-tree.ts';
import {
  type BookLedger,
  closingNotes,
  frame,
  lastMonth,
  money,
  net,
  RESULT_OF_YEAR,
  type Stamp,
} from './book-ledger.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import { type Figure, type FindLines, isDeducted, movedIn } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';
import { stateGroups } from './statement-rows.ts';

/** The months of a column. */
export interface Range {
  readonly key: string;
  readonly label: string;
  readonly from: Month;
  readonly to: Month;
}

/** What a column states of income and expense accounts: debit minus credit, in minor units of the base currency. */
export interface StatedColumn {
  readonly key: string;
  readonly label: string;
  net(account: Account): bigint;
}

export const PERIOD_LABELS = { month: 'Month', quarter: 'Quarter', year: 'Year' } as const;

export const incomeStatement: ReportDefinition = {
  name: 'income-statement',
  title: 'Income statement',
  question: 'Income, expenses and the result: the period and the year to date, beside last year.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['period'], budget: true, zeros: true, closing: true },
  fed: (ledger, period) =>
    ledger.table.positionBetween(firstMonthRead(ledger, period), monthOf(period.to)),
  compute,
  behind: {
    line: incomeBehind(({ book, key, period }) =>
      rangesOf(book, period).find((range) => range.key === key),
    ),
  },
  invariants: [
    {
      name: 'result-is-the-balance-sheets',
      sentence: 'The year to date equals the result of the year in the balance sheet.',
      against: 'balance-sheet',
      check({ body, other: sheet }) {
        const result = figureOf(sheet, rowNamed(sheet, RESULT_OF_YEAR), 'amount');
        const yearToDate = figureOf(body, rowNamed(body, 'Result'), 'yearToDate');
        mustEqual(body, "its year to date is the balance sheet's result", yearToDate, result);
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const stated = stateIncome(
    ledger,
    rangesOf(ledger, period).map((range) => rangeColumn(ledger, range)),
  );
  return {
    ...frame(ledger, incomeStatement, period, stamp),
    ...stated,
    notes: closingNotes(ledger, period),
  };
}

/** All that was posted in a range of months but closing entries. */
export const rangeColumn = (
  { table }: BookLedger,
  { from, key, label, to }: Range,
): StatedColumn => {
  const until = addMonths(to, 1);
  return { key, label, net: ({ id }) => net(table.between(id, from, until, 'without-closing')) };
};

/** What stands behind the accounts of an income statement. @param rangeOf the months of a figure's column; null: it has none */
export function incomeBehind(
  rangeOf: (figure: Figure) => Pick<Range, 'from' | 'to'> | null | undefined,
): FindLines {
  return (figure) => {
    const { accountId } = figure.row;
    const range = rangeOf(figure);
    if (!range || accountId === undefined) return null;
    const sign = isDeducted(figure.body, figure.at) ? 1 : -1;
    return [{ sign, ...movedIn([accountId], range.from, range.to) }];
  };
}

/**
 * Income, expenses and the result in some columns side by side; control totals are those of the first.
 * @param values what a row shows of its figures, which come in the order of the columns
 * @param difference a line before the result and what it adds to it, one figure per column
 */
export function stateIncome(
  ledger: BookLedger,
  stated: readonly StatedColumn[],
  values: (figures: readonly bigint[]) => ReportRow['values'] = (figures) =>
    Object.fromEntries(stated.map(({ key }, at) => [key, money(ledger, figures[at]!)])),
  difference: { readonly name: string; readonly figures: readonly bigint[] } | null = null,
): Pick<ReportBody, 'columns' | 'rows' | 'controlTotals'> {
  const columns: ReportColumn[] = stated.map(({ key, label }) => ({ key, label, kind: 'amount' }));
  const groups = stateGroups(ledger, {
    statement: 'income-statement',
    columns: stated.length,
    of: (account) => stated.map((column) => -column.net(account)),
    values,
  });
  const result = sumColumns(
    [...groups.map(({ sum }) => ({ figures: sum })), ...(difference ? [difference] : [])],
    stated.length,
  );
  const rows: ReportRow[] = [
    ...groups.flatMap((group) => group.rows),
    ...(difference
      ? [
          {
            ...NO_ACCOUNT,
            kind: 'line' as const,
            name: difference.name,
            values: values(difference.figures),
          },
        ]
      : []),
    { ...NO_ACCOUNT, kind: 'total', name: 'Result', values: values(result) },
  ];
  return {
    columns,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, totalOf(ledger, 'expense', stated[0]!)),
      credit: money(ledger, -totalOf(ledger, 'income', stated[0]!)),
    },
  };
}

/** Debit minus credit of all accounts of a type. */
const totalOf = ({ accounts }: BookLedger, type: AccountType, column: StatedColumn): bigint =>
  accounts
    .filter((account) => account.type === type)
    .reduce((sum, account) => sum + column.net(account), 0n);

/** The months of a fiscal year before a period that its columns read: the first month that can matter to it. */
function firstMonthRead({ facts }: BookLedger, period: Period): Month {
  const previous = previousFiscalYear(facts.calendar, period.fiscalYear);
  return monthOf((previous ?? period.fiscalYear).from);
}

/** The columns that an income statement of a period has. */
export function rangesOf(ledger: Pick<BookLedger, 'facts'>, period: Period): Range[] {
  const { calendar } = ledger.facts;
  const [from, to] = [monthOf(period.from), lastMonth(period)];
  const year = period.fiscalYear;
  const previous = previousFiscalYear(calendar, year);
  const ranges: Range[] = [
    { key: 'period', label: PERIOD_LABELS[period.kind], from, to },
    { key: 'yearToDate', label: 'Year to date', from: monthOf(year.from), to },
    ...previousPeriod(ledger, period),
  ];
  if (previous && period.kind !== 'year') {
    const [first, last] = [monthOf(previous.from), monthOf(previous.to)];
    const [sameFrom, sameTo] = [addMonths(from, -12), addMonths(to, -12)];
    if (sameTo >= first && sameTo <= last) {
      const clipped = later(sameFrom, first);
      ranges.push({ key: 'lastYear', label: 'Same period last year', from: clipped, to: sameTo });
      ranges.push({
        key: 'lastYearToDate',
        label: 'Year to date last year',
        from: first,
        to: sameTo,
      });
    }
  }
  return ranges;
}

/** The month, quarter or year before, when the book had begun. */
function previousPeriod({ facts }: Pick<BookLedger, 'facts'>, period: Period): Range[] {
  const { calendar } = facts;
  const make = (label: string, from: Month, to: Month) => [
    { key: 'previousPeriod', label, from, to },
  ];
  const previousYear = previousFiscalYear(calendar, period.fiscalYear);
  if (period.kind === 'year') {
    if (!previousYear) return [];
    return make('Previous year', monthOf(previousYear.from), monthOf(previousYear.to));
  }
  const last = addMonths(monthOf(period.from), -1);
  if (last < monthOf(calendar.startDate)) return [];
  if (period.kind === 'month') return make('Previous month', last, last);
  const year = period.from === period.fiscalYear.from ? previousYear : period.fiscalYear;
  const quarter = year && quartersOf(calendar, year).find(({ to }) => monthOf(to) === last);
  return quarter ? make('Previous quarter', monthOf(quarter.from), last) : [];
}

const later = (a: Month, b: Month): Month => (a > b ? a : b);
