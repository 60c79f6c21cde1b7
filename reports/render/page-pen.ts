// What a page says, as the operators of a PDF page. Everything that pdfkit would set anew for every word (colour, font,
// coordinates) is set when it changes, and all words stand in one text block.
import type { EmbeddedFont } from './embedded-font.ts';
import { Ink } from './ink.ts';
import type { Weight } from './pdf-fonts.ts';

/** What draws on a page, in points from its upper left corner. */
export interface Pen {
  /** @param y top of the line. @param colour as `#rrggbb`. */
  text(text: string, x: number, y: number, weight: Weight, size: number, colour: string): void;
  rule(x1: number, x2: number, y: number, thickness: number, colour: string): void;
  /** What is drawn until `endDrawing` is a figure's content, by its number on the page. */
  beginDrawing(content: number): void;
  box(x1: number, y1: number, x2: number, y2: number, colour: string): void;
  /** @param dash lengths of strokes and gaps in points, empty for none. */
  path(
    points: readonly (readonly [x: number, y: number])[],
    thickness: number,
    colour: string,
    dash: string,
  ): void;
  endDrawing(): void;
  /** What is said until `close` is an element's content, by its number on the page. */
  mark(kind: string, content: number): void;
  /** What is said until `close` belongs to the page and not to the report. */
  artifact(kind: 'Header' | 'Footer'): void;
  close(): void;
}

/** The names under which a page knows the fonts. */
export const FONT_NAMES: Readonly<Record<Weight, string>> = {
  regular: 'F1',
  semibold: 'F2',
  bold: 'F3',
};

/** Places are kept in thousandths of a point, in which they are written, so that moves add up. */
const milli = (points: number): number => Math.round(points * 1000);

export class PagePen implements Pen {
  readonly #fonts: Readonly<Record<Weight, EmbeddedFont>>;
  readonly #rules = new Ink();
  readonly #drawings = new Ink();
  readonly #words = new Ink();
  #stroke = '';
  #thickness = 0;
  #weight: Weight | null = null;
  #size = 0;
  #colour = '';
  #x = 0;
  #y = 0;

  constructor(fonts: Readonly<Record<Weight, EmbeddedFont>>) {
    this.#fonts = fonts;
  }

  text(text: string, x: number, y: number, weight: Weight, size: number, colour: string): void {
    if (text === '') return;
    const ink = this.#words;
    const font = this.#fonts[weight];
    if (weight !== this.#weight || size !== this.#size) {
      ink.text(`/${FONT_NAMES[weight]} ${size} Tf\n`);
    }
    if (colour !== this.#colour) ink.text(`${colourOf(colour)}rg\n`);
    this.#weight = weight;
    this.#size = size;
    this.#colour = colour;
    const [left, base] = [milli(x), milli(y + font.ascent * size)];
    ink.decimal(left - this.#x, 1000);
    ink.text(' ');
    // Text grows upwards, the page downwards.
    ink.decimal(this.#y - base, 1000);
    ink.text(' Td');
    font.show(text, size, ink);
    this.#x = left;
    this.#y = base;
  }

  rule(x1: number, x2: number, y: number, thickness: number, colour: string): void {
    const ink = this.#rules;
    if (colour !== this.#stroke) ink.text(`${colourOf(colour)}RG\n`);
    if (thickness !== this.#thickness) ink.text(`${thickness} w\n`);
    this.#stroke = colour;
    this.#thickness = thickness;
    const [left, right, height] = [milli(x1) / 1000, milli(x2) / 1000, milli(y) / 1000];
    ink.text(`${left} ${height} m ${right} ${height} l S\n`);
  }

  beginDrawing(content: number): void {
    this.#drawings.text(`/Figure<</MCID ${content}>>BDC\nq\n`);
  }

  box(x1: number, y1: number, x2: number, y2: number, colour: string): void {
    const [x, y, width, height] = [x1, y1, x2 - x1, y2 - y1].map((own) => milli(own) / 1000);
    this.#drawings.text(`${colourOf(colour)}rg\n${x} ${y} ${width} ${height} re f\n`);
  }

  path(
    points: readonly (readonly [x: number, y: number])[],
    thickness: number,
    colour: string,
    dash: string,
  ): void {
    const places = points.map(([x, y]) => `${milli(x) / 1000} ${milli(y) / 1000}`);
    this.#drawings.text(`${colourOf(colour)}RG\n${thickness} w\n[${dash}] 0 d\n`);
    this.#drawings.text(
      `${places[0]} m ${places
        .slice(1)
        .map((place) => `${place} l`)
        .join(' ')} S\n`,
    );
  }

  endDrawing(): void {
    this.#drawings.text('Q\nEMC\n');
  }

  mark(kind: string, content: number): void {
    this.#words.text(`/${kind}<</MCID `);
    this.#words.whole(content);
    this.#words.text('>>BDC\n');
  }

  artifact(kind: 'Header' | 'Footer'): void {
    this.#words.text(`/Artifact<</Type/Pagination/Subtype/${kind}>>BDC\n`);
  }

  close(): void {
    this.#words.text('EMC\n');
  }

  /** The operators since the last call, for a page whose y grows downwards. The pen is as new afterwards. */
  take(): Buffer {
    this.#words.text('ET\n');
    const rules = this.#rules.length === 0 ? [] : [BEGIN_RULES, this.#rules.copy(), END_RULES];
    const content = Buffer.concat([
      ...rules,
      this.#drawings.copy(),
      BEGIN_TEXT,
      this.#words.copy(),
    ]);
    this.#rules.cut(0);
    this.#drawings.cut(0);
    this.#words.cut(0);
    this.#stroke = '';
    this.#thickness = 0;
    this.#weight = null;
    this.#size = 0;
    this.#colour = '';
    this.#x = 0;
    this.#y = 0;
    return content;
  }
}

const BEGIN_RULES = Buffer.from('/Artifact<</Type/Layout>>BDC\n', 'latin1');
const END_RULES = Buffer.from('EMC\n', 'latin1');
const BEGIN_TEXT = Buffer.from('BT\n1 0 0 -1 0 0 Tm\n', 'latin1');

const colours = new Map<string, string>();

/** `#rrggbb` as three operands. */
function colourOf(hex: string): string {
  let operands = colours.get(hex);
  if (operands === undefined) {
    operands = '';
    for (let at = 1; at < 7; at += 2) {
      operands += `${Math.round(Number.parseInt(hex.slice(at, at + 2), 16) / 0.255) / 1000} `;
    }
    colours.set(hex, operands);
  }
  return operands;
}
