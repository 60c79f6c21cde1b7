// Which accounts stand under which line of a layout. A line that picks an account by its code, name or tag has it before one
// that picks its type or activity; among equals the line that comes first, and a line before the one that it is nested in.
// So `type asset` reads as "all other assets", and each account stands in a statement exactly once.
import { type Account, compareCodes, countsAs, isCash, isResultAccount } from './account.ts';
import {
  BALANCE_ROOTS,
  endOfLine,
  type LayoutLine,
  type Pick,
  parsePicks,
  type Statement,
} from './statement-layout.ts';

/** A line with what stands under it. */
export interface PlacedLine {
  readonly line: LayoutLine;
  /** What it picks itself, in the order of the accounts. */
  readonly accounts: readonly Account[];
  readonly under: readonly PlacedLine[];
}

export interface Placement {
  readonly lines: readonly PlacedLine[];
  /** Accounts of the statement that no line picks. */
  readonly unplaced: readonly Account[];
  /** Accounts that several lines pick with equal right; the first has them. */
  readonly twice: readonly { readonly account: Account; readonly lines: readonly string[] }[];
}

type Rank = 0 | 1 | 2;

interface Picker {
  readonly line: LayoutLine;
  readonly picks: readonly Pick[];
  /** Name of the line at the margin that it stands under. */
  readonly root: string;
  /** Index after the last line under it. */
  readonly end: number;
  /** Order among lines with equal right: a line comes after those under it. */
  readonly order: number;
  readonly accounts: Account[];
}

/** @param accounts all of the book, in the order of their codes; those of other statements are left out */
export function placeAccounts(
  statement: Statement,
  lines: readonly LayoutLine[],
  accounts: readonly Account[],
): Placement {
  const pickers = pickersOf(lines);
  const inOrder = [...pickers.entries()].sort(([, a], [, b]) => a.order - b.order);
  const unplaced: Account[] = [];
  const twice: { account: Account; lines: string[] }[] = [];
  for (const account of accounts.filter((one) => belongs(statement, one))) {
    const ranked = inOrder
      .filter(([, { line, root }]) => line.kind === 'group' && takes(statement, root, account))
      .map(([at, picker]) => ({ at, picker, rank: rankOf(picker.picks, account) }));
    const best = ranked.reduce<Rank>((most, { rank }) => (rank > most ? rank : most), 0);
    const [first, ...others] = ranked.filter(({ rank }) => rank > 0 && rank === best);
    if (!first) {
      unplaced.push(account);
      continue;
    }
    first.picker.accounts.push(account);
    const rivals = others.filter(({ at, picker }) => !(at < first.at && first.at < picker.end));
    if (rivals.length === 0) continue;
    const names = [first, ...rivals].map(({ picker }) => picker.line.name);
    twice.push({ account, lines: names });
  }
  return withResult({ lines: treeOf(pickers, 0, pickers.length), unplaced, twice });
}

const belongs = (statement: Statement, account: Account): boolean =>
  statement === 'cash-flow'
    ? !isCash(account)
    : isResultAccount(account.type) === (statement === 'income-statement');

/** Assets stand under Assets alone. */
const takes = (statement: Statement, root: string, { type }: Account): boolean =>
  statement !== 'balance-sheet' || BALANCE_ROOTS[root as keyof typeof BALANCE_ROOTS] === type;

function pickersOf(lines: readonly LayoutLine[]): Picker[] {
  let root = '';
  let order = 0;
  const ends = lines.map((_, at) => endOfLine(lines, at));
  const orders = new Map<number, number>();
  const walk = (from: number, to: number): void => {
    for (let at = from; at < to; at = ends[at]!) {
      walk(at + 1, ends[at]!);
      orders.set(at, order++);
    }
  };
  walk(0, lines.length);
  return lines.map((line, at) => {
    if (line.level === 0) root = line.name;
    const picks = parsePicks(line.accounts);
    return {
      ...{ line, root, end: ends[at]!, order: orders.get(at)!, accounts: [] },
      picks: 'term' in picks ? [] : picks,
    };
  });
}

const rankOf = (picks: readonly Pick[], account: Account): Rank =>
  picks.reduce<Rank>((most, pick) => {
    const own = isPicked(pick, account)
      ? pick.by === 'type' || pick.by === 'activity'
        ? 1
        : 2
      : 0;
    return own > most ? own : most;
  }, 0);

/** Whether any of some picks takes an account. */
export const isPickedBy = (picks: readonly Pick[], account: Account): boolean =>
  picks.some((pick) => isPicked(pick, account));

function isPicked(pick: Pick, account: Account): boolean {
  switch (pick.by) {
    case 'type':
      return account.type === pick.type;
    case 'activity':
      return !isResultAccount(account.type) && countsAs(account) === pick.activity;
    case 'tag':
      return account.tags.includes(pick.tag);
    case 'name':
      return account.path === pick.path || account.path.startsWith(`${pick.path}:`);
    case 'codes':
      return (
        compareCodes(pick.first, account.code) <= 0 && compareCodes(account.code, pick.last) <= 0
      );
  }
}

function treeOf(pickers: readonly Picker[], from: number, to: number): PlacedLine[] {
  const placed: PlacedLine[] = [];
  for (let at = from; at < to; at = pickers[at]!.end) {
    const { accounts, end, line } = pickers[at]!;
    placed.push({ line, accounts, under: treeOf(pickers, at + 1, end) });
  }
  return placed;
}

/** The line of the result takes income and expenses that no other line picks. */
function withResult(placement: Placement): Placement {
  const rest = placement.unplaced.filter(({ type }) => isResultAccount(type));
  let found = false;
  const give = (placed: PlacedLine): PlacedLine => {
    if (placed.line.kind === 'result') found = true;
    const accounts = placed.line.kind === 'result' ? rest : placed.accounts;
    return { ...placed, accounts, under: placed.under.map(give) };
  };
  const lines = placement.lines.map(give);
  const left = placement.unplaced.filter(({ type }) => !isResultAccount(type));
  return found ? { ...placement, lines, unplaced: left } : placement;
}
