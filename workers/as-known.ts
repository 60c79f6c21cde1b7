// A book as its ledger knew it at an event: reports computed from what was recorded until then and nothing later. At the
// position that a document is stamped with this gives that document again, byte for byte. Takes from tens of
// milliseconds to seconds (it reads all postings of the book), so it is no part of delivery.
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { feedPosition } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import { pageOfReport, rowBatches } from '#reports/documents/read-pages.ts';
import type { ReportPage } from '#reports/documents/reader.ts';
import { knownChart } from './known-chart.ts';
import { computeFresh, summedLedger } from './recompute-fresh.ts';
import {
  inSnapshot,
  type LedgerConnection,
  type LedgerSource,
  readBook,
  recordedTimes,
} from './recompute-snapshot.ts';

/** A report computed anew, with its pages in memory. */
export interface KnownReport {
  readonly body: ReportBody;
  readonly digest: string;
  rows(): AsyncIterable<readonly ReportRow[]>;
  /** The n-th page (from 1), null past the end. */
  page(page: number): Promise<ReportPage | null>;
}

export interface KnownBook {
  readonly position: number;
  /** When the event at the position was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly ledger: BookLedger;
  /** Whether a party was renamed later: its name then is recorded nowhere, and reports print today's. */
  readonly partiesRenamed: boolean;
  /** @throws BrokenInvariant when the ledger contradicts itself */
  report(report: string, period: Period): Promise<KnownReport>;
}

/**
 * Runs work on the book as it was known at a position, in one snapshot.
 * @returns null when there is no such book or no such event
 */
export async function inKnownBook<Result>(
  store: Pick<LedgerSource, 'pool'>,
  bookId: number,
  position: number,
  work: (known: KnownBook, connection: LedgerConnection) => Promise<Result>,
): Promise<Result | null> {
  const connection = await store.pool.connect();
  try {
    return await inSnapshot(connection, async (begun) => {
      await begun;
      const known = await openKnown(connection, bookId, position);
      return known && (await work(known, connection));
    });
  } finally {
    connection.release();
  }
}

/** To be called in a snapshot. */
export async function openKnown(
  connection: LedgerConnection,
  bookId: number,
  position: number,
): Promise<KnownBook | null> {
  const today = await readBook(connection, bookId);
  if (!today || position < 1 || position > today.head) return null;
  const { facts, ...chart } = await knownChart(connection, today.facts, position);
  const recordedAt = (await recordedTimes(connection, bookId, [position])).get(position)!;
  const book = { ...today, facts, head: position, headAt: recordedAt };
  const ledger = await summedLedger(connection, book, chart);
  return {
    ...{ position, recordedAt, ledger },
    partiesRenamed: today.facts.partiesPosition > position,
    async report(report, period) {
      const target = { report, period, position: feedPosition(ledger, report, period) };
      const documents: Sealed[] = [];
      const pages = new Map<string, string>();
      const through = monthOf(period.to);
      const fresh = { book, ledger, through, targets: [target] };
      await computeFresh(connection, fresh, {
        document: (sealed) => documents.push(sealed),
        page: ({ digest, json }) => pages.set(digest, json),
      });
      const { digest, json } = documents[0]!;
      const body = JSON.parse(json) as ReportBody;
      const read = async () => pages;
      return {
        ...{ body, digest },
        rows: () => rowBatches(read, body),
        page: (page) => pageOfReport(read, body, page),
      };
    },
  };
}
