// The whole document store as workers, delivery and the composition root see it: reading, moving heads, copies of
// access data, rendered files, garbage. `openDocuments` is the only way in.
import type { Month } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import type { Activity } from './activity.ts';
import type { Asked } from './asked.ts';
import type { ChangeListener, Changes, WatchOptions } from './changes.ts';
import type { Drawings, FileAddress } from './drawings.ts';
import type { HeadAt, WantedHead } from './read-heads.ts';
import type {
  ApiKeyAccess,
  BookCopy,
  DocumentsReader,
  ImportProgress,
  PersonAccess,
} from './reader.ts';
import type { Standing } from './standing.ts';

/** Where a book's documents stand, as the worker needs it. */
export interface StoredPosition {
  readonly generation: number;
  readonly position: number;
  /** Hexadecimal hash of the event at `position`. */
  readonly hash: string;
  readonly through: Month;
  /** The highest number among the journal entries that the documents show. */
  readonly lastNumber: number;
  readonly schemaVersion: number;
  readonly token: string;
  /** Heads that stand in the position document itself, as texts. */
  readonly recent: readonly string[];
}

/** A move of heads and position in one step. `expected` is what was read before, null for a new book. */
export interface Move {
  readonly book: number;
  readonly expected: Pick<StoredPosition, 'token' | 'recent'> | null;
  readonly heads: readonly ReportHead[];
  readonly next: Omit<StoredPosition, 'token' | 'recent'>;
  readonly last: LastRecompute;
  /** Bodies that nothing points to after this; null: not known, all are to be looked through. */
  readonly replaced: readonly string[] | null;
}

/** What operators see of the recompute behind a move. */
export interface LastRecompute {
  /** From reading the snapshot to the move; in logs and statistics, until it is done. */
  readonly ms: number;
  /** How many heads it moves. */
  readonly documents: number;
  /** Age of the newest event then; 0 when it was shown before. */
  readonly lagMs: number;
}

/** `overtaken`: somebody else moved the book since `expected` was read; nothing was changed. */
export type MoveResult =
  | ({ readonly moved: true } & Pick<StoredPosition, 'token' | 'recent'>)
  | { readonly moved: false };

export interface StoredFile {
  readonly size: number;
  readonly parts: number;
  /** Its bytes, one part (from 0) after the other. */
  part(part: number): Promise<Uint8Array>;
}

export interface FileKey {
  readonly digest: string;
  readonly template: string;
  readonly format: string;
}

/** Rendered files: immutable, by digest, template version and format. */
export interface FileStore {
  find(key: FileKey): Promise<StoredFile | null>;
  /**
   * Stores a file as it is made, without holding it; a file that is there already stays.
   * @param of a pack: digests of its reports. It is dropped when one of them is replaced.
   */
  save(
    key: FileKey,
    book: number,
    chunks: AsyncIterable<Uint8Array>,
    of?: readonly string[],
  ): Promise<StoredFile>;
}

export interface AccessCopies {
  putBook(book: BookCopy): Promise<void>;
  putPerson(person: PersonAccess): Promise<void>;
  putApiKey(hash: string, key: ApiKeyAccess): Promise<void>;
  putImport(progress: ImportProgress): Promise<void>;
  people(): Promise<PersonAccess[]>;
  apiKeys(): Promise<Map<string, ApiKeyAccess>>;
  books(): Promise<BookCopy[]>;
  imports(ids: readonly number[]): Promise<ImportProgress[]>;
}

export interface Documents extends DocumentsReader {
  readonly files: FileStore;
  readonly access: AccessCopies;
  readonly drawings: Drawings;
  readonly asked: Asked;
  /** Many heads with their books' positions, in two look-ups together. */
  headsAt(wanted: readonly WantedHead[]): Promise<HeadAt[]>;
  /** Tells what changes from now on. @param url where the stream is opened, if not where everything is read. */
  watch(listener: ChangeListener, options?: WatchOptions & { readonly url?: string }): Changes;
  readonly activity: Activity;
  readonly standing: Standing;
  /** Collections and indexes; cheap when they are there. */
  prepare(): Promise<void>;
  storedPosition(book: number): Promise<StoredPosition | null>;
  /** All heads of a book as they stand at a stored position. */
  headsAtPosition(book: number, stored: StoredPosition): Promise<ReportHead[]>;
  bodyTexts(digests: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What was written of a book since then and wasn't dropped: bodies, pages and nodes, and their bytes as they are stored. */
  writtenSince(
    book: number,
    since: Date,
  ): Promise<{ readonly count: number; readonly bytes: number }>;
  /** Writes bodies that are not there yet. */
  writeBodies(book: number, bodies: readonly Sealed[]): Promise<void>;
  /** Marks bodies of a report as downloaded: they, the pages under them and their files are kept for ever. */
  keep(at: Pick<FileAddress, 'book' | 'report'>, digests: readonly string[]): Promise<void>;
  /** Moves heads and position in one update. */
  move(move: Move): Promise<MoveResult>;
  /** Fills a new generation beside the current one, then switches by one update of the position document. */
  replaceGeneration(move: Move): Promise<MoveResult>;
  /** Tells readers that the ledger is ahead of the documents; never lowers what is known. */
  noteHead(book: number, head: number): Promise<void>;
  /**
   * Drops bodies that were replaced before a time and that nobody downloaded. It takes its time.
   * @param signal ends it early: the rest is left to the next time.
   * @returns how many.
   */
  collectGarbage(book: number, olderThan: Date, signal?: AbortSignal): Promise<number>;
  close(): Promise<void>;
}
