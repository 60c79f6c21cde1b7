// What must hold of a dashboard that is narrowed to a value or a group: it adds up, and says what the company's dashboard says
// of them where that has rows for them.
import { mustAddUp } from './dashboard-checks.ts';
import { type Side, WORDS } from './dashboard-groups.ts';
import { controlTotal, figureOf, mustEqual } from './invariants.ts';
import type { Only } from './only-name.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { Invariant } from './report-definition.ts';

const ADDS_UP = {
  name: 'filtered-dashboard-adds-up',
  sentence: 'Groups, accounts, costs and parts add up, in every month.',
};
const AGREES = {
  name: 'filtered-dashboard-is-the-dashboards',
  sentence: 'Of a value and a group it says what the dashboard of the company says of them.',
};

/** What lists say of both. */
export const ONLY_INVARIANTS = [ADDS_UP, AGREES];

export const onlyAddsUp: Invariant = {
  ...ADDS_UP,
  check({ body }) {
    mustAddUp(body);
    const sums = sumsOf(ownRows(body));
    const of = (side: Side) => sumIn(body, sums.get(side), 'period');
    mustEqual(body, 'Income in all', of('income'), controlTotal(body, 'credit'));
    mustEqual(body, 'Expenses in all', of('expense'), controlTotal(body, 'debit'));
    const result = sums.get('result');
    if (!result) return;
    for (const { key } of body.columns) {
      const sum = sumIn(body, sums.get('income'), key) - sumIn(body, sums.get('expense'), key);
      mustEqual(body, `Result in ${key}`, figureOf(body, result, key), sum);
    }
  },
};

/** Held against the dashboard, where that has rows for them. */
export const onlyAgrees = (only: Only): Invariant => ({
  ...AGREES,
  against: 'dashboard',
  check({ body, other }) {
    const own = sumsOf(ownRows(body));
    const stated = sumsOf(rowsOf(other, only.value));
    for (const [what, row] of stated) {
      const wanted = only.group === null ? what : ownSum(what, only.group);
      if (wanted === null || (isGroup(what) && only.group === null && !own.has(what))) continue;
      for (const { key } of body.columns) {
        const figure = `${row.name} in ${key}`;
        mustEqual(body, figure, sumIn(body, own.get(wanted), key), figureOf(other, row, key));
      }
    }
  },
});

/** Sums of sides by their names, `result`, and lines of groups as `expense Expenses:Rent`. */
type Sums = ReadonlyMap<string, ReportRow>;

const isGroup = (what: string): boolean => what.includes(' ');

/** Where a narrowed dashboard of a group says what another says in a line of that group; null: it says nothing of it. */
const ownSum = (what: string, group: string): Side | null => {
  const side = what.slice(0, what.indexOf(' '));
  return what === `${side} ${group}` ? (side as Side) : null;
};

const sumIn = (body: ReportBody, row: ReportRow | undefined, key: string): bigint =>
  row ? figureOf(body, row, key) : 0n;

const HEADINGS: readonly string[] = [WORDS.income.heading, WORDS.expense.heading];

/** Rows of income, expenses and result: those before any other heading than theirs. */
function ownRows({ rows }: ReportBody): readonly ReportRow[] {
  const end = rows.findIndex(
    ({ kind, name, path }) => kind === 'heading' && !(path === null && HEADINGS.includes(name)),
  );
  return end < 0 ? rows : rows.slice(0, end);
}

/** The same rows of the company's dashboard, for the company or for one of its values; none where it has none. */
function rowsOf(body: ReportBody, value: string | null): readonly ReportRow[] {
  const { rows } = body;
  if (value === null) return ownRows(body);
  const from = rows.findIndex(
    ({ kind, level, path }) => kind === 'heading' && level === 1 && path === value,
  );
  if (from < 0) return [];
  const length = rows
    .slice(from + 1)
    .findIndex(({ kind, level }) => level === 0 || kind === 'heading');
  return rows.slice(from + 1, from + 1 + length);
}

/** Income comes first, then expenses, then the result; of one side alone its heading says which. */
function sumsOf(rows: readonly ReportRow[]): Sums {
  const sums = new Map<string, ReportRow>();
  let side: Side = 'income';
  for (const row of rows) {
    if (row.kind === 'heading') side = row.name === WORDS.expense.heading ? 'expense' : 'income';
    else if (row.kind !== 'line') {
      sums.set(sums.has('expense') ? 'result' : side, row);
      side = 'expense';
    } else if (row.account === null && row.path !== null) sums.set(`${side} ${row.path}`, row);
  }
  return sums;
}
