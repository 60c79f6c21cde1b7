// What stands on every page around the rows: the title block, the column heads, and the footer that says from which
// ledger position the figures come.
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import { chartsHeight, drawCharts } from './page-charts.ts';
import { HAIR, INK, SOFT } from './page-colours.ts';
import type { PageShape } from './page-columns.ts';
import type { Pen } from './page-pen.ts';
import { leadingOf } from './page-rows.ts';
import { paperFonts, type Weight, widthOf } from './pdf-fonts.ts';
import type { StructureTree } from './structure-tree.ts';
import {
  datesOf,
  detailsOf,
  nameOf,
  originOf,
  standingOf,
  type TitleFacts,
} from './title-words.ts';
import { onPaper, saidInOne, shorten, wrap } from './wrap-text.ts';

const FOOTER = 30;

interface TitleLine {
  readonly kind: 'H1' | 'P';
  /** Whether it begins a text; further lines of one go on. */
  readonly begins: boolean;
  readonly text: string;
  readonly weight: Weight;
  readonly size: number;
  readonly colour: string;
  readonly above: number;
}

function titleLines(body: TitleFacts, shape: PageShape, figures: Figures): TitleLine[] {
  const { book } = body;
  const width = shape.width - 2 * shape.margin;
  const lines: TitleLine[] = [];
  const add = (
    text: string,
    weight: Weight,
    size: number,
    colour: string,
    above: number,
    kind: TitleLine['kind'] = 'P',
  ) => {
    if (text.trim() === '') return;
    saidInOne(wrap(paperFonts()[weight], size, onPaper(text), width, 3)).forEach((line, index) => {
      const begins = index === 0;
      const style = { weight, size, colour };
      lines.push({ kind, begins, text: line, ...style, above: begins ? above : 0 });
    });
  };
  add(nameOf(book), 'bold', 12, INK, 0);
  add(detailsOf(book), 'regular', 8, SOFT, 1);
  add(body.title, 'semibold', 19, INK, 14, 'H1');
  add(datesOf(body, figures), 'regular', 10.5, INK, 1);
  add(standingOf(body), 'regular', 8, SOFT, 3);
  return lines;
}

export interface TitleBlock {
  readonly height: number;
  /** Draws it at the top of a page. */
  draw(pen: Pen, tree: StructureTree): void;
}

/** Whose it is, what it is, which days it covers and how final it is. */
export function titleBlock(body: TitleFacts, shape: PageShape, figures: Figures): TitleBlock {
  const title = titleLines(body, shape, figures);
  return {
    height: title.reduce((sum, line) => sum + line.above + line.size * 1.3, 0) + 14,
    draw(pen, tree) {
      let y = shape.margin;
      for (const [at, line] of title.entries()) {
        if (line.begins) pen.mark(line.kind, tree.paragraph(line.kind));
        y += line.above;
        pen.text(line.text, shape.margin, y, line.weight, line.size, line.colour);
        y += line.size * 1.3;
        if (title[at + 1]?.begins !== false) pen.close();
      }
    },
  };
}

export interface PageFrame {
  /** Height for rows on the first page and on the others. */
  readonly first: number;
  readonly other: number;
  /** Draws everything but rows and the page's number. @returns where the rows begin. */
  draw(pen: Pen, tree: StructureTree, page: number): number;
  /** Draws which page of how many it is, known when all are drawn. */
  number(pen: Pen, page: number, pages: number): void;
}

