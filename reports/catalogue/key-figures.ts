// Key figures of liquidity, capital, profitability and turnover at the end of a period and a year before, each with its
// formula on the page. Results are those of the fiscal year to date. A figure whose divisor isn't above zero is left out.
// The definitions are the usual ones of financial analysis (CFA Institute, Financial Analysis Techniques).
import { normalSide } from '#ledger/domain/account.ts';
import {
  addMonths,
  daysBetween,
  firstDay,
  lastDay,
  type Month,
  type Period,
} from '#ledger/domain/calendar.ts';
import { roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import {
  type BookLedger,
  balancesAt,
  closingNotes,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
  yearStart,
} from './book-ledger.ts';
import { figureOf, mustEqual, sumNamed } from './invariants.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'formula', label: 'Formula', kind: 'text' },
  { key: 'value', label: 'At the end', kind: 'amount' },
  { key: 'lastYear', label: 'A year before', kind: 'amount' },
];

/** What figures are made of, in minor units; results are of the fiscal year to date. */
interface Basis {
  readonly assets: bigint;
  readonly liabilities: bigint;
  readonly cash: bigint;
  readonly receivables: bigint;
  readonly payables: bigint;
  readonly income: bigint;
  readonly expenses: bigint;
  /** Days of the fiscal year to date. */
  readonly days: bigint;
}

interface Figure {
  readonly name: string;
  readonly formula: string;
  /** Dividend and divisor. */
  readonly of: (basis: Basis) => readonly [bigint, bigint];
}

const equity = ({ assets, liabilities }: Basis): bigint => assets - liabilities;
const result = ({ expenses, income }: Basis): bigint => income - expenses;
const NET_MARGIN = 'Net margin, %';

const SECTIONS: readonly (readonly [string, readonly Figure[]])[] = [
  [
    'Liquidity',
    [
      {
        name: 'Cash ratio',
        formula: 'cash / liabilities',
        of: ({ cash, liabilities }) => [cash, liabilities],
      },
      {
        name: 'Cash and receivables to liabilities',
        formula: '(cash + receivables) / liabilities',
        of: ({ cash, liabilities, receivables }) => [cash + receivables, liabilities],
      },
    ],
  ],
  [
    'Capital',
    [
      {
        name: 'Equity ratio, %',
        formula: '100 × equity / assets',
        of: (basis) => [100n * equity(basis), basis.assets],
      },
      {
        name: 'Debt to equity',
        formula: 'liabilities / equity',
        of: (basis) => [basis.liabilities, equity(basis)],
      },
    ],
  ],
  [
    'Profitability',
    [
      {
        name: NET_MARGIN,
        formula: '100 × result / income, year to date',
        of: (basis) => [100n * result(basis), basis.income],
      },
      {
        name: 'Return on equity, %',
        formula: '100 × result × 365 / days / equity',
        of: (basis) => [100n * result(basis) * 365n, basis.days * equity(basis)],
      },
    ],
  ],
  [
    'Turnover',
    [
      {
        name: 'Receivables, days',
        formula: 'receivables × days / income, year to date',
        of: ({ days, income, receivables }) => [receivables * days, income],
      },
      {
        name: 'Payables, days',
        formula: 'payables × days / expenses, year to date',
        of: ({ days, expenses, payables }) => [payables * days, expenses],
      },
    ],
  ],
];

export const keyFigures: ReportDefinition = {
  name: 'key-figures',
  title: 'Key figures',
  question: 'How liquid, how well financed and how profitable the company is.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['value'] },
  fed: fedSinceBeginning,
  compute,
  invariants: [
    {
      name: 'net-margin-is-the-income-statements',
      sentence: 'The net margin is that of the income statement.',
      against: 'income-statement',
      check({ body, ledger, other, period }) {
        const margin = body.rows.find(({ name }) => name === NET_MARGIN)?.values['value'];
        if (!margin) return;
        const result = figureOf(other, sumNamed(other, 'Result'), 'yearToDate');
        const { income } = basisOf(ledger, lastMonth(period));
        const expected = roundedQuotient(10_000n * result, income);
        mustEqual(body, 'the net margin', BigInt(margin.replace('.', '')), expected, {
          ...{ decimals: 2, unit: '%' },
        });
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const month = lastMonth(period);
  const before = addMonths(month, -12);
  const now = basisOf(ledger, month);
  const then = before < ledger.table.first ? null : basisOf(ledger, before);
  const rows = SECTIONS.flatMap(([name, figures]): ReportRow[] => [
    { ...NO_ACCOUNT, kind: 'heading', name, values: {} },
    ...figures.map(
      (figure): ReportRow => ({
        ...{ ...NO_ACCOUNT, kind: 'line', level: 1, name: figure.name },
        values: {
          formula: figure.formula,
          value: written(figure, now),
          lastYear: then ? written(figure, then) : '',
        },
      }),
    ),
  ]);
  return {
    ...frame(ledger, keyFigures, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, now.assets),
      credit: money(ledger, now.assets),
    },
    notes: closingNotes(ledger, period),
  };
}

/** Two decimals, half away from zero; empty where the divisor isn't above zero. */
function written({ of }: Figure, basis: Basis): string {
  const [dividend, divisor] = of(basis);
  return divisor <= 0n ? '' : decimalText(roundedQuotient(dividend * 100n, divisor), 2);
}

function basisOf(ledger: BookLedger, month: Month): Basis {
  const { accounts, facts, table } = ledger;
  const start = yearStart(facts, month);
  const balance = balancesAt(ledger, month);
  const sum = (counts: (account: BookLedger['accounts'][number]) => boolean) =>
    accounts
      .filter(counts)
      .reduce(
        (all, account) =>
          all + (normalSide(account.type) === 'debit' ? balance(account) : -balance(account)),
        0n,
      );
  const moved = (type: 'income' | 'expense') =>
    accounts
      .filter((account) => account.type === type)
      .reduce(
        (all, { id }) =>
          all + net(table.between(id, start, addMonths(month, 1), 'without-closing')),
        0n,
      );
  return {
    assets: sum(({ type }) => type === 'asset'),
    liabilities: sum(({ type }) => type === 'liability'),
    cash: sum(({ cashFlow }) => cashFlow === 'cash'),
    receivables: sum(({ controls }) => controls === 'receivables'),
    payables: sum(({ controls }) => controls === 'payables'),
    income: -moved('income'),
    expenses: moved('expense'),
    days: BigInt(daysBetween(firstDay(start), lastDay(month)) + 1),
  };
}
