// Income and expenses by group of accounts: a group is what the paths of its accounts have in common below the root. Those
// with the largest turnover have rows of their own; of one value of a dimension the same groups are shown.
import type { Account, AccountId } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import { sharesRoot, sumColumns, type TreeLine } from './account-tree.ts';
import type { BookLedger } from './book-ledger.ts';
import type { Range } from './income-statement.ts';
import { plannedLedger } from './planned-ledger.ts';
import { NO_ACCOUNT, type ReportRow } from './report.ts';

/** Groups of income, and of expenses, with rows of their own. */
const MOST_GROUPS = 10;

export const SIDES = ['income', 'expense'] as const;
export type Side = (typeof SIDES)[number];

/** What the rows of each side are called. */
export const WORDS = {
  income: { heading: 'Income', total: 'Total income', other: 'Other income' },
  expense: { heading: 'Expenses', total: 'Total expenses', other: 'Other expenses' },
} as const;

/** A row whose amounts aren't written yet: one figure per column, in minor units; null for none. */
export type FigureRow = Omit<ReportRow, 'values'> & { readonly figures: readonly bigint[] | null };

/** The months of a column; counted until, not including, `until`. */
export interface Span extends Range {
  readonly until: Month;
  /** What was planned for these months, not what moved. */
  readonly planned?: true;
}

/** Accounts that anything moved, each positive on its own side. */
export type Stated = Readonly<Record<Side, readonly TreeLine[]>>;

/** Which ledger each column counts. */
export function countedIn(ledger: BookLedger, spans: readonly Span[]): (span: Span) => BookLedger {
  const planned = spans.some((span) => span.planned) ? plannedLedger(ledger) : ledger;
  return (span) => (span.planned ? planned : ledger);
}

/** @param moved debit minus credit of an account in the months of a column */
export function statedLines(
  { accounts }: Pick<BookLedger, 'accounts'>,
  spans: readonly Span[],
  moved: (account: Account, span: Span) => bigint,
): Stated {
  const linesOf = (side: Side) =>
    accounts
      .filter(({ type }) => type === side)
      .map((account) => ({
        account,
        figures: spans.map((span) =>
          side === 'expense' ? moved(account, span) : -moved(account, span),
        ),
      }))
      .filter(({ figures }) => figures.some((figure) => figure !== 0n));
  return { income: linesOf('income'), expense: linesOf('expense') };
}

/** What some state together, by account. */
export function addUp(parts: readonly Stated[]): Stated {
  const ofSide = (side: Side) =>
    [
      ...Map.groupBy(
        parts.flatMap((part) => part[side]),
        ({ account }) => account,
      ),
    ]
      .map(([account, lines]) => ({
        account,
        figures: sumColumns(lines, lines[0]!.figures.length),
      }))
      .filter(({ figures }) => figures.some((figure) => figure !== 0n));
  return { income: ofSide('income'), expense: ofSide('expense') };
}

/** The same with every sign turned. */
export const negated = (stated: Stated): Stated => {
  const turned = (lines: readonly TreeLine[]) =>
    lines.map(({ account, figures }) => ({ account, figures: figures.map((own) => -own) }));
  return { income: turned(stated.income), expense: turned(stated.expense) };
};

/** Sum of the figures without their signs. */
export const turnoverOf = (figures: readonly bigint[]): bigint =>
  figures.reduce((sum, figure) => sum + (figure < 0n ? -figure : figure), 0n);

/** As many as have room, those with the largest turnover, in the order in which they came. */
export function largest<Value extends { readonly turnover: bigint }>(
  values: readonly Value[],
  room: number,
): Value[] {
  if (values.length <= room) return [...values];
  const byTurnover = values.toSorted((a, b) =>
    a.turnover === b.turnover ? 0 : a.turnover < b.turnover ? 1 : -1,
  );
  const kept = new Set(byTurnover.slice(0, room));
  return values.filter((value) => kept.has(value));
}

interface Group {
  readonly path: string;
  readonly turnover: bigint;
}

/** The groups with rows of their own, and in which group an account is. */
export type Groups = Readonly<
  Record<Side, { readonly shown: readonly Group[]; of(account: Account): string }>
>;

/** In which group each account of a side is. */
export function groupPaths(
  accounts: readonly Account[],
  side: Side,
): ReadonlyMap<AccountId, string> {
  const own = accounts.filter(({ type }) => type === side);
  const parts = sharesRoot(own) ? 2 : 1;
  return new Map(own.map(({ id, path }) => [id, path.split(':', parts).join(':')]));
}

export function groupsOf({ accounts }: BookLedger, whole: Stated): Groups {
  const ofSide = (side: Side) => {
    const paths = groupPaths(accounts, side);
    const of = ({ id }: Account) => paths.get(id)!;
    const groups = [...Map.groupBy(whole[side], ({ account }) => of(account))].map(
      ([path, lines]) => ({
        path,
        turnover: lines.reduce((sum, { figures }) => sum + turnoverOf(figures), 0n),
      }),
    );
    return { of, shown: largest(groups, MOST_GROUPS) };
  };
  return { income: ofSide('income'), expense: ofSide('expense') };
}

/** Income, expenses and the result of the lines, in each column. */
export function resultOf(stated: Stated, columns: number) {
  const income = sumColumns(stated.income, columns);
  const expense = sumColumns(stated.expense, columns);
  return { income, expense, result: income.map((figure, at) => figure - expense[at]!) };
}

/**
 * Income and expenses by group, their sums and the result.
 * @param level of the sums; below the margin they are those of a value, under its own heading
 */
export function resultRows(
  stated: Stated,
  groups: Groups,
  columns: number,
  level: number,
): FigureRow[] {
  const sums = resultOf(stated, columns);
  const plain = { ...NO_ACCOUNT, level };
  const ofSide = (side: Side): FigureRow[] => {
    const { heading, other, total } = WORDS[side];
    const { of, shown } = groups[side];
    const own = Map.groupBy(stated[side], ({ account }) => of(account));
    const paths = new Set(shown.map(({ path }) => path));
    const rest = stated[side].filter(({ account }) => !paths.has(of(account)));
    const line = (lines: readonly TreeLine[], path: string | null, name: string): FigureRow[] =>
      lines.length === 0
        ? []
        : [
            {
              ...{ ...NO_ACCOUNT, kind: 'line', level: level + 1, path, name },
              figures: sumColumns(lines, columns),
            },
          ];
    return [
      ...(level === 0
        ? [{ ...plain, kind: 'heading' as const, name: heading, figures: null }]
        : []),
      ...shown.flatMap(({ path }) => line(own.get(path) ?? [], path, path.split(':').at(-1)!)),
      ...line(rest, null, other),
      { ...plain, kind: 'subtotal', name: total, figures: sums[side] },
    ];
  };
  return [
    ...SIDES.flatMap(ofSide),
    { ...plain, kind: level === 0 ? 'total' : 'subtotal', name: 'Result', figures: sums.result },
  ];
}
