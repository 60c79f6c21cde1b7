// The read path: authorise, find the head, answer 304 or bytes. Authorisation comes before the ETag, so that a 304
// says nothing to strangers.
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { BookCopy, DocumentsReader, MembershipCopy } from '#reports/documents/reader.ts';
import { reportJson } from '#reports/render/json.ts';
import type { Problem } from '#server/session/problem.ts';
import type { SessionCheck } from '#server/session/session-check.ts';
import { authorise } from './authorise.ts';
import type { FileBytes, ReportFiles } from './file-bytes.ts';
import { findReport } from './find-report.ts';
import { renderTask } from './render-pool.ts';
import { type Format, type ReportAddress, reportAddress, wholeNumber } from './report-address.ts';

export interface DeliveryParts {
  readonly documents: DocumentsReader;
  readonly sessions: SessionCheck<MembershipCopy>;
  readonly files: ReportFiles;
  /** Told, once for each, which documents were downloaded: they are kept for ever. */
  kept(digest: string): void;
  /** How long `minPosition` waits; 10 s unless told. */
  readonly waitMs?: number;
}

export interface ReadRequest {
  readonly headers: IncomingHttpHeaders;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  gone(): boolean;
}

export type Delivered =
  | { readonly status: 304; readonly headers: Record<string, string> }
  | { readonly status: 200; readonly headers: Record<string, string>; readonly bytes: FileBytes };

const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
};

/** Answers a read of a report file. */
export async function deliverReport(
  parts: DeliveryParts,
  request: ReadRequest,
): Promise<Delivered | Problem> {
  const { documents, sessions } = parts;
  const address = reportAddress(request.path);
  if ('code' in address) {
    // Strangers are told to sign in first, whatever they ask for.
    const anybody = await sessions.authenticate(request.headers);
    return anybody ? address : { status: 401, code: 'not-signed-in', title: 'Sign in first' };
  }
  const who = await authorise(documents, sessions, request.headers, address.slug, 'report.read');
  if ('code' in who) return who;
  const minPosition = wholeNumber(request.query, 'minPosition');
  const page = wholeNumber(request.query, 'page');
  if (minPosition === null) return badNumber('minPosition');
  if (page === null || page === 0) return badNumber('page');
  const wait = parts.waitMs ?? 10_000;
  // A body can be replaced between its head and its bytes: then the head is read again.
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await findReport(documents, who.book, address, minPosition, wait, request.gone);
    if ('code' in found) return found;
    const etag = etagOf(found.head, address.format, page ?? 1);
    const headers = {
      etag,
      'cache-control': 'private, no-cache',
      vary: 'Cookie, Authorization',
      'x-ledger-position': `${found.position}`,
    };
    if (matches(request.headers['if-none-match'], etag)) return { status: 304, headers };
    const bytes = await bytesOf(parts, who.book, address, found.head, page ?? 1, etag);
    if (bytes === 'no-page') return badPage(page ?? 1);
    if (bytes === null) continue;
    noteServed(parts, found.head.digest);
    return { status: 200, headers: { ...headers, ...fileHeaders(address, who.book) }, bytes };
  }
  return {
    status: 503,
    code: 'document-behind',
    title: 'The documents are being updated',
    retryAfter: 1,
  };
}

const served = new LRUCache<string, true>({ max: 50_000 });

function noteServed(parts: DeliveryParts, digest: string): void {
  if (served.has(digest)) return;
  served.set(digest, true);
  parts.kept(digest);
}

async function bytesOf(
  { documents, files }: DeliveryParts,
  book: BookCopy,
  { format }: ReportAddress,
  head: ReportHead,
  page: number,
  etag: string,
): Promise<FileBytes | 'no-page' | null> {
  if (format !== 'json') return files.bytes(renderTask(head.digest, format, book.id));
  let missing = false;
  const whole = await files.remember(`${head.digest}.${etag}`, async () => {
    const body = await documents.body(head.digest);
    if (!body) return null;
    const rows = await documents.page(body, page);
    missing = rows === null;
    return rows && Buffer.from(reportJson(body, head, rows));
  });
  if (missing) return 'no-page';
  return whole && { whole };
}

/** Strong: equal tags mean equal bytes. JSON also says when it was computed. */
function etagOf(head: ReportHead, format: Format, page: number): string {
  if (format !== 'json')
    return `"${head.digest.slice(0, 40)}-${renderTask(head.digest, format, 0).template}${format}"`;
  return `"${head.digest.slice(0, 40)}-${Date.parse(head.computedAt).toString(36)}-${page}json"`;
}

const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

function fileHeaders(
  { report, period, format }: ReportAddress,
  book: BookCopy,
): Record<string, string> {
  const name = `${book.slug}-${report}-${period}.${format}`;
  const disposition = format === 'csv' ? 'attachment' : 'inline';
  return {
    'content-type': TYPES[format],
    'content-disposition': `${disposition}; filename="${name}"`,
  };
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
