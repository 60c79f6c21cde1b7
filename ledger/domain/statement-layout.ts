// How a statement is laid out, as data: lines in order, each below the last line of a lower level, that pick the accounts
// standing under them. Which accounts that comes to is worked out in `place-accounts.ts`.
import { ACCOUNT_TYPES, type AccountType, CASH_FLOWS, type CashFlow } from './account.ts';

export const STATEMENTS = ['balance-sheet', 'income-statement', 'cash-flow'] as const;
export type Statement = (typeof STATEMENTS)[number];

/**
 * A group is a heading, what stands under it and a subtotal. A sum is a line of the income statement: all that stands above
 * it. The result is the line of the cash flow statement that takes income and expenses which no other line picks.
 */
export const LINE_KINDS = ['group', 'sum', 'result'] as const;

export interface LayoutLine {
  /** 0 at the margin. */
  readonly level: number;
  readonly kind: (typeof LINE_KINDS)[number];
  readonly name: string;
  /** What a group picks, as `parsePicks` reads it: `1000..1499; tag current`. Empty: nothing by itself. */
  readonly accounts: string;
}

/** The layouts of a book; statements that have none are laid out by type. */
export type Layouts = Readonly<Partial<Record<Statement, readonly LayoutLine[]>>>;

/** Layouts as the book's row keeps them: the same text for the same layouts. */
export const layoutsText = (layouts: Layouts): string =>
  JSON.stringify(
    Object.fromEntries(STATEMENTS.map((statement) => [statement, layouts[statement]])),
  );

/** Index after the last line that stands under a line. */
export function endOfLine(lines: readonly LayoutLine[], at: number): number {
  const next = lines.findIndex(({ level }, other) => other > at && level <= lines[at]!.level);
  return next < 0 ? lines.length : next;
}

/** How a line picks accounts. */
export type Pick =
  | { readonly by: 'type'; readonly type: AccountType }
  | { readonly by: 'activity'; readonly activity: CashFlow }
  | { readonly by: 'tag'; readonly tag: string }
  /** The account of this full name and those below it. */
  | { readonly by: 'name'; readonly path: string }
  | { readonly by: 'codes'; readonly first: string; readonly last: string };

export const MOST_LAYOUT_LINES = 200;
export const LONGEST_LINE_NAME = 120;
export const LONGEST_PICKS = 500;
/** The deepest level of a line. */
export const DEEPEST = 3;

/** Lines at the margin that a statement has, each once, and their subtotals. */
export const BALANCE_ROOTS = {
  Assets: 'asset',
  Liabilities: 'liability',
  Equity: 'equity',
} as const satisfies Record<string, AccountType>;
const CASH_FLOW_ROOTS = {
  'Operating activities': 'Cash from operating activities',
  'Investing activities': 'Cash from investing activities',
  'Financing activities': 'Cash from financing activities',
} as const;

const CODE = /^[\p{L}\p{N}.-]+$/u;
export const TAG = /^[\p{Ll}\p{N}][\p{Ll}\p{N}-]{0,31}$/u;

/**
 * Reads what a line picks: terms parted by semicolons, each a code (`1500`), codes from one to another (`1500..1599`),
 * `name Assets:Bank`, `tag current`, `type asset` or `activity investing`.
 * @returns the picks, or the term that is none of these
 */
export function parsePicks(text: string): readonly Pick[] | { readonly term: string } {
  const picks: Pick[] = [];
  for (const term of text.split(';').map((part) => part.trim())) {
    if (term === '') continue;
    const pick = pickOf(term);
    if (!pick) return { term };
    picks.push(pick);
  }
  return picks;
}

function pickOf(term: string): Pick | null {
  const [, word, rest] = /^(\S+)\s+(.+)$/.exec(term) ?? [];
  const type = ACCOUNT_TYPES.find((one) => one === rest);
  const activity = CASH_FLOWS.find((one) => one === rest);
  if (word === 'type') return type ? { by: 'type', type } : null;
  if (word === 'activity') return activity ? { by: 'activity', activity } : null;
  if (word === 'tag') return TAG.test(rest!) ? { by: 'tag', tag: rest! } : null;
  if (word === 'name') return { by: 'name', path: rest! };
  const [first = '', last = first, more] = term.split('..');
  const isRange = more === undefined && CODE.test(first) && CODE.test(last);
  return isRange ? { by: 'codes', first, last } : null;
}

