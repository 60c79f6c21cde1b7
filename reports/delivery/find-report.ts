// Finds the head that a read asks for, as fresh as it asks: from memory while that is known to be current, else from
// MongoDB. `minPosition` waits for the documents, bounded, and never answers with something older; so does who asks for a
// view that isn't kept yet.
import { monthOf, type PeriodKey, parsePeriod } from '#ledger/domain/calendar.ts';
import { listedReport, viewOf } from '#reports/catalogue/registry.ts';
import type { BookCopy, DocumentsPosition } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import { headKey, type ServedHead } from './head-cache.ts';
import type { HeadSource } from './head-source.ts';
import type { ReportAddress } from './report-address.ts';

/** MongoDB is asked again after so long: seldom while the stream tells of every move, often while it doesn't. */
const TOLD_MS = 400;
const POLL_MS = 50;
/** For so long the stream alone is listened to. */
const NEWS_MS = 200;

/** Whoever asked for a document that isn't kept yet looks again after so long. */
const ASKED_MS = 500;

/** How long a reader waits, and whether they are still there. */
export interface Patience {
  /** Clock of `performance`. */
  readonly until: number;
  gone(): boolean;
}

/** The period of an address in a book's calendar, or what is wrong with it. */
export function periodOf(
  book: BookCopy,
  { period: text, report }: Pick<ReportAddress, 'period' | 'report'>,
): PeriodKey | Problem {
  const period = parsePeriod(book.calendar, text);
  if (!period) return badPeriod(text);
  const listed = listedReport(report);
  if (!listed || (listed.groups && !book.isGroup)) return notOfBook(report);
  return listed.periods.includes(period.kind) ? period.key : notOfKind(report, period.kind);
}

export async function findReport(
  heads: HeadSource,
  book: BookCopy,
  { report }: ReportAddress,
  period: PeriodKey,
  minPosition: number,
  patience: Patience,
): Promise<ServedHead | Problem> {
  const key = headKey(report, period);
  const known = heads.peek(book.id, key);
  // Whoever has just posted asks before the documents are there: news of them costs nothing, a look into MongoDB does.
  if (known && known.position < minPosition) await moved(heads, book.id, key, minPosition, NEWS_MS);
  for (;;) {
    const told = heads.peek(book.id, key);
    if (told && told.position >= minPosition) return told;
    const { position, head } = await heads.read({ book: book.id, report, period });
    const fresh = position !== null && position.position >= minPosition;
    if (fresh && head) return { head, position: position.position };
    const asks =
      fresh &&
      viewOf(report) !== null &&
      monthOf(parsePeriod(book.calendar, period)!.from) <= position.through;
    if (fresh && !asks) return noDocument(position, period);
    const left = patience.until - performance.now();
    if (asks && left > 0 && !patience.gone()) {
      await heads.ask({ book: book.id, report, period });
      await moved(heads, book.id, key, position.position, Math.min(ASKED_MS, left));
      continue;
    }
    if (asks) return BEING_MADE;
    // Only who names a position waits for it.
    if (minPosition === 0 || left <= 0 || patience.gone()) return behind(position, minPosition);
    await moved(
      heads,
      book.id,
      key,
      minPosition,
      Math.min(heads.trusted() ? TOLD_MS : POLL_MS, left),
    );
  }
}

/** Until the stream tells of a head that is fresh enough, or so long at most. */
async function moved(
  heads: HeadSource,
  book: number,
  key: string,
  minPosition: number,
  mostMs: number,
): Promise<void> {
  const until = performance.now() + mostMs;
  for (let left = mostMs; left > 0; left = until - performance.now()) {
    await heads.nextMove(book, left);
    const known = heads.peek(book, key);
    if (known && known.position >= minPosition) return;
  }
}

const noDocument = (position: DocumentsPosition, period: PeriodKey): Problem => ({
  status: 404,
  code: 'no-document',
  title: 'There is no such document',
  detail: `The book's documents reach until ${position.through}; ${period} has none yet.`,
});

const behind = (position: DocumentsPosition | null, wanted: number): Problem => ({
  status: 503,
  code: 'document-behind',
  title: 'The documents are being updated',
  detail: position
    ? `They are at position ${position.position}, asked for was ${wanted}. Ask again in a moment.`
    : 'The first documents of this book are being made. Ask again in a moment.',
  retryAfter: 1,
});

const BEING_MADE: Problem = {
  status: 503,
  code: 'document-behind',
  title: 'The document is being made',
  detail: 'It is kept from now on. Ask again in a moment.',
  retryAfter: 1,
};

const notOfKind = (report: string, kind: string): Problem => ({
  status: 404,
  code: 'no-document',
  title: 'There is no such document',
  detail: `The report ${report} does not exist for a ${kind}; ask for a fiscal year.`,
  field: 'period',
});

const notOfBook = (report: string): Problem => ({
  status: 404,
  code: 'no-document',
  title: 'There is no such document',
  detail: `The report ${report} exists in groups alone: books that have other books as members.`,
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
