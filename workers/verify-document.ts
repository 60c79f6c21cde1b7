// Whether a book produced a document: what the document claims (digest, report, period, position) says only what to
// recompute; the answer is the recomputation's. Of an uploaded PDF every byte is held against a fresh drawing.
import { type Period, parsePeriod } from '#ledger/domain/calendar.ts';
import { listedReport } from '#reports/catalogue/registry.ts';
import { readName } from '#reports/catalogue/view.ts';
import type { DocumentsReader, StoredBody } from '#reports/documents/reader.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { isPdf, type PdfStamp, readStamp } from '#reports/render/read-stamp.ts';
import { inKnownBook, type KnownReport, openKnown } from './as-known.ts';
import { compareDrawing } from './compare-drawing.ts';
import type { LedgerSource } from './recompute-snapshot.ts';
import { readBook } from './recompute-snapshot.ts';
import { changesSince } from './report-changes.ts';
import {
  type Claim,
  type ClaimFault,
  NAMES_PARTIES,
  type Outcome,
  type Verdict,
} from './verdict.ts';
import { verifyPack } from './verify-pack.ts';

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
  const stamp = claim.pdf && claimOfPdf(Buffer.from(claim.pdf));
  if (typeof stamp === 'string') return stamp;
  if (claim.pdf && stamp?.kind === 'pack') return verifyPack(store, bookId, stamp, claim.pdf);
  const said = stamp ? { ...stamp, report: stamp.reports[0] } : claim;
  const digest = said.digest ?? '';
  if (!/^[0-9a-f]{12,64}$/.test(digest)) return 'bad-digest';
  const stored = (await documents.storedBodies(bookId, digest))[0] ?? null;
  const report = stored?.body.report ?? said.report;
  const period = stored?.body.period.key ?? said.period;
  const position = stored?.body.position ?? said.position;
  if (report !== undefined && !listedReport(report)) return 'unknown-report';
  if (report === undefined || period === undefined || position === undefined)
    return { outcome: 'needs-more', digest, recomputed: null, file: null, since: null, pack: null };
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
      file:
        outcome === 'produced' && claim.pdf
          ? await compareDrawing((out) => drawPdf(before, out), claim.pdf)
          : null,
      since:
        today &&
        (await changesSince(
          connection,
          { before: known, after: today },
          { before, after: await today.report(report, parsed) },
          parsed,
        )),
      pack: null,
    };
  });
  return verdict ?? 'no-such-position';
}

/** What the file says of itself. */
function claimOfPdf(bytes: Buffer): PdfStamp | ClaimFault {
  return isPdf(bytes) ? (readStamp(bytes) ?? 'no-stamp') : 'not-a-pdf';
}

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

/** In the order of their figures: rows may be sorted by names. Pages name nobody: those of a section are in their digest. */
const withoutNames = ({ parts = [], rows }: KnownReport['body']): string =>
  [
    ...rows.map(({ account, kind, level, values }) => [kind, level, account, values]),
    ...parts.map(({ of, ...figures }) => [of?.accountId, of?.partyId, figures]),
  ]
    .map((figures) => JSON.stringify(figures))
    .sort()
    .join('\n');
