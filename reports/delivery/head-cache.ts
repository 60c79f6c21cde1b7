// The heads that this process has served, kept current by the change stream. What a look-up brings and what the stream
// tells may cross: they are merged upwards, so an older look-up never replaces newer news. Nothing is remembered while
// the stream isn't trusted.
import { LRUCache } from 'lru-cache';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { BookMove } from '#reports/documents/changes.ts';
import type { HeadAt, WantedHead } from '#reports/documents/read-heads.ts';
import type { DocumentsPosition } from '#reports/documents/reader.ts';

export interface ServedHead {
  readonly head: ReportHead;
  /** Every document of the book is valid at this position. */
  readonly position: number;
}

interface KnownBook {
  generation: number;
  /** 0 until the first look-up or move. */
  recomputes: number;
  position: number;
  readonly heads: Map<string, ReportHead>;
}

const MOST_BOOKS = 5_000;

export const headKey = (report: string, period: string): string => `${report}/${period}`;

/** Of two heads of one document the later; equal ones are one. */
const later = (a: ReportHead, b: ReportHead): ReportHead =>
  a.asOf > b.asOf || (a.asOf === b.asOf && a.computedAt >= b.computedAt) ? a : b;

/** The first look-up of a book: a move that was told before it came back is not undone. */
function learn(known: KnownBook, found: DocumentsPosition): void {
  known.generation = found.generation;
  if (known.recomputes === 0) known.recomputes = found.recomputes;
  if (known.recomputes === found.recomputes) known.position = found.position;
}

/** A look-up under way: where it puts what it finds. A book that was forgotten meanwhile is not this one any more. */
export type Reading = { readonly book: KnownBook } | null;

export class HeadCache {
  readonly #books = new LRUCache<number, KnownBook>({ max: MOST_BOOKS });
  #trusted = false;

  trust(): void {
    this.#books.clear();
    this.#trusted = true;
  }

  distrust(): void {
    this.#trusted = false;
    this.#books.clear();
  }

  /** The head as of now, if it is known to be. */
  peek(book: number, key: string): ServedHead | null {
    const known = this.#books.get(book);
    const head = known?.heads.get(key);
    // Without a digest it is kept no more.
    if (!known || !head?.digest) return null;
    return { head, position: known.position };
  }

  /** To be called before a look-up begins, so that moves told meanwhile are remembered. */
  beginReading(book: number): Reading {
    if (!this.#trusted) return null;
    let known = this.#books.get(book);
    if (!known) {
      known = { generation: 0, recomputes: 0, position: 0, heads: new Map() };
      this.#books.set(book, known);
    }
    return { book: known };
  }

  /** Remembers what a look-up found, unless the stream has told something newer. */
  endReading(reading: Reading, { report, period }: WantedHead, { position, head }: HeadAt) {
    if (!reading || !head || !position) return;
    const known = reading.book;
    if (known.generation === 0) learn(known, position);
    if (position.generation < known.generation) return;
    const ahead = position.generation > known.generation;
    if (ahead || position.recomputes > known.recomputes) {
      // The look-up saw a move that the stream will tell in a moment: who has heard of it hears of nothing older.
      known.heads.clear();
      known.generation = position.generation;
      known.recomputes = position.recomputes;
      known.position = position.position;
    }
    const key = headKey(report, period);
    const before = known.heads.get(key);
    known.heads.set(key, before ? later(before, head) : head);
  }

  /** Heads and position of a book move in one piece. @returns the known heads that were current until now. */
  moved({ book, position, generation, recomputes, heads }: BookMove): ReportHead[] {
    const known = this.#books.get(book);
    if (!known) return [];
    const first = known.recomputes === 0;
    if (!first && recomputes <= known.recomputes) return [];
    if (generation !== null && generation !== known.generation) {
      known.heads.clear();
      known.generation = generation;
    } else if (!first && recomputes > known.recomputes + 1) known.heads.clear();
    known.recomputes = recomputes;
    if (position !== null) known.position = position;
    const replaced: ReportHead[] = [];
    for (const head of heads) {
      const key = headKey(head.report, head.period);
      const before = known.heads.get(key);
      const now = before ? later(head, before) : head;
      known.heads.set(key, now);
      if (before && before.digest !== now.digest) replaced.push(before);
    }
    return replaced;
  }

  forget(book: number): void {
    this.#books.delete(book);
  }
}
