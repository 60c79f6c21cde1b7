// The rows of the dashboard's document as screens show them: the company or one value of a dimension, all accounts or one
// group. Rows are picked, nothing is computed.
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';

export type Values = ReportRow['values'];

/** A group of accounts in a part. */
export interface GroupLine {
  readonly side: 'income' | 'expenses';
  /** As addresses name it; null for those that stand together. */
  readonly path: string | null;
  readonly name: string;
  readonly values: Values;
}

/** The company, or a value of a dimension. */
export interface Part {
  readonly path: string | null;
  readonly name: string;
  readonly groups: readonly GroupLine[];
  readonly income: Values;
  readonly expenses: Values;
  readonly result: Values;
}

export interface NamedLine {
  readonly name: string;
  readonly account: string | null;
  readonly path: string | null;
  readonly values: Values;
}

export interface DashboardParts {
  /** Keys of the columns of months, oldest first. */
  readonly months: readonly string[];
  readonly company: Part;
  /** At the end of each month: cash, receivables, payables, as far as accounts are named for them. */
  readonly standing: readonly NamedLine[];
  readonly costs: readonly NamedLine[];
  readonly dimensions: readonly { readonly name: string; readonly values: readonly Part[] }[];
}

/** Reads the document, whose sections begin with a heading at the margin. */
export function dashboardParts(body: ReportBody): DashboardParts {
  const sections: ReportRow[][] = [];
  for (const row of body.rows) {
    if (row.kind === 'heading' && row.level === 0) sections.push([]);
    sections.at(-1)?.push(row);
  }
  const [income = [], expenses = [], ...others] = sections;
  const named = (name: string) =>
    (others.find(([head]) => head?.path === null && head.name === name) ?? [])
      .filter(({ kind }) => kind === 'line')
      .map(({ account, name: own, path, values }) => ({ account, name: own, path, values }));
  return {
    months: body.columns.map(({ key }) => key).filter((key) => key !== 'period'),
    company: partOf(null, 'Company', [...income, ...expenses]),
    standing: named('Cash, receivables and payables'),
    costs: named('Largest costs'),
    dimensions: others
      .filter(([head]) => head?.path !== null)
      .map((rows) => ({ name: rows[0]!.name, values: valuesOf(rows.slice(1)) })),
  };
}

function valuesOf(rows: readonly ReportRow[]): Part[] {
  const values: ReportRow[][] = [];
  for (const row of rows) {
    if (row.kind === 'heading') values.push([]);
    if (row.level > 0) values.at(-1)?.push(row);
  }
  return values.map((own) => partOf(own[0]!.path, own[0]!.name, own));
}

function partOf(path: string | null, name: string, rows: readonly ReportRow[]): Part {
  const sum = (of: string) => rows.findIndex((row) => row.name === of && isSum(row));
  const incomeEnds = sum('Total income');
  return {
    ...{ path, name },
    groups: rows.flatMap((row, at): GroupLine[] =>
      row.kind === 'line'
        ? [
            {
              ...{ path: row.path, name: row.name, values: row.values },
              side: at < incomeEnds ? 'income' : 'expenses',
            },
          ]
        : [],
    ),
    income: rows[incomeEnds]?.values ?? {},
    expenses: rows[sum('Total expenses')]?.values ?? {},
    result: rows[sum('Result')]?.values ?? {},
  };
}

const isSum = ({ kind }: ReportRow): boolean => kind === 'subtotal' || kind === 'total';

/** The part that an address names; null where nothing was booked for it in these months. */
export const partNamed = ({ company, dimensions }: DashboardParts, path: string): Part | null =>
  path === ''
    ? company
    : (dimensions.flatMap(({ values }) => values).find((value) => value.path === path) ?? null);

/** The group of a part that an address names. */
export const groupNamed = (part: Part | null, path: string): GroupLine | null =>
  path === '' ? null : (part?.groups.find((group) => group.path === path) ?? null);