/** Name of a group's subtotal. */
export function totalName(statement: Statement, { level, name }: LayoutLine): string {
  if (statement === 'cash-flow' && level === 0) {
    return CASH_FLOW_ROOTS[name as keyof typeof CASH_FLOW_ROOTS];
  }
  // A word in capitals (VAT) stays one.
  const first = /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() : name.charAt(0);
  return `Total ${first}${name.slice(1)}`;
}

/** Rows that a statement ends with. */
const OWN_ROWS: Readonly<Record<Statement, readonly string[]>> = {
  'balance-sheet': ['Total liabilities and equity'],
  'income-statement': ['Result'],
  'cash-flow': [
    'Effect of exchange rates on cash',
    'Change in cash',
    'Cash at the beginning',
    'Cash at the end',
  ],
};

/** What is wrong with a layout. */
export interface LayoutProblem {
  /** Index of the line, null where it is the whole. */
  readonly line: number | null;
  /** A sentence, without the line's number. */
  readonly problem: string;
}

/** @returns the first thing that is wrong with a layout, or null */
export function layoutProblem(
  statement: Statement,
  lines: readonly LayoutLine[],
): LayoutProblem | null {
  for (const [at, line] of lines.entries()) {
    const problem = lineProblem(statement, line, lines[at - 1]);
    if (problem) return { line: at, problem };
  }
  return namesProblem(statement, lines) ?? wholeProblem(statement, lines);
}

function lineProblem(
  statement: Statement,
  { accounts, kind, level, name }: LayoutLine,
  before: LayoutLine | undefined,
): string | null {
  if (name.trim() === '') return 'It has no name.';
  if (level > DEEPEST) return `Lines are nested ${DEEPEST} deep at most.`;
  if (level > (before ? before.level + 1 : 0)) return 'It is nested deeper than the line above it.';
  if (level > 0 && before && before.level < level && before.kind !== 'group') {
    return `${before.name} is no group, so nothing stands under it.`;
  }
  if (kind !== 'group' && accounts.trim() !== '') return 'Groups alone pick accounts.';
  if (kind === 'sum' && (statement !== 'income-statement' || level > 0)) {
    return 'Sums of all above stand at the margin of the income statement alone.';
  }
  if (kind === 'result' && (statement !== 'cash-flow' || level === 0)) {
    return 'The result is a line under an activity of the cash flow statement.';
  }
  const picks = parsePicks(accounts);
  return 'term' in picks
    ? `“${picks.term}” picks no accounts. Write a code (1500), codes from one to another (1500..1599), name Assets:Bank, tag current, type asset or activity investing, parted by semicolons.`
    : null;
}

/** Sums are known by their names. */
function namesProblem(statement: Statement, lines: readonly LayoutLine[]): LayoutProblem | null {
  const taken = new Set(OWN_ROWS[statement]);
  for (const [at, line] of lines.entries()) {
    if (line.level > 0) continue;
    const own = line.kind === 'group' ? totalName(statement, line) : line.name;
    if (taken.has(own)) return { line: at, problem: `There is a row “${own}” already.` };
    taken.add(own);
  }
  return null;
}

function wholeProblem(statement: Statement, lines: readonly LayoutLine[]): LayoutProblem | null {
  const roots = lines.filter(({ level }) => level === 0).map(({ name }) => name);
  const wanted: readonly string[] =
    statement === 'balance-sheet'
      ? Object.keys(BALANCE_ROOTS)
      : statement === 'cash-flow'
        ? Object.keys(CASH_FLOW_ROOTS)
        : roots;
  const whole = (problem: string) => ({ line: null, problem });
  if (roots.length === 0) return whole('It has no lines.');
  if (roots.toSorted().join('/') !== wanted.toSorted().join('/')) {
    return whole(`At the margin stand ${wanted.join(', ')}, each once.`);
  }
  if (statement === 'balance-sheet' && roots[0] !== 'Assets') {
    return whole('A balance sheet begins with Assets.');
  }
  const results = lines.filter(({ kind }) => kind === 'result').length;
  if (statement === 'cash-flow' && results !== 1) {
    return whole(
      'A cash flow statement has one line for the result: what no other line picks of income and expenses.',
    );
  }
  return null;
}
