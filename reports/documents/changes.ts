// What a reader hears of changes in the document store while it watches.
import type { ReportHead } from '#reports/catalogue/report.ts';

/** One move of a book's documents. What is null is as it was before. */
export interface BookMove {
  readonly book: number;
  readonly position: number | null;
  readonly generation: number | null;
  /** Grows by one with every move: a gap means that a move was missed. */
  readonly recomputes: number;
  /** Heads as they are now: those that moved, and perhaps some that did not. */
  readonly heads: readonly ReportHead[];
}

export interface ChangeListener {
  /** From now on everything that changes is told: what is read from now on may be remembered. */
  trusted(): void;
  /** What was remembered may be outdated. */
  distrusted(reason: string): void;
  moved(move: BookMove): void;
  /** Something moved that wasn't told: whatever is remembered of the book's heads is outdated. */
  bookForgotten(book: number): void;
  bookChanged(book: number): void;
  personChanged(userId: number): void;
  /** @param hash SHA-256 of the key, hexadecimal. */
  apiKeyChanged(hash: string): void;
  /** The stream could not be opened; it is tried again. */
  fault(fault: unknown): void;
}

export interface WatchOptions {
  /** How old the newest sign of life may be. */
  readonly staleMs?: number;
}

export interface Changes {
  /** Age of the newest sign of life that came back. */
  ageMs(): number;
  trusted(): boolean;
  close(): Promise<void>;
}
