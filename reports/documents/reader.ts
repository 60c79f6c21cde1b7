// The read side of the document store as the rest of the house sees it: look-ups by ID, nothing computed.
// Running objects come from `openDocuments`; screens, API and delivery compile against these types.
import type { FiscalCalendar, Month, PeriodKey } from '#ledger/domain/calendar.ts';
import type { Role } from '#ledger/domain/permissions.ts';
import type { BookTitle, ReportBody, ReportHead, ReportRow } from '#reports/catalogue/report.ts';
import type { LastRecompute } from './documents.ts';

/** What reading needs to know of a book, copied from the ledger after each change. */
export interface BookCopy extends BookTitle {
  readonly id: number;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly lockedThrough: string | null;
  /** Whether it has, or had, other books as members. */
  readonly isGroup: boolean;
}

export interface MembershipCopy {
  readonly book: number;
  readonly role: Role;
}

/** A user as reading knows them. A session with another epoch is void. */
export interface PersonAccess {
  readonly id: number;
  readonly epoch: number;
  readonly name: string;
  readonly email: string;
  readonly memberships: readonly MembershipCopy[];
}

/** An API key by the SHA-256 of its secret; `book` limits it to one book. */
export interface ApiKeyAccess {
  readonly id: number;
  readonly userId: number;
  readonly book: number | null;
  readonly revoked: boolean;
}

export type ImportState =
  | 'queued'
  | 'running'
  | 'preview'
  | 'posting'
  | 'posted'
  | 'rejected'
  | 'abandoned';

export interface ImportProgress {
  readonly id: number;
  readonly book: number;
  readonly state: ImportState;
  readonly format: string;
  readonly fileName: string;
  readonly done: number;
  readonly total: number;
  readonly entries: number;
  readonly postings: number;
  readonly errorCount: number;
  readonly position: number | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** How far a book's documents are: every document is valid at `position`; `head` is the newest event heard of. */
export interface DocumentsPosition {
  readonly book: number;
  readonly position: number;
  /** Hash of the event at `position`, hexadecimal. */
  readonly hash: string;
  readonly head: number;
  /** The last month that has documents. */
  readonly through: Month;
  readonly generation: number;
  /** Of the catalogue that computed them. */
  readonly schemaVersion: number;
  /** How often the documents were moved since the book began. */
  readonly recomputes: number;
  /** The last move; null when it was made by an older Daybook. */
  readonly last: LastRecompute | null;
  readonly updatedAt: string;
}

/** A page of a report for screens and the API: whole reports have one, paged ones as many as they need. */
export interface ReportPage {
  readonly rows: readonly ReportRow[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

/** A document as it is stored. */
export interface StoredBody {
  readonly digest: string;
  readonly body: ReportBody;
}

export interface DocumentsReader {
  bookBySlug(slug: string): Promise<BookCopy | null>;
  book(bookId: number): Promise<BookCopy | null>;
  person(userId: number): Promise<PersonAccess | null>;
  apiKey(hash: string): Promise<ApiKeyAccess | null>;
  position(bookId: number): Promise<DocumentsPosition | null>;
  positions(bookIds: readonly number[]): Promise<DocumentsPosition[]>;
  head(bookId: number, report: string, period: PeriodKey): Promise<ReportHead | null>;
  heads(bookId: number): Promise<ReportHead[]>;
  /**
   * Heads of some reports of a period as they stand together at one position, in the order of the reports; those that
   * don't exist are left out. Null: the book has no documents yet, or they moved each time we looked.
   */
  headsTogether(
    bookId: number,
    period: PeriodKey,
    reports: readonly string[],
  ): Promise<{ readonly position: number; readonly heads: readonly ReportHead[] } | null>;
  body(digest: string): Promise<ReportBody | null>;
  /** Documents of a book that are stored under digests beginning so; a few at most. @param beginning hexadecimal */
  storedBodies(bookId: number, beginning: string): Promise<StoredBody[]>;
  /** All rows in order; pages are read as they are reached, so that memory doesn't grow with the report. */
  rowBatches(body: ReportBody): AsyncIterable<readonly ReportRow[]>;
  /** The n-th page (from 1), null past the end. */
  page(body: ReportBody, page: number): Promise<ReportPage | null>;
  importProgress(bookId: number): Promise<ImportProgress[]>;
  /** Answers when the store does. @throws the driver's fault when it doesn't. */
  ping(): Promise<void>;
}
