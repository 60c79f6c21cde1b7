// Income, expenses and result under each value of each dimension of the book: the period's and the year to date. A value
// with parts shows what was counted under itself and the sum with its parts. What names no value is a line of its own, so
// that every dimension adds up to the income statement. In a year with a budget stands what was planned for each value beside
// its result to date. The year's closing entries are left out.
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  closingNotes,
  type Dimension,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
} from './book-ledger.ts';
import { figureOf, mustEqual, rowNamed, sumNamed } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, movedIn } from './lines-behind.ts';
import type { Movement } from './month-table.ts';
import { plannedPosition } from './planned-ledger.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'income', label: 'Income', kind: 'amount' },
  { key: 'expenses', label: 'Expenses', kind: 'amount' },
  { key: 'result', label: 'Result', kind: 'amount' },
  { key: 'incomeToDate', label: 'Income to date', kind: 'amount' },
  { key: 'expensesToDate', label: 'Expenses to date', kind: 'amount' },
  { key: 'resultToDate', label: 'Result to date', kind: 'amount' },
];

/** Of a fiscal year with a budget: results planned to date, and how much more came of it. */
const PLANNED: readonly ReportColumn[] = [
  { key: 'budgetToDate', label: 'Budget to date', kind: 'amount' },
  { key: 'varianceToDate', label: 'Variance to date', kind: 'amount' },
];

const totalOf = ({ code }: Dimension): string => `Result by ${code}`;

export const resultByDimension: ReportDefinition = {
  name: 'result-by-dimension',
  title: 'Result by dimension',
  question: 'What each cost centre or project earned and spent.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['result'], budget: true },
  fed(ledger, { fiscalYear, to }) {
    if (ledger.dimensions.length === 0) return 0;
    const posted = ledger.table.positionBetween(monthOf(fiscalYear.from), monthOf(to));
    return Math.max(posted, plannedPosition(ledger, fiscalYear));
  },
  compute,
  behind: { line: behindLine, plans: PLANNED.map(({ key }) => key) },
  invariants: [
    {
      name: 'dimensions-add-up-to-the-income-statement',
      sentence: 'Every dimension adds up to the income statement: the period and the year to date.',
      against: 'income-statement',
      check({ ledger, body, other: income }) {
        const stated = (key: string) => figureOf(income, rowNamed(income, 'Result'), key);
        for (const dimension of ledger.dimensions) {
          const total = sumNamed(body, totalOf(dimension));
          const figure = `${dimension.code} adds up to the income statement`;
          mustEqual(body, figure, figureOf(body, total, 'result'), stated('period'));
          mustEqual(body, figure, figureOf(body, total, 'resultToDate'), stated('yearToDate'));
        }
      },
    },
    {
      name: 'dimensions-add-up-to-the-budget',
      sentence: 'Every dimension adds up to what is planned to date.',
      against: 'budget',
      check({ ledger, body, other: plan }) {
        if (plan.rows.length === 0) return;
        const stated = figureOf(plan, rowNamed(plan, 'Result'), 'budgetToDate');
        for (const dimension of ledger.dimensions) {
          const found = figureOf(body, sumNamed(body, totalOf(dimension)), 'budgetToDate');
          mustEqual(body, `${dimension.code} adds up to the budget`, found, stated);
        }
      },
    },
  ],
};

function behindLine({ at, body, book, key, period, row }: Figure): LinesBehind[] | null {
  const [, side, toDate] = /^(income|expenses|result)(ToDate)?$/.exec(key) ?? [];
  const heading = headingOver(body, at, 0);
  const place = body.rows.filter((own, before) => before < heading.at && isDimension(own)).length;
  const dimension = book.dimensions[place];
  if (!side || !dimension) return null;
  const value = dimension.values.find(({ code, name }) => row.name === `${code} ${name}`);
  const named = value ? { values: [value.id] } : { noneOf: dimension.values.map(({ id }) => id) };
  const accounts = book.accounts
    .filter(
      ({ type }) =>
        (type === 'income' && side !== 'expenses') || (type === 'expense' && side !== 'income'),
    )
    .map(({ id }) => id);
  const from = monthOf(toDate ? period.fiscalYear.from : period.from);
  const sign = side === 'expenses' ? 1 : -1;
  return [{ sign, ...movedIn(accounts, from, lastMonth(period)), ...named }];
}

const isDimension = ({ kind, level }: ReportRow): boolean => kind === 'heading' && level === 0;

/** Income and expenses of the period, then of the year to date, each positive on its own side; the result planned to date. */
type Figures = readonly [
  income: bigint,
  expenses: bigint,
  incomeToDate: bigint,
  expensesToDate: bigint,
  planned: bigint,
];

