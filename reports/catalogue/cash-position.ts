// What both cash flow statements share: their columns, what exchange rates made of cash, the cash before and after, and what they
// are held against.
import { type Account, type AccountId, isCash } from '#ledger/domain/account.ts';
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
import { closingsIn, figureOf, marginSums, mustEqual, sumNamed } from './invariants.ts';
import type { BehindBook, Figure, LinesBehind } from './lines-behind.ts';
import { minor } from './pages.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import type { Checked, ReportDefinition } from './report-definition.ts';

export const CASH_COLUMNS: readonly ReportColumn[] = [
  { key: 'period', label: 'Period', kind: 'amount' },
  { key: 'yearToDate', label: 'Year to date', kind: 'amount' },
];

export const EFFECT = 'Effect of exchange rates on cash';
export const CHANGE = 'Change in cash';
const BEGINNING = 'Cash at the beginning';
const END = 'Cash at the end';

/** From a month up to, not including, another: the period, and the year to its end. */
type Span = readonly [from: Month, until: Month];

/** The months of the columns. */
export function spansOf(period: Period): readonly Span[] {
  const until = addMonths(lastMonth(period), 1);
  return [
    [monthOf(period.from), until],
    [monthOf(period.fiscalYear.from), until],
  ];
}

/** Writes figures in the columns. */
export const cashValues =
  (ledger: BookLedger) =>
  (figures: readonly bigint[]): ReportRow['values'] =>
    Object.fromEntries(CASH_COLUMNS.map(({ key }, at) => [key, money(ledger, figures[at]!)]));

/** What accounts gained on cash by exchange rates alone, in the columns. */
export const gainedOn = (
  { sums }: BookLedger,
  period: Period,
  accounts: readonly Account[],
): readonly bigint[] =>
  spansOf(period).map(([from, until]) =>
    accounts.reduce(
      (sum, { id }) => sum - net(sums.exchange.between(id, from, until, 'without-closing')),
      0n,
    ),
  );

/** The statement itself. @param above its rows down to what activities come to; @param flow that, in the columns */
export function cashStatement(
  ledger: BookLedger,
  definition: Pick<ReportDefinition, 'name' | 'title'>,
  {
    above,
    flow,
    period,
    stamp,
  }: {
    readonly above: readonly ReportRow[];
    readonly flow: readonly bigint[];
    readonly period: Period;
    readonly stamp: Stamp;
  },
): ReportBody {
  const effect = gainedOn(ledger, period, ledger.accounts);
  const change = sumColumns([{ figures: flow }, { figures: effect }], CASH_COLUMNS.length);
  const rows = [...above, ...effectRows(ledger, effect), ...cashRows(ledger, period, change)];
  return {
    ...frame(ledger, definition, period, stamp),
    columns: CASH_COLUMNS,
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

/** Stands apart from all activities (IAS 7.28); most books have none. */
const effectRows = (ledger: BookLedger, effect: readonly bigint[]): ReportRow[] =>
  effect.some((amount) => amount !== 0n)
    ? [{ ...NO_ACCOUNT, kind: 'line', name: EFFECT, values: cashValues(ledger)(effect) }]
    : [];

/** The rows that end a cash flow statement. @param change what it comes to, in the columns */
function cashRows(ledger: BookLedger, period: Period, change: readonly bigint[]): ReportRow[] {
  const values = cashValues(ledger);
  const start = monthOf(period.fiscalYear.from);
  const row = (kind: 'line' | 'total', name: string, figures: readonly bigint[]): ReportRow => ({
    ...{ ...NO_ACCOUNT, kind, name },
    values: values(figures),
  });
  const spans = spansOf(period);
  const beginning = spans.map(([from]) => cashBefore(ledger, from, start));
  const end = spans.map(() => cashAt(ledger, lastMonth(period)));
  return [row('total', CHANGE, change), row('line', BEGINNING, beginning), row('total', END, end)];
}

/** What stands behind the effect of rates and the cash before and after; null for other rows. */
export function cashBehind({ book, key, period, row }: Figure): LinesBehind[] | null {
  const [from, until] = spanOf(period, key);
  if (row.name === EFFECT && row.level === 0) {
    const all = book.accounts.map(({ id }) => id);
    return [{ sign: -1, accounts: all, from, until, closingBefore: from, paid: 'exchange' }];
  }
  if (row.name !== BEGINNING && row.name !== END) return null;
  const start = monthOf(period.fiscalYear.from);
  const before = row.name === BEGINNING ? from : until;
  const accounts = cashIn(book);
  return [{ sign: 1, accounts, from: null, until: before, closingBefore: start }];
}

/** The months of a column. */
export const spanOf = (period: Period, key: string): Span =>
  spansOf(period)[CASH_COLUMNS.findIndex((column) => column.key === key)]!;

const cashIn = ({ accounts }: BehindBook): AccountId[] =>
  accounts.filter(isCash).map(({ id }) => id);

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

/** Holds what a statement comes to against its activities and the effect, and against the cash before and after. */
export function mustBeTheChange({ body }: Pick<Checked, 'body'>): void {
  for (const { key } of CASH_COLUMNS) {
    const figure = (name: string) => figureOf(body, sumNamed(body, name), key);
    const change = figure(END) - figure(BEGINNING);
    mustEqual(body, 'it comes to the change in cash', figure(CHANGE), change);
    const flows = marginSums(body)
      .filter(({ kind }) => kind === 'subtotal')
      .reduce((sum, row) => sum + figureOf(body, row, key), effectIn(body, key));
    mustEqual(body, 'activities and the effect come to the change', flows, figure(CHANGE));
  }
}

/** Holds cash at the end against the cash accounts in the trial balance. */
export function mustBeTheTrialBalances({ body, ledger, other: balance }: Checked): void {
  const closings = closingsIn(balance);
  const sum = ledger.accounts
    .filter(isCash)
    .reduce((all, { id }) => all + (closings.get(id) ?? 0n), 0n);
  const end = figureOf(body, sumNamed(body, END), 'period');
  mustEqual(body, 'cash at the end is that of the trial balance', end, sum);
}

/** What a statement says that exchange rates made of cash, in a column. */
export const effectIn = ({ exponent, rows }: ReportBody, key: string): bigint =>
  minor(rows.find(({ level, name }) => level === 0 && name === EFFECT)?.values[key], exponent);

/** What a statement comes to, in a column. */
export const changeIn = (body: ReportBody, key: string): bigint =>
  figureOf(body, sumNamed(body, CHANGE), key);
