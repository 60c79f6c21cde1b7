// Whether a file is a fresh drawing, byte for byte. The drawing is looked at as it comes and not kept.
import { Writable } from 'node:stream';

/** @param draw draws to the stream and ends it */
export async function compareDrawing(
  draw: (out: Writable) => Promise<void>,
  pdf: Uint8Array,
): Promise<'same' | 'different'> {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let [at, same] = [0, true];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      same &&= file.subarray(at, at + chunk.length).equals(chunk);
      at += chunk.length;
      done();
    },
  });
  await draw(out);
  return same && at === file.length ? 'same' : 'different';
}
