// A font as one document uses it: the letters it has said so far, each with a number of its own in the document, and
// at the end the font of just those. A number stands for one letter, so that any reader copies out what was written.
import type { PaperFont } from './pdf-fonts.ts';

/** Thousandths of an em, in which PDF counts widths, to the hundredth. */
const thousandths = (units: number, perEm: number) => Math.round((units * 100_000) / perEm) / 100;

/** Bytes that mean something else inside a literal string. */
const ESCAPED = /[()\\\r]/g;
const byteText = (code: number): string =>
  String.fromCharCode(code >> 8, code & 0xff).replace(ESCAPED, (byte) =>
    byte === '\r' ? '\\r' : `\\${byte}`,
  );

export class EmbeddedFont {
  readonly #font: PaperFont;
  /** What a letter, and a glyph that says some letters, is written as. */
  readonly #letters = new Map<number, string>();
  readonly #numbers = new Map<string, string>();
  readonly #glyphs: number[] = [0];
  readonly #codePoints: (readonly number[])[] = [[0]];

  /** Height of the ascenders over the baseline at one point of type. */
  readonly ascent: number;

  constructor(font: PaperFont) {
    this.#font = font;
    this.ascent = font.file.ascent / font.unitsPerEm;
  }

  /** The operators that show a text where the pen stands. @param size in points, in which the pen writes. */
  show(text: string, size: number): string {
    const font = this.#font;
    let [done, run] = ['', ''];
    let left = null;
    for (let at = 0; at < text.length; at++) {
      const right = font.letter(text.charCodeAt(at));
      if (!right) return this.#showShaped(text, size);
      const kern = left ? font.kern(left, right) : 0;
      if (kern !== 0) {
        if (Number.isNaN(kern)) return this.#showShaped(text, size);
        done += `(${run})${-thousandths(kern, font.unitsPerEm)}`;
        run = '';
      }
      run += this.#letters.get(right.code) ?? this.#meet(right.code, right.glyph);
      left = right;
    }
    return done === '' ? `(${run})Tj` : `[${done}(${run})]TJ`;
  }

  /**
   * Writes the font of the letters that were shown.
   * @param name six capital letters, by which readers tell the subsets of one font apart.
   * @param dictionary what the pages refer to.
   */
  embed(doc: PDFKit.PDFDocument, name: string, dictionary: PDFKit.PDFKitReference): void {
    const { file, unitsPerEm } = this.#font;
    const scaled = (units: number) => thousandths(units, unitsPerEm);
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

  #meet(code: number, glyph: number): string {
    const text = this.#number(glyph, [code]);
    this.#letters.set(code, text);
    return text;
  }

  #number(glyph: number, codePoints: readonly number[]): string {
    const key = `${glyph} ${codePoints}`;
    let text = this.#numbers.get(key);
    if (text === undefined) {
      text = byteText(this.#glyphs.length);
      this.#numbers.set(key, text);
      this.#glyphs.push(glyph);
      this.#codePoints.push(codePoints);
    }
    return text;
  }

  /** Marks stand beside and above their letters: the pen goes there and comes back. */
  #showShaped(text: string, size: number): string {
    const { unitsPerEm } = this.#font;
    const move = (units: number) => (units === 0 ? '' : `${-thousandths(units, unitsPerEm)}`);
    let operators = '[';
    let rise = 0;
    for (const { id, codePoints, kern, xOffset, yOffset } of this.#font.shape(text)) {
      if (yOffset !== rise) operators += `]TJ\n${(yOffset * size) / unitsPerEm} Ts\n[`;
      rise = yOffset;
      operators += `${move(xOffset)}(${this.#number(id, codePoints)})${move(kern - xOffset)}`;
    }
    return rise === 0 ? `${operators}]TJ` : `${operators}]TJ\n0 Ts`;
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
