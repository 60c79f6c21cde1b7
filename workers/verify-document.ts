// Whether a book produced a document: what the document claims (digest, report, period, position) says only what to
// recompute; the answer is the recomputation's. Of an uploaded PDF every byte is held against a fresh drawing.
import { Writable } from 'node:stream';
import { type Period, parsePeriod } from '#ledger/domain/calendar.ts';
import { type ListedReport, listedReport, REPORT_LIST } from '#reports/catalogue/registry.ts';
import { EVERY_VIEW, readName, viewName } from '#reports/catalogue/view.ts';
import type { DocumentsReader, StoredBody } from '#reports/documents/reader.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { isPdf, readStamp } from '#reports/render/read-stamp.ts';
import { PACK_TITLE } from '#reports/render/title-words.ts';
import { inKnownBook, type KnownReport, openKnown } from './as-known.ts';
import type { LedgerSource } from './recompute-snapshot.ts';
import { readBook } from './recompute-snapshot.ts';
import { type ChangesSince, changesSince } from './report-changes.ts';

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
  /** What was recomputed; null where nothing was. */
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
  /** What has changed since; null where the document isn't ours. */
  readonly since: ChangesSince | null;
}

export type ClaimFault =
  | 'not-a-pdf'
  | 'no-stamp'
  | 'is-pack'
  | 'bad-digest'
  | 'unknown-report'
  | 'bad-period'
  | 'no-such-position';

export interface VerifyInput {
  readonly store: Pick<LedgerSource, 'pool'>;
  readonly documents: Pick<DocumentsReader, 'storedBodies'>;
  readonly bookId: number;
}

interface Wanted {
  readonly digest: string;
  readonly report: string;
  readonly period: Period;
  readonly position: number;
  readonly stored: StoredBody | null;
}

/** @returns the verdict, or what is wrong with the claim */
export async function verifyDocument(
  input: VerifyInput,
  claim: Claim,
): Promise<Verdict | ClaimFault> {
  const { bookId, documents, store } = input;
  const said = claim.pdf ? claimOfPdf(Buffer.from(claim.pdf)) : claim;
  if (typeof said === 'string') return said;
  const digest = said.digest ?? '';
  if (!/^[0-9a-f]{12,64}$/.test(digest)) return 'bad-digest';
  const stored = (await documents.storedBodies(bookId, digest))[0] ?? null;
  const report = stored?.body.report ?? said.report;
  const period = stored?.body.period.key ?? said.period;
  const position = stored?.body.position ?? said.position;
  if (report !== undefined && !listedReport(report)) return 'unknown-report';
  if (report === undefined || period === undefined || position === undefined)
    return { outcome: 'needs-more', digest, recomputed: null, file: null, since: null };
  const verdict = await inKnownBook(store, bookId, position, async (known, connection) => {
    const parsed = parsePeriod(known.ledger.facts.calendar, period);
    const listed = listedReport(report)!;
    if (!parsed || !listed.periods.includes(parsed.kind)) return 'bad-period' as const;
    const wanted: Wanted = { digest, report, period: parsed, position, stored };
    const before = await known.report(report, parsed);
    const outcome = await outcomeOf(wanted, before, known.partiesRenamed);
    const { body } = before;
    const ours = outcome === 'produced' || outcome === 'names-changed';
    const head = (await readBook(connection, bookId))!.head;
    const latest = async () => (head === position ? known : openKnown(connection, bookId, head));
    const today = ours ? await latest() : null;
    return {
      ...{ outcome, digest },
      recomputed: {
        ...{ report, title: body.title, period: parsed.key, digest: before.digest },
        ...{ position: body.position, recordedAt: body.recordedAt },
      },
      file: outcome === 'produced' && claim.pdf ? await compareFile(before, claim.pdf) : null,
      since:
        today &&
        (await changesSince(
          connection,
          { before: known, after: today },
          { before, after: await today.report(report, parsed) },
          parsed,
        )),
    };
  });
  return verdict ?? 'no-such-position';
}

/** What the file says of itself, its title read as our own names of reports. */
function claimOfPdf(bytes: Buffer): Claim | ClaimFault {
  if (!isPdf(bytes)) return 'not-a-pdf';
  const stamp = readStamp(bytes);
  if (!stamp) return 'no-stamp';
  const { digest, position, title } = stamp;
  if (title.startsWith(`${PACK_TITLE} `)) return 'is-pack';
  const known = REPORT_LIST.flatMap(viewsOf)
    .filter((own) => title.startsWith(`${own.title} `))
    .toSorted((a, b) => b.title.length - a.title.length)[0];
  const period = known && title.slice(known.title.length + 1).split(' ')[0];
  return { digest, position, report: known?.name, period };
}

/** A report and all views of it. */
const viewsOf = (report: ListedReport): ListedReport[] => [
  report,
  ...EVERY_VIEW.flatMap((view) => listedReport(viewName(report.name, view)) ?? []),
];

async function outcomeOf(
  { digest, report, stored }: Wanted,
  again: KnownReport,
  partiesRenamed: boolean,
): Promise<Outcome> {
  if (again.digest.startsWith(digest)) return 'produced';
  const otherwise = partiesRenamed && NAMES_PARTIES.has(readName(report)!.report);
  const older = stored !== null && stored.body.schemaVersion !== again.body.schemaVersion;
  if (!stored) return otherwise ? 'not-checkable' : 'not-produced';
  if (!otherwise && !older) return 'not-produced';
  if (older) return 'not-checkable';
  const kept = withoutNames(stored.body);
  return kept === withoutNames(again.body) ? 'names-changed' : 'not-produced';
}

/** Reports whose rows print the names of customers and suppliers. */
const NAMES_PARTIES = new Set([
  ...['aged-receivables', 'aged-payables', 'open-items', 'party-balances', 'party-statements'],
]);

/** In the order of their figures: rows may be sorted by names. Pages name nobody: those of a section are in their digest. */
const withoutNames = ({ parts = [], rows }: KnownReport['body']): string =>
  [
    ...rows.map(({ account, kind, level, values }) => [kind, level, account, values]),
    ...parts.map(({ of, ...figures }) => [of?.accountId, of?.partyId, figures]),
  ]
    .map((figures) => JSON.stringify(figures))
    .sort()
    .join('\n');

/** Draws the document and holds it against a file, without keeping the drawing. */
async function compareFile(report: KnownReport, pdf: Uint8Array): Promise<'same' | 'different'> {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let [at, same] = [0, true];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      same &&= file.subarray(at, at + chunk.length).equals(chunk);
      at += chunk.length;
      done();
    },
  });
  await drawPdf(report, out);
  return same && at === file.length ? 'same' : 'different';
}
