// A TrueType file and the part of it that a PDF carries: glyphs are copied as they lie, in the order asked for. The
// parser's own subset decodes every outline to write the same bytes again, at twenty times the cost.
import type { Font } from 'fontkit';

export interface FontFile {
  readonly name: string;
  readonly unitsPerEm: number;
  /** In font units, as the PDF's font descriptor wants them. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly italicAngle: number;
  readonly box: readonly [number, number, number, number];
  /** Advance width of a glyph in font units. */
  advance(glyph: number): number;
  /** A font of these glyphs, numbered by their place in the list; parts of composed glyphs follow them. */
  subset(glyphs: readonly number[]): Buffer;
}

type Tables = ReadonlyMap<string, Buffer>;

/** @param font the same file as the shaper reads it. */
export function readFontFile(bytes: Buffer, font: Font): FontFile {
  const tables = readTables(bytes);
  const { bbox } = font;
  const hmtx = tables.get('hmtx')!;
  const measured = tables.get('hhea')!.readUInt16BE(34);
  return {
    name: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    italicAngle: font.italicAngle,
    box: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY],
    advance: (glyph) => hmtx.readUInt16BE(4 * Math.min(glyph, measured - 1)),
    subset: (glyphs) => writeTables(subsetTables(tables, glyphs)),
  };
}

function readTables(bytes: Buffer): Tables {
  const tables = new Map<string, Buffer>();
  for (let table = 0; table < bytes.readUInt16BE(4); table++) {
    const entry = 12 + 16 * table;
    const start = bytes.readUInt32BE(entry + 8);
    const length = bytes.readUInt32BE(entry + 12);
    tables.set(bytes.toString('latin1', entry, entry + 4), bytes.subarray(start, start + length));
  }
  return tables;
}

function subsetTables(tables: Tables, wanted: readonly number[]): Tables {
  const { glyphs, outlines } = copyOutlines(tables, wanted);
  const glyf = Buffer.concat(outlines);
  // Offsets in words of two bytes where they fit in sixteen bits.
  const short = glyf.length <= 0x1fffe;
  const loca = Buffer.alloc((glyphs.length + 1) * (short ? 2 : 4));
  let offset = 0;
  for (let at = 0; at <= glyphs.length; at++) {
    if (short) loca.writeUInt16BE(offset / 2, at * 2);
    else loca.writeUInt32BE(offset, at * 4);
    offset += outlines[at]?.length ?? 0;
  }
  const [head, hhea, maxp] = ['head', 'hhea', 'maxp'].map((tag) => Buffer.from(tables.get(tag)!));
  head!.writeInt16BE(short ? 0 : 1, 50);
  maxp!.writeUInt16BE(glyphs.length, 4);
  hhea!.writeUInt16BE(glyphs.length, 34);
  const result = new Map([
    ['glyf', glyf],
    ['head', head!],
    ['hhea', hhea!],
    ['hmtx', copyMetrics(tables, glyphs)],
    ['loca', loca],
    ['maxp', maxp!],
  ]);
  for (const hinting of ['cvt ', 'fpgm', 'prep']) {
    const table = tables.get(hinting);
    if (table) result.set(hinting, table);
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function copyOutlines(tables: Tables, wanted: readonly number[]) {
  const [glyf, loca] = [tables.get('glyf')!, tables.get('loca')!];
  const long = tables.get('head')!.readInt16BE(50) === 1;
  const offsetOf = (glyph: number) =>
    long ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph);
  const glyphs = [...wanted];
  const outlines: Buffer[] = [];
  for (let at = 0; at < glyphs.length; at++) {
    const glyph = glyphs[at]!;
    const [start, end] = [offsetOf(glyph), offsetOf(glyph + 1)];
    const outline = Buffer.alloc((end - start + 1) & ~1);
    glyf.copy(outline, 0, start, end);
    if (end > start && outline.readInt16BE(0) < 0) renumberParts(outline, glyphs);
    outlines.push(outline);
  }
  return { glyphs, outlines };
}

/** A composed glyph names its parts by number: they join the list and get their new numbers. */
function renumberParts(outline: Buffer, glyphs: number[]): void {
  const [WORDS, SCALE, MORE, SCALES, MATRIX] = [0x1, 0x8, 0x20, 0x40, 0x80];
  let at = 10;
  let flags: number;
  do {
    flags = outline.readUInt16BE(at);
    const part = outline.readUInt16BE(at + 2);
    if (!glyphs.includes(part)) glyphs.push(part);
    outline.writeUInt16BE(glyphs.indexOf(part), at + 2);
    at += flags & WORDS ? 8 : 6;
    if (flags & SCALE) at += 2;
    else if (flags & SCALES) at += 4;
    else if (flags & MATRIX) at += 8;
  } while (flags & MORE);
}

function copyMetrics(tables: Tables, glyphs: readonly number[]): Buffer {
  const hmtx = tables.get('hmtx')!;
  const measured = tables.get('hhea')!.readUInt16BE(34);
  const metrics = Buffer.alloc(4 * glyphs.length);
  for (const [at, glyph] of glyphs.entries()) {
    const last = Math.min(glyph, measured - 1);
    metrics.writeUInt16BE(hmtx.readUInt16BE(4 * last), 4 * at);
    // Glyphs after the last advance share it and have bearings of their own.
    const bearing = glyph === last ? 4 * last + 2 : 4 * measured + 2 * (glyph - measured);
    metrics.writeInt16BE(hmtx.readInt16BE(bearing), 4 * at + 2);
  }
  return metrics;
}

function writeTables(tables: Tables): Buffer {
  const count = tables.size;
  const power = 2 ** Math.floor(Math.log2(count));
  const directory = Buffer.alloc(12 + 16 * count);
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(16 * power, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE(16 * (count - power), 10);
  const pieces = [directory];
  let [entry, offset] = [12, directory.length];
  for (const [tag, table] of tables) {
    const padded = Buffer.alloc((table.length + 3) & ~3);
    table.copy(padded);
    directory.write(tag, entry, 'latin1');
    directory.writeUInt32BE(checksum(padded), entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(table.length, entry + 12);
    pieces.push(padded);
    entry += 16;
    offset += padded.length;
  }
  return Buffer.concat(pieces);
}

function checksum(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
