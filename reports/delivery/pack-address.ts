// Reads the address of a report pack: /books/{book}/packs/{period}.{zip|pdf}?reports=…, chosen reports of a period, without
// names all but the long ones.
import { type PeriodKey, parsePeriod } from '#ledger/domain/calendar.ts';
import { isPaged, reportsOf } from '#reports/catalogue/registry.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import { periodOf } from './find-report.ts';

export interface AskedPack {
  readonly book: BookCopy;
  readonly period: PeriodKey;
  readonly reports: readonly string[];
}

/** What is asked for, or what is wrong with it. @param text the period as the address has it */
export function readPack(
  book: BookCopy,
  text: string,
  query: URLSearchParams,
): AskedPack | Problem {
  const named = query.getAll('reports').flatMap((names) => names.split(','));
  const kind = parsePeriod(book.calendar, text)?.kind ?? 'year';
  const usual = reportsOf(kind, book.isGroup).filter((report) => !isPaged(report));
  const reports = named.length === 0 ? usual : [...new Set(named)];
  for (const report of reports) {
    if (!ALL.includes(report)) return unknownReport(report);
    const period = periodOf(book, { report, period: text });
    if (typeof period !== 'string') return period;
  }
  return { book, period: text as PeriodKey, reports };
}

/** Of books and groups. */
const ALL = reportsOf('year', true);

const unknownReport = (report: string): Problem => ({
  status: 404,
  code: 'unknown-report',
  title: 'There is no such report',
  detail: `${report || 'An empty name'} is none. Reports are ${ALL.join(', ')}.`,
  field: 'reports',
});

/** Some of the documents aren't there. */
export const noDocuments = (period: string): Problem => ({
  status: 404,
  code: 'no-document',
  title: 'There is no such document',
  detail: `The book's documents don't reach ${period} yet.`,
});

/** The documents moved, or their files weren't there, as long as we could wait. */
export const behind: Problem = {
  status: 503,
  code: 'document-behind',
  title: 'The documents are being updated',
  retryAfter: 1,
};
