// What operators and owners ask besides the documents: which processes are alive and what waits in them, and what the
// last checks of each book found. Notes of processes vanish a minute after their last word.
import type { Violation } from '#reports/catalogue/invariants.ts';
import type { Collections } from './collections.ts';
import {
  type InvariantNote,
  invariantNotes,
  keepViolations,
  violatedInvariants,
} from './invariant-notes.ts';

/** How long a silent process is remembered, in seconds. */
export const PROCESS_KEPT_S = 60;

/** A book whose documents don't show its newest event yet. */
export interface LateBook {
  readonly book: number;
  readonly head: number;
  /** Since its oldest event that isn't shown was recorded, in milliseconds. */
  readonly lagMs: number;
}

/** What a process says of itself every few seconds. */
export interface ProcessNote {
  /** Unlike that of any other living process. */
  readonly id: string;
  readonly kind: 'worker' | 'front-door';
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Resident memory in bytes. */
  readonly rss: number;
  /** Files that wait to be made, or are being made. */
  readonly renders: number;
  /** What a worker sees in the ledger and the queue; null from others. */
  readonly ledger: {
    /** The latest first; never more than a hundred. */
    readonly late: readonly LateBook[];
    readonly lateBooks: number;
    /** Imports accepted and not settled. */
    readonly imports: number;
    /** Wake-ups in the queue. */
    readonly wakeUps: { readonly book: number; readonly import: number };
  } | null;
}

/** The last verification (chain and tables) or reconciliation (documents) of a book. */
export interface Check {
  readonly kind: 'verification' | 'reconciliation';
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Events verified, or documents compared. */
  readonly compared: number;
  /** What differs, in words; null: nothing does. */
  readonly difference: string | null;
}

export interface Standing {
  noteProcess(note: ProcessNote): Promise<void>;
  processes(): Promise<ProcessNote[]>;
  noteCheck(book: number, check: Check): Promise<void>;
  checks(book: number): Promise<Check[]>;
  /** Keeps what the checking of documents found wrong. @param at epoch milliseconds */
  noteViolations(book: number, at: number, violations: readonly Violation[]): Promise<void>;
  /** Invariants of a book as they were last checked. */
  invariants(book: number): Promise<InvariantNote[]>;
  /** Those of all books that are violated. */
  violated(): Promise<(InvariantNote & { readonly book: number })[]>;
}

export interface ProcessDocument {
  _id: string;
  at: Date;
  value: ProcessNote;
}

export interface CheckDocument {
  _id: string;
  book: number;
  value: Check;
}

const UPSERT = { upsert: true } as const;
/** The index drops old notes once a minute or so: what is older than this is not shown even if it is still there. */
const SILENT_MS = 20_000;

export const standingStore = (all: Collections): Standing => ({
  async noteProcess(value) {
    const at = new Date(value.at);
    await all.processes.updateOne({ _id: value.id }, { $set: { at, value } }, UPSERT);
  },
  async processes() {
    const since = new Date(Date.now() - SILENT_MS);
    const found = await all.processes.find({ at: { $gte: since } }).toArray();
    return found.map(({ value }) => value);
  },
  async noteCheck(book, value) {
    await all.checks.updateOne({ _id: `${book}/${value.kind}` }, { $set: { book, value } }, UPSERT);
  },
  noteViolations: (book, at, violations) => keepViolations(all, book, at, violations),
  invariants: (book) => invariantNotes(all, book),
  violated: () => violatedInvariants(all),
  checks: async (book) => (await all.checks.find({ book }).toArray()).map(({ value }) => value),
});
