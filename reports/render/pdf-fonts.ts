// Inter for paper: parsed once per thread and shared by its documents, always with tabular figures. Shaped words are
// kept in a bounded cache, because a ledger says the same words thousands of times.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';

interface Position {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
}
interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}
interface Run {
  glyphs: readonly Glyph[];
  positions: readonly Position[];
}

/** Figures of one width; an arrow typed as `->` stays two letters. */
const FEATURES = { tnum: true, kern: true, calt: false, liga: false, dlig: false };
const MOST_CACHED = 20_000;
const resolve = createRequire(import.meta.url).resolve;

/** A font as pdfkit takes it (anything with `layout`), whose `layout` is cached and tabular. */
export interface PaperFont {
  layout(text: string): Run & { advanceWidth: number };
  readonly unitsPerEm: number;
}

const load = (file: string): PaperFont => {
  const font = fontkit.create(readFileSync(resolve(`@expo-google-fonts/inter/${file}`)));
  const cache = new Map<string, Run>();
  const shape = (text: string): Run => {
    const known = cache.get(text);
    if (known) return known;
    const { glyphs, positions } = font.layout(text, FEATURES);
    if (cache.size >= MOST_CACHED) cache.clear();
    // The parser's own glyphs remember the first text they stood in (or none), and would be copied out as that.
    const letters = Array.from(text, (letter) => letter.codePointAt(0)!);
    const own = glyphs.map(({ id, advanceWidth, codePoints }, at) => ({
      id,
      advanceWidth,
      codePoints: letters.length === glyphs.length ? [letters[at]!] : codePoints,
    }));
    const run = { glyphs: own, positions: positions.map((position) => ({ ...position })) };
    cache.set(text, run);
    return run;
  };
  // pdfkit scales the positions in place, so every caller gets copies.
  return Object.assign(Object.create(font), {
    layout(text: string) {
      const run = shape(text);
      return {
        glyphs: run.glyphs,
        positions: run.positions.map((position) => ({ ...position })),
        get advanceWidth(): number {
          return this.positions.reduce((width, position) => width + position.xAdvance, 0);
        },
      };
    },
  });
};

export type Weight = 'regular' | 'semibold' | 'bold';

let loaded: Record<Weight, PaperFont> | undefined;

/** The three weights that a page uses. */
export function paperFonts(): Record<Weight, PaperFont> {
  loaded ??= {
    regular: load('400Regular/Inter_400Regular.ttf'),
    semibold: load('600SemiBold/Inter_600SemiBold.ttf'),
    bold: load('700Bold/Inter_700Bold.ttf'),
  };
  return loaded;
}

const widths = new WeakMap<PaperFont, Map<string, number>>();

/** Width of a text in points. Words are measured by themselves, as pdfkit draws them. */
export function widthOf(font: PaperFont, size: number, text: string): number {
  let known = widths.get(font);
  if (!known) {
    known = new Map();
    widths.set(font, known);
  }
  let width = known.get(text);
  if (width === undefined) {
    width = 0;
    for (const word of text.match(/[^ \t]*[ \t]|[^ \t]+$/g) ?? [])
      width += font.layout(word).advanceWidth;
    if (known.size >= MOST_CACHED) known.clear();
    known.set(text, width);
  }
  return (width * size) / font.unitsPerEm;
}
