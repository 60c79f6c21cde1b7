// What stands behind the figures of the dashboard, the narrowed one too: its rows are groups of accounts, what stands at an end,
// the largest costs, and values of dimensions, each with what else there is in one row.
import { type Account, type Controls, isCash, normalSide } from '#ledger/domain/account.ts';
import { type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, lastMonth, within } from './book-ledger.ts';
import { groupPaths, SIDES, type Side, WORDS } from './dashboard-groups.ts';
import {
  type BehindBook,
  type BehindFigures,
  type Figure,
  headingOver,
  type LinesBehind,
  movedIn,
  stoodAt,
} from './lines-behind.ts';
import type { Only } from './only-name.ts';
import type { ReportBody, ReportRow } from './report.ts';

export const STANDING = 'Cash, receivables and payables';
export const COSTS = 'Largest costs';
export const ALL_COSTS = 'All costs';
export const OTHER_PARTS = 'Other parts';
export const CASH = 'Cash';
export const CONTROLLED: readonly (readonly [Controls, string])[] = [
  ['receivables', 'Receivables'],
  ['payables', 'Payables'],
];

/** 1 for accounts that grow on the debit side. */
export const signOf = ({ type }: Account): 1 | -1 => (normalSide(type) === 'debit' ? 1 : -1);

/** Names and accounts of what stands at an end. */
export const standing = ({
  accounts,
}: Pick<BookLedger, 'accounts'>): (readonly [string, readonly Account[]])[] =>
  [
    [CASH, accounts.filter(isCash)] as const,
    ...CONTROLLED.map(
      ([controls, name]) => [name, accounts.filter((own) => own.controls === controls)] as const,
    ),
  ].filter(([, own]) => own.length > 0);

/** Which lines count by the values of dimensions that they name; null: none can. */
type Named = Pick<LinesBehind, 'values' | 'noneOf'> | null;

/** @param only what the dashboard is narrowed to; null: the whole book */
export function dashboardBehind(only: Only | null): BehindFigures {
  const ofRow = (figure: Figure) => behindRow(figure, only);
  return { line: ofRow, sum: ofRow };
}

function behindRow(figure: Figure, only: Only | null): LinesBehind[] | null {
  const { at, body, book, period, row } = figure;
  const [from, to] = monthsOf(period, figure.key);
  const section = row.level === 0 ? row : headingOver(body, at, 0).row;
  if (section.path === null && section.name === STANDING) {
    const [, accounts = []] = standing(book).find(([name]) => name === row.name) ?? [];
    return accounts.map((own) => ({ sign: signOf(own), ...stoodAt(book, [own.id], to) }));
  }
  const named = namedBy(figure, section, only);
  if (!named) return null;
  const { accounts, sign } = accountsOf(figure, only);
  const ids = (side: Side) => accounts.filter(({ type }) => type === side).map(({ id }) => id);
  return SIDES.map((side): LinesBehind => {
    const own = sign ?? (side === 'income' ? -1 : 1);
    return { sign: own, ...movedIn(ids(side), from, to), ...named };
  }).filter((lines) => lines.accounts.length > 0);
}

const monthsOf = (period: Period, key: string): readonly [from: Month, to: Month] =>
  key === 'period' ? [monthOf(period.from), lastMonth(period)] : [key as Month, key as Month];

interface Counted {
  readonly accounts: readonly Account[];
  /** That of all of them; absent: each positive on its own side. */
  readonly sign?: -1;
}

