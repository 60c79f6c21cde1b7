// Finds the head that a read asks for, as fresh as it asks: `minPosition` waits for the documents, bounded, and never
// answers with something older.
import { setTimeout as sleep } from 'node:timers/promises';
import { parsePeriod } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { BookCopy, DocumentsPosition, DocumentsReader } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import type { ReportAddress } from './report-address.ts';

export interface FoundReport {
  readonly head: ReportHead;
  /** Every document of the book is valid at this position. */
  readonly position: number;
}

const POLL_MS = 40;

/** @param waitMs how long a reader may wait for `minPosition`. @param gone tells that the reader has left. */
export async function findReport(
  documents: DocumentsReader,
  book: BookCopy,
  address: ReportAddress,
  minPosition: number | undefined,
  waitMs: number,
  gone: () => boolean,
): Promise<FoundReport | Problem> {
  const period = parsePeriod(book.calendar, address.period);
  if (!period) return badPeriod(address.period);
  // Position first: heads read after it are at least as new.
  const position = await waitFor(documents, book.id, minPosition ?? 0, waitMs, gone);
  if (!position || position.position < (minPosition ?? 0))
    return behind(position, minPosition ?? 0);
  const head = await documents.head(book.id, address.report, period.key);
  if (head) return { head, position: position.position };
  return {
    status: 404,
    code: 'no-document',
    title: 'There is no such document',
    detail: `The book's documents reach until ${position.through}; ${period.key} has none yet.`,
  };
}

async function waitFor(
  documents: DocumentsReader,
  book: number,
  wanted: number,
  waitMs: number,
  gone: () => boolean,
): Promise<DocumentsPosition | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const position = await documents.position(book);
    if (position && position.position >= wanted) return position;
    // Only who names a position waits for it.
    if (wanted === 0 || performance.now() > until || gone()) return position;
    await sleep(POLL_MS);
  }
}

const behind = (position: DocumentsPosition | null, wanted: number): Problem => ({
  status: 503,
  code: 'document-behind',
  title: 'The documents are being updated',
  detail: position
    ? `They are at position ${position.position}, asked for was ${wanted}. Ask again in a moment.`
    : 'The first documents of this book are being made. Ask again in a moment.',
  retryAfter: 1,
});

function badPeriod(text: string): Problem {
  if (/^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/.test(text)) {
    return {
      status: 404,
      code: 'no-document',
      title: 'There is no such document',
      detail: 'Reports over a range of days are not kept; ask for a month, a quarter or a year.',
    };
  }
  const wellFormed = /^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/.test(text);
  return {
    status: wellFormed ? 404 : 400,
    code: wellFormed ? 'no-such-period' : 'bad-period',
    title: wellFormed ? 'The book has no such period' : 'That is not a period',
    detail:
      'A period is a month (2026-03), a fiscal quarter (2026-Q1) or a fiscal year (2026) since the book began.',
    field: 'period',
  };
}
