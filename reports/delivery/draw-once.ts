// A file is drawn once, whoever asks and however many, in this process and in others; and a document that keeps
// changing is drawn at most once in two seconds. Between, readers get the newest file that was finished.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Claim,
  type Drawings,
  type FileAddress,
  fileKey,
} from '#reports/documents/drawings.ts';
import { bytesKey, type FileBytes, type ReportFiles } from './file-bytes.ts';
import { type DrawnFrom, type RenderPool, type RenderTask, renderTask } from './render-pool.ts';

export interface DrawParts {
  readonly drawings: Drawings;
  readonly files: ReportFiles;
  readonly pool: RenderPool;
  /** Told of faults that nobody waits for. */
  fault(fault: unknown, what: string): void;
}

/** The document that is to be drawn. */
export interface Drawable extends DrawnFrom {
  readonly position: number;
}

export type Drawn =
  | { readonly state: 'ready'; readonly bytes: FileBytes }
  /** Something newer was begun a moment ago: this is the newest that is finished. */
  | (Drawable & {
      readonly state: 'held';
      readonly bytes: FileBytes;
      readonly forMs: number;
      /** So long ago, at the most, it was its document's newest file. */
      readonly sinceMs: number;
    })
  /** Not to be had for so long, or less. */
  | { readonly state: 'later'; readonly inMs: number }
  /** Its body has gone: there is a newer one. */
  | { readonly state: 'gone' };

/** From the start of one drawing of an address to the start of the next. */
export const REST_MS = 2_000;
/** Of a document that keeps changing: twice the rest. */
const LATELY_MS = 4_000;
const GOES_ON_MS = 2_000;
const LOOK_MS = 50;

export interface DrawOnce {
  /** @param own whether nothing older than this document will do. */
  draw(address: FileAddress, document: Drawable, own: boolean): Promise<Drawn>;
}

/** A drawing of an address that this process has claimed. */
interface Underway {
  readonly document: Drawable;
  /** Clock of `performance`. */
  readonly since: number;
  readonly drawn: Promise<Drawn>;
}

export function drawOnce(parts: DrawParts): DrawOnce {
  const { drawings, files } = parts;
  const asked = new Map<string, Promise<Drawn>>();
  const underway = new Map<string, Underway>();

  const drawClaimed = (address: FileAddress, document: Drawable, file: RenderTask) => {
    const key = addressKey(address);
    const drawn = claimed(parts, address, document, file).finally(() => underway.delete(key));
    underway.set(key, { document, since: performance.now(), drawn });
    return drawn;
  };

  const storedOrDrawn = async (
    address: FileAddress,
    document: Drawable,
    file: RenderTask,
    own: boolean,
  ): Promise<Drawn> => {
    for (;;) {
      const bytes = await files.stored(file);
      if (bytes) return { state: 'ready', bytes };
      const other = underway.get(addressKey(address));
      if (other) return outcomeOf(other, own);
      const claim = await drawings.claim(address, document.digest, REST_MS);
      if (claim.mine) {
        const drawn = drawClaimed(address, document, file);
        const lately = own ? null : await finishedLately(files, file, claim.before);
        // Who draws is not who asks: a fault is told to those who ask next.
        if (lately) drawn.catch(() => undefined);
        return lately ?? drawn;
      }
      const inMs = Math.max(claim.againInMs, 0);
      if (claim.digest === document.digest) {
        // Another process is drawing this very file.
        await sleep(Math.min(inMs, LOOK_MS));
        continue;
      }
      const { finished } = claim;
      const older = own || !finished ? null : await files.stored({ ...file, ...finished });
      if (!finished || !older) return { state: 'later', inMs };
      const forMs = Math.min(inMs, REST_MS);
      const sinceMs = Number.POSITIVE_INFINITY;
      return { ...documentOf(finished), state: 'held', bytes: older, forMs, sinceMs };
    }
  };

  return {
    draw(address, document, own) {
      const file = renderTask(document, address.format as RenderTask['format'], address.book);
      const key = `${bytesKey(file)}${own}`;
      const running = asked.get(key);
      if (running) return running;
      const drawing = storedOrDrawn(address, document, file, own).finally(() => asked.delete(key));
      asked.set(key, drawing);
      return drawing;
    },
  };
}

type Before = Extract<Claim, { mine: true }>['before'];

/** The file before this one, if it was begun so lately that it is given while this one is drawn beside. */
async function finishedLately(
  files: ReportFiles,
  file: RenderTask,
  before: Before,
): Promise<Drawn | null> {
  if (!before || before.agoMs > LATELY_MS) return null;
  const bytes = await files.stored({ ...file, ...before.file });
  const document = documentOf(before.file);
  return bytes && { ...document, state: 'held', bytes, forMs: LOOK_MS, sinceMs: before.agoMs };
}

/** The document alone, without what else is known of it. */
const documentOf = ({ digest, parts, position }: Drawable): Drawable =>
  parts ? { digest, position, parts } : { digest, position };

const addressKey = (address: FileAddress): string => `${address.book}/${fileKey(address)}`;

/** An older document of the address is being drawn here: it is the newest finished file when it is done. */
async function outcomeOf({ document, since, drawn }: Underway, own: boolean): Promise<Drawn> {
  const outcome = await drawn;
  const sinceMs = performance.now() - since;
  const forMs = Math.max(REST_MS - sinceMs, 0);
  if (outcome.state !== 'ready' || own) return { state: 'later', inMs: forMs };
  return { ...documentOf(document), state: 'held', bytes: outcome.bytes, forMs, sinceMs };
}

async function claimed(
  { drawings, files, pool, fault }: DrawParts,
  address: FileAddress,
  document: Drawable,
  file: RenderTask,
): Promise<Drawn> {
  const { digest } = document;
  const goesOn = setInterval(() => {
    drawings.goesOn(address, digest).catch((reason: unknown) => fault(reason, 'claim of a file'));
  }, GOES_ON_MS);
  let made: Awaited<ReturnType<RenderPool['render']>> = null;
  try {
    made = await pool.render(file);
  } finally {
    clearInterval(goesOn);
    // Should this not be heard, the claim lapses by itself.
    const told = made
      ? drawings.finish(address, { ...documentOf(document), template: file.template })
      : drawings.giveUp(address, digest);
    told.catch((reason: unknown) => fault(reason, 'end of a drawing'));
  }
  if (!made) return { state: 'gone' };
  if (made.whole) files.put(file, Buffer.from(made.whole));
  const bytes = await files.stored(file);
  return bytes ? { state: 'ready', bytes } : { state: 'gone' };
}
