// What is asked about a document, and what is answered: whether a book produced it, and what has changed since.
import type { ChangesSince } from './report-changes.ts';

/** What somebody has of a document. */
export interface Claim {
  /** The digest, or at least its first twelve figures as the paper prints them; hexadecimal, small letters. */
  readonly digest?: string | undefined;
  readonly report?: string | undefined;
  readonly period?: string | undefined;
  readonly position?: number | undefined;
  /** A whole PDF, which says the rest itself. */
  readonly pdf?: Uint8Array | undefined;
}

/**
 * `produced`: the recomputation has this digest. `names-changed`: the book keeps the document and its figures are the
 * recomputation's, but parties are called otherwise today. `not-produced`: it has another. `not-checkable`: names of
 * parties, or the way of computing, have changed since and the document isn't kept. `needs-more`: nothing says which
 * report, period or position to recompute.
 */
export type Outcome =
  | 'produced'
  | 'names-changed'
  | 'not-produced'
  | 'not-checkable'
  | 'needs-more';

export interface Verdict {
  readonly outcome: Outcome;
  readonly digest: string;
  /** What was recomputed, the `report` of a pack being `pack`; null where nothing was. */
  readonly recomputed: {
    readonly report: string;
    readonly title: string;
    readonly period: string;
    readonly digest: string;
    /** The last event that touched what it shows, and when that was recorded, ISO 8601 in UTC. */
    readonly position: number;
    readonly recordedAt: string;
  } | null;
  /** Whether an uploaded file's bytes are those of a fresh drawing; null where that wasn't asked. */
  readonly file: 'same' | 'different' | null;
  /** What has changed since; null where the document isn't ours, and of a pack. */
  readonly since: ChangesSince | null;
  /** The reports of a pack as they were recomputed; null of a single report. */
  readonly pack: readonly PackPart[] | null;
}

/** A report of a pack. */
export interface PackPart {
  readonly report: string;
  readonly title: string;
  readonly digest: string;
  /** The last event that touched what it shows. */
  readonly position: number;
  /** Whether it is another document today; null where the pack isn't ours. */
  readonly changed: boolean | null;
}

export type ClaimFault =
  | 'not-a-pdf'
  | 'no-stamp'
  | 'bad-digest'
  | 'unknown-report'
  | 'bad-period'
  | 'no-such-position';

/** Reports whose rows print the names of customers and suppliers. */
export const NAMES_PARTIES: ReadonlySet<string> = new Set([
  ...['aged-receivables', 'aged-payables', 'open-items', 'party-balances', 'party-statements'],
]);
