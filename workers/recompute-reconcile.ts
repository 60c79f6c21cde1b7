// Reconciling: fresh balances from every posting of the ledger, every document computed from them, every digest
// compared with the one that readers are given. Any difference is an alarm. Documents are only read.
//   reconcileBook({store, documents, bookId}) → {documents, differences}
// That postings are what the events say is `npm run verify`; both together lead from the chain to the paper.
import { type Month, monthOf, type Period, periodsThrough } from '#ledger/domain/calendar.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { budgetTable } from '#reports/catalogue/budget-table.ts';
import { rateTable } from '#reports/catalogue/rate-table.ts';
import { feedPosition, reportsOf, viewOf } from '#reports/catalogue/registry.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { DocumentsReader } from '#reports/documents/reader.ts';
import { type RecomputeInput, recomputeBook } from './recompute.ts';
import { readBudget, readDimensions, readTaxCodes } from './recompute-details.ts';
import { computeFresh, type FreshSink, summedLedger } from './recompute-fresh.ts';
import { readGroup } from './recompute-group.ts';
import { headKey } from './recompute-pages.ts';
import type { Target } from './recompute-plan.ts';
import { readRates } from './recompute-rates.ts';
import {
  type BookAtHead,
  inSnapshot,
  type LedgerConnection,
  readAccounts,
  readBook,
} from './recompute-snapshot.ts';

export interface Reconciliation {
  /** How many documents were compared. */
  readonly documents: number;
  /** One line per document that differs, is missing or is too many. */
  readonly differences: readonly string[];
}

/** The book may be posted to meanwhile: that often we wait for its documents to be level. */
const ATTEMPTS = 10;

const NOWHERE: FreshSink = { document() {}, page() {} };

export async function reconcileBook(input: RecomputeInput): Promise<Reconciliation> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await recomputeBook(input);
    const connection = await input.store.pool.connect();
    try {
      const result = await inSnapshot(connection, async (begun) => {
        await begun;
        return compare(connection, input.documents, input.bookId);
      });
      if (result) return result;
    } finally {
      connection.release();
    }
  }
  throw new Error(
    `book ${input.bookId} was never level: somebody posts faster than it is compared`,
  );
}

/** @returns null when the documents aren't level with the snapshot. */
async function compare(
  connection: LedgerConnection,
  documents: DocumentsReader,
  bookId: number,
): Promise<Reconciliation | null> {
  const book = await readBook(connection, bookId);
  if (!book) throw new Error(`there is no book ${bookId}`);
  const position = await documents.position(bookId);
  const found = await documents.heads(bookId);
  if (!position || position.position !== book.head || position.hash !== book.headHash) return null;
  const expected = await computeAll(connection, book, position.through, found);
  const after = await documents.position(bookId);
  if (after?.recomputes !== position.recomputes) return null;
  return { documents: expected.length, differences: differencesOf(expected, found) };
}

async function computeAll(
  connection: LedgerConnection,
  book: BookAtHead,
  through: Month,
  found: readonly ReportHead[],
): Promise<ReportHead[]> {
  const { id } = book.facts;
  const ledger = await summedLedger(connection, book, {
    accounts: await readAccounts(connection, id),
    dimensions: await readDimensions(connection, id),
    taxCodes: await readTaxCodes(connection, id),
    group: await readGroup(connection, book.facts),
    rates: rateTable(await readRates(connection, id)),
    budget: budgetTable(
      monthOf(book.facts.calendar.startDate),
      await readBudget(connection, id, 0),
    ),
  });
  const targets = periodsThrough(book.facts.calendar, through).flatMap((period) =>
    allOf(ledger, period, found),
  );
  return computeFresh(connection, { book, ledger, through, targets }, NOWHERE);
}

/** Those that always exist, and those that were asked for. */
const allOf = (ledger: BookLedger, period: Period, found: readonly ReportHead[]): Target[] =>
  [
    ...reportsOf(period.kind, ledger.facts.isGroup),
    ...found
      .filter((own) => own.period === period.key && viewOf(own.report))
      .map((own) => own.report),
  ].map((report) => ({
    report,
    period,
    position: feedPosition(ledger, report, period),
  }));

function differencesOf(expected: readonly ReportHead[], found: readonly ReportHead[]): string[] {
  const digests = new Map(found.map((head) => [headKey(head.report, head.period), head.digest]));
  const differences: string[] = [];
  for (const { report, period, digest } of expected) {
    const key = headKey(report, period);
    const stored = digests.get(key);
    digests.delete(key);
    if (stored === undefined) differences.push(`${key} is missing`);
    else if (stored !== digest) differences.push(`${key} is ${stored}, recomputed ${digest}`);
  }
  for (const key of digests.keys()) differences.push(`${key} should not be there`);
  return differences;
}
