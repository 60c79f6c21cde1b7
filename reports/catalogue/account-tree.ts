// A section of a statement: accounts under the headings that their paths name, with a subtotal per heading. A parent
// that holds postings itself is a line of its own under its heading. Accounts without a figure are left out.
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

/** Rows of a section, in the order in which the accounts come. @param level level of its outermost rows. */
export function accountTree(
  lines: readonly TreeLine[],
  level: number,
  values: Values,
): ReportRow[] {
  const shown = lines.filter(({ figures }) => figures.some((figure) => figure !== 0n));
  const root: Node = { name: '', own: [], children: new Map() };
  const skip = sharesRoot(shown) ? 1 : 0;
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

export const sumColumns = (
  lines: readonly { readonly figures: readonly bigint[] }[],
  columns: number,
) =>
  lines.reduce(
    (sums, { figures }) => sums.map((sum, at) => sum + figures[at]!),
    Array.from({ length: columns }, () => 0n),
  );

/** Whether all paths begin with the same part and go on: then the section's own heading says it already. */
function sharesRoot(lines: readonly TreeLine[]): boolean {
  const roots = new Set(lines.map(({ account }) => account.path.split(':')[0]));
  return roots.size === 1 && lines.some(({ account }) => account.path.includes(':'));
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
