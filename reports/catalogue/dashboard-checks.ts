// What must hold of the dashboard: it adds up, and says what income statement and trial balance say.
import { STANDING, signOf, standing } from './dashboard-behind.ts';
import { closingsIn, controlTotal, figureOf, mustEqual, rowNamed, sumNamed } from './invariants.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { Checked, Invariant } from './report-definition.ts';

export const DASHBOARD_INVARIANTS: readonly Invariant[] = [
  {
    name: 'dashboard-adds-up',
    sentence: 'Groups, costs and the values of each dimension add up, in every month.',
    check: ({ body }) => mustAddUp(body),
  },
  {
    name: 'dashboard-is-the-income-statements',
    sentence: 'Income, expenses and result are those of the income statement.',
    against: 'income-statement',
    check({ body, other: income }) {
      // However it is laid out, the statement's control totals are its income and its expenses.
      for (const [name, stated] of [
        ['Total income', controlTotal(income, 'credit')],
        ['Total expenses', controlTotal(income, 'debit')],
        ['Result', figureOf(income, sumNamed(income, 'Result'), 'period')],
      ] as const) {
        mustEqual(body, name, figureOf(body, sumIn(body, name), 'period'), stated);
      }
    },
  },
  {
    name: 'dashboard-stands-as-the-trial-balance',
    sentence: 'Cash, receivables and payables are those of the trial balance.',
    against: 'trial-balance',
    check: mustStand,
  },
];

/** Lines between a heading and its sum, or results of values between a dimension's and its sum, come to the sum. */
export function mustAddUp(body: ReportBody): void {
  let parts: ReportRow[] = [];
  for (const row of body.rows) {
    if (row.level === 0 && row.kind === 'heading') parts = [];
    const line = row.level === 1 && row.kind === 'line';
    if (line || (row.level === 1 && row.kind === 'subtotal' && row.name === 'Result')) {
      parts.push(row);
    }
    if (row.level !== 0 || row.kind !== 'subtotal') continue;
    for (const { key } of body.columns) {
      const sum = parts.reduce((all, part) => all + figureOf(body, part, key), 0n);
      mustEqual(body, `${row.name} in ${key}`, sum, figureOf(body, row, key));
    }
  }
}

function mustStand({ body, ledger, other }: Checked): void {
  const closings = closingsIn(other);
  for (const [name, accounts] of standing(ledger)) {
    const stated = accounts.reduce(
      (sum, own) => sum + BigInt(signOf(own)) * (closings.get(own.id) ?? 0n),
      0n,
    );
    mustEqual(body, name, figureOf(body, lineIn(body, name), 'period'), stated);
  }
}

/** A sum of the company. Users' dimensions may bear its name, as headings. */
const sumIn = (body: ReportBody, name: string): ReportRow =>
  sumNamed({ ...body, rows: body.rows.filter(({ kind }) => kind !== 'heading') }, name);

/** The line of what stands at the end. Users' groups may bear its name: they stand above. */
const lineIn = (body: ReportBody, name: string): ReportRow => {
  const from = body.rows.findIndex((row) => row.level === 0 && row.name === STANDING);
  return rowNamed({ ...body, rows: body.rows.slice(from, from + 4) }, name);
};
