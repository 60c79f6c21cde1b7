// The page in front of a pack: whose it is, what it covers, and its reports with the pages on which they begin, each a
// link. Where they begin is known when they are drawn, so the numbers are filled in at the end.
import type { Figures } from './figures.ts';
import { HAIR, INK, SOFT } from './page-colours.ts';
import { type PageShape, uprightPage } from './page-columns.ts';
import { bottomOf, drawFooter, drawPageNumber, type TitleBlock, titleBlock } from './page-frame.ts';
import type { Pen } from './page-pen.ts';
import type { FileFacts } from './pdf-archive.ts';
import type { PdfFile, PdfLink } from './pdf-file.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';

const SIZE = 10;
const ROW = 22;
/** From the top of a row to its words, and to the hairline under it. */
const WORDS = 4;

interface Entry {
  readonly link: PdfLink;
  readonly y: number;
  /** Where the report begins; 0 until it is drawn. */
  page: number;
}

export interface PackContents {
  /** To be called when a report's first page was begun. @param at which of them, from 0. */
  begun(at: number): void;
}

/** Draws the list, on pages of its own. @param titles of the reports in order. */
export async function drawContents(
  file: PdfFile,
  { body, digest }: FileFacts,
  titles: readonly string[],
  figures: Figures,
): Promise<PackContents> {
  const shape = uprightPage(body.book.locale);
  const title = titleBlock(body, shape, figures);
  const entries: Entry[] = [];
  let own: Entry[] = [];
  const turn = async () => {
    const onPage: Entry[] = [];
    own = onPage;
    await file.turn({
      shape,
      number(pen, page, pages) {
        drawPageNumber(pen, page, pages, shape, figures);
        for (const entry of onPage) drawPlace(pen, entry, shape, figures);
      },
    });
    drawFooter(file.pen, body, digest, shape, figures);
  };
  await turn();
  file.bookmark('Contents');
  let y = beginList(file, title, shape);
  for (const words of titles) {
    if (y + ROW > bottomOf(shape)) {
      await turn();
      y = shape.margin;
    }
    const entry = drawEntry(file, words, y, shape);
    own.push(entry);
    entries.push(entry);
    y += ROW;
  }
  file.tree.endContents();
  return {
    begun(at) {
      const entry = entries[at]!;
      entry.page = file.pages;
      entry.link.leadTo(file.place);
      file.bookmark(titles[at]!);
    },
  };
}

/** @returns where the rows begin. */
function beginList(file: PdfFile, title: TitleBlock, shape: PageShape): number {
  title.draw(file.pen, file.tree);
  file.tree.beginContents();
  const y = shape.margin + title.height;
  file.pen.rule(shape.margin, shape.width - shape.margin, y, 0.75, INK);
  return y;
}

function drawEntry(file: PdfFile, words: string, y: number, shape: PageShape): Entry {
  const right = shape.width - shape.margin;
  const link = file.link([shape.margin, y, right, y + ROW], words);
  file.pen.mark('Link', link.words);
  file.pen.text(words, shape.margin, y + WORDS, 'regular', SIZE, INK);
  file.pen.close();
  file.pen.rule(shape.margin, right, y + ROW, 0.4, HAIR);
  return { link, y, page: 0 };
}

function drawPlace(pen: Pen, { link, page, y }: Entry, shape: PageShape, figures: Figures): void {
  const text = figures.count(page);
  const x = shape.width - shape.margin - widthOf(paperFonts().regular, SIZE, text);
  pen.mark('Link', link.number);
  pen.text(text, x, y + WORDS, 'regular', SIZE, SOFT);
  pen.close();
}
