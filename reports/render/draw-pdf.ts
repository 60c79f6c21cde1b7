// A report as PDF, in one walk over its rows. Drawing holds no more than a page and waits whenever the reader is slower;
// how many pages there are is written at the end.
import type { Writable } from 'node:stream';
import { figuresOf } from './figures.ts';
import { type PageShape, shapePage } from './page-columns.ts';
import { PageFlow } from './page-flow.ts';
import { INK, pageFrame, SOFT } from './page-frame.ts';
import type { Pen } from './page-pen.ts';
import { type Cell, leadingOf, type PlacedRow, placeRow } from './page-rows.ts';
import { PdfFile } from './pdf-file.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';
import type { ReportSource } from './report-source.ts';
import { printable, wrap } from './wrap-text.ts';

/** Draws a report to a stream and ends it. @throws when the stream is destroyed before. */
export async function drawPdf(source: ReportSource, out: Writable): Promise<void> {
  const { body, digest } = source;
  const figures = figuresOf({ ...body.book, exponent: body.exponent });
  const shape = shapePage(body, figures);
  const frame = pageFrame(body, digest, shape, figures);
  const notes = body.notes.flatMap((note) =>
    wrap(paperFonts().regular, 7.5, printable(note), shape.width - 2 * shape.margin, 6),
  );
  const file = new PdfFile(source, shape, out);
  let top = frame.draw(file.pen, 1);
  const flow: PageFlow = new PageFlow({
    first: frame.first,
    other: frame.other,
    repeatHeadings: true,
    place: (row) => placeRow(row, body, shape, figures),
    async newPage() {
      await file.turn();
      top = frame.draw(file.pen, flow.pages + 1);
    },
    draw: (placed, y) => drawRow(file.pen, placed, top + y, shape),
  });
  for await (const batch of source.rows()) for (const row of batch) await flow.add(row);
  const y = await flow.finish(notes.length === 0 ? 0 : notes.length * 10 + 12);
  notes.forEach((note, index) => {
    file.pen.text(note, shape.margin, top + y + 12 + index * 10, 'regular', 7.5, SOFT);
  });
  await file.end(frame.number);
}

function drawRow(pen: Pen, placed: PlacedRow, y: number, shape: PageShape): void {
  const { row, cells } = placed;
  const leading = leadingOf(shape.fontSize);
  for (const cell of cells) drawCell(pen, placed, cell, y, shape);
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

function drawCell(pen: Pen, placed: PlacedRow, cell: Cell, y: number, shape: PageShape): void {
  const { column, lines } = cell;
  const size = shape.fontSize;
  const left = shape.margin + column.x + (column.key === 'name' ? placed.indent : 0);
  lines.forEach((line, index) => {
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
