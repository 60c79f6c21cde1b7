// Heads of several reports as they stand together at one position: from memory while the change stream is trusted, so
// that a crowd asks the document store once, else from there.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { DocumentsReader } from '#reports/documents/reader.ts';
import { headKey } from './head-cache.ts';
import type { HeadSource } from './head-source.ts';

export interface HeadsTogether {
  readonly position: number;
  /** In the order of the reports; those that don't exist are left out. */
  readonly heads: readonly ReportHead[];
}

/** @returns null when the book has no documents, or they moved each time we looked. */
export async function findTogether(
  documents: Pick<DocumentsReader, 'headsTogether'>,
  heads: HeadSource,
  book: number,
  period: PeriodKey,
  reports: readonly string[],
): Promise<HeadsTogether | null> {
  const known = remembered(heads, book, period, reports);
  if (known) return known;
  if (heads.trusted()) {
    await Promise.all(reports.map((report) => heads.read({ book, report, period })));
    const read = remembered(heads, book, period, reports);
    if (read) return read;
  }
  return documents.headsTogether(book, period, reports);
}

/**
 * What is remembered of a book is told in one piece, move by move. A head that a look-up brought may be of a move that
 * wasn't told yet: then it was computed from a later position than the book's.
 */
function remembered(
  heads: HeadSource,
  book: number,
  period: PeriodKey,
  reports: readonly string[],
): HeadsTogether | null {
  const found = reports.flatMap((report) => heads.peek(book, headKey(report, period)) ?? []);
  const position = found[0]?.position;
  if (position === undefined || found.length < reports.length) return null;
  const together = found.every((own) => own.position === position && own.head.asOf <= position);
  return together ? { position, heads: found.map(({ head }) => head) } : null;
}
