// The budget's grid as it is typed: rows of accounts and values, cells by month in the book's way of writing. Pure.
import { decimalText } from '#ledger/domain/money.ts';
import type { DecimalSign } from '#ledger/domain/read-figure.ts';
import { readTyped } from '../new-entry/typed-amount.ts';

export interface GridRow {
  readonly account: string;
  readonly name: string;
  readonly type: 'income' | 'expense';
  /** Codes of values by codes of dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What the book has, minor units in decimal digits by month; nothing for zero. */
  readonly kept: Readonly<Record<string, string>>;
}

export interface GridFacts {
  readonly months: readonly string[];
  readonly exponent: number;
  readonly sign: DecimalSign;
}

/** Typed cells by `row key/month`; a cell that nobody touched is not among them. */
export type Typed = Readonly<Record<string, string>>;

export const rowKey = ({ account, dimensions }: Pick<GridRow, 'account' | 'dimensions'>): string =>
  [account, ...Object.entries(dimensions).map(([code, value]) => `${code}:${value}`)].join(' ');

export const cellKey = (row: GridRow, month: string): string => `${rowKey(row)}/${month}`;

/** What stands in a cell, minor units; null when what was typed can't be read. Nothing typed is zero. */
export function cellAmount(
  row: GridRow,
  month: string,
  typed: Typed,
  { exponent, sign }: GridFacts,
): bigint | null {
  const text = typed[cellKey(row, month)];
  if (text === undefined) return BigInt(row.kept[month] ?? '0');
  return text.trim() === '' ? 0n : readTyped(text, exponent, sign);
}

/** Amounts that were typed and are not what the book has; null while one can't be read. */
export function changedAmounts(rows: readonly GridRow[], typed: Typed, facts: GridFacts) {
  const amounts = [];
  for (const row of rows) {
    for (const month of facts.months) {
      if (typed[cellKey(row, month)] === undefined) continue;
      const amount = cellAmount(row, month, typed, facts);
      if (amount === null) return null;
      if (amount === BigInt(row.kept[month] ?? '0')) continue;
      const { account, dimensions } = row;
      amounts.push({ account, dimensions, month, amount: decimalText(amount, facts.exponent) });
    }
  }
  return amounts;
}

/** The typed cells that are not yet what the book has. */
export const stillToKeep = (rows: readonly GridRow[], typed: Typed, facts: GridFacts): Typed =>
  Object.fromEntries(
    rows.flatMap((row) =>
      facts.months.flatMap((month) => {
        const key = cellKey(row, month);
        const text = typed[key];
        const kept = BigInt(row.kept[month] ?? '0');
        return text === undefined || cellAmount(row, month, typed, facts) === kept
          ? []
          : [[key, text] as const];
      }),
    ),
  );

/** Cells pasted from a spreadsheet, from one cell on to the right and down. */
export function pastedCells(
  text: string,
  rows: readonly GridRow[],
  at: { readonly row: number; readonly month: number },
  { months }: GridFacts,
): Typed {
  const cells: Record<string, string> = {};
  for (const [down, line] of text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .entries()) {
    const row = rows[at.row + down];
    for (const [right, cell] of line.split('\t').entries()) {
      const month = months[at.month + right];
      if (row && month) cells[cellKey(row, month)] = cell.trim();
    }
  }
  return cells;
}

/** What rows of a type add up to in some months; cells that can't be read count as nothing. */
export const sumOf = (
  rows: readonly GridRow[],
  months: readonly string[],
  typed: Typed,
  facts: GridFacts,
): bigint =>
  rows
    .flatMap((row) => months.map((month) => cellAmount(row, month, typed, facts) ?? 0n))
    .reduce((all, amount) => all + amount, 0n);
