// The balance sheet at the end of a period, with the end of the period before and of the fiscal year before beside it
// (a year has only the latter; dates before the book's first day have no column). Equity ends with the result of
// earlier years that nobody has closed and the result of the year, so it balances at any date.
import { type AccountType, isResultAccount, normalSide } from '#ledger/domain/account.ts';
import {
  addDays,
  addMonths,
  lastDay,
  type Month,
  monthOf,
  type Period,
} from '#ledger/domain/calendar.ts';
import { accountTree, sumColumns, type TreeLine } from './account-tree.ts';
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
import { lineCount, type ReportBody, type ReportColumn, type ReportRow } from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';

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
  const line = (
    kind: ReportRow['kind'],
    level: number,
    name: string,
    figures: readonly bigint[],
  ) => ({
    ...{ kind, level, account: null, path: null, name },
    values: kind === 'heading' ? {} : values(figures),
  });

  const section = (type: AccountType) => linesOf(ledger, type, dates);
  const [assets, liabilities, equity] = [section('asset'), section('liability'), section('equity')];
  const earlier = dates.map(({ month }) => -earlierResult(ledger, yearStart(ledger.facts, month)));
  const result = dates.map(({ month }) => -resultOfYear(ledger, month));
  const totalAssets = sumColumns(assets, dates.length);
  const totalLiabilities = sumColumns(liabilities, dates.length);
  const totalEquity = sumColumns(
    [...equity, { figures: earlier }, { figures: result }],
    dates.length,
  );
  const funding = totalEquity.map((amount, at) => amount + totalLiabilities[at]!);

  const rows: ReportRow[] = [
    line('heading', 0, 'Assets', []),
    ...accountTree(assets, 1, values),
    line('total', 0, 'Total assets', totalAssets),
    line('heading', 0, 'Liabilities', []),
    ...accountTree(liabilities, 1, values),
    line('subtotal', 0, 'Total liabilities', totalLiabilities),
    line('heading', 0, 'Equity', []),
    ...accountTree(equity, 1, values),
    ...(earlier.some((amount) => amount !== 0n) ? [line('line', 1, EARLIER_RESULT, earlier)] : []),
    line('line', 1, RESULT_OF_YEAR, result),
    line('subtotal', 0, 'Total equity', totalEquity),
    line('total', 0, 'Total liabilities and equity', funding),
  ];
  return {
    ...frame(ledger, balanceSheet, period, stamp),
    columns,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, totalAssets[0]!),
      credit: money(ledger, funding[0]!),
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

function linesOf(ledger: BookLedger, type: AccountType, dates: readonly AsAt[]): TreeLine[] {
  if (isResultAccount(type)) throw new Error(`${type} accounts are not in the balance sheet`);
  const sign = normalSide(type) === 'debit' ? 1n : -1n;
  const balances = dates.map(({ month }) => balancesAt(ledger, month));
  return ledger.accounts
    .filter((account) => account.type === type)
    .map((account) => ({
      account,
      figures: balances.map((balanceOf) => sign * balanceOf(account)),
    }));
}
