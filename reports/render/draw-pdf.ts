// A report as PDF, in one walk over its rows. Drawing holds no more than a page and waits whenever the reader is slower;
// how many pages there are is written at the end.
import type { Writable } from 'node:stream';
import { figuresOf } from './figures.ts';
import { INK, SOFT } from './page-colours.ts';
import { type PageShape, shapePage } from './page-columns.ts';
import { PageFlow } from './page-flow.ts';
import { pageFrame } from './page-frame.ts';
import type { Pen } from './page-pen.ts';
import { type Cell, leadingOf, type PlacedRow, placeRow } from './page-rows.ts';
import { PdfFile } from './pdf-file.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';
import type { ReportSource } from './report-source.ts';
import type { StructureTree } from './structure-tree.ts';
import { wordsBelow } from './title-words.ts';
import { onPaper, saidInOne, wrap } from './wrap-text.ts';

/** Draws a report to a stream and ends it. @throws when the stream is destroyed before. */
export async function drawPdf(source: ReportSource, out: Writable): Promise<void> {
  const file = new PdfFile(source, out);
  await drawReport(file, source);
  await file.end([source]);
}

/** Draws a report on pages of its own. @param begun told when its first page is there. */
export async function drawReport(
  file: PdfFile,
  source: ReportSource,
  begun: () => void = () => {},
): Promise<void> {
  const { body, digest } = source;
  const figures = figuresOf({ ...body.book, exponent: body.exponent });
  const shape = shapePage(body, figures);
  const frame = pageFrame(body, digest, shape, figures);
  const notes = wordsBelow(body, figures).map((note) =>
    wrap(paperFonts().regular, 7.5, onPaper(note), shape.width - 2 * shape.margin, 6),
  );
  const noteLines = notes.flat().length;
  await file.turn({ shape, number: frame.number });
  begun();
  let top = frame.draw(file.pen, file.tree, 1);
  file.tree.beginSection('TBody');
  const flow: PageFlow = new PageFlow({
    first: frame.first,
    other: frame.other,
    repeatHeadings: true,
    place: (row) => placeRow(row, body, shape, figures),
    async newPage() {
      await file.turn();
      top = frame.draw(file.pen, file.tree, flow.pages + 1);
    },
    draw(placed, y) {
      const { kind, level } = placed.row;
      if (kind === 'heading' && level === 0) file.tree.beginSection('TBody');
      drawRow(file.pen, placed, top + y, shape, file.tree);
    },
    drawAgain: (placed, y) => drawRow(file.pen, placed, top + y, shape, null),
  });
  for await (const batch of source.rows()) for (const row of batch) await flow.add(row);
  const y = await flow.finish(noteLines * 10 + 12);
  file.tree.endTable();
  let noteY = top + y + 12;
  for (const note of notes) {
    file.pen.mark('P', file.tree.paragraph('P'));
    for (const line of saidInOne(note)) {
      file.pen.text(line, shape.margin, noteY, 'regular', 7.5, SOFT);
      noteY += 10;
    }
    file.pen.close();
  }
}

/** @param tree null where the row stands there a second time. */
function drawRow(
  pen: Pen,
  placed: PlacedRow,
  y: number,
  shape: PageShape,
  tree: StructureTree | null,
): void {
  const { row, cells } = placed;
  const leading = leadingOf(shape.fontSize);
  if (tree) {
    drawCells(pen, placed, y, shape, tree);
  } else {
    pen.artifact('Header');
    for (const cell of cells) drawCell(pen, placed, cell, y, shape);
    pen.close();
  }
  if (row.kind !== 'subtotal' && row.kind !== 'total') return;
  for (const { column } of cells) {
    if (column.kind !== 'amount') continue;
    const [left, right] = [shape.margin + column.x, shape.margin + column.x + column.width];
    pen.rule(left, right, y - 1.2, row.kind === 'total' ? 0.75 : 0.5, INK);
    if (row.kind === 'total') {
      pen.rule(left, right, y + leading + 0.6, 0.5, INK);
      pen.rule(left, right, y + leading + 2.4, 0.5, INK);
    }
  }
}

/** A heading alone in its row takes all of it; elsewhere every column has its cell, empty or not. */
function drawCells(
  pen: Pen,
  { row, ...placed }: PlacedRow,
  y: number,
  shape: PageShape,
  tree: StructureTree,
): void {
  const { cells } = placed;
  const alone = row.kind === 'heading' && cells.length === 1;
  let next = 0;
  tree.beginRow();
  for (const column of alone ? [cells[0]!.column] : shape.columns) {
    const cell = cells[next]?.column === column ? cells[next++] : undefined;
    const names = column.key === 'name' && cell !== undefined && row.values['entry'] === undefined;
    const content = tree.cell(
      names || alone ? 'Row' : null,
      alone ? shape.columns.length : 1,
      cell !== undefined,
    );
    if (!cell) continue;
    pen.mark(names || alone ? 'TH' : 'TD', content);
    drawCell(pen, { row, ...placed }, cell, y, shape);
    pen.close();
  }
  tree.endRow();
}

function drawCell(pen: Pen, placed: PlacedRow, cell: Cell, y: number, shape: PageShape): void {
  const { column, lines } = cell;
  const size = shape.fontSize;
  const left = shape.margin + column.x + (column.key === 'name' ? placed.indent : 0);
  saidInOne(lines).forEach((line, index) => {
    let x = left;
    if (column.kind === 'amount') {
      // The decimal sign stands still: only a closing parenthesis reaches into the hang.
      const width = widthOf(paperFonts()[placed.weight], size, line.replace(/\)$/, ''));
      x = shape.margin + column.x + column.width - shape.hang - width;
    }
    const colour = column.kind === 'code' || column.kind === 'entry' ? SOFT : INK;
    pen.text(line, x, y + index * leadingOf(size), placed.weight, size, colour);
  });
}
