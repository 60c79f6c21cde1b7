// The read path: authorise, find the head, answer 304 or bytes. Authorisation comes before the ETag, so that a 304
// says nothing to strangers. `quick-answer.ts` is the same for what is in memory already.
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { BookCopy, DocumentsReader, MembershipCopy } from '#reports/documents/reader.ts';
import { reportJson } from '#reports/render/json.ts';
import type { Problem } from '#server/session/problem.ts';
import type { SessionCheck } from '#server/session/session-check.ts';
import { authorise } from './authorise.ts';
import type { FileBytes, ReportFiles } from './file-bytes.ts';
import { findReport, type Patience, periodOf } from './find-report.ts';
import type { HeadSource } from './head-source.ts';
import { type ReportAddress, reportAddress, wholeNumber } from './report-address.ts';
import {
  answersAt,
  type RawHeaders,
  type ReadyFile,
  type ReportSlot,
  tagMatches,
} from './report-slot.ts';
import type { ReportSlots } from './report-slots.ts';

export interface DeliveryParts {
  readonly documents: Pick<DocumentsReader, 'body' | 'page'>;
  bookBySlug(slug: string): Promise<BookCopy | null>;
  readonly sessions: SessionCheck<MembershipCopy>;
  readonly heads: HeadSource;
  readonly slots: ReportSlots;
  readonly files: ReportFiles;
  /** Told of every 200 and 304: `served` notes what is kept and what is drawn ahead. */
  served(slot: ReportSlot, ready: ReadyFile): void;
  /** How long `minPosition` waits, and a file that is being drawn. */
  readonly waitMs: number;
}

export interface ReadRequest {
  readonly headers: IncomingHttpHeaders;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  gone(): boolean;
}

export interface Delivered {
  readonly status: 200 | 304;
  readonly headers: RawHeaders;
  readonly bytes: FileBytes | null;
  readonly slot: ReportSlot;
  readonly book: BookCopy;
}

/** A body can be replaced between its head and its bytes: then the head is read again. */
const AGAIN_MS = 20;
/** Another drawing may end sooner than it must. */
const LATER_MS = 200;

/** A file found: its slot's `ready` or a page of its own, the bytes, and the ledger position that it is valid at. */
interface Found {
  readonly ready: ReadyFile;
  readonly bytes: FileBytes;
  readonly position: number;
}

/** Answers a read of a report file. */
export async function deliverReport(
  parts: DeliveryParts,
  request: ReadRequest,
): Promise<Delivered | Problem> {
  const { sessions, slots } = parts;
  const address = reportAddress(request.path);
  if ('code' in address) {
    // Strangers are told to sign in first, whatever they ask for.
    const anybody = await sessions.authenticate(request.headers);
    return anybody ? address : { status: 401, code: 'not-signed-in', title: 'Sign in first' };
  }
  const who = await authorise(parts, sessions, request.headers, address.slug, 'report.read');
  if ('code' in who) return who;
  const minPosition = wholeNumber(request.query, 'minPosition');
  const page = wholeNumber(request.query, 'page');
  if (minPosition === null) return badNumber('minPosition');
  if (page === null || page === 0) return badNumber('page');
  const period = periodOf(who.book, address);
  if (typeof period !== 'string') return period;
  const slot = slots.slot(who.book, address, period);
  const patience = { until: performance.now() + parts.waitMs, gone: request.gone };
  const wanted = {
    book: who.book,
    address,
    period,
    minPosition: minPosition ?? 0,
    page: page ?? 1,
  };
  const found = await findFile(parts, slot, wanted, patience);
  if ('code' in found) return found;
  const { ready, bytes, position } = found;
  const { ok, notModified } = answersAt(slot, ready, position);
  parts.served(slot, ready);
  const tagged = tagMatches(request.headers['if-none-match'], ready.etag);
  return tagged
    ? { status: 304, headers: notModified, bytes: null, slot, book: who.book }
    : { status: 200, headers: ok, bytes, slot, book: who.book };
}

interface Wanted {
  readonly book: BookCopy;
  readonly address: ReportAddress;
  readonly period: Parameters<typeof findReport>[3];
  readonly minPosition: number;
  readonly page: number;
}

/** The document may move on while its file is looked for: then its head is found again. */
async function findFile(
  parts: DeliveryParts,
  slot: ReportSlot,
  { book, address, period, minPosition, page }: Wanted,
  patience: Patience,
): Promise<Found | Problem> {
  do {
    const at = await findReport(parts.heads, book, address, period, minPosition, patience);
    if ('code' in at) return at;
    const { head, position } = at;
    if (address.format === 'json') {
      const found = await findJson(parts, slot, head, page);
      if (found === 'no-page') return badPage(page);
      if (found) return { ...found, position };
      await sleep(AGAIN_MS);
    } else {
      const answer = await parts.slots.file(slot, head, minPosition > 0);
      if (answer !== 'gone' && 'ready' in answer) {
        const { ready, bytes, current } = answer;
        return { ready, bytes, position: current ? position : ready.position };
      }
      await sleep(answer === 'gone' ? AGAIN_MS : Math.min(answer.laterMs, LATER_MS));
    }
  } while (performance.now() < patience.until && !patience.gone());
  return {
    status: 503,
    code: 'document-behind',
    title: 'The documents are being updated',
    retryAfter: 1,
  };
}

/** Strong: equal tags mean equal bytes. JSON also says when it was computed. Null: the body has gone. */
async function findJson(
  { documents, files }: DeliveryParts,
  slot: ReportSlot,
  head: ReportHead,
  page: number,
): Promise<Omit<Found, 'position'> | 'no-page' | null> {
  const { digest, position, computedAt } = head;
  const etag = `"${digest.slice(0, 40)}-${Date.parse(computedAt).toString(36)}-${page}json"`;
  const bytesKey = `${digest}.${etag}`;
  let missing = false;
  const whole = await files.remember(bytesKey, async () => {
    const body = await documents.body(digest);
    if (!body) return null;
    const rows = await documents.page(body, page);
    missing = rows === null;
    return rows && Buffer.from(reportJson(body, head, rows));
  });
  if (missing) return 'no-page';
  if (!whole) return null;
  const known = slot.ready?.etag === etag ? slot.ready : null;
  const ready = known ?? {
    ...{ digest, position, computedAt, etag, bytesKey },
    ...{ size: whole.length, answers: null, kept: false },
  };
  if (page === 1) slot.ready = ready;
  return { ready, bytes: { whole } };
}

const badNumber = (field: string): Problem => ({
  status: 400,
  code: 'bad-number',
  title: `${field} is not a whole number`,
  field,
});

const badPage = (page: number): Problem => ({
  status: 404,
  code: 'no-such-page',
  title: 'The report has fewer pages',
  detail: `There is no page ${page}.`,
  field: 'page',
});
