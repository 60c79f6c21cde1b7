// Finds the file that a download gets: the one of the current document, or for a document that keeps changing the
// newest that is finished, under its own tag and position.
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { type FileAddress, fileKey } from '#reports/documents/drawings.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { type Drawable, type DrawOnce, REST_MS } from './draw-once.ts';
import { bytesKey, type FileBytes, type ReportFiles } from './file-bytes.ts';
import { type RenderTask, renderTask } from './render-pool.ts';
import type { Format, ReportAddress } from './report-address.ts';
import {
  newSlot,
  packAddress,
  type RawHeaders,
  type ReadyFile,
  type ReportSlot,
} from './report-slot.ts';

const MOST_SLOTS = 50_000;
/** Beyond the rest between two drawings: so many times what one takes, but never more than this. */
const DRAWINGS = 4;
const MOST_DRAWINGS_MS = 8_000;
/** So long who asks waits for a file that is not there yet, while the one before may still be given. */
const SOON_MS = 50;
/** Who finds a file out of date so soon after it was made reads a document that keeps changing. */
const KEEPS_CHANGING_MS = 2 * REST_MS;
/** While a file is drawn beside, nobody needs to look whether it is there yet more often than this. */
const BESIDE_MS = 100;

/** Formats whose files are drawn. */
const FILES = ['pdf', 'csv', 'xlsx'] as const;

const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

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
    const disposition = format === 'csv' || format === 'xlsx' ? 'attachment' : 'inline';
    const name = `${book.slug}-${report}-${period}.${format}`;
    return this.#known({ book: book.id, report, period, format }, [
      ...['content-type', TYPES[format]],
      ...['content-disposition', `${disposition}; filename="${name}"`],
    ]);
  }

  /** The slot of chosen reports as one PDF. */
  pack(book: BookCopy, reports: readonly string[], period: string): ReportSlot {
    return this.#known(packAddress(book.id, reports, period), [
      ...['content-type', TYPES.pdf],
      ...['content-disposition', `inline; filename="${book.slug}-${period}.pdf"`],
    ]);
  }

  /** @param own whether nothing older than this document will do. */
  async file(slot: ReportSlot, document: Drawable, own: boolean): Promise<SlotAnswer> {
    const { ready } = slot;
    const current = ready?.digest === document.digest;
    if (current) slot.currentAt = performance.now();
    if (!ready || !(current || (!own && mayBeGiven(slot)))) return this.#draw(slot, document, own);
    const bytes = await this.#bytes(slot, ready);
    if (!bytes) return this.#draw(slot, document, own);
    const answer = { ready, bytes, current };
    if (current || isHeld(slot)) return answer;
    const drawn = this.#drawBeside(slot, document);
    const keepsChanging = performance.now() - slot.readyAt < KEEPS_CHANGING_MS;
    return keepsChanging ? answer : ((await soon(drawn)) ?? answer);
  }

  #known(address: FileAddress, fileHeaders: RawHeaders): ReportSlot {
    const key = slotKey(address);
    const known = this.#slots.get(key);
    if (known) return known;
    const slot = newSlot(address, fileHeaders);
    this.#slots.set(key, slot);
    return slot;
  }

  /** To be told of heads that were current until now: so were their files. */
  movedOn(book: number, heads: readonly ReportHead[]): void {
    const now = performance.now();
    for (const { report, period, digest } of heads) {
      for (const format of FILES) {
        const slot = this.#slots.get(slotKey({ book, report, period, format }));
        if (slot?.ready?.digest === digest) slot.currentAt = now;
      }
    }
  }

  /** What comes of a drawing is the slot's from then on. */
  async #draw(slot: ReportSlot, document: Drawable, own: boolean): Promise<SlotAnswer> {
    const began = performance.now();
    slot.drawingSince ??= began;
    const drawn = await this.#drawOnce.draw(slot.address, document, own).finally(() => {
      slot.drawingSince = null;
    });
    if (drawn.state === 'gone') return 'gone';
    if (drawn.state === 'later') return { laterMs: drawn.inMs };
    const current = drawn.state === 'ready';
    const now = performance.now();
    slot.holdUntil = current ? 0 : now + drawn.forMs;
    slot.currentAt = Math.max(slot.currentAt, current ? now : now - drawn.sinceMs);
    slot.drawMs = now - began;
    const file = current ? document : drawn;
    const known = slot.ready?.digest === file.digest ? slot.ready : null;
    const ready = known ?? readyFile(slot, file, drawn.bytes);
    if (!known) slot.readyAt = now;
    slot.ready = ready;
    return { ready, bytes: drawn.bytes, current };
  }

  /** For those who ask next: who asked has the file that was ready. A fault is told to them too. */
  #drawBeside(slot: ReportSlot, document: Drawable): Promise<SlotAnswer | null> {
    slot.holdUntil = performance.now() + BESIDE_MS;
    return this.#draw(slot, document, false).catch(() => null);
  }

  #bytes(slot: ReportSlot, ready: ReadyFile): Promise<FileBytes | null> {
    return this.#files.stored(taskOf(slot, ready.digest));
  }
}

/** The file, if it is there soon. */
async function soon(drawn: Promise<SlotAnswer | null>): Promise<SlotAnswer | null> {
  const answer = await Promise.race([drawn, sleep(SOON_MS, null)]);
  return answer !== null && answer !== 'gone' && 'ready' in answer ? answer : null;
}

const slotKey = (address: FileAddress): string => `${address.book}/${fileKey(address)}`;

/**
 * Whether the ready file was current so lately that a newer one is drawn beside those who ask, not before them: within
 * the rest between two drawings, and for longer where drawing takes long.
 */
function mayBeGiven({ currentAt, drawMs, drawingSince }: ReportSlot): boolean {
  const now = performance.now();
  const taking = Math.max(drawMs, drawingSince === null ? 0 : now - drawingSince);
  return now - currentAt < REST_MS + Math.min(DRAWINGS * taking, MOST_DRAWINGS_MS);
}

/** Whether the ready file is to be given although its document may have changed. */
export const isHeld = (slot: ReportSlot): boolean => performance.now() < slot.holdUntil;

const taskOf = ({ address }: ReportSlot, digest: string): RenderTask =>
  renderTask({ digest }, address.format as RenderTask['format'], address.book);

function readyFile(
  slot: ReportSlot,
  { digest, parts, position }: Drawable,
  bytes: FileBytes,
): ReadyFile {
  const task = taskOf(slot, digest);
  return {
    digest,
    parts,
    position,
    computedAt: null,
    etag: `"${digest.slice(0, 40)}-${task.template}${task.format}"`,
    bytesKey: bytesKey(task),
    size: 'whole' in bytes ? bytes.whole.length : bytes.size,
    answers: null,
    kept: false,
  };
}
