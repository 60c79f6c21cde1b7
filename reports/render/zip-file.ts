// A ZIP archive as it is written: parts that are packed already go in as they are, others are packed while they are made.
// hucre keeps its own to itself and archivers want the clock; here every part has the same day, so equal parts give
// equal bytes.
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';

/** A part whose bytes are there. */
export interface PackedPart {
  readonly path: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: Uint8Array;
}

/** A part whose bytes are still to be made. */
export interface ComingPart {
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
}

interface Placed {
  readonly path: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
  readonly at: number;
}

const [LOCAL, AFTERWARDS, CENTRAL, END] = [0x04034b50, 0x08074b50, 0x02014b50, 0x06054b50];
const DEFLATED = 8;
/** Sum and sizes stand behind the bytes, because they are known only then. */
const SIZES_AFTERWARDS = 0x08;
const UTF8 = 0x800;
const VERSION = 20;
/** 1 January 1980, the first day that the format knows. */
const DAY = 0x0021;

/** The parts of an archive whose headers name every size. */
export function readZip(bytes: Uint8Array): PackedPart[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: PackedPart[] = [];
  for (let at = 0; archive.readUInt32LE(at) === LOCAL; ) {
    if (archive.readUInt16LE(at + 6) & SIZES_AFTERWARDS) throw new Error('a part has no size');
    const packedSize = archive.readUInt32LE(at + 18);
    const name = at + 30;
    const nameEnd = name + archive.readUInt16LE(at + 26);
    const start = nameEnd + archive.readUInt16LE(at + 28);
    parts.push({
      path: archive.toString('utf8', name, nameEnd),
      method: archive.readUInt16LE(at + 8),
      crc: archive.readUInt32LE(at + 14),
      size: archive.readUInt32LE(at + 22),
      packed: archive.subarray(start, start + packedSize),
    });
    at = start + packedSize;
  }
  return parts;
}

/** What a part says, unpacked. */
export const textOf = ({ method, packed }: PackedPart): string =>
  (method === DEFLATED ? inflateRawSync(packed) : Buffer.from(packed)).toString('utf8');

/** The archive in pieces. @throws RangeError for what the format's 32 bits don't hold. */
export async function* writeZip(
  parts: Iterable<PackedPart | ComingPart>,
): AsyncIterable<Uint8Array> {
  const placed: Placed[] = [];
  let at = 0;
  for (const part of parts) {
    const path = Buffer.from(part.path);
    if ('packed' in part) {
      const { method, crc, size, packed } = part;
      const own = { path, method, flags: UTF8, crc, size, packedSize: packed.length, at };
      const header = localHeader(own);
      yield header;
      yield packed;
      placed.push(own);
      at += header.length + packed.length;
      continue;
    }
    const open = { path, method: DEFLATED, flags: UTF8 | SIZES_AFTERWARDS, at };
    const header = localHeader({ ...open, crc: 0, size: 0, packedSize: 0 });
    yield header;
    const counted = new Counted(part.content);
    let packedSize = 0;
    for await (const piece of deflated(counted)) {
      packedSize += piece.length;
      yield piece;
    }
    const own = { ...open, crc: counted.crc, size: counted.size, packedSize };
    const sizes = sizesOf(own);
    const closing = Buffer.concat([uint32(AFTERWARDS), sizes]);
    yield closing;
    placed.push(own);
    at += header.length + packedSize + closing.length;
  }
  const directory = Buffer.concat(placed.map(centralHeader));
  yield directory;
  yield endOf(placed.length, directory.length, at);
}

/** Bytes on their way, with their sum and size. */
class Counted {
  crc = 0;
  size = 0;
  readonly #content: AsyncIterable<Uint8Array>;

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#content = content;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    for await (const piece of this.#content) {
      this.crc = crc32(piece, this.crc);
      this.size += piece.length;
      yield piece;
    }
  }
}

async function* deflated(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const deflate = createDeflateRaw();
  const feeding = pipeline(content, deflate).catch((fault: Error) => {
    deflate.destroy(fault);
  });
  yield* deflate;
  await feeding;
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, 4 * at);
  return bytes;
}

function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, 2 * at);
  return bytes;
}

const sizesOf = ({ crc, packedSize, size }: Placed): Buffer => uint32(crc, packedSize, size);

/** What both headers of a part say of it. */
const described = (part: Placed): Buffer =>
  Buffer.concat([
    uint16(VERSION, part.flags, part.method, 0, DAY),
    sizesOf(part),
    uint16(part.path.length, 0),
  ]);

const localHeader = (part: Placed): Buffer =>
  Buffer.concat([uint32(LOCAL), described(part), part.path]);

const centralHeader = (part: Placed): Buffer =>
  Buffer.concat([
    ...[uint32(CENTRAL), uint16(VERSION), described(part)],
    ...[uint16(0, 0, 0), uint32(0, part.at), part.path],
  ]);

const endOf = (parts: number, length: number, at: number): Buffer =>
  Buffer.concat([uint32(END), uint16(0, 0, parts, parts), uint32(length, at), uint16(0)]);
