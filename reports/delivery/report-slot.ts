// One address of a report file as this process has served it: the newest file that was ready, with the headers of its
// answers made once, and until when it may be given although its document has changed.
import type { FileAddress } from '#reports/documents/drawings.ts';
import { SAFE_HEADERS } from '#server/session/problem.ts';

/** Headers as node:http takes them fastest: names and values in turn. */
export type RawHeaders = readonly string[];

export interface ReadyFile {
  readonly digest: string;
  /** A pack: digests of its reports, in the order of the address. */
  readonly parts?: readonly string[] | undefined;
  /** Of the document it shows: the last event that touched it. */
  readonly position: number;
  /** JSON: when the document was computed, which its bytes say. */
  readonly computedAt: string | null;
  readonly etag: string;
  /** Where its bytes are in memory, if they are. */
  readonly bytesKey: string;
  readonly size: number;
  /** Its answers at the ledger position that they were last given for. */
  answers: ReadyAnswers | null;
  /** Whether the document store was told that it was downloaded. */
  kept: boolean;
}

export interface ReadyAnswers {
  readonly position: number;
  readonly ok: RawHeaders;
  readonly notModified: RawHeaders;
}

export interface ReportSlot {
  readonly address: FileAddress;
  /** Headers of a 200 besides tag, position and length. */
  readonly fileHeaders: RawHeaders;
  ready: ReadyFile | null;
  /** Clock of `performance`: since when `ready` is this file. */
  readyAt: number;
  /** By the same clock: until then `ready` is given even when the document has changed. */
  holdUntil: number;
  /** When `ready` was last known to be its document's, by the same clock. */
  currentAt: number;
  /** How long the last drawing took, and since when the present one is waited for. */
  drawMs: number;
  drawingSince: number | null;
  /** When demand was last noted, by the same clock. */
  demandAt: number;
}

/** The address of a pack: its reports in order, as one PDF. */
export const packAddress = (
  book: number,
  reports: readonly string[],
  period: string,
): FileAddress => ({ book, report: reports.join('+'), period, format: 'pack' });

/** The reports of a pack's address. */
export const reportsOfPack = ({ report }: FileAddress): readonly string[] => report.split('+');

export const newSlot = (address: FileAddress, fileHeaders: RawHeaders): ReportSlot => ({
  address,
  fileHeaders,
  ready: null,
  readyAt: Number.NEGATIVE_INFINITY,
  holdUntil: 0,
  currentAt: Number.NEGATIVE_INFINITY,
  drawMs: 0,
  drawingSince: null,
  demandAt: Number.NEGATIVE_INFINITY,
});

// A PDF viewer of the browser's own needs its inline style; nothing else may load.
const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

const CACHING: RawHeaders = Object.entries({
  'cache-control': 'private, no-cache',
  vary: 'Cookie, Authorization',
}).flat();

const SAFE: RawHeaders = Object.entries({
  ...SAFE_HEADERS,
  'content-security-policy': FILE_POLICY,
}).flat();

/**
 * The answers of a file at a ledger position; made anew only when the position is another. A 304 says what may have
 * changed and what caches go by, no more (RFC 9110 §15.4.5): the rest of the stored answer holds (RFC 9111 §4.3.4).
 */
export function answersAt(slot: ReportSlot, ready: ReadyFile, position: number): ReadyAnswers {
  if (ready.answers?.position === position) return ready.answers;
  const notModified = [...CACHING, 'etag', ready.etag, 'x-ledger-position', `${position}`];
  const ok = [...SAFE, ...notModified, ...slot.fileHeaders, 'content-length', `${ready.size}`];
  ready.answers = { position, ok, notModified };
  return ready.answers;
}

/** Whether `If-None-Match` names the tag (RFC 9110 §13.1.2: weak comparison). */
export function tagMatches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  return header.split(',').some((tag) => {
    const own = tag.trim();
    return own === '*' || own.replace(/^W\//, '') === etag;
  });
}
