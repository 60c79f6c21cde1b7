// Inter for paper: parsed once per thread, always with tabular figures. Letters are measured singly and in pairs, each
// asked of the shaper once, so that a figure never seen before costs a walk over its letters and no shaping.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import { type FontFile, readFontFile } from './font-file.ts';

/** A glyph in its place: all lengths in font units, `kern` to be added after its advance. */
export interface PlacedGlyph {
  readonly id: number;
  readonly codePoints: readonly number[];
  readonly advance: number;
  readonly kern: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** A letter that is always the same one glyph, whatever stands around it. */
export interface Letter {
  readonly code: number;
  readonly glyph: number;
  readonly advance: number;
  /** Kerning before the letter of that code; filled as pairs are met. */
  readonly kerns: Map<number, number>;
}

/** Figures of one width; an arrow typed as `->` stays two letters. */
const FEATURES = { tnum: true, kern: true, calt: false, liga: false, dlig: false };
/** Scripts whose letters stand side by side; those that join or reorder go to the shaper word by word. */
const SIDE_BY_SIDE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]$/u;
const SIGNS = /^\p{Script=Common}+$/u;
const MOST_SHAPED = 5_000;
/** Code units above this go to the shaper; below lie all letters of the font and its signs for money and quotes. */
export const MOST_CODE = 0x2200;
const WORDS = /[^ \t]*[ \t]|[^ \t]+$/g;
const SPACE = 32;
const TAB = 9;
const resolve = createRequire(import.meta.url).resolve;

export class PaperFont {
  readonly file: FontFile;
  readonly unitsPerEm: number;
  readonly #font: fontkit.Font;
  readonly #letters = new Array<Letter | null | undefined>(MOST_CODE);
  readonly #shaped = new Map<string, readonly PlacedGlyph[]>();

  constructor(path: string) {
    const bytes = readFileSync(path);
    this.#font = fontkit.create(bytes);
    this.file = readFontFile(bytes, this.#font);
    this.unitsPerEm = this.file.unitsPerEm;
  }

  /** The letter of a UTF-16 code unit, or null where only the shaper knows. */
  letter(code: number): Letter | null {
    if (code >= MOST_CODE) return null;
    const known = this.#letters[code];
    return known === undefined ? this.#meet(code) : known;
  }

  /** Kerning between two letters. No pair is kerned over a space. @returns NaN where the two make something else. */
  kern(left: Letter, right: Letter): number {
    if (left.code === SPACE || left.code === TAB) return 0;
    return left.kerns.get(right.code) ?? this.#pair(left, right);
  }

  /** Width of a text in font units. */
  measure(text: string): number {
    let width = 0;
    let left: Letter | null = null;
    for (let at = 0; at < text.length; at++) {
      const right = this.letter(text.charCodeAt(at));
      if (!right) return this.#measureShaped(text);
      if (left) width += this.kern(left, right);
      width += right.advance;
      left = right;
    }
    return Number.isNaN(width) ? this.#measureShaped(text) : width;
  }

  /** The glyphs of a text that isn't letters side by side. Words are shaped by themselves. */
  shape(text: string): PlacedGlyph[] {
    return (text.match(WORDS) ?? []).flatMap((word) => this.#shapeWord(word));
  }

  #measureShaped(text: string): number {
    return this.shape(text).reduce((width, glyph) => width + glyph.advance + glyph.kern, 0);
  }

  #meet(code: number): Letter | null {
    const text = String.fromCharCode(code);
    const glyphs = code === SPACE || SIDE_BY_SIDE.test(text) ? this.#layOut(text) : [];
    const [glyph] = glyphs;
    const alone = glyphs.length === 1 && glyph!.kern === 0 && !glyph!.xOffset && !glyph!.yOffset;
    const letter = alone
      ? { code, glyph: glyph!.id, advance: glyph!.advance, kerns: new Map<number, number>() }
      : null;
    this.#letters[code] = letter;
    return letter;
  }

  #pair(left: Letter, right: Letter): number {
    const text = String.fromCharCode(left.code, right.code);
    let kern = this.#kernAlone(left, right, this.#layOut(text));
    // Signs may be kerned otherwise in words that have letters: then the word decides, not the pair.
    if (SIGNS.test(text) && kern !== this.#kernAlone(left, right, this.#layOut(text, 'latn'))) {
      kern = Number.NaN;
    }
    left.kerns.set(right.code, kern);
    return kern;
  }

  #kernAlone(left: Letter, right: Letter, glyphs: readonly PlacedGlyph[]): number {
    const [first, second] = glyphs;
    const apart =
      glyphs.length === 2 &&
      first!.id === left.glyph &&
      second!.id === right.glyph &&
      second!.kern === 0 &&
      !glyphs.some((glyph) => glyph.xOffset || glyph.yOffset);
    return apart ? first!.kern : Number.NaN;
  }

  #shapeWord(word: string): readonly PlacedGlyph[] {
    let placed = this.#shaped.get(word);
    if (placed) return placed;
    placed = this.#layOut(word);
    if (this.#shaped.size >= MOST_SHAPED) this.#shaped.clear();
    this.#shaped.set(word, placed);
    return placed;
  }

  #layOut(word: string, script?: string): readonly PlacedGlyph[] {
    const { glyphs, positions } = this.#font.layout(word, FEATURES, script);
    // The shaper's own glyphs remember the first text they stood in (or none), and would be copied out as that.
    const letters = Array.from(word, (letter) => letter.codePointAt(0)!);
    return glyphs.map((glyph, at) => ({
      id: glyph.id,
      codePoints: letters.length === glyphs.length ? [letters[at]!] : glyph.codePoints,
      advance: glyph.advanceWidth,
      kern: positions[at]!.xAdvance - glyph.advanceWidth,
      xOffset: positions[at]!.xOffset,
      yOffset: positions[at]!.yOffset,
    }));
  }
}

export type Weight = 'regular' | 'semibold' | 'bold';

let loaded: Record<Weight, PaperFont> | undefined;
const load = (file: string) => new PaperFont(resolve(`@expo-google-fonts/inter/${file}`));

/** The three weights that a page uses. */
export function paperFonts(): Record<Weight, PaperFont> {
  loaded ??= {
    regular: load('400Regular/Inter_400Regular.ttf'),
    semibold: load('600SemiBold/Inter_600SemiBold.ttf'),
    bold: load('700Bold/Inter_700Bold.ttf'),
  };
  return loaded;
}

/** Width of a text in points. */
export const widthOf = (font: PaperFont, size: number, text: string): number =>
  (font.measure(text) * size) / font.unitsPerEm;
