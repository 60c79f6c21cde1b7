// Where a head lies, and how heads and positions are written and read.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { HeadDocument, PositionDocument } from './collections.ts';
import type { DocumentsPosition } from './reader.ts';

export const headAddress = (
  book: number,
  generation: number,
  report: string,
  period: PeriodKey,
): string => `${book}/${generation}/${report}/${period}`;

export const toHead = (stored: HeadDocument): ReportHead => ({
  report: stored.report,
  period: stored.period,
  digest: stored.digest,
  position: stored.position,
  asOf: stored.asOf,
  computedAt: stored.computedAt.toISOString(),
});

export const toHeadDocument = (
  book: number,
  generation: number,
  head: ReportHead,
): HeadDocument => ({
  _id: headAddress(book, generation, head.report, head.period),
  book,
  generation,
  report: head.report,
  period: head.period,
  digest: head.digest,
  position: head.position,
  asOf: head.asOf,
  computedAt: new Date(head.computedAt),
});

/** What the text of a document's head begins with. */
export const headTextStart = (report: string, period: PeriodKey): string => `${report} ${period} `;

/** A head as position documents hold it: one text is written, told and read in a fifth of the time of six fields. */
export const headText = (head: ReportHead): string =>
  headTextStart(head.report, head.period) +
  `${head.digest} ${head.position} ${head.asOf} ${Date.parse(head.computedAt)}`;

export function headOfText(text: string): ReportHead {
  const [report, period, digest, position, asOf, computedAt] = text.split(' ');
  return {
    report: report!,
    period: period as PeriodKey,
    digest: digest!,
    position: Number(position),
    asOf: Number(asOf),
    computedAt: new Date(Number(computedAt)).toISOString(),
  };
}

export const toPosition = (stored: Omit<PositionDocument, 'recent'>): DocumentsPosition => ({
  book: stored._id,
  position: stored.position,
  hash: stored.hash,
  head: Math.max(stored.head, stored.position),
  through: stored.through,
  generation: stored.generation,
  schemaVersion: stored.schemaVersion,
  recomputes: stored.recomputes,
  last: stored.last ?? null,
  updatedAt: stored.updatedAt.toISOString(),
});
