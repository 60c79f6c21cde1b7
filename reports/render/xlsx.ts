// A report as a workbook: a sheet like the paper, with numbers that are numbers and sums that are formulas. Rows are
// written as they come, so a long ledger costs no more memory than a short one; what one sheet can't hold goes on on
// the next.
import { rowsAround } from '#reports/catalogue/paged-rows.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { figuresOf } from './figures.ts';
import type { ReportSource } from './report-source.ts';
import { sheetColumns } from './xlsx-columns.ts';
import { type SheetLayout, SheetRows } from './xlsx-rows.ts';
import { makeShell, rowsAbove, type SheetShell } from './xlsx-shell.ts';
import { writeZip } from './zip-file.ts';

/** Rows of a sheet, by Excel's own limit. */
const MOST_ROWS = 1_048_576;
/** Letters that are packed together: by content alone, so that equal rows give equal bytes however they are read. */
const PIECE = 64 * 1024;

/** The bytes of the file in pieces. @param mostRows that a sheet may have. */
export async function* writeXlsx(
  source: ReportSource,
  mostRows = MOST_ROWS,
): AsyncIterable<Uint8Array> {
  const { body, digest } = source;
  const figures = figuresOf({ ...body.book, exponent: body.exponent });
  const layout: SheetLayout = { body, digest, figures, columns: sheetColumns(body, figures) };
  const room = mostRows - rowsAbove(layout);
  const shell = await makeShell(layout, Math.max(Math.ceil(rowCount(body) / room), 1));
  const rows = new SheetRows(layout, shell.styles);
  const feed = singly(source);
  const last = shell.sheets.at(-1);
  const sheets = shell.sheets.map((sheet) => ({
    path: sheet.path,
    content: inPieces(sheetXml(sheet, rows, feed, mostRows, sheet === last)),
  }));
  try {
    yield* writeZip([...shell.parts, ...sheets]);
  } finally {
    await feed.return();
  }
}

/** Rows of all sheets together, as the header counts them, and of the words below. */
function rowCount({ notes, parts, rows, ...body }: ReportBody): number {
  const below = notes.length + 2;
  if (!parts) return rows.length + below;
  const paged = parts.reduce((sum, { stretch }) => sum + (stretch?.rows ?? 0), 0);
  return rowsAround({ ...body, notes, parts, rows }).length + paged + below;
}

async function* singly(source: ReportSource): AsyncGenerator<ReportRow, void, undefined> {
  for await (const batch of source.rows()) yield* batch;
}

/** One sheet, from where the one before left off. */
async function* sheetXml(
  { before, after }: SheetShell,
  rows: SheetRows,
  feed: AsyncIterator<ReportRow, void>,
  mostRows: number,
  isLast: boolean,
): AsyncIterable<string> {
  yield before;
  yield rows.begin();
  for (;;) {
    if (rows.length === mostRows && !isLast) break;
    const next = await feed.next();
    if (next.done) break;
    if (rows.length === mostRows) throw new Error('a report has more rows than its header counts');
    yield rows.row(next.value);
  }
  if (isLast) yield rows.below();
  yield after;
}

async function* inPieces(texts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
