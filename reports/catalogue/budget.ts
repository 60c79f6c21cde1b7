// Budget and actual: income, expenses and the result of the period and the year to date beside what was planned, the
// year's plan, and a forecast of the year's end: what was posted to date and what is planned for the months after it.
// A variance is actual less budget, on every row. The year's closing entries are left out.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import {
  type BookLedger,
  closingNotes,
  frame,
  lastMonth,
  money,
  type Stamp,
} from './book-ledger.ts';
import {
  incomeBehind,
  PERIOD_LABELS,
  rangeColumn,
  type StatedColumn,
  stateIncome,
} from './income-statement.ts';
import { figureOf, marginSums, mustEqual, sumNamed } from './invariants.ts';
import { plannedPosition, unplannedNotes } from './planned-ledger.ts';
import type { ReportBody, ReportColumn } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';
import { signsOf } from './statement-rows.ts';

/** Figures of a row, in the order of `KEYS`. */
type Figures = readonly bigint[];
const KEYS = [
  'actualToDate',
  'actual',
  'budget',
  'budgetToDate',
  'yearBudget',
  'forecast',
] as const;
type Key = (typeof KEYS)[number];
const VARIANCE = 'variance';

export const budget: ReportDefinition = {
  name: 'budget',
  title: 'Budget and actual',
  question: 'What was planned, what came of it, and where the year will end.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: [VARIANCE], zeros: true },
  beside: {
    compute: (ledger, periods, stamp) =>
      periods.map((period) => besides(compute(ledger, period, stamp))),
    of: (body) => besides(body).rows,
  },
  fed(ledger, { fiscalYear, to }) {
    const planned = plannedPosition(ledger, fiscalYear);
    const posted = ledger.table.positionBetween(monthOf(fiscalYear.from), monthOf(to));
    return planned === 0 ? 0 : Math.max(planned, posted);
  },
  compute,
  behind: {
    line: incomeBehind(({ key, period }) => ({
      from: monthOf(key === 'actual' ? period.from : period.fiscalYear.from),
      to: lastMonth(period),
    })),
    plans: [
      ...['budget', 'variance', 'budgetToDate', 'varianceToDate', 'percent'],
      ...['yearBudget', 'forecast'],
    ],
  },
  invariants: [
    {
      name: 'variance-is-actual-less-budget',
      sentence: 'To date, the variance is actual less budget; lines add up to the result.',
      check({ body, ledger }) {
        for (const { name } of marginSums(body)) {
          const expected = sumOf(body, name, 'actualToDate') - sumOf(body, name, 'budgetToDate');
          const found = sumOf(body, name, 'varianceToDate');
          mustEqual(body, `the variance of ${name}`, found, expected);
        }
        if (body.rows.length === 0) return;
        const signs = signsOf(ledger);
        const lines = body.rows
          .filter(({ kind }) => kind === 'line')
          .map((row) => signs.get(row.accountId!)! * figureOf(body, row, 'yearBudget'))
          .reduce((sum, own) => sum + own, 0n);
        const result = sumOf(body, 'Result', 'yearBudget');
        mustEqual(body, 'what lines plan for the year', lines, result);
      },
    },
    {
      name: 'forecast-is-actual-and-plan',
      sentence: 'The forecast is actual to date and what is planned for the months after it.',
      check({ body }) {
        for (const { name } of marginSums(body)) {
          const found = sumOf(body, name, 'forecast') - sumOf(body, name, 'actualToDate');
          const expected = sumOf(body, name, 'yearBudget') - sumOf(body, name, 'budgetToDate');
          mustEqual(body, `the forecast of ${name}, less actual to date`, found, expected);
        }
      },
    },
    {
      name: 'actual-is-the-income-statements',
      sentence: 'Actual to date equals the income statement.',
      against: 'income-statement',
      check({ body, other: income }) {
        for (const { name } of marginSums(body)) {
          const stated = sumOf(income, name, 'yearToDate');
          mustEqual(body, `${name}, year to date`, sumOf(body, name, 'actualToDate'), stated);
        }
      },
    },
  ],
};

