// The cash flow statement by the indirect method (IAS 7.18(b), 7.20): the result, what in it moved no cash, what is tied up
// in working capital, then investing and financing (IAS 7.16, 7.17). Every account but cash is in it once, so that it comes
// to the change in cash. Effects of exchange rates on cash (IAS 7.28) stand in the result. The year's closing entries are
// left out: they move no cash.
import { isCash } from '#ledger/domain/account.ts';
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { sumColumns } from './account-tree.ts';
import {
  type BookLedger,
  balancesAt,
  closingNotes,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
} from './book-ledger.ts';
import { closingsIn, figureOf, mustEqual, sumNamed } from './invariants.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';
import { stateGroups } from './statement-rows.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'period', label: 'Period', kind: 'amount' },
  { key: 'yearToDate', label: 'Year to date', kind: 'amount' },
];

const CHANGE = 'Change in cash';
const BEGINNING = 'Cash at the beginning';
const END = 'Cash at the end';

export const cashFlow: ReportDefinition = {
  name: 'cash-flow',
  title: 'Cash flow statement',
  question: 'Where cash came from and where it went: operations, investments, financing.',
  paged: false,
  periods: EVERY_PERIOD,
  fed: fedSinceBeginning,
  compute,
  invariants: [
    {
      name: 'cash-flow-is-the-change-in-cash',
      sentence: 'Operations, investments and financing come to the change in cash.',
      check({ body }) {
        for (const { key } of COLUMNS) {
          const figure = (name: string) => figureOf(body, sumNamed(body, name), key);
          const change = figure(END) - figure(BEGINNING);
          mustEqual(body, 'it comes to the change in cash', figure(CHANGE), change);
        }
      },
    },
    {
      name: 'cash-is-the-trial-balances',
      sentence: 'Cash at the end equals the cash accounts in the trial balance.',
      against: 'trial-balance',
      check({ ledger, body, other: balance }) {
        const closings = closingsIn(balance);
        const sum = ledger.accounts
          .filter(isCash)
          .reduce((all, { id }) => all + (closings.get(id) ?? 0n), 0n);
        const end = figureOf(body, sumNamed(body, END), 'period');
        mustEqual(body, 'cash at the end is that of the trial balance', end, sum);
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const spans = spansOf(period);
  const start = monthOf(period.fiscalYear.from);
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(COLUMNS.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const row = (kind: 'line' | 'total', name: string, figures: readonly bigint[]): ReportRow => ({
    ...{ ...NO_ACCOUNT, kind, name },
    values: values(figures),
  });
  const groups = stateGroups(ledger, {
    statement: 'cash-flow',
    columns: COLUMNS.length,
    // Less on an asset is cash that came.
    of: ({ id }) =>
      spans.map(([from, until]) => -net(ledger.table.between(id, from, until, 'without-closing'))),
    values,
  });
  const change = sumColumns(
    groups.map(({ sum }) => ({ figures: sum })),
    COLUMNS.length,
  );
  const beginning = spans.map(([from]) => cashBefore(ledger, from, start));
  const end = spans.map(() => cashAt(ledger, lastMonth(period)));
  const rows: ReportRow[] = [
    ...groups.flatMap((group) => group.rows),
    row('total', CHANGE, change),
    row('line', BEGINNING, beginning),
    row('total', END, end),
  ];
  return {
    ...frame(ledger, cashFlow, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, change[0]!),
      credit: money(ledger, 0n),
    },
    notes: [
      ...(ledger.accounts.some(isCash) ? [] : ['No account is named as cash.']),
      ...closingNotes(ledger, period),
    ],
  };
}

/** From a month up to, not including, another: the period, and the year to its end. */
type Span = readonly [from: Month, until: Month];

function spansOf(period: Period): readonly Span[] {
  const until = addMonths(lastMonth(period), 1);
  return [
    [monthOf(period.from), until],
    [monthOf(period.fiscalYear.from), until],
  ];
}

function cashAt(ledger: BookLedger, month: Month): bigint {
  const balance = balancesAt(ledger, month);
  return ledger.accounts.filter(isCash).reduce((sum, account) => sum + balance(account), 0n);
}

/** Cash before a month; at the beginning of a year after the closing entries of the one before. */
const cashBefore = (ledger: BookLedger, from: Month, start: Month): bigint =>
  ledger.accounts
    .filter(isCash)
    .reduce(
      (sum, { id }) =>
        sum +
        net(ledger.table.between(id, null, start, 'all')) +
        net(ledger.table.between(id, start, from, 'without-closing')),
      0n,
    );
