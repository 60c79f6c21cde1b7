// A section of a statement: accounts under the headings that their paths name, with a subtotal per heading. A parent
// that holds postings itself is a line of its own under its heading. Accounts without a figure are left out unless asked for.
import type { Account } from '#ledger/domain/account.ts';
import type { ReportRow } from './report.ts';

/** An account and its figures, one per column, in the section's natural sign. */
export interface TreeLine {
  readonly account: Account;
  readonly figures: readonly bigint[];
}

interface Node {
  readonly name: string;
  readonly own: TreeLine[];
  readonly children: Map<string, Node>;
}

type Values = (figures: readonly bigint[]) => Record<string, string>;

/** Which accounts are shown, and how they are called. */
export interface Listed {
  /** Its heading says what the accounts' names begin with, so that only what differs is shown. */
  readonly named?: boolean;
  /** Accounts without a figure too. */
  readonly zeros?: boolean | undefined;
}

/**
 * Rows of a section, in the order in which the accounts come.
 * @param level level of its outermost rows
 */
export function accountTree(
  lines: readonly TreeLine[],
  level: number,
  values: Values,
  { named = false, zeros = false }: Listed = {},
): ReportRow[] {
  const shown = zeros ? lines : withFigures(lines);
  const root: Node = { name: '', own: [], children: new Map() };
  const shared = sharedParts(shown.map(({ account }) => account.path.split(':')));
  const skip = named ? shared : shared > 0 ? 1 : 0;
  for (const line of shown) {
    let node = root;
    for (const part of line.account.path.split(':').slice(skip)) {
      const child = node.children.get(part) ?? { name: part, own: [], children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.own.push(line);
  }
  return [
    ...root.own.map((line) => lineRow(line, level, values)),
    ...childRows(root, level, values),
  ];
}

const withFigures = (lines: readonly TreeLine[]): TreeLine[] =>
  lines.filter(({ figures }) => figures.some((figure) => figure !== 0n));

/** Accounts one below the other, without the headings of their names. */
export const accountList = (
  lines: readonly TreeLine[],
  level: number,
  values: Values,
  { zeros = false }: Pick<Listed, 'zeros'> = {},
): ReportRow[] => (zeros ? lines : withFigures(lines)).map((line) => lineRow(line, level, values));

export const sumColumns = (
  lines: readonly { readonly figures: readonly bigint[] }[],
  columns: number,
) =>
  lines.reduce(
    (sums, { figures }) => sums.map((sum, at) => sum + figures[at]!),
    Array.from({ length: columns }, () => 0n),
  );

/** With how many parts all paths begin alike. */
function sharedParts(paths: readonly (readonly string[])[]): number {
  const [first = [], ...others] = paths;
  const differs = first.findIndex((part, at) => others.some((path) => path[at] !== part));
  return differs < 0 ? first.length : differs;
}

/** Whether all paths begin with the same part and go on: then the section's own heading says it already. */
export function sharesRoot(accounts: readonly Pick<Account, 'path'>[]): boolean {
  const roots = new Set(accounts.map(({ path }) => path.split(':')[0]));
  return roots.size === 1 && accounts.some(({ path }) => path.includes(':'));
}

const childRows = (node: Node, level: number, values: Values): ReportRow[] =>
  [...node.children.values()].flatMap((child) => nodeRows(child, level, values));

function nodeRows(node: Node, level: number, values: Values): ReportRow[] {
  if (node.children.size === 0) return node.own.map((line) => lineRow(line, level, values));
  const under = linesUnder(node);
  const figures = sumColumns(under, under[0]!.figures.length);
  const plain = { level, account: null, path: null };
  return [
    { kind: 'heading', ...plain, name: node.name, values: {} },
    ...node.own.map((line) => lineRow(line, level + 1, values)),
    ...childRows(node, level + 1, values),
    { kind: 'subtotal', ...plain, name: `Total ${node.name}`, values: values(figures) },
  ];
}

const linesUnder = (node: Node): TreeLine[] => [
  ...node.own,
  ...[...node.children.values()].flatMap(linesUnder),
];

const lineRow = ({ account, figures }: TreeLine, level: number, values: Values): ReportRow => ({
  kind: 'line',
  level,
  account: account.code,
  path: account.path,
  name: account.name,
  values: values(figures),
  accountId: account.id,
});
