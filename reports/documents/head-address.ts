// Where a head lies, and how a stored head and position are read.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead, ReportName } from '#reports/catalogue/report.ts';
import type { HeadDocument, PositionDocument } from './collections.ts';
import type { DocumentsPosition } from './reader.ts';

export const headAddress = (
  book: number,
  generation: number,
  report: ReportName,
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

export const toPosition = (stored: Omit<PositionDocument, 'moved'>): DocumentsPosition => ({
  book: stored._id,
  position: stored.position,
  hash: stored.hash,
  head: Math.max(stored.head, stored.position),
  through: stored.through,
  generation: stored.generation,
  recomputes: stored.recomputes,
  last: stored.last ?? null,
  updatedAt: stored.updatedAt.toISOString(),
});