/** The frame of a report's pages. */
export function pageFrame(
  body: ReportBody,
  digest: string,
  shape: PageShape,
  figures: Figures,
): PageFrame {
  const title = titleBlock(body, shape, figures);
  const runningHeight = 22;
  const heads = columnHeads(shape);
  const headHeight = heads.most * leadingOf(shape.fontSize) + 9;
  const bottom = bottomOf(shape);
  const top = shape.margin;
  const right = shape.width - shape.margin;

  const drawRunningTitle = (pen: Pen): void => {
    const fonts = paperFonts();
    const of = ` · ${datesOf(body, figures)} · ${body.currency}`;
    // Titles that name values and accounts may be long: whose it is keeps a third of the line.
    const most = ((right - shape.margin) * 2) / 3 - widthOf(fonts.regular, 8, of);
    const what = shorten(fonts.regular, 8, onPaper(body.title), most) + of;
    const whatWidth = widthOf(fonts.regular, 8, what);
    const name = onPaper(nameOf(body.book));
    pen.artifact('Header');
    const room = right - shape.margin - whatWidth - 16;
    pen.text(shorten(fonts.semibold, 8, name, room), shape.margin, top, 'semibold', 8, INK);
    pen.text(what, right - whatWidth, top, 'regular', 8, SOFT);
    pen.close();
  };
  const drawHeads = (pen: Pen, tree: StructureTree | null, y: number): void => {
    const leading = leadingOf(shape.fontSize);
    tree?.beginRow();
    for (const { x, lines } of heads.lines) {
      const filled = lines.length > 0;
      const content = tree?.cell(filled ? 'Column' : null, 1, filled) ?? -1;
      if (content >= 0) pen.mark('TH', content);
      else if (filled) pen.artifact('Header');
      lines.forEach((line, index) => {
        const lineY = y + (heads.most - lines.length + index) * leading;
        pen.text(
          line.text,
          shape.margin + x + line.offset,
          lineY,
          'semibold',
          shape.fontSize,
          SOFT,
        );
      });
      if (filled) pen.close();
    }
    tree?.endRow();
    pen.rule(shape.margin, right, y + headHeight - 5, 0.75, INK);
  };
  return {
    first: bottom - top - title.height - chartsHeight(body) - headHeight,
    other: bottom - top - runningHeight - headHeight,
    draw(pen, tree, page) {
      if (page === 1) {
        title.draw(pen, tree);
        drawCharts(pen, tree, body, shape, figures, top + title.height);
      } else drawRunningTitle(pen);
      const y = top + (page === 1 ? title.height + chartsHeight(body) : runningHeight);
      if (page === 1) tree.beginTable();
      drawHeads(pen, page === 1 ? tree : null, y);
      drawFooter(pen, body, digest, shape, figures);
      return y + headHeight;
    },
    number: (pen, page, pages) => drawPageNumber(pen, page, pages, shape, figures),
  };
}

/** Where the room for rows ends. */
export const bottomOf = (shape: PageShape): number => shape.height - shape.margin - FOOTER;

const footerTop = (shape: PageShape): number => shape.height - shape.margin - 10;

/** Says which page of how many it is. */
export function drawPageNumber(
  pen: Pen,
  page: number,
  pages: number,
  shape: PageShape,
  figures: Figures,
): void {
  const text = `Page ${figures.count(page)} of ${figures.count(pages)}`;
  const x = shape.width - shape.margin - widthOf(paperFonts().regular, 7, text);
  pen.artifact('Footer');
  pen.text(text, x, footerTop(shape), 'regular', 7, SOFT);
  pen.close();
}

/** Says from where in the ledger the figures come. */
export function drawFooter(
  pen: Pen,
  body: TitleFacts,
  digest: string,
  shape: PageShape,
  figures: Figures,
): void {
  const y = footerTop(shape);
  pen.rule(shape.margin, shape.width - shape.margin, y - 7, 0.4, HAIR);
  pen.artifact('Footer');
  pen.text(originOf(body, digest, figures), shape.margin, y, 'regular', 7, SOFT);
  pen.close();
}

interface Heads {
  readonly most: number;
  readonly lines: readonly {
    readonly x: number;
    readonly lines: readonly { readonly text: string; readonly offset: number }[];
  }[];
}

function columnHeads(shape: PageShape): Heads {
  const font = paperFonts().semibold;
  const lines = shape.columns.map((column) => {
    const rightEdge = column.kind === 'amount' ? column.width - shape.hang : 0;
    const wrapped =
      column.label === '' ? [] : wrap(font, shape.fontSize, column.label, column.width + 4, 3);
    return {
      x: column.x,
      lines: saidInOne(wrapped).map((text, at) => ({
        text,
        offset: rightEdge ? rightEdge - widthOf(font, shape.fontSize, wrapped[at]!) : 0,
      })),
    };
  });
  return { lines, most: lines.reduce((most, head) => Math.max(most, head.lines.length), 1) };
}
