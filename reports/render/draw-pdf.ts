// A report as PDF. Two walks over the rows: one counts pages, one draws them; neither holds more than a page, and
// drawing waits whenever the reader is slower. Equal input gives equal bytes: no clock, no random ids.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { type Figures, figuresOf } from './figures.ts';
import { type PageShape, shapePage } from './page-columns.ts';
import { PageFlow } from './page-flow.ts';
import { INK, type PageFrame, type Pen, pageFrame, SOFT } from './page-frame.ts';
import { type Cell, leadingOf, type PlacedRow, placeRow } from './page-rows.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';
import type { ReportSource } from './report-source.ts';
import { printable, wrap } from './wrap-text.ts';

interface Sheet {
  readonly source: ReportSource;
  readonly figures: Figures;
  readonly shape: PageShape;
  readonly frame: PageFrame;
  readonly notes: readonly string[];
}

/** Draws a report to a stream and ends it. */
export async function drawPdf(source: ReportSource, out: Writable): Promise<void> {
  const { body, digest } = source;
  const figures = figuresOf({ ...body.book, exponent: body.exponent });
  const shape = shapePage(body, figures);
  const frame = pageFrame(body, digest, shape, figures);
  const notes = body.notes.flatMap((note) =>
    wrap(paperFonts().regular, 7.5, printable(note), shape.width - 2 * shape.margin, 6),
  );
  const sheet: Sheet = { source, figures, shape, frame, notes };
  const pages = await walk(sheet, null, 0, async () => {});
  const doc = openDocument(sheet);
  doc.pipe(out);
  // A reader that goes away ends the walk at the next page.
  let gone: Error | null = null;
  out.once('error', (fault) => (gone = fault));
  const turn = async () => {
    if (gone) throw gone;
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    if (out.destroyed) throw new Error('the reader of the PDF has gone');
    doc.addPage();
  };
  doc.addPage();
  await walk(sheet, penOf(doc), pages, turn);
  doc.end();
  if (!out.writableFinished) await once(out, 'finish');
}

/** @param pages the number to print; unknown while counting. @returns how many there are. */
async function walk(
  sheet: Sheet,
  pen: Pen | null,
  pages: number,
  turn: () => Promise<void>,
): Promise<number> {
  const { source, figures, shape, frame, notes } = sheet;
  let top = pen ? frame.draw(pen, 1, pages) : 0;
  const flow: PageFlow = new PageFlow({
    first: frame.first,
    other: frame.other,
    repeatHeadings: true,
    place: (row) => placeRow(row, source.body, shape, figures),
    async newPage() {
      await turn();
      if (pen) top = frame.draw(pen, flow.pages + 1, pages);
    },
    draw: (placed, y) => pen && drawRow(pen, placed, top + y, shape),
  });
  for await (const batch of source.rows()) for (const row of batch) await flow.add(row);
  const y = await flow.finish(notes.length === 0 ? 0 : notes.length * 10 + 12);
  if (pen) {
    notes.forEach((note, index) => {
      pen.text(note, shape.margin, top + y + 12 + index * 10, 'regular', 7.5, SOFT);
    });
  }
  return flow.pages;
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

function openDocument({ source, shape }: Sheet): PDFKit.PDFDocument {
  const { body, digest } = source;
  const recorded = new Date(body.recordedAt);
  const doc = new PDFDocument({
    autoFirstPage: false,
    size: shape.paper,
    layout: shape.landscape ? 'landscape' : 'portrait',
    margin: 0,
    pdfVersion: '1.7',
    lang: body.book.locale,
    displayTitle: true,
    font: null,
    fontLayoutCache: false,
    info: {
      Title: `${body.title} ${body.period.key} · ${body.book.legalName || body.book.name}`,
      Author: body.book.legalName || body.book.name,
      Subject: `Ledger position ${body.position}`,
      Keywords: digest,
      CreationDate: recorded,
      ModDate: recorded,
    },
  } as unknown as PDFKit.PDFDocumentOptions);
  for (const weight of ['regular', 'semibold', 'bold'] as const) {
    doc.registerFont(weight, paperFonts()[weight] as unknown as string);
  }
  return doc;
}

function penOf(doc: PDFKit.PDFDocument): Pen {
  return {
    text(text, x, y, weight, size, colour) {
      if (text === '') return;
      doc.font(weight).fontSize(size).fillColor(colour);
      const textWidth = widthOf(paperFonts()[weight], size, text);
      doc.text(text, x, y, {
        lineBreak: false,
        textWidth,
        wordCount: 1,
      } as PDFKit.Mixins.TextOptions);
    },
    rule(x1, x2, y, thickness, colour) {
      doc.lineWidth(thickness).strokeColor(colour).moveTo(x1, y).lineTo(x2, y).stroke();
    },
  };
}
