// Income, expenses and result under each value of each dimension of the book: the period's and the year to date. A value
// with parts shows what was counted under itself and the sum with its parts. What names no value is a line of its own, so
// that every dimension adds up to the income statement. The year's closing entries are left out.
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
import type { Movement } from './month-table.ts';
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

const totalOf = ({ code }: Dimension): string => `Result by ${code}`;

export const resultByDimension: ReportDefinition = {
  name: 'result-by-dimension',
  title: 'Result by dimension',
  question: 'What each cost centre or project earned and spent.',
  paged: false,
  periods: EVERY_PERIOD,
  fed: ({ dimensions, table }, { fiscalYear, to }) =>
    dimensions.length === 0 ? 0 : table.positionBetween(monthOf(fiscalYear.from), monthOf(to)),
  compute,
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
  ],
};

/** Income and expenses of the period, then of the year to date; each positive on its own side. */
type Figures = readonly [
  income: bigint,
  expenses: bigint,
  incomeToDate: bigint,
  expensesToDate: bigint,
];

const NOTHING: Figures = [0n, 0n, 0n, 0n];
const combine = (a: Figures, b: Figures, sign: bigint): Figures => [
  a[0] + sign * b[0],
  a[1] + sign * b[1],
  a[2] + sign * b[2],
  a[3] + sign * b[3],
];
const plus = (a: Figures, b: Figures): Figures => combine(a, b, 1n);

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { details, dimensions, table } = ledger;
  const values = ([income, expenses, incomeToDate, expensesToDate]: Figures) => ({
    income: money(ledger, income),
    expenses: money(ledger, expenses),
    result: money(ledger, income - expenses),
    incomeToDate: money(ledger, incomeToDate),
    expensesToDate: money(ledger, expensesToDate),
    resultToDate: money(ledger, incomeToDate - expensesToDate),
  });
  const counted = dimensions.length > 0;
  const whole = counted
    ? figuresOf(ledger, period, (account, from, until) =>
        table.between(account, from, until, 'without-closing'),
      )
    : NOTHING;
  const rows = dimensions.flatMap((dimension): ReportRow[] => {
    const own = new Map(
      dimension.values.map(({ id }) => [
        id,
        figuresOf(ledger, period, (account, from, until) =>
          details.between('dimension', id, account, from, until, 'without-closing'),
        ),
      ]),
    );
    const named = [...own.values()].reduce(plus, NOTHING);
    const without = combine(whole, named, -1n);
    return [
      { ...NO_ACCOUNT, kind: 'heading', name: dimension.name, values: {} },
      ...valueRows(dimension, null, own, values),
      { ...NO_ACCOUNT, kind: 'line', level: 1, name: 'Without a value', values: values(without) },
      { ...NO_ACCOUNT, kind: 'subtotal', name: totalOf(dimension), values: values(whole) },
    ];
  });
  return {
    ...frame(ledger, resultByDimension, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, whole[1]),
      credit: money(ledger, whole[0]),
    },
    notes: counted ? closingNotes(ledger, period) : ['The book has no dimensions.'],
  };
}

function figuresOf(
  { accounts }: BookLedger,
  period: Period,
  moved: (account: number, from: Month, until: Month) => Movement,
): Figures {
  const until = addMonths(lastMonth(period), 1);
  const sum = (type: 'income' | 'expense', from: Month) =>
    accounts
      .filter((account) => account.type === type)
      .reduce((all, { id }) => all + net(moved(id, from, until)), 0n);
  const [from, year] = [monthOf(period.from), monthOf(period.fiscalYear.from)];
  return [-sum('income', from), sum('expense', from), -sum('income', year), sum('expense', year)];
}

/** The values below one, those that nothing moved left out. */
function valueRows(
  dimension: Dimension,
  parent: number | null,
  own: ReadonlyMap<number, Figures>,
  values: (figures: Figures) => Record<string, string>,
  level = 1,
): ReportRow[] {
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
      const parts = valueRows(dimension, value.id, own, values, level + 1);
      const line: ReportRow = { ...NO_ACCOUNT, kind: 'line', level, name, values: values(figures) };
      const moved = figures.some((figure) => figure !== 0n);
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
