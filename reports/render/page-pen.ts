// What a page says, as the operators of a PDF page. Everything that pdfkit would set anew for every word (colour, font,
// coordinates) is set when it changes, and all words stand in one text block.
import type { EmbeddedFont } from './embedded-font.ts';
import type { Weight } from './pdf-fonts.ts';

/** What draws on a page, in points from its upper left corner. */
export interface Pen {
  /** @param y top of the line. @param colour as `#rrggbb`. */
  text(text: string, x: number, y: number, weight: Weight, size: number, colour: string): void;
  rule(x1: number, x2: number, y: number, thickness: number, colour: string): void;
}

/** The names under which a page knows the fonts. */
export const FONT_NAMES: Readonly<Record<Weight, string>> = {
  regular: 'F1',
  semibold: 'F2',
  bold: 'F3',
};

/** Operands are written in thousandths of a point; places are kept as such, so that moves add up. */
const milli = (points: number): number => Math.round(points * 1000);

export class PagePen implements Pen {
  readonly #fonts: Readonly<Record<Weight, EmbeddedFont>>;
  #rules = '';
  #stroke = '';
  #thickness = 0;
  #words = '';
  #font = '';
  #colour = '';
  #x = 0;
  #y = 0;

  constructor(fonts: Readonly<Record<Weight, EmbeddedFont>>) {
    this.#fonts = fonts;
  }

  text(text: string, x: number, y: number, weight: Weight, size: number, colour: string): void {
    if (text === '') return;
    const font = this.#fonts[weight];
    const [left, base] = [milli(x), milli(y + font.ascent * size)];
    const choice = `/${FONT_NAMES[weight]} ${size} Tf\n`;
    if (choice !== this.#font) this.#words += choice;
    if (colour !== this.#colour) this.#words += `${colourOf(colour)}rg\n`;
    this.#font = choice;
    this.#colour = colour;
    // Text grows upwards, the page downwards.
    this.#words += `${(left - this.#x) / 1000} ${(this.#y - base) / 1000} Td${font.show(text, size)}\n`;
    this.#x = left;
    this.#y = base;
  }

  rule(x1: number, x2: number, y: number, thickness: number, colour: string): void {
    if (colour !== this.#stroke) this.#rules += `${colourOf(colour)}RG\n`;
    if (thickness !== this.#thickness) this.#rules += `${thickness} w\n`;
    this.#stroke = colour;
    this.#thickness = thickness;
    const [left, right, height] = [milli(x1) / 1000, milli(x2) / 1000, milli(y) / 1000];
    this.#rules += `${left} ${height} m ${right} ${height} l S\n`;
  }

  /** The operators of the page so far, for a page whose y grows downwards. */
  content(): Buffer {
    return Buffer.from(`${this.#rules}BT\n1 0 0 -1 0 0 Tm\n${this.#words}ET\n`, 'latin1');
  }
}

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
