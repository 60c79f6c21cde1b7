// Finds the file that a download gets: the one of the current document, or for a document that keeps changing the
// newest that is finished, under its own tag and position.
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { BookCopy } from '#reports/documents/reader.ts';
import { SAFE_HEADERS } from '#server/session/problem.ts';
import type { Drawable, Drawn, DrawOnce } from './draw-once.ts';
import { bytesKey, type FileBytes, type ReportFiles } from './file-bytes.ts';
import { type RenderTask, renderTask } from './render-pool.ts';
import type { Format, ReportAddress } from './report-address.ts';
import { newSlot, type RawHeaders, type ReadyFile, type ReportSlot } from './report-slot.ts';

const MOST_SLOTS = 50_000;
/** A drawing that takes longer gives way to the file that was ready before it. */
const PATIENCE_MS = 1_000;

const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

// A PDF viewer of the browser's own needs its inline style; nothing else may load.
const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/** Headers of every answer about a report file, tag and position apart. */
export const COMMON_HEADERS: RawHeaders = Object.entries({
  ...SAFE_HEADERS,
  'content-security-policy': FILE_POLICY,
  'cache-control': 'private, no-cache',
  vary: 'Cookie, Authorization',
}).flat();

export type SlotAnswer =
  | { readonly ready: ReadyFile; readonly bytes: FileBytes; readonly current: boolean }
  | { readonly laterMs: number }
  | 'gone';

export class ReportSlots {
  readonly #slots = new LRUCache<string, ReportSlot>({ max: MOST_SLOTS });
  readonly #files: ReportFiles;
  readonly #drawOnce: DrawOnce;

  constructor(files: ReportFiles, draw: DrawOnce) {
    this.#files = files;
    this.#drawOnce = draw;
  }

  slot(book: BookCopy, { report, format }: ReportAddress, period: string): ReportSlot {
    const key = `${book.id}/${report}/${period}.${format}`;
    const known = this.#slots.get(key);
    if (known) return known;
    const disposition = format === 'csv' ? 'attachment' : 'inline';
    const name = `${book.slug}-${report}-${period}.${format}`;
    const slot = newSlot({ book: book.id, report, period, format }, [
      ...['content-type', TYPES[format]],
      ...['content-disposition', `${disposition}; filename="${name}"`],
    ]);
    this.#slots.set(key, slot);
    return slot;
  }

  /** @param own whether nothing older than this document will do. */
  async file(slot: ReportSlot, document: Drawable, own: boolean): Promise<SlotAnswer> {
    const { ready } = slot;
    if (ready && (ready.digest === document.digest || (!own && isHeld(slot)))) {
      const bytes = await this.#bytes(slot, ready);
      if (bytes) return { ready, bytes, current: ready.digest === document.digest };
    }
    const drawn = await this.#drawn(slot, document, own);
    if (drawn.state === 'gone') return 'gone';
    if (drawn.state === 'later') return { laterMs: drawn.inMs };
    const current = drawn.state === 'ready';
    const file = current ? document : drawn;
    if (current) slot.holdUntil = 0;
    else slot.holdUntil = performance.now() + drawn.forMs;
    slot.ready = readyFile(slot, file, drawn.bytes);
    return { ready: slot.ready, bytes: drawn.bytes, current };
  }

  async #drawn(slot: ReportSlot, document: Drawable, own: boolean): Promise<Drawn> {
    const drawing = this.#drawOnce.draw(slot.address, document, own);
    const { ready } = slot;
    if (own || !ready) return drawing;
    const slow = sleep(PATIENCE_MS, null, { ref: false });
    const drawn = await Promise.race([drawing, slow]);
    if (drawn) return drawn;
    // Whoever waits for it next still gets it; a fault is told to them.
    drawing.catch(() => undefined);
    const bytes = await this.#bytes(slot, ready);
    if (!bytes) return drawing;
    const { template } = taskOf(slot, ready.digest);
    return { state: 'held', ...ready, template, bytes, forMs: PATIENCE_MS };
  }

  #bytes(slot: ReportSlot, ready: ReadyFile): Promise<FileBytes | null> {
    return this.#files.stored(taskOf(slot, ready.digest));
  }
}

/** Whether the ready file is to be given although its document may have changed. */
export const isHeld = (slot: ReportSlot): boolean => performance.now() < slot.holdUntil;

const taskOf = ({ address }: ReportSlot, digest: string): RenderTask =>
  renderTask(digest, address.format as RenderTask['format'], address.book);

function readyFile(slot: ReportSlot, { digest, position }: Drawable, bytes: FileBytes): ReadyFile {
  const task = taskOf(slot, digest);
  return {
    digest,
    position,
    computedAt: null,
    etag: `"${digest.slice(0, 40)}-${task.template}${task.format}"`,
    bytesKey: bytesKey(task),
    size: 'whole' in bytes ? bytes.whole.length : bytes.size,
    answers: null,
    kept: false,
  };
}
