// pdfkit's objects, with what it lacks: small objects packed together, a table of places that knows them, and streams
// written while they are made. A statement has a thousand elements of structure; unpacked they would be most of the file.
import { deflateRawSync, deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { Ink } from './ink.ts';

export type Ref = PDFKit.PDFKitReference;

/** What pdfkit keeps to itself. */
interface Internals {
  readonly _root: { readonly data: Record<string, unknown> };
  readonly _info: Ref;
  readonly _id: Uint8Array;
  /** Places of objects by number: bytes from the beginning, or, below zero, a place in a pack. */
  readonly _offsets: number[];
  readonly _offset: number;
  _write(data: string | Uint8Array): void;
  /** Counts an object as written. */
  _refEnd(ref: { readonly id: number; readonly offset: number }): void;
}

/** Objects in a pack; a place in one is told by pack × this + index. */
const MOST_PACKED = 1024;
/** Type, place or pack, index. */
const ENTRY = 7;

export class PdfObjects extends PDFDocument {
  /** Where packed objects are written, one at a time after `begin`. */
  readonly ink = new Ink();
  readonly #index = new Ink();
  #packed = 0;
  readonly #packs: number[] = [];

  /** The catalog. */
  get root(): Record<string, unknown> {
    return this.#inner._root.data;
  }

  /** The number of an object that will be packed. */
  reserve(): number {
    return this.#inner._offsets.push(0);
  }

  /** What is written into the ink from now on is that object. */
  begin(number: number): void {
    if (this.#packed === MOST_PACKED) this.#closePack();
    this.#index.whole(number);
    this.#index.text(' ');
    this.#index.whole(this.ink.length);
    this.#index.text(' ');
    this.#inner._offsets[number - 1] = -(1 + this.#packs.length * MOST_PACKED + this.#packed);
    this.#packed++;
  }

  /** Writes a stream whose length is known at its end, in pieces of a size of ours. @returns its length unpacked. */
  async stream(
    ref: Ref,
    dictionary: string,
    blocks: AsyncIterable<Uint8Array>,
    sent: () => Promise<void>,
  ): Promise<number> {
    const { _offsets: offsets } = this.#inner;
    const length = this.reserve();
    const offset = this.#inner._offset;
    this.#inner._write(
      `${ref.id} 0 obj\n<<${dictionary}/Filter/FlateDecode/Length ${length} 0 R>>\nstream`,
    );
    const before = this.#inner._offset;
    this.#inner._write(new Uint8Array([0x78, 0x9c]));
    let [a, b, size] = [1, 0, 0];
    for await (const block of blocks) {
      this.#inner._write(deflateRawSync(block, { finishFlush: SYNC }));
      [a, b] = adler32(block, a, b);
      size += block.length;
      await sent();
    }
    const end = Buffer.from([3, 0, b >> 8, b & 0xff, a >> 8, a & 0xff]);
    this.#inner._write(end);
    const written = this.#inner._offset - before;
    this.#inner._write('\nendstream\nendobj');
    this.#inner._refEnd({ id: ref.id, offset });
    offsets[length - 1] = this.#inner._offset;
    this.#inner._write(`${length} 0 obj\n${written}\nendobj`);
    return size;
  }

  override end(): void {
    this.#closePack();
    super.end();
  }

  get #inner(): Internals {
    return this as unknown as Internals;
  }

  #closePack(): void {
    if (this.#packed === 0) return;
    const pack = this.ref({ Type: 'ObjStm', N: this.#packed, First: this.#index.length });
    this.#packs.push(pack.id);
    pack.end(Buffer.concat([this.#index.copy(), this.ink.copy()]));
    this.#index.cut(0);
    this.ink.cut(0);
    this.#packed = 0;
  }

  /** Called by pdfkit when all else is written. */
  _finalize(): void {
    const { _offsets: offsets, _offset: start, _root, _info, _id } = this.#inner;
    offsets.push(start);
    const entries = Buffer.alloc((offsets.length + 1) * ENTRY);
    for (const [at, place] of offsets.entries()) {
      const entry = (at + 1) * ENTRY;
      entries[entry] = place < 0 ? 2 : 1;
      const packed = -place - 1;
      const where = place < 0 ? this.#packs[Math.floor(packed / MOST_PACKED)]! : place;
      entries.writeUInt32BE(where, entry + 1);
      if (place < 0) entries.writeUInt16BE(packed % MOST_PACKED, entry + 5);
    }
    const bytes = deflateSync(asDifferences(entries));
    const id = `<${Buffer.from(_id).toString('hex')}>`;
    this.#inner._write(
      `${offsets.length} 0 obj\n<</Type/XRef/Size ${offsets.length + 1}/W[1 4 2]/Root ${_root}/Info ${_info}/ID[${id}${id}]` +
        `/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns ${ENTRY}>>/Length ${bytes.length}>>\nstream`,
    );
    this.#inner._write(bytes);
    this.#inner._write(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF`);
    this.push(null);
  }

  /** pdfkit's own metadata doesn't escape what it says: ours stands in the catalog. */
  override endMetadata(): void {}
}

/** zlib's Z_SYNC_FLUSH: blocks packed by themselves make one stream. */
const SYNC = 2;

/** The sum at the end of a zlib stream (RFC 1950 §8.2). */
function adler32(block: Uint8Array, first: number, second: number): [number, number] {
  let [a, b] = [first, second];
  for (let from = 0; from < block.length; from += 5552) {
    const to = Math.min(from + 5552, block.length);
    for (let at = from; at < to; at++) {
      a += block[at]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return [a, b];
}

/** Each entry as its difference from the one above (PNG's predictor Up): most entries are then the same. */
function asDifferences(entries: Buffer): Buffer {
  const rows = entries.length / ENTRY;
  const result = Buffer.alloc(rows * (ENTRY + 1));
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * ENTRY, row * (ENTRY + 1)];
    result[to] = 2;
    for (let at = 0; at < ENTRY; at++) {
      result[to + 1 + at] = entries[from + at]! - (row === 0 ? 0 : entries[from + at - ENTRY]!);
    }
  }
  return result;
}
