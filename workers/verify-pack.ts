// Whether a book produced a pack of reports: each is recomputed as the book stood at the pack's position, and the digest over
// theirs is the pack's or isn't.
import { parsePeriod } from '#ledger/domain/calendar.ts';
import { listedReport } from '#reports/catalogue/registry.ts';
import { packDigest } from '#reports/catalogue/seal.ts';
import { readName } from '#reports/catalogue/view.ts';
import { drawPack } from '#reports/render/draw-pack.ts';
import type { PdfStamp } from '#reports/render/read-stamp.ts';
import { PACK_TITLE } from '#reports/render/title-words.ts';
import { inKnownBook, type KnownReport, openKnown } from './as-known.ts';
import { compareDrawing } from './compare-drawing.ts';
import { type LedgerSource, readBook } from './recompute-snapshot.ts';
import {
  type ClaimFault,
  NAMES_PARTIES,
  type Outcome,
  type PackPart,
  type Verdict,
} from './verdict.ts';

/** So many reports are recomputed for one file. */
const MOST_REPORTS = 100;

/** @param pdf the whole file, that says `stamp` of itself. @returns the verdict, or what is wrong with the claim */
export async function verifyPack(
  store: Pick<LedgerSource, 'pool'>,
  bookId: number,
  stamp: PdfStamp,
  pdf: Uint8Array,
): Promise<Verdict | ClaimFault> {
  const { digest, position, reports } = stamp;
  const listed = reports.slice(0, MOST_REPORTS).flatMap((report) => listedReport(report) ?? []);
  if (listed.length < reports.length) return 'unknown-report';
  const verdict = await inKnownBook(store, bookId, position, async (known, connection) => {
    const period = parsePeriod(known.ledger.facts.calendar, stamp.period);
    if (!period || listed.some(({ periods }) => !periods.includes(period.kind)))
      return 'bad-period' as const;
    const before: KnownReport[] = [];
    for (const report of reports) before.push(await known.report(report, period));
    const newest = before
      .map(({ body }) => body)
      .reduce((a, b) => (b.position > a.position ? b : a));
    const again = packDigest(before.map((own) => own.digest));
    const renamed = known.partiesRenamed && reports.some(namesParties);
    const outcome: Outcome =
      again === digest ? 'produced' : renamed ? 'not-checkable' : 'not-produced';
    const produced = outcome === 'produced';
    const head = (await readBook(connection, bookId))!.head;
    const today = produced && head > position ? await openKnown(connection, bookId, head) : known;
    const pack: PackPart[] = [];
    for (const [at, { body, digest: own }] of before.entries()) {
      const report = reports[at]!;
      const now = produced && today !== known ? await today!.report(report, period) : null;
      const changed = produced ? now !== null && now.digest !== own : null;
      pack.push({ report, title: body.title, digest: own, position: body.position, changed });
    }
    const source = { digest, reports: () => inTurn(before) };
    return {
      ...{ outcome, digest, pack, since: null },
      recomputed: {
        ...{ report: 'pack', title: PACK_TITLE, period: period.key, digest: again },
        ...{ position: newest.position, recordedAt: newest.recordedAt },
      },
      file: produced ? await compareDrawing((out) => drawPack(source, out), pdf) : null,
    };
  });
  return verdict ?? 'no-such-position';
}

async function* inTurn(reports: readonly KnownReport[]): AsyncGenerator<KnownReport> {
  yield* reports;
}

const namesParties = (report: string): boolean => NAMES_PARTIES.has(readName(report)!.report);
