// The rows of a statement that is laid out as data: groups with their accounts and subtotals, sums of all above. Which
// account stands where comes from `ledger/domain/place-accounts.ts`; what no line picks is shown in a group that says so,
// so that a statement is whole whatever its layout.
import { type Account, compareCodes } from '#ledger/domain/account.ts';
import { layoutOf } from '#ledger/domain/layout-presets.ts';
import { type PlacedLine, type Placement, placeAccounts } from '#ledger/domain/place-accounts.ts';
import {
  BALANCE_ROOTS,
  type LayoutLine,
  type Statement,
  totalName,
} from '#ledger/domain/statement-layout.ts';
import { accountTree, sumColumns } from './account-tree.ts';
import type { BookLedger } from './book-ledger.ts';
import type { ReportRow } from './report.ts';

const UNPLACED = 'Accounts in no line';

interface Stated {
  readonly rows: readonly ReportRow[];
  readonly sum: readonly bigint[];
}

/** What rows are made of. Amounts are minor units of the base currency. */
export interface Figures {
  readonly statement: Statement;
  readonly columns: number;
  /** Of an account, one per column: what it adds to the sums that it stands in. */
  of(account: Account): readonly bigint[];
  /** What a row shows of figures. */
  values(figures: readonly bigint[]): ReportRow['values'];
  /** Accounts without a figure are shown too. */
  readonly zeros?: boolean | undefined;
  /** Rows that a group at the margin ends with, or that follow the result in it, and what they add to it. */
  more?(group: string, accounts: readonly Account[]): Stated | null;
}

/** Of a group at the margin; `sum` is what it adds to those below, whatever the sign that it is shown with. */
export interface StatedGroup extends Stated {
  readonly name: string;
}

/** The lines at the margin with what stands under them, in the layout's order. */
export function stateGroups(ledger: BookLedger, asked: Omit<Figures, 'zeros'>): StatedGroup[] {
  const figures = { ...asked, zeros: ledger.zeros };
  const { statement } = figures;
  const isOwn = ledger.facts.layouts[statement] !== undefined && statement === 'income-statement';
  let above = noSum(figures);
  return linesOf(ledger, statement).flatMap((placed) => {
    const { name, kind } = placed.line;
    if (isOwn && kind === 'group' && accountsIn(placed).length === 0) return [];
    if (kind === 'sum') {
      const row = plainRow('subtotal', 0, name, figures.values(above));
      return [{ name, rows: [row], sum: noSum(figures) }];
    }
    const stated = groupOf(placed, figures, false);
    above = sumColumns([{ figures: above }, { figures: stated.sum }], figures.columns);
    return [{ name, ...stated }];
  });
}

/** The lines at the margin with all accounts under them, and what their subtotals are called. */
export const marginGroups = (ledger: Laid, statement: Statement) =>
  linesOf(ledger, statement).map((placed) => ({
    name: placed.line.name,
    total: totalName(statement, placed.line),
    accounts: accountsIn(placed).toSorted((a, b) => compareCodes(a.code, b.code)),
  }));

/** 1 for accounts that the income statement shows as they add to the result, -1 for those that it shows as costs. */
export function signsOf(ledger: BookLedger): ReadonlyMap<number, 1n | -1n> {
  const signs = new Map<number, 1n | -1n>();
  const walk = (placed: PlacedLine): void => {
    const sign = areCosts(placed) ? -1n : 1n;
    for (const { id } of placed.accounts) signs.set(id, sign);
    for (const under of placed.under) walk(under);
  };
  for (const placed of linesOf(ledger, 'income-statement')) walk(placed);
  return signs;
}

/** The accounts that a line of a statement takes together. @param name of the line */
export const accountsTogether = (
  ledger: Laid,
  statement: Statement,
  name: string,
): readonly Account[] =>
  linesOf(ledger, statement)
    .flatMap(function below(placed): PlacedLine[] {
      return [placed, ...placed.under.flatMap(below)];
    })
    .find(({ line }) => line.kind === 'result' && line.name === name)?.accounts ?? [];

/** A book as far as its layouts go. */
type Laid = Pick<BookLedger, 'accounts' | 'facts'>;

const placements = new WeakMap<
  readonly Account[],
  WeakMap<readonly LayoutLine[], readonly PlacedLine[]>
>();