const sumOf = (body: ReportBody, name: string, key: string): bigint =>
  figureOf(body, sumNamed(body, name), key);

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const same = frame(ledger, budget, period, stamp);
  if (plannedPosition(ledger, period.fiscalYear) === 0) {
    return {
      ...{ ...same, columns: columnsOf(period), rows: [] },
      controlTotals: { rows: 0, debit: money(ledger, 0n), credit: money(ledger, 0n) },
      notes: unplannedNotes(ledger, period),
    };
  }
  const { controlTotals, rows } = stateIncome(ledger, statedColumns(ledger, period), (figures) =>
    written(ledger, period, figures),
  );
  return {
    ...{ ...same, columns: columnsOf(period), rows, controlTotals },
    notes: [
      'A variance is actual less budget. The forecast is what was posted to date and what is planned for the months after it.',
      ...closingNotes(ledger, period),
    ],
  };
}

/** What stands beside other periods is how far off the plan each of them was; a year is its own year to date. */
function besides(body: ReportBody): ReportBody {
  const isPlanned = body.rows.length > 0;
  return {
    ...body,
    columns: [{ key: VARIANCE, label: 'Variance', kind: 'amount' }],
    rows: body.rows.map((row) => {
      const value = row.values[VARIANCE] ?? row.values['varianceToDate'];
      return { ...row, values: value === undefined ? {} : { [VARIANCE]: value } };
    }),
    notes: isPlanned ? ['Variances: actual less budget.', ...body.notes.slice(1)] : body.notes,
  };
}

/** A year is its own year to date. */
function columnsOf({ kind }: Period): ReportColumn[] {
  const amount = (key: string, label: string): ReportColumn => ({ key, label, kind: 'amount' });
  const own =
    kind === 'year'
      ? []
      : [
          amount('actual', PERIOD_LABELS[kind]),
          amount('budget', 'Budget'),
          amount('variance', 'Variance'),
        ];
  return [
    ...own,
    amount('actualToDate', 'Year to date'),
    amount('budgetToDate', 'Budget to date'),
    amount('varianceToDate', 'Variance to date'),
    amount('percent', '%'),
    amount('yearBudget', 'Budget of the year'),
    amount('forecast', 'Forecast'),
  ];
}

/** The values of a row. Per cent of what was planned to date, one decimal, half away from zero; none of nothing. */
function written(ledger: BookLedger, { kind }: Period, figures: Figures): Record<string, string> {
  const of = Object.fromEntries(KEYS.map((key, at) => [key, figures[at]!])) as Record<Key, bigint>;
  const variance = of.actualToDate - of.budgetToDate;
  const divisor = of.budgetToDate < 0n ? -of.budgetToDate : of.budgetToDate;
  const own =
    kind === 'year'
      ? {}
      : { actual: of.actual, budget: of.budget, variance: of.actual - of.budget };
  const amounts = {
    ...own,
    ...{ actualToDate: of.actualToDate, budgetToDate: of.budgetToDate, varianceToDate: variance },
    ...{ yearBudget: of.yearBudget, forecast: of.forecast },
  };
  return {
    ...Object.fromEntries(
      Object.entries(amounts).map(([key, amount]) => [key, money(ledger, amount)]),
    ),
    percent: divisor === 0n ? '' : decimalText(roundedQuotient(variance * 1_000n, divisor), 1),
  };
}

/** What stands behind a row, in the order of `KEYS`; what was posted to date is what is controlled. */
function statedColumns(ledger: BookLedger, period: Period): StatedColumn[] {
  const [from, year] = [monthOf(period.from), monthOf(period.fiscalYear.from)];
  const to = lastMonth(period);
  const until = addMonths(to, 1);
  const end = addMonths(monthOf(period.fiscalYear.to), 1);
  const posted = (first: Month) => rangeColumn(ledger, { key: '', label: '', from: first, to }).net;
  // Planned in the sign in which income earns and expenses cost.
  const planned = (first: Month, before: Month) => (account: Account) =>
    (account.type === 'expense' ? 1n : -1n) * ledger.budget.between(account.id, first, before);
  const toDate = posted(year);
  const rest = planned(until, end);
  const stated: Record<Key, StatedColumn['net']> = {
    actualToDate: toDate,
    actual: posted(from),
    budget: planned(from, until),
    budgetToDate: planned(year, until),
    yearBudget: planned(year, end),
    forecast: (account) => toDate(account) + rest(account),
  };
  return KEYS.map((key) => ({ key, label: '', net: stated[key] }));
}
