// What a manager looks at, in one document: income and expenses by group of accounts, cash, receivables and payables, the
// largest costs, and each value of each dimension, of the period and of the twelve months that end with it. A screen that is
// filtered by group or value picks rows and computes nothing. It is bounded: the groups, values and costs with the largest
// turnover have rows of their own, the others stand together. The year's closing entries are left out.
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { sumColumns, type TreeLine } from './account-tree.ts';
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
import {
  ALL_COSTS,
  CASH,
  CONTROLLED,
  COSTS,
  dashboardBehind,
  STANDING,
  signOf,
  standing,
} from './dashboard-behind.ts';
import { DASHBOARD_INVARIANTS } from './dashboard-checks.ts';
import {
  countedIn,
  type FigureRow,
  groupsOf,
  resultOf,
  resultRows,
  type Span,
  type Stated,
  statedLines,
} from './dashboard-groups.ts';
import { dimensionRows } from './dashboard-values.ts';
import { PERIOD_LABELS } from './income-statement.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportChart,
  type ReportRow,
} from './report.ts';
import {
  EVERY_PERIOD,
  fedSinceBeginning,
  type ReportDefinition,
  type StatedBody,
} from './report-definition.ts';

/** The column of the period. */
const PERIOD = 'period';
const MONTHS = 12;
const MOST_COSTS = 20;

export const dashboard: ReportDefinition = {
  name: 'dashboard',
  title: 'Dashboard',
  question: 'Result, cash, receivables and the largest costs, by month, group and dimension.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: [PERIOD], budget: true, only: true },
  beside: { compute: statedBeside, budget: besideBudget },
  fed: fedSinceBeginning,
  compute,
  behind: dashboardBehind(null),
  invariants: DASHBOARD_INVARIANTS,
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const spans = spansOf(ledger, period);
  const { controlTotals, notes, ...table } = statedIn(ledger, period, spans);
  return {
    ...frame(ledger, dashboard, period, stamp),
    ...table,
    charts: chartsOf(table.rows, spans),
    controlTotals,
    notes,
  };
}

function statedIn(ledger: BookLedger, period: Period, spans: readonly Span[]): StatedBody {
  // Nobody plans what stands at an end.
  const isPlanned = spans.some(({ planned }) => planned);
  const whole = statedOf(ledger, spans);
  const groups = groupsOf(ledger, whole);
  return {
    ...tableOf(ledger, spans, whole, [
      ...resultRows(whole, groups, spans.length, 0),
      ...(isPlanned ? [] : standingRows(ledger, spans)),
      ...costRows(whole.expense, spans.length),
      ...dimensionRows(ledger, spans, { whole, groups }),
    ]),
    notes: [...closingNotes(ledger, period), ...(isPlanned ? [] : standingNotes(ledger))],
  };
}

const spanOf = ({ from, to }: Period, key: string): Span => {
  const [first, last] = [monthOf(from), monthOf(to)];
  return { key, label: key, from: first, to: last, until: addMonths(last, 1) };
};

/** The groups, costs and values with rows of their own are the same in all columns: the largest of all these together. */
function statedApart(ledger: BookLedger, period: Period, spans: readonly Span[]): StatedBody[] {
  const { rows, ...whole } = statedIn(ledger, period, spans);
  return spans.map(({ key, label }) => ({
    ...whole,
    columns: [{ key: PERIOD, label, kind: 'amount' }],
    rows: rows.map((row) => {
      const value = row.values[key];
      return { ...row, values: value === undefined ? {} : { [PERIOD]: value } };
    }),
  }));
}

function statedBeside(ledger: BookLedger, periods: readonly Period[]): StatedBody[] {
  const spans = periods.map((period) => spanOf(period, period.key));
  return statedApart(ledger, periods[0]!, spans);
}

/** What came of income and expenses and what was planned; what stands at an end isn't planned. */
function besideBudget(ledger: BookLedger, period: Period): StatedBody[] {
  const planned: Span = { ...spanOf(period, 'budget'), planned: true };
  return statedApart(ledger, period, [spanOf(period, 'actual'), planned]);
}

