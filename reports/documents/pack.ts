// Bodies at rest: JSON as it was hashed, deflated above a size at which it pays, so that the digest can always be
// checked against the very bytes.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Binary } from 'mongodb';
import type { Sealed } from '#reports/catalogue/seal.ts';
import type { BodyDocument } from './collections.ts';

const PACK_ABOVE = 65_536;

export function packBody(book: number, sealed: Sealed, at: Date): BodyDocument {
  const bytes = Buffer.from(sealed.json, 'utf8');
  const packed = bytes.length > PACK_ABOVE;
  const json = new Binary(packed ? deflateRawSync(bytes, { level: 1 }) : bytes);
  return { _id: sealed.digest, book, packed, json, at };
}

export function unpackBody(stored: Pick<BodyDocument, 'packed' | 'json'>): string {
  const bytes = bytesOf(stored.json);
  return (stored.packed ? inflateRawSync(bytes) : bytes).toString('utf8');
}

/** The bytes of a Binary without copying them. */
export const bytesOf = (binary: Binary): Buffer =>
  Buffer.from(binary.buffer.buffer, binary.buffer.byteOffset, binary.position);
