// The statement of changes in equity (IAS 1.106): each part of equity with its opening, the result of the period, other
// movements (capital paid in, dividends, transfers) and its closing. The year's closing entries are left out: what they
// would move stands in the result of the year, and in that of earlier years from the next year on.
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { accountTree, sumColumns, type TreeLine } from './account-tree.ts';
import {
  type BookLedger,
  closingNotes,
  EARLIER_RESULT,
  earlierResult,
  frame,
  lastMonth,
  money,
  net,
  RESULT_OF_YEAR,
  resultOfYear,
  type Stamp,
} from './book-ledger.ts';
import { figureOf, mustEqual, sumNamed } from './invariants.ts';
import { type Figure, type LinesBehind, resultBehind } from './lines-behind.ts';
import { lineCount, type ReportBody, type ReportColumn, type ReportRow } from './report.ts';
import { fedSinceBeginning, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'opening', label: 'Opening', kind: 'amount' },
  { key: 'result', label: 'Result', kind: 'amount' },
  { key: 'other', label: 'Other movements', kind: 'amount' },
  { key: 'closing', label: 'Closing', kind: 'amount' },
];

export const changesInEquity: ReportDefinition = {
  name: 'changes-in-equity',
  title: 'Changes in equity',
  question: 'What equity was, what the result and the owners moved, and what it is now.',
  paged: false,
  periods: ['quarter', 'year'],
  views: { compared: ['closing'], zeros: true, closing: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'equity-closes-at-opening-and-movement',
      sentence: 'Opening, result and other movements are the closing.',
      afterClosing: true,
      check({ body }) {
        const total = (key: string) => figureOf(body, sumNamed(body, 'Total equity'), key);
        const moved = total('opening') + total('result') + total('other');
        mustEqual(body, 'opening and movements are the closing', moved, total('closing'));
      },
    },
    {
      name: 'equity-is-the-balance-sheets',
      sentence: 'The closing equals the equity in the balance sheet.',
      against: 'balance-sheet',
      check({ body, other: sheet }) {
        const closing = figureOf(body, sumNamed(body, 'Total equity'), 'closing');
        const equity = figureOf(sheet, sumNamed(sheet, 'Total equity'), 'amount');
        mustEqual(body, "its closing is the balance sheet's equity", closing, equity);
      },
    },
  ],
};

function behindLine({ book, key, period, row }: Figure): LinesBehind[] | null {
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const start = monthOf(period.fiscalYear.from);
  const columns = {
    opening: { from: null, until: from },
    result: { from, until },
    other: { from, until },
    closing: { from: null, until },
  };
  const months = columns[key as keyof typeof columns];
  if (row.accountId !== undefined) {
    if (key === 'result') return null;
    return [{ ...{ sign: -1, accounts: [row.accountId], closingBefore: start }, ...months }];
  }
  const found = resultBehind(book, row, lastMonth(period));
  if (row.name === EARLIER_RESULT) return found;
  return found?.map((own) => ({ ...own, ...months, from: months.from ?? start })) ?? null;
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(COLUMNS.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const plain = (kind: ReportRow['kind'], name: string, figures: readonly bigint[]): ReportRow => ({
    ...{ kind, level: kind === 'total' ? 0 : 1, account: null, path: null, name },
    values: values(figures),
  });
  const accounts = accountLines(ledger, period);
  const earlier = -earlierResult(ledger, monthOf(period.fiscalYear.from));
  const before = resultBefore(ledger, period);
  const now = -resultOfYear(ledger, lastMonth(period));
  const earlierYears = [earlier, 0n, 0n, earlier];
  const ofYear = [before, now - before, 0n, now];
  const total = sumColumns(
    [...accounts, { figures: earlierYears }, { figures: ofYear }],
    COLUMNS.length,
  );
  const rows: ReportRow[] = [
    ...accountTree(accounts, 1, values, { zeros: ledger.zeros }),
    ...(earlier === 0n ? [] : [plain('line', EARLIER_RESULT, earlierYears)]),
    plain('line', RESULT_OF_YEAR, ofYear),
    plain('total', 'Total equity', total),
  ];
  return {
    ...frame(ledger, changesInEquity, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, total[0]!),
      credit: money(ledger, total[3]!),
    },
    notes: closingNotes(ledger, period),
  };
}

/** Accounts of equity, credit positive. */
function accountLines({ accounts, table }: BookLedger, period: Period): TreeLine[] {
  const start = monthOf(period.fiscalYear.from);
  const from = monthOf(period.from);
  const until = addMonths(lastMonth(period), 1);
  return accounts
    .filter(({ type }) => type === 'equity')
    .map((account) => {
      const moved = (first: Month, end: Month) =>
        -net(table.between(account.id, first, end, 'without-closing'));
      const opening = -net(table.between(account.id, null, start, 'all')) + moved(start, from);
      const other = moved(from, until);
      return { account, figures: [opening, 0n, other, opening + other] };
    });
}

/** The result of the year before the period, credit positive. */
const resultBefore = (ledger: BookLedger, period: Period): bigint =>
  period.from === period.fiscalYear.from
    ? 0n
    : -resultOfYear(ledger, addMonths(monthOf(period.from), -1));