/** Rows with their amounts, under the period and its months. @param shown what the control totals say */
export function tableOf(
  ledger: BookLedger,
  spans: readonly Span[],
  shown: Stated,
  rows: readonly FigureRow[],
): Pick<ReportBody, 'columns' | 'rows' | 'controlTotals'> {
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(spans.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const written = rows.map(
    ({ figures, ...row }): ReportRow => ({ ...row, values: figures ? values(figures) : {} }),
  );
  const { expense, income } = resultOf(shown, spans.length);
  return {
    columns: spans.map(({ key, label }) => ({ key, label, kind: 'amount' as const })),
    rows: written,
    controlTotals: {
      rows: lineCount(written),
      debit: money(ledger, expense[0]!),
      credit: money(ledger, income[0]!),
    },
  };
}

/** What all accounts moved, whatever they name. */
export function statedOf(ledger: BookLedger, spans: readonly Span[]): Stated {
  const counted = countedIn(ledger, spans);
  return statedLines(ledger, spans, ({ id }, span) =>
    net(counted(span).table.between(id, span.from, span.until, 'without-closing')),
  );
}

/** Income, expenses and the result month by month; beside it what stands at their ends. */
function chartsOf(rows: readonly ReportRow[], spans: readonly Span[]): ReportChart[] {
  const columns = spans.slice(1).map(({ key }) => key);
  const sum = (name: string) =>
    rows.findIndex((row) => row.level === 0 && row.kind !== 'heading' && row.name === name);
  const head = rows.findIndex((row) => row.level === 0 && row.name === STANDING);
  const lines = head < 0 ? -1 : rows.findIndex((row, at) => at > head && row.kind !== 'line');
  const result = { bars: [sum('Total income'), sum('Total expenses')], lines: [sum('Result')] };
  const ends = Array.from({ length: Math.max(0, lines - head - 1) }, (_, at) => head + 1 + at);
  return [
    { title: 'Month by month', columns, ...result },
    ...(ends.length > 0
      ? [{ title: 'At the end of each month', columns, bars: [], lines: ends }]
      : []),
  ];
}

/** The period, then the months that end with it, as far as the book goes back. */
export function spansOf({ facts }: BookLedger, period: Period): Span[] {
  const [from, to] = [monthOf(period.from), lastMonth(period)];
  const first = monthOf(facts.calendar.startDate);
  const own = { key: PERIOD, label: PERIOD_LABELS[period.kind], from, to };
  const months = Array.from({ length: MONTHS }, (_, at) => addMonths(to, at - MONTHS + 1));
  const shown = months.filter((month) => month >= first);
  const columns = shown.map((month) => ({ key: month, label: month, from: month, to: month }));
  return [own, ...columns].map((span) => ({ ...span, until: addMonths(span.to, 1) }));
}

/** What stands at the end of the period and of each month; what no account is named for is left out. */
function standingRows(ledger: BookLedger, spans: readonly Span[]): FigureRow[] {
  const balances = spans.map(({ to }) => balancesAt(ledger, to));
  const rows = standing(ledger).map(
    ([name, accounts]): FigureRow => ({
      ...{ ...NO_ACCOUNT, kind: 'line', level: 1, name },
      figures: balances.map((balance) =>
        accounts.reduce((sum, own) => sum + BigInt(signOf(own)) * balance(own), 0n),
      ),
    }),
  );
  if (rows.length === 0) return [];
  return [{ ...NO_ACCOUNT, kind: 'heading', name: STANDING, figures: null }, ...rows];
}

function standingNotes(ledger: BookLedger): string[] {
  const named = standing(ledger).map(([name]) => name);
  const missing = [CASH, ...CONTROLLED.map(([, name]) => name)].filter(
    (name) => !named.includes(name),
  );
  if (missing.length === 0) return [];
  return [`No account is named for: ${missing.join(', ').toLowerCase()}.`];
}

/** The accounts that cost most in the period, the dearest first. */
export function costRows(expenses: readonly TreeLine[], columns: number): FigureRow[] {
  const cost = ({ figures }: TreeLine): bigint => figures[0]!;
  const dearest = expenses
    .filter((line) => cost(line) > 0n)
    .toSorted((a, b) => (cost(a) === cost(b) ? 0 : cost(a) < cost(b) ? 1 : -1))
    .slice(0, MOST_COSTS);
  const others = expenses.filter((line) => !dearest.includes(line));
  const plain = { ...NO_ACCOUNT, path: null };
  return [
    { ...plain, kind: 'heading', name: COSTS, figures: null },
    ...dearest.map(
      ({ account, figures }): FigureRow => ({
        ...{ kind: 'line', level: 1, account: account.code, path: account.path },
        ...{ name: account.name, accountId: account.id, figures },
      }),
    ),
    ...(others.length === 0
      ? []
      : [
          {
            ...{ ...plain, kind: 'line' as const, level: 1, name: 'Other costs' },
            figures: sumColumns(others, columns),
          },
        ]),
    { ...plain, kind: 'subtotal', name: ALL_COSTS, figures: sumColumns(expenses, columns) },
  ];
}