/** Accounts of income and expenses that a row counts. */
function accountsOf({ at, body, book, row }: Figure, only: Only | null): Counted {
  if (row.accountId !== undefined)
    return { accounts: book.accounts.filter(({ id }) => id === row.accountId) };
  const inGroup = (side: Side, counts: (path: string) => boolean) => {
    const paths = groupPaths(book.accounts, side);
    return book.accounts.filter(({ id, type }) => type === side && counts(paths.get(id)!));
  };
  const ofSide = (side: Side) => inGroup(side, (path) => !only?.group || path === only.group);
  const sides = SIDES.filter((side) => ofSide(side).length > 0);
  const isResult = !only?.group || sides.length > 1;
  const all: Counted = { accounts: SIDES.flatMap(ofSide), ...(isResult && { sign: -1 }) };
  if (row.kind !== 'line') {
    const side = row.name === ALL_COSTS ? 'expense' : sideNamed('total', row.name);
    return row.path === null && side ? { accounts: ofSide(side) } : all;
  }
  const heading = headingOver(body, at, 0);
  const isPart = heading.row.path !== null;
  if (isPart && row.level === 1) return all;
  const isCost = !isPart && heading.row.name === COSTS;
  const side = isCost
    ? 'expense'
    : isPart
      ? sideOf(body, at)
      : sideNamed('heading', heading.row.name)!;
  if (isCost || (!isPart && only?.group)) {
    const listed = rowsUnder(body, heading.at).map(({ accountId }) => accountId);
    return { accounts: ofSide(side).filter(({ id }) => !listed.includes(id)) };
  }
  if (row.path !== null) return { accounts: inGroup(side, (path) => path === row.path) };
  const shown = shownGroups(body, side);
  return { accounts: inGroup(side, (path) => !shown.includes(path)) };
}

const sideNamed = (word: 'heading' | 'total', name: string): Side | undefined =>
  SIDES.find((side) => WORDS[side][word] === name);

/** Which side a group of a value's is of: the sum that comes after it says so. */
const sideOf = ({ rows }: ReportBody, at: number): Side =>
  sideNamed('total', rows.find(({ kind }, own) => own > at && kind !== 'line')!.name)!;

/** The groups of a side with rows of their own, which are those of the company. */
function shownGroups(body: ReportBody, side: Side): (string | null)[] {
  const heading = body.rows.findIndex(
    ({ level, name, path }) => level === 0 && path === null && name === WORDS[side].heading,
  );
  return rowsUnder(body, heading).map(({ path }) => path);
}

/** The rows from a heading to what closes it. */
function rowsUnder({ rows }: ReportBody, heading: number): readonly ReportRow[] {
  const end = rows.findIndex(({ level }, at) => at > heading && level === 0);
  return rows.slice(heading + 1, end);
}

/** What lines must name to count. @param section the heading at the margin, or the row itself where it stands there */
function namedBy({ at, body, book, row }: Figure, section: ReportRow, only: Only | null): Named {
  const whole = only?.value ? valuesAt(book, only.value) : {};
  if (section.path === null || row.level === 0) return whole;
  const { at: heading, row: own } = only ? { at, row } : headingOver(body, at, 1);
  if (own.path !== null) return valuesAt(book, own.path);
  const [code, above] = section.path.split('/');
  const dimension = book.dimensions.find((known) => known.code === code);
  if (!dimension) return null;
  const value = dimension.values.find((known) => known.code === above);
  if (value && own.name !== OTHER_PARTS) return { values: [value.id] };
  const from = body.rows.findLastIndex(({ level }, place) => place <= heading && level === 0);
  const shown = rowsUnder(body, from).map(({ path }) => path);
  const others = dimension.values.filter(
    (known) => known.parent === (value?.id ?? null) && !shown.includes(`${code}/${known.code}`),
  );
  return { values: others.flatMap(({ id }) => within(dimension, id)) };
}

/** @param path `project/P1`; `project/`: what names no project */
function valuesAt({ dimensions }: BehindBook, path: string): Named {
  const [code, wanted] = path.split('/');
  const dimension = dimensions.find((own) => own.code === code);
  if (!dimension) return null;
  if (wanted === '') return { noneOf: dimension.values.map(({ id }) => id) };
  const value = dimension.values.find((own) => own.code === wanted);
  return value ? { values: within(dimension, value.id) } : null;
}