const NOTHING: Figures = [0n, 0n, 0n, 0n, 0n];
const combine = (a: Figures, b: Figures, sign: bigint): Figures => [
  a[0] + sign * b[0],
  a[1] + sign * b[1],
  a[2] + sign * b[2],
  a[3] + sign * b[3],
  a[4] + sign * b[4],
];
const plus = (a: Figures, b: Figures): Figures => combine(a, b, 1n);

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { budget, dimensions, table } = ledger;
  const counted = dimensions.length > 0;
  const planned = counted && plannedPosition(ledger, period.fiscalYear) > 0;
  const values = ([income, expenses, incomeToDate, expensesToDate, plan]: Figures) => ({
    income: money(ledger, income),
    expenses: money(ledger, expenses),
    result: money(ledger, income - expenses),
    incomeToDate: money(ledger, incomeToDate),
    expensesToDate: money(ledger, expensesToDate),
    resultToDate: money(ledger, incomeToDate - expensesToDate),
    ...(planned && {
      budgetToDate: money(ledger, plan),
      varianceToDate: money(ledger, incomeToDate - expensesToDate - plan),
    }),
  });
  const whole = counted
    ? figuresOf(ledger, period, {
        moved: (account, from, until) => table.between(account, from, until, 'without-closing'),
        planned: (account, from, until) => budget.between(account, from, until),
      })
    : NOTHING;
  const rows = dimensions.flatMap((dimension): ReportRow[] => {
    const own = new Map(dimension.values.map(({ id }) => [id, figuresUnder(ledger, period, id)]));
    const { beside } = ledger;
    const shown = new Set(
      [...own]
        .filter(([id, figures]) =>
          [figures, beside ? figuresUnder(beside, period, id) : NOTHING].some(hasMoved),
        )
        .map(([id]) => id),
    );
    const named = [...own.values()].reduce(plus, NOTHING);
    const without = combine(whole, named, -1n);
    return [
      { ...NO_ACCOUNT, kind: 'heading', name: dimension.name, values: {} },
      ...valueRows(dimension, null, { own, shown }, values),
      { ...NO_ACCOUNT, kind: 'line', level: 1, name: 'Without a value', values: values(without) },
      { ...NO_ACCOUNT, kind: 'subtotal', name: totalOf(dimension), values: values(whole) },
    ];
  });
  return {
    ...frame(ledger, resultByDimension, period, stamp),
    columns: planned ? [...COLUMNS, ...PLANNED] : COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, whole[1]),
      credit: money(ledger, whole[0]),
    },
    notes: counted ? closingNotes(ledger, period) : ['The book has no dimensions.'],
  };
}

/** What an account moved and what was planned for it in some months. */
interface Counted {
  moved(account: number, from: Month, until: Month): Movement;
  planned(account: number, from: Month, until: Month): bigint;
}

function figuresOf({ accounts }: BookLedger, period: Period, counted: Counted): Figures {
  const until = addMonths(lastMonth(period), 1);
  const [from, year] = [monthOf(period.from), monthOf(period.fiscalYear.from)];
  const ofType = (type: 'income' | 'expense') =>
    accounts.filter((account) => account.type === type);
  const sum = (type: 'income' | 'expense', first: Month) =>
    ofType(type).reduce((all, { id }) => all + net(counted.moved(id, first, until)), 0n);
  const plan = (type: 'income' | 'expense') =>
    ofType(type).reduce((all, { id }) => all + counted.planned(id, year, until), 0n);
  return [
    ...([-sum('income', from), sum('expense', from)] as const),
    ...([-sum('income', year), sum('expense', year)] as const),
    plan('income') - plan('expense'),
  ];
}

const figuresUnder = (ledger: BookLedger, period: Period, value: number): Figures =>
  figuresOf(ledger, period, {
    moved: (account, from, until) =>
      ledger.details.between('dimension', value, account, from, until, 'without-closing'),
    planned: (account, from, until) => ledger.budget.ofValue(value, account, from, until),
  });

const hasMoved = (figures: Figures): boolean => figures.some((figure) => figure !== 0n);

/** Figures of the values of a dimension, and which have rows. */
interface Valued {
  readonly own: ReadonlyMap<number, Figures>;
  readonly shown: ReadonlySet<number>;
}

/** The values below one, those that nothing moved left out. */
function valueRows(
  dimension: Dimension,
  parent: number | null,
  valued: Valued,
  values: (figures: Figures) => Record<string, string>,
  level = 1,
): ReportRow[] {
  const { own, shown } = valued;
  const below = (id: number): Figures =>
    dimension.values
      .filter((value) => value.parent === id)
      .map((value) => below(value.id))
      .reduce(plus, own.get(id) ?? NOTHING);
  return dimension.values
    .filter((value) => value.parent === parent)
    .flatMap((value): ReportRow[] => {
      const figures = own.get(value.id) ?? NOTHING;
      const name = `${value.code} ${value.name}`;
      const parts = valueRows(dimension, value.id, valued, values, level + 1);
      const line: ReportRow = { ...NO_ACCOUNT, kind: 'line', level, name, values: values(figures) };
      const moved = shown.has(value.id);
      if (parts.length === 0) return moved ? [line] : [];
      return [
        { ...NO_ACCOUNT, kind: 'heading', level, name, values: {} },
        ...(moved ? [{ ...line, level: level + 1 }] : []),
        ...parts,
        {
          ...NO_ACCOUNT,
          kind: 'subtotal',
          level,
          name: `Total ${name}`,
          values: values(below(value.id)),
        },
      ];
    });
}
