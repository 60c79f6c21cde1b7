// The few figures of a month that a manager looks for, taken from the stored statements, never computed anew.
import type { Period } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { rooms } from './rooms.ts';

export interface KeyFigure {
  readonly label: string;
  readonly report: string;
  readonly value: string;
  /** The figure to hold it against, and what that is. */
  readonly beside: { readonly value: string; readonly label: string } | null;
  readonly yearToDate: string | null;
}

const INCOME: readonly [row: string, label: string][] = [
  ['Total income', 'Income'],
  ['Total expenses', 'Expenses'],
  ['Result', 'Result'],
];
const BALANCE: readonly [row: string, label: string][] = [
  ['Total assets', 'Assets'],
  ['Total liabilities', 'Liabilities'],
  ['Total equity', 'Equity'],
];

/** Null while the documents of that period are not there. */
export async function keyFigures(
  book: number,
  period: Period,
): Promise<{ month: KeyFigure[]; standing: KeyFigure[] } | null> {
  const [income, balance] = await Promise.all([
    bodyOf(book, 'income-statement', period),
    bodyOf(book, 'balance-sheet', period),
  ]);
  if (!income || !balance) return null;
  return {
    month: pick(income, INCOME, 'period'),
    standing: pick(balance, BALANCE, 'amount'),
  };
}

async function bodyOf(book: number, report: string, period: Period): Promise<ReportBody | null> {
  const { documents } = rooms();
  const head = await documents.head(book, report, period.key);
  return head && documents.body(head.digest);
}

const labels = (body: ReportBody) => new Map(body.columns.map(({ key, label }) => [key, label]));

function pick(
  body: ReportBody,
  wanted: readonly [row: string, label: string][],
  column: string,
): KeyFigure[] {
  const rowNamed = (name: string): ReportRow | undefined =>
    body.rows.findLast((row) => row.level === 0 && row.name === name && row.kind !== 'heading');
  return wanted.flatMap(([name, label]) => {
    const row = rowNamed(name);
    const value = row?.values[column];
    if (!row || value === undefined) return [];
    const besideKey = ['lastYear', 'previousYear', 'previousPeriod'].find((key) => row.values[key]);
    const beside = besideKey
      ? {
          value: row.values[besideKey]!,
          label: labels(body).get(besideKey) ?? '',
        }
      : null;
    return [
      {
        label,
        report: body.report,
        value,
        beside,
        yearToDate: row.values.yearToDate ?? null,
      },
    ];
  });
}
