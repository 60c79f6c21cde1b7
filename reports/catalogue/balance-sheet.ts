// The balance sheet at the end of a period, with the end of the period before and of the fiscal year before beside it
// (a year has only the latter; dates before the book's first day have no column). Equity ends with the result of
// earlier years that nobody has closed and the result of the year, so it balances at any date.
import {
  addDays,
  addMonths,
  lastDay,
  type Month,
  monthOf,
  type Period,
} from '#ledger/domain/calendar.ts';
import { sumColumns } from './account-tree.ts';
import {
  type BookLedger,
  balancesAt,
  closingNotes,
  EARLIER_RESULT,
  earlierResult,
  frame,
  lastMonth,
  money,
  RESULT_OF_YEAR,
  resultOfYear,
  type Stamp,
  unitNotes,
  yearStart,
} from './book-ledger.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';
import { stateGroups } from './statement-rows.ts';

interface AsAt {
  readonly key: string;
  readonly month: Month;
}

export const balanceSheet: ReportDefinition = {
  name: 'balance-sheet',
  title: 'Balance sheet',
  question:
    'What the company owns and owes at the end of the period, beside the previous month and year ends.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['amount'], zeros: true },
  fed: fedSinceBeginning,
  compute,
  invariants: [
    {
      name: 'balance-sheet-balances',
      sentence: 'Assets equal liabilities and equity, at every date that it shows.',
      check({ body }) {
        const assets = rowNamed(body, 'Total assets');
        const funding = rowNamed(body, 'Total liabilities and equity');
        for (const { key, label } of body.columns) {
          const figure = `it balances at ${label}`;
          mustEqual(body, figure, figureOf(body, assets, key), figureOf(body, funding, key));
        }
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const dates = columnsOf(ledger, period);
  const columns: ReportColumn[] = dates.map(({ key, month }) => ({
    key,
    label: lastDay(month),
    kind: 'amount',
  }));
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(dates.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const row = (own: Pick<ReportRow, 'kind' | 'level' | 'name'>, figures: readonly bigint[]) => ({
    ...{ ...NO_ACCOUNT, ...own },
    values: values(figures),
  });
  const line = (name: string, figures: readonly bigint[]) =>
    row({ kind: 'line', level: 1, name }, figures);
  const earlier = dates.map(({ month }) => -earlierResult(ledger, yearStart(ledger.facts, month)));
  const result = dates.map(({ month }) => -resultOfYear(ledger, month));
  const balances = dates.map(({ month }) => balancesAt(ledger, month));
  const results = {
    rows: [
      ...(earlier.some((amount) => amount !== 0n) ? [line(EARLIER_RESULT, earlier)] : []),
      line(RESULT_OF_YEAR, result),
    ],
    sum: sumColumns([{ figures: earlier }, { figures: result }], dates.length),
  };
  const [assets, ...funding] = stateGroups(ledger, {
    statement: 'balance-sheet',
    columns: dates.length,
    of: (account) =>
      balances.map((balance) => (account.type === 'asset' ? balance(account) : -balance(account))),
    values,
    more: (group) => (group === 'Equity' ? results : null),
  });
  const total = sumColumns(
    funding.map(({ sum }) => ({ figures: sum })),
    dates.length,
  );
  const rows: ReportRow[] = [
    ...assets!.rows,
    ...funding.flatMap((group) => group.rows),
    row({ kind: 'total', level: 0, name: 'Total liabilities and equity' }, total),
  ];
  return {
    ...frame(ledger, balanceSheet, period, stamp),
    columns,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, assets!.sum[0]!),
      credit: money(ledger, total[0]!),
    },
    notes: [...unitNotes(ledger, period), ...closingNotes(ledger, period)],
  };
}

function columnsOf({ facts }: BookLedger, period: Period): AsAt[] {
  const dates: AsAt[] = [{ key: 'amount', month: lastMonth(period) }];
  if (period.kind !== 'year') {
    dates.push({ key: 'previousPeriod', month: addMonths(monthOf(period.from), -1) });
  }
  dates.push({ key: 'previousYear', month: monthOf(addDays(period.fiscalYear.from, -1)) });
  return dates.filter(({ month }) => month >= monthOf(facts.calendar.startDate));
}
