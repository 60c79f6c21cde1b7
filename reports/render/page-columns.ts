// The columns of a page: widths from the figures they must hold, the rest for words. A table too wide for upright
// paper is turned, and made smaller only if that isn't enough.
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import { paperOf } from './figures.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';
import { figuresIn, headerRows, headText, orderedColumns } from './report-columns.ts';

export interface PageColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: 'code' | 'text' | 'date' | 'amount' | 'entry';
  readonly x: number;
  readonly width: number;
}

export interface PageShape {
  readonly paper: 'A4' | 'LETTER';
  readonly landscape: boolean;
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly fontSize: number;
  readonly columns: readonly PageColumn[];
  /** Room kept right of a figure for the closing parenthesis of its neighbours. */
  readonly hang: number;
}

const POINTS = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;
const MARGIN = 48;
const GAP = 12;
const SIZES = [8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5];
const FEWEST_TEXT = 150;

interface Wanted {
  key: string;
  label: string;
  kind: PageColumn['kind'];
  /** Width at one point of type; 0 for words, which share what is left. */
  natural: number;
}

/** Upright paper without columns, as the book's place uses it. */
export function uprightPage(locale: string): PageShape {
  const paper = paperOf(locale);
  const [width, height] = POINTS[paper];
  const bare = { landscape: false, margin: MARGIN, fontSize: SIZES[0]!, columns: [], hang: 0 };
  return { paper, width, height, ...bare };
}

/** Fits the columns of a report to paper. */
export function shapePage(body: ReportBody, figures: Figures): PageShape {
  const paper = paperOf(body.book.locale);
  const wanted = wantedColumns(body, figures);
  const [short, long] = POINTS[paper];
  for (const landscape of [false, true]) {
    const width = landscape ? long : short;
    for (const fontSize of landscape ? SIZES : SIZES.slice(0, 2)) {
      const room = width - 2 * MARGIN;
      const columns =
        placeColumns(evened(wanted), room, fontSize) ?? placeColumns(wanted, room, fontSize);
      if (!columns && fontSize !== SIZES.at(-1)) continue;
      const hang =
        body.book.negatives === 'parentheses' ? widthOf(paperFonts().regular, fontSize, ')') : 0;
      return {
        paper,
        landscape,
        width,
        height: landscape ? short : long,
        margin: MARGIN,
        fontSize,
        columns: columns ?? [],
        hang,
      };
    }
  }
  throw new Error('no size of type was tried');
}

function wantedColumns(body: ReportBody, figures: Figures): Wanted[] {
  const rows = headerRows(body);
  const result: Wanted[] = [];
  const codes = rows.flatMap((row) => (row.account === null ? [] : [row.account]));
  if (!body.parts && codes.length > 0) {
    result.push({ key: 'account', label: '', kind: 'code', natural: widest(codes) });
  }
  for (const { key, label, kind } of orderedColumns(body)) {
    if (kind === 'text') {
      result.push({ key, label, kind, natural: 0 });
    } else if (kind === 'date') {
      result.push({ key, label, kind, natural: widest([figures.day('2026-12-30'), label]) });
    } else if (kind === 'entry') {
      result.push({ key, label, kind, natural: widest(['000 000', label]) });
    } else {
      const text = headText(label, figures);
      const natural = widest([...figuresIn(body, rows, key, figures), ...text.split(' ')]);
      result.push({ key, label: text, kind, natural });
    }
  }
  return result;
}

/** Figures stand in columns of one width where the paper allows. */
const evened = (wanted: readonly Wanted[]): Wanted[] => {
  const amounts = wanted.filter((column) => column.kind === 'amount');
  const most = amounts.reduce((width, column) => Math.max(width, column.natural), 0);
  return wanted.map((column) => (column.kind === 'amount' ? { ...column, natural: most } : column));
};

const widest = (texts: readonly string[]): number =>
  texts.reduce((width, text) => Math.max(width, widthOf(paperFonts().bold, 1, text)), 0);

/** Positions from the left, or null when words would have too little room. */
function placeColumns(
  wanted: readonly Wanted[],
  room: number,
  fontSize: number,
): PageColumn[] | null {
  const natural = wanted.map((column) => column.natural * fontSize);
  const words = wanted.filter((column) => column.natural === 0);
  const taken = natural.reduce((a, b) => a + b, 0) + GAP * (wanted.length - 1);
  const left = room - taken;
  if (left < FEWEST_TEXT + 60 * (words.length - 1) && fontSize > SIZES.at(-1)!) return null;
  const shares = words.length + 1;
  let x = 0;
  let first = true;
  return wanted.map(({ key, label, kind }, index) => {
    let width = natural[index]!;
    if (wanted[index]!.natural === 0) {
      // The first words (names, descriptions) get two shares.
      width = (Math.max(left, 60) * (first ? 2 : 1)) / shares;
      first = false;
    }
    const column = { key, label, kind, x, width };
    x += width + GAP;
    return column;
  });
}
