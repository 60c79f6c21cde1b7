// What the API needs of the other rooms: running objects come from the composition root, never from an import.
import type { Account } from '#ledger/domain/account.ts';
import type { Month } from '#ledger/domain/calendar.ts';
import type { Layouts } from '#ledger/domain/statement-layout.ts';
import type {
  BookCopy,
  DocumentsReader,
  MembershipCopy,
  PersonAccess,
} from '#reports/documents/reader.ts';
import type { SessionCheck } from '#server/session/session-check.ts';
import type { AuditPool } from '#workers/audit-pool.ts';
import type { BookId } from './book-ids.ts';

export interface ApiCall {
  readonly actor: { readonly userId: number; readonly via: 'session' | 'api-key' };
  readonly book?: number;
  readonly commandId: string;
  readonly dryRun?: boolean;
}

/** An expected no; the sentences are made by `explain`. */
export interface ApiRefusal {
  readonly code: string;
  readonly field?: string;
}

export type ApiAnswer<Result> =
  | {
      readonly ok: true;
      readonly position: number;
      readonly replayed: boolean;
      readonly result: Result;
    }
  | { readonly ok: false; readonly refusal: ApiRefusal };

/** A command parses its own input, checks the permission again and answers. */
export type ApiCommand<Result> = (call: ApiCall, input: unknown) => Promise<ApiAnswer<Result>>;

export interface ApiCommands {
  createBook: ApiCommand<{ readonly id: number; readonly slug: string }>;
  changeBookSettings: ApiCommand<unknown>;
  openAccount: ApiCommand<{ readonly id: number; readonly code: string }>;
  renameAccount: ApiCommand<unknown>;
  recodeAccount: ApiCommand<unknown>;
  retypeAccount: ApiCommand<unknown>;
  closeAccount: ApiCommand<unknown>;
  defineUnit: ApiCommand<unknown>;
  recordRates: ApiCommand<unknown>;
  addParty: ApiCommand<unknown>;
  changeParty: ApiCommand<unknown>;
  designateAccount: ApiCommand<unknown>;
  classifyAccount: ApiCommand<unknown>;
  tagAccount: ApiCommand<unknown>;
  defineDimension: ApiCommand<unknown>;
  addDimensionValue: ApiCommand<unknown>;
  changeDimensionValue: ApiCommand<unknown>;
  requireDimensions: ApiCommand<unknown>;
  defineTaxCode: ApiCommand<unknown>;
  changeTaxCode: ApiCommand<unknown>;
  setTaxRate: ApiCommand<unknown>;
  setBudget: ApiCommand<unknown>;
  copyBudget: ApiCommand<unknown>;
  setStatementLayout: ApiCommand<unknown>;
  revalueCurrencies: ApiCommand<unknown>;
  closeYear: ApiCommand<unknown>;
  postJournalEntry: ApiCommand<{ readonly number: number }>;
  reverseEntry: ApiCommand<{ readonly number: number }>;
  lockThrough: ApiCommand<unknown>;
  reopenDates: ApiCommand<unknown>;
  sealThrough: ApiCommand<unknown>;
  addMember: ApiCommand<unknown>;
  changeRole: ApiCommand<unknown>;
  removeMember: ApiCommand<unknown>;
  addGroupMember: ApiCommand<unknown>;
  changeGroupMember: ApiCommand<unknown>;
  removeGroupMember: ApiCommand<unknown>;
  issueApiKey: ApiCommand<{ readonly id: number; readonly key: string }>;
  revokeApiKey: ApiCommand<unknown>;
  startImport: ApiCommand<{ readonly id: number }>;
  confirmImport: ApiCommand<unknown>;
  abandonImport: ApiCommand<unknown>;
}

export interface EntryFilter {
  readonly from?: string;
  readonly to?: string;
  readonly account?: string;
  readonly kind?: string;
  readonly text?: string;
  readonly page: number;
}

export interface ApiQueries {
  bookBySlug(slug: string): Promise<BookCopy | null>;
  bookById(id: number): Promise<BookCopy | null>;
  accessOfUser(userId: number): Promise<PersonAccess | null>;
  chart(bookId: number): Promise<readonly Account[]>;
  journal(bookId: number, filter: EntryFilter): Promise<object>;
  entryByNumber(bookId: number, number: number): Promise<object | null>;
  layouts(bookId: number): Promise<Layouts>;
  units(bookId: number): Promise<readonly object[]>;
  parties(bookId: number): Promise<readonly object[]>;
  dimensions(bookId: number): Promise<readonly object[]>;
  taxCodes(bookId: number): Promise<readonly object[]>;
  /** Of the months from one to the other. */
  budget(bookId: number, from: Month, to: Month): Promise<readonly object[]>;
  /** @param page from 1 */
  rates(bookId: number, page: number): Promise<object>;
  groupMembers(bookId: number): Promise<readonly object[]>;
  membersOf(bookId: number): Promise<readonly object[]>;
  /** Keys of one user, those limited to other books left out; never the secret. */
  apiKeysOf(userId: number, bookId: number): Promise<readonly object[]>;
  imports(bookId: number): Promise<readonly object[]>;
  importById(bookId: number, id: number): Promise<object | null>;
}

/** A book on its way into a file. */
interface OpenedExport {
  readonly position: number;
  readonly text: AsyncIterable<string>;
  close(): void;
}

/** Why a format has no way to write a book, as a sentence. */
interface UnwritableBook {
  readonly obstacle: string;
}

export type ExportFormat = 'hledger' | 'beancount' | 'saft';

/** What the composition root gives. */
export interface GivenRooms {
  readonly commands: ApiCommands;
  readonly queries: ApiQueries;
  readonly documents: Pick<DocumentsReader, 'position' | 'bookBySlug'>;
  /** The whole book as a file of other programs, in pieces; whoever opens it closes it. */
  openExport(bookId: number, format: ExportFormat): Promise<OpenedExport | UnwritableBook>;
  /** Whether a book produced a document; takes its time, one at a time. */
  readonly verify: AuditPool['verify'];
  readonly sessions: SessionCheck<MembershipCopy>;
  /** Sentences and status of a refusal, from the domain. */
  explain(refusal: ApiRefusal): {
    readonly title: string;
    readonly detail: string;
    readonly field?: string;
  };
  statusOf(refusal: ApiRefusal): number;
  /** Told of what goes wrong inside; the answer says only that something did. */
  fault(fault: unknown, what: string): void;
}

/** What the routes have. */
export interface ApiRooms extends GivenRooms {
  readonly bookId: BookId;
}