/** The lines of a statement with the accounts of the book. */
function linesOf({ accounts, facts }: Laid, statement: Statement): readonly PlacedLine[] {
  const layout = layoutOf(facts.layouts, statement);
  const known = placements.get(accounts) ?? new WeakMap();
  placements.set(accounts, known);
  const lines =
    known.get(layout) ?? withUnplaced(statement, placeAccounts(statement, layout, accounts));
  known.set(layout, lines);
  return lines;
}

function withUnplaced(statement: Statement, { lines, unplaced }: Placement): PlacedLine[] {
  const group = (accounts: readonly Account[], level: number): PlacedLine[] => {
    const line = { level, kind: 'group', name: UNPLACED, accounts: '' } as const;
    return accounts.length === 0 ? [] : [{ line, accounts, under: [] }];
  };
  if (statement === 'income-statement') return [...lines, ...group(unplaced, 0)];
  return lines.map((placed) => {
    const { name } = placed.line;
    const type = BALANCE_ROOTS[name as keyof typeof BALANCE_ROOTS];
    const own =
      statement === 'balance-sheet'
        ? unplaced.filter((account) => account.type === type)
        : name === 'Operating activities'
          ? unplaced
          : [];
    return { ...placed, under: [...placed.under, ...group(own, 1)] };
  });
}

const accountsIn = ({ accounts, under }: PlacedLine): Account[] => [
  ...accounts,
  ...under.flatMap(accountsIn),
];

/** Groups of nothing but expenses are shown as costs, above zero, and taken off. */
const areCosts = (placed: PlacedLine): boolean => {
  const accounts = accountsIn(placed);
  return accounts.length > 0 && accounts.every(({ type }) => type === 'expense');
};

/** @param deducted the sums above it take costs off already. */
function groupOf(placed: PlacedLine, figures: Figures, deducted: boolean): Stated {
  const { accounts, line, under } = placed;
  if (line.kind === 'result') return resultOf(placed, figures);
  const costs = figures.statement === 'income-statement' && areCosts(placed);
  const shown = (sum: readonly bigint[]) =>
    figures.values(costs ? sum.map((amount) => -amount) : sum);
  const inner = under.map((one) => groupOf(one, figures, costs));
  const own = accounts.map((account) => ({ account, figures: figures.of(account) }));
  const lines = costs
    ? own.map((one) => ({ ...one, figures: one.figures.map((amount) => -amount) }))
    : own;
  const more = line.level === 0 ? figures.more?.(line.name, accountsIn(placed)) : null;
  const result = under.findIndex((one) => one.line.kind === 'result') + 1;
  const rows = [
    ...rowsOf(inner.slice(0, result)),
    ...(result > 0 ? (more?.rows ?? []) : []),
    ...rowsOf(inner.slice(result)),
    ...accountTree(lines, line.level + 1, figures.values, {
      named: !picksByType(line),
      zeros: figures.zeros,
    }),
    ...(result > 0 ? [] : (more?.rows ?? [])),
  ];
  const parts = [
    ...own,
    ...[...inner, ...(more ? [more] : [])].map(({ sum }) => ({ figures: sum })),
  ];
  const sum = sumColumns(parts, figures.columns);
  if (rows.length === 0 && line.level > 0) return { rows, sum };
  const kind = line.name === 'Assets' && line.level === 0 ? 'total' : 'subtotal';
  const total = plainRow(kind, line.level, totalName(figures.statement, line), shown(sum));
  return {
    rows: [
      plainRow('heading', line.level, line.name, {}),
      ...rows,
      costs && !deducted ? { ...total, deducted: true } : total,
    ],
    sum,
  };
}

const rowsOf = (stated: readonly Stated[]): ReportRow[] => stated.flatMap(({ rows }) => rows);

/** Income and expenses in one line. */
function resultOf({ accounts, line }: PlacedLine, figures: Figures): Stated {
  const sum = sumColumns(
    accounts.map((account) => ({ figures: figures.of(account) })),
    figures.columns,
  );
  return { rows: [plainRow('line', line.level, line.name, figures.values(sum))], sum };
}

const noSum = ({ columns }: Figures): readonly bigint[] => sumColumns([], columns);

/** A line that takes all accounts of a type shows the headings of their names. */
const picksByType = ({ accounts }: LayoutLine): boolean => accounts.startsWith('type ');

const plainRow = (
  kind: ReportRow['kind'],
  level: number,
  name: string,
  values: ReportRow['values'],
): ReportRow => ({ ...{ kind, level, account: null, path: null, name }, values });
