// The balance sheet at the end of a period, with the end of the period before and of the fiscal year before beside it
// (a year has only the latter; dates before the book's first day have no column). Equity ends with the result of
// earlier years that nobody has closed and the result of the year, so it balances at any date.
import type { Account } from '#ledger/domain/account.ts';
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
import { type Figure, type LinesBehind, resultBehind, stoodAt } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';
import { stateGroups } from './statement-rows.ts';

/** The end of a month. */
export interface AsAt {
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
  views: { compared: ['amount'], zeros: true, closing: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'balance-sheet-balances',
      sentence: 'Assets equal liabilities and equity, at every date that it shows.',
      afterClosing: true,
      check: ({ body }) => mustBalance(body),
    },
  ],
};

function behindLine({ book, key, period, row }: Figure): LinesBehind[] | null {
  const date = datesOf(book, period).find((own) => own.key === key);
  if (!date) return null;
  const account = book.accounts.find(({ id }) => id === row.accountId);
  if (!account) return resultBehind(book, row, date.month);
  const sign = account.type === 'asset' ? 1 : -1;
  return [{ sign, ...stoodAt(book, [account.id], date.month) }];
}

/** Fails the check unless assets equal liabilities and equity in every column. */
export function mustBalance(body: ReportBody): void {
  const assets = rowNamed(body, 'Total assets');
  const funding = rowNamed(body, 'Total liabilities and equity');
  for (const { key, label } of body.columns) {
    const figure = `it balances at ${label}`;
    mustEqual(body, figure, figureOf(body, assets, key), figureOf(body, funding, key));
  }
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const dates = datesOf(ledger, period);
  const earlier = dates.map(({ month }) => -earlierResult(ledger, yearStart(ledger.facts, month)));
  const result = dates.map(({ month }) => -resultOfYear(ledger, month));
  const balances = dates.map(({ month }) => balancesAt(ledger, month));
  const columns = dateColumns(dates);
  const ends = { Equity: resultLines(earlier, result) };
  return {
    ...frame(ledger, balanceSheet, period, stamp),
    columns,
    ...stateBalance(ledger, { columns, of: (account) => balances.map((at) => at(account)), ends }),
    notes: [...unitNotes(ledger, period), ...closingNotes(ledger, period)],
  };
}

/** A line that is no account's, and what it adds, one figure per column. */
interface EndLine {
  readonly name: string;
  readonly figures: readonly bigint[];
  /** Shown even when it is nothing in every column. */
  readonly always?: true;
}

/** What equity ends with; figures as they add to it. */
export const resultLines = (
  earlier: readonly bigint[],
  result: readonly bigint[],
): readonly EndLine[] => [
  { name: EARLIER_RESULT, figures: earlier },
  { name: RESULT_OF_YEAR, figures: result, always: true },
];

interface StatedBalance {
  readonly columns: readonly ReportColumn[];
  /** Debit minus credit of an account, one per column. */
  of(account: Account): readonly bigint[];
  /** Lines that groups end with. */
  readonly ends: Readonly<Partial<Record<string, readonly EndLine[]>>>;
}

/** Assets, and what they are funded by; control totals are those of one column. @param control its place */
export function stateBalance(
  ledger: BookLedger,
  { columns, ends, of }: StatedBalance,
  control = 0,
): Pick<ReportBody, 'rows' | 'controlTotals'> {
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(columns.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const row = (own: Pick<ReportRow, 'kind' | 'level' | 'name'>, figures: readonly bigint[]) => ({
    ...{ ...NO_ACCOUNT, ...own },
    values: values(figures),
  });
  const endOf = (group: string) => {
    const lines = ends[group];
    if (!lines) return null;
    const shown = lines.filter(
      ({ always, figures }) => always || figures.some((own) => own !== 0n),
    );
    const rows = shown.map(({ figures, name }) => row({ kind: 'line', level: 1, name }, figures));
    return { rows, sum: sumColumns(lines, columns.length) };
  };
  const [assets, ...funding] = stateGroups(ledger, {
    statement: 'balance-sheet',
    columns: columns.length,
    of: (account) =>
      account.type === 'asset' ? of(account) : of(account).map((balance) => -balance),
    values,
    more: endOf,
  });
  const total = sumColumns(
    funding.map(({ sum }) => ({ figures: sum })),
    columns.length,
  );
  const rows: ReportRow[] = [
    ...assets!.rows,
    ...funding.flatMap((group) => group.rows),
    row({ kind: 'total', level: 0, name: 'Total liabilities and equity' }, total),
  ];
  return {
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, assets!.sum[control]!),
      credit: money(ledger, total[control]!),
    },
  };
}

export const dateColumns = (dates: readonly AsAt[]): ReportColumn[] =>
  dates.map(({ key, month }) => ({ key, label: lastDay(month), kind: 'amount' }));

/** The period's end, that of the period before and of the fiscal year before, as far as the book had begun. */
export function datesOf({ facts }: Pick<BookLedger, 'facts'>, period: Period): AsAt[] {
  const dates: AsAt[] = [{ key: 'amount', month: lastMonth(period) }];
  if (period.kind !== 'year') {
    dates.push({ key: 'previousPeriod', month: addMonths(monthOf(period.from), -1) });
  }
  dates.push({ key: 'previousYear', month: monthOf(addDays(period.fiscalYear.from, -1)) });
  return dates.filter(({ month }) => month >= monthOf(facts.calendar.startDate));
}
