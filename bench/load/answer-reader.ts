// Reads one HTTP/1.1 answer after the other from the bytes of a connection: status, end of the body by its length or
// its chunks, nothing else. A full client costs more per answer than the server that is to be measured.

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  /** The connection ends with this answer. */
  readonly last: boolean;
  /** Only where it was asked for. */
  readonly body: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** Gives bytes as they come; `done` is called at the end of each answer. @param keep whether bodies are wanted */
export function answerReader(keep: () => boolean, done: (answer: Answer) => void) {
  let head: Buffer = NOTHING;
  let inBody = false;
  let status = 0;
  let last = false;
  let left = 0;
  let chunked = false;
  let bytes = 0;
  let pieces: Buffer[] = [];
  let tail: Buffer = NOTHING;

  const finish = () => {
    const body = pieces.length === 0 ? '' : Buffer.concat(pieces).toString();
    const answer = { status, bytes, last, body };
    inBody = false;
    pieces = [];
    bytes = 0;
    done(answer);
  };
  const openBody = (text: string) => {
    status = +text.slice(9, 12);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text);
    chunked = !length && /\r\ntransfer-encoding: *chunked/i.test(text);
    last = /\r\nconnection: *close/i.test(text);
    left = status === 304 || status === 204 ? 0 : length ? +length[1]! : 0;
    inBody = true;
    if (!length && !chunked && status !== 304 && status !== 204)
      throw new Error(`an answer ${status} without a length`);
  };
  const take = (piece: Buffer) => {
    bytes += piece.length;
    // The generator's buffer is used again for the next read.
    if (keep()) pieces.push(Buffer.from(piece));
  };
  // Chunks are rare here (long files): the simple way, over what is left of the bytes before.
  const readChunks = (data: Buffer): boolean => {
    let rest = tail.length === 0 ? data : Buffer.concat([tail, data]);
    for (;;) {
      if (left > 0) {
        const piece = rest.subarray(0, left);
        take(piece);
        left -= piece.length;
        rest = rest.subarray(piece.length);
        if (left > 0) break;
      }
      const skip = rest.subarray(0, 2).toString('latin1') === '\r\n' ? 2 : 0;
      const end = rest.indexOf('\r\n', skip);
      if (end < 0 || rest.length < end + 4) break;
      left = Number.parseInt(rest.toString('latin1', skip, end), 16);
      rest = rest.subarray(end + 2);
      if (left === 0) {
        tail = NOTHING;
        return true;
      }
    }
    tail = Buffer.from(rest);
    return false;
  };
  return {
    /** Whether an answer has begun. */
    begun: () => inBody || head.length > 0,
    give(chunk: Buffer): void {
      let data = chunk;
      if (!inBody) {
        if (head.length > 0) data = Buffer.concat([head, data]);
        const end = data.indexOf(HEAD_END);
        if (end < 0) {
          head = Buffer.from(data);
          return;
        }
        head = NOTHING;
        openBody(data.toString('latin1', 0, end));
        data = data.subarray(end + 4);
      }
      if (chunked) {
        if (readChunks(data)) finish();
        return;
      }
      take(data);
      left -= data.length;
      if (left < 0) throw new Error('an answer longer than its content-length');
      if (left === 0) finish();
    },
  };
}
