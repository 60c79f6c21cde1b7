// Rows as a page shows them: what each cell says, in which weight, how many lines and how much height it takes.
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import type { PageColumn, PageShape } from './page-columns.ts';
import { paperFonts, type Weight } from './pdf-fonts.ts';
import { onPaper, wrap } from './wrap-text.ts';

export interface Cell {
  readonly column: PageColumn;
  readonly lines: readonly string[];
}

export interface PlacedRow {
  readonly row: ReportRow;
  readonly weight: Weight;
  readonly indent: number;
  /** Space above, left out at the top of a page. */
  readonly above: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}

const INDENT = 10;
const MOST_LINES = 4;
export const leadingOf = (fontSize: number): number => fontSize * 1.28;

/** Lays a row out. Depends on nothing but the row, so that the counting pass and the drawing pass agree. */
export function placeRow(
  row: ReportRow,
  body: ReportBody,
  shape: PageShape,
  figures: Figures,
): PlacedRow {
  const weight = weightOf(row);
  const indent = indentOf(row, body, shape);
  const cells: Cell[] = [];
  for (const column of shape.columns) {
    const text = cellText(row, column, body, figures);
    if (text === '') continue;
    if (column.kind !== 'text') {
      cells.push({ column, lines: [text] });
      continue;
    }
    const width = roomFor(row, column, body, shape) - (column.key === 'name' ? indent : 0);
    cells.push({
      column,
      lines: wrap(paperFonts()[weight], shape.fontSize, onPaper(text), width, MOST_LINES),
    });
  }
  const most = cells.reduce((lines, cell) => Math.max(lines, cell.lines.length), 1);
  const leading = leadingOf(shape.fontSize);
  return {
    row,
    weight,
    indent,
    above: row.kind === 'heading' ? leading * (row.level === 0 ? 0.7 : 0.25) : 0,
    height: leading * most + leading * (row.kind === 'total' ? 0.62 : 0.3),
    cells,
  };
}

/** Words of headings and sums begin at the margin, over the codes of the accounts; those of accounts by their level. */
function indentOf(row: ReportRow, body: ReportBody, shape: PageShape): number {
  const name = shape.columns.find((column) => column.key === 'name')!;
  const left = shape.columns[0]!;
  if (body.parts) return row.kind === 'heading' && row.values.date === undefined ? -name.x : 0;
  if (row.account !== null || row.kind === 'line') return Math.max(row.level - 1, 0) * INDENT;
  return row.level * INDENT - (left.kind === 'code' ? name.x : 0);
}

function weightOf(row: ReportRow): Weight {
  if (row.kind === 'total') return 'bold';
  return row.kind === 'line' ? 'regular' : 'semibold';
}

/** A heading's words may run over the empty columns right of it. */
function roomFor(row: ReportRow, column: PageColumn, body: ReportBody, shape: PageShape): number {
  if (column.key !== 'name' || row.kind === 'line') return column.width;
  const next = shape.columns.find(
    (other) => other.x > column.x && (row.values[other.key] ?? '') !== '',
  );
  const end = next ? next.x - 8 : shape.width - 2 * shape.margin;
  return row.kind === 'heading' || body.parts ? end - column.x : column.width;
}

function cellText(row: ReportRow, column: PageColumn, body: ReportBody, figures: Figures): string {
  const value = row.values[column.key] ?? '';
  if (column.kind === 'code') return row.account ?? '';
  if (column.key === 'name') {
    // Ledgers have no column for codes: the name says them.
    return body.parts && row.account !== null ? `${row.account}  ${row.name}` : row.name;
  }
  if (value === '') return '';
  if (column.kind === 'amount') return figures.amount(value);
  return column.kind === 'date' ? figures.day(value) : value;
}
