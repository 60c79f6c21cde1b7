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

export class AnswerReader {
  readonly #keep: () => boolean;
  readonly #done: (answer: Answer) => void;
  /** The begin of a head that isn't whole yet, or of a chunk's size. */
  #held: Buffer = NOTHING;
  #inBody = false;
  #status = 0;
  #last = false;
  #left = 0;
  #chunked = false;
  #bytes = 0;
  #pieces: Buffer[] = [];

  /** @param keep whether bodies are wanted. @param done called at the end of each answer */
  constructor(keep: () => boolean, done: (answer: Answer) => void) {
    this.#keep = keep;
    this.#done = done;
  }

  /** Whether an answer has begun. */
  begun(): boolean {
    return this.#inBody || this.#held.length > 0;
  }

  /** Takes bytes as they come; they may be overwritten afterwards. @throws on what is no answer with a length */
  give(chunk: Buffer): void {
    const data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = NOTHING;
    if (this.#inBody) {
      this.#readBody(data);
      return;
    }
    const end = data.indexOf(HEAD_END);
    if (end < 0) {
      this.#held = Buffer.from(data);
      return;
    }
    this.#openBody(data.toString('latin1', 0, end));
    this.#readBody(data.subarray(end + 4));
  }

  #openBody(head: string): void {
    const status = +head.slice(9, 12);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    const bodyless = status === 304 || status === 204;
    this.#chunked = !length && !bodyless && /\r\ntransfer-encoding: *chunked/i.test(head);
    if (!length && !this.#chunked && !bodyless)
      throw new Error(`an answer ${status} without a length`);
    this.#status = status;
    this.#last = /\r\nconnection: *close/i.test(head);
    this.#left = length && !bodyless ? +length[1]! : 0;
    this.#inBody = true;
  }

  #readBody(data: Buffer): void {
    if (this.#chunked) {
      if (this.#readChunks(data)) this.#finish();
      return;
    }
    this.#take(data);
    this.#left -= data.length;
    if (this.#left < 0) throw new Error('an answer longer than its content-length');
    if (this.#left === 0) this.#finish();
  }

  /** @returns whether the last chunk has come */
  #readChunks(data: Buffer): boolean {
    let rest = data;
    for (;;) {
      if (this.#left > 0) {
        const piece = rest.subarray(0, this.#left);
        this.#take(piece);
        this.#left -= piece.length;
        rest = rest.subarray(piece.length);
        if (this.#left > 0) return false;
      }
      const skip = rest.subarray(0, 2).toString('latin1') === '\r\n' ? 2 : 0;
      const end = rest.indexOf('\r\n', skip);
      if (end < 0 || rest.length < end + 4) {
        this.#held = Buffer.from(rest);
        return false;
      }
      this.#left = Number.parseInt(rest.toString('latin1', skip, end), 16);
      rest = rest.subarray(end + 2);
      if (this.#left === 0) return true;
    }
  }

  #take(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#keep()) this.#pieces.push(Buffer.from(piece));
  }

  #finish(): void {
    const body = this.#pieces.length === 0 ? '' : Buffer.concat(this.#pieces).toString();
    const answer = { status: this.#status, bytes: this.#bytes, last: this.#last, body };
    this.#inBody = false;
    this.#pieces = [];
    this.#bytes = 0;
    this.#done(answer);
  }
}
