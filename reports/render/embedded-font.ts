// A font as one document uses it: the letters it has said so far, each with a number of its own in the document, and
// at the end the font of just those. A number stands for one letter, so that any reader copies out what was written.
import type { Ink } from './ink.ts';
import { MOST_CODE, type PaperFont } from './pdf-fonts.ts';

/** PDF counts widths in thousandths of an em; these are hundredths of those. */
const hundredths = (units: number, perEm: number) => Math.round((units * 100_000) / perEm);

/** Numbers that two bytes can say. */
const MOST_NUMBERS = 0x10000;

export class EmbeddedFont {
  readonly #font: PaperFont;
  /** The numbers of letters by code unit, 0 where not met, and of glyphs by what they say. */
  readonly #letters = new Uint16Array(MOST_CODE);
  readonly #numbers = new Map<string, number>();
  readonly #glyphs: number[] = [0];
  readonly #codePoints: (readonly number[])[] = [[0]];

  /** Height of the ascenders over the baseline at one point of type. */
  readonly ascent: number;

  constructor(font: PaperFont) {
    this.#font = font;
    this.ascent = font.file.ascent / font.unitsPerEm;
  }

  /** Shows a text where the pen stands. @param size in points, in which the pen writes. */
  show(text: string, size: number, ink: Ink): void {
    const font = this.#font;
    const start = ink.length;
    ink.text('[(');
    let left = null;
    for (let at = 0; at < text.length; at++) {
      const right = font.letter(text.charCodeAt(at));
      const kern = right && left ? font.kern(left, right) : 0;
      if (!right || Number.isNaN(kern)) {
        ink.cut(start);
        this.#showShaped(text, size, ink);
        return;
      }
      if (kern !== 0) {
        ink.text(')');
        ink.decimal(-hundredths(kern, font.unitsPerEm), 100);
        ink.text('(');
      }
      ink.pair(this.#letters[right.code] || this.#meet(right.code, right.glyph));
      left = right;
    }
    ink.text(')]TJ\n');
  }

  /**
   * Writes the font of the letters that were shown.
   * @param name six capital letters, by which readers tell the subsets of one font apart.
   * @param dictionary what the pages refer to.
   */
  embed(doc: PDFKit.PDFDocument, name: string, dictionary: PDFKit.PDFKitReference): void {
    const { file, unitsPerEm } = this.#font;
    const scaled = (units: number) => hundredths(units, unitsPerEm) / 100;
    const baseFont = `${name}+${file.name}`;
    const program = doc.ref({});
    program.end(file.subset(this.#glyphs));
    const descriptor = doc.ref({
      Type: 'FontDescriptor',
      FontName: baseFont,
      Flags: 4,
      FontBBox: file.box.map(scaled),
      ItalicAngle: file.italicAngle,
      Ascent: scaled(file.ascent),
      Descent: scaled(file.descent),
      CapHeight: scaled(file.capHeight),
      XHeight: scaled(file.xHeight),
      StemV: 0,
      FontFile2: program,
    });
    descriptor.end(undefined);
    const descendant = doc.ref({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseFont,
      CIDSystemInfo: {
        Registry: new String('Adobe'),
        Ordering: new String('Identity'),
        Supplement: 0,
      },
      FontDescriptor: descriptor,
      W: [0, this.#glyphs.map((glyph) => scaled(file.advance(glyph)))],
      CIDToGIDMap: 'Identity',
    });
    descendant.end(undefined);
    const letters = doc.ref({});
    letters.end(Buffer.from(toUnicode(this.#codePoints), 'latin1'));
    Object.assign(dictionary.data, {
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: letters,
    });
    dictionary.end(undefined);
  }

  #meet(code: number, glyph: number): number {
    const number = this.#number(glyph, [code]);
    this.#letters[code] = number;
    return number;
  }

  #number(glyph: number, codePoints: readonly number[]): number {
    const key = `${glyph} ${codePoints}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#glyphs.length;
      if (number === MOST_NUMBERS) return 0;
      this.#numbers.set(key, number);
      this.#glyphs.push(glyph);
      this.#codePoints.push(codePoints);
    }
    return number;
  }

  /** Marks stand beside and above their letters: the pen goes there and comes back. */
  #showShaped(text: string, size: number, ink: Ink): void {
    const { unitsPerEm } = this.#font;
    const move = (units: number) => {
      if (units !== 0) ink.decimal(-hundredths(units, unitsPerEm), 100);
    };
    const rise = (units: number) => {
      ink.text(']TJ\n');
      ink.decimal(Math.round((units * size * 1000) / unitsPerEm), 1000);
      ink.text(' Ts\n[');
    };
    let risen = 0;
    ink.text('[');
    for (const { id, codePoints, kern, xOffset, yOffset } of this.#font.shape(text)) {
      if (yOffset !== risen) rise(yOffset);
      risen = yOffset;
      move(xOffset);
      ink.text('(');
      ink.pair(this.#number(id, codePoints));
      ink.text(')');
      move(kern - xOffset);
    }
    if (risen !== 0) rise(0);
    ink.text(']TJ\n');
  }
}

const hex = (unit: number) => unit.toString(16).padStart(4, '0');

/** Which letters the document's numbers stand for, so that text can be searched and copied. */
function toUnicode(codePoints: readonly (readonly number[])[]): string {
  const letters = codePoints.map((points) => {
    const text = String.fromCodePoint(...points);
    return `<${Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at))).join('')}>`;
  });
  const ranges: string[] = [];
  for (let first = 0; first < letters.length; first += 256) {
    const range = letters.slice(first, first + 256);
    ranges.push(`<${hex(first)}> <${hex(first + range.length - 1)}> [${range.join(' ')}]`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <<
  /Registry (Adobe)
  /Ordering (UCS)
  /Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><ffff>
endcodespacerange
${ranges.length} beginbfrange
${ranges.join('\n')}
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
