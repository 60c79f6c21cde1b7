// A report as it was known at the end of a day, or at an event: for the screen a page of it, or the whole as a file.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseDate, parsePeriod } from '#ledger/domain/calendar.ts';
import { listedReport } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { writeCsv } from '#reports/render/csv.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { inKnownBook, type KnownBook, type KnownReport } from './as-known.ts';
import type { LedgerSource } from './recompute-snapshot.ts';

export interface KnownQuestion {
  readonly bookId: number;
  readonly report: string;
  readonly period: string;
  /** A day `YYYY-MM-DD`, whose end on the book's clock is meant, or a ledger position. */
  readonly at: string;
}

export type KnownFault = 'bad-moment' | 'nothing-known-yet' | 'no-such-report' | 'no-such-page';

export interface ShownReport {
  readonly body: ReportBody;
  readonly digest: string;
  readonly rows: readonly ReportRow[];
  readonly page: number;
  readonly pages: number;
  /** The last event that was known, and when it was recorded, ISO 8601 in UTC. */
  readonly position: number;
  readonly recordedAt: string;
  /** Customers or suppliers were renamed since; their names are today's. */
  readonly partiesRenamed: boolean;
}

type Source = Pick<LedgerSource, 'pool'>;

export const showKnown = (
  store: Source,
  question: KnownQuestion,
  page: number,
): Promise<ShownReport | KnownFault> =>
  answer(store, question, async (known, report) => {
    const rows = await report.page(page);
    if (!rows) return 'no-such-page' as const;
    const { partiesRenamed, position, recordedAt } = known;
    return {
      ...{ body: report.body, digest: report.digest, ...rows },
      ...{ position, recordedAt, partiesRenamed },
    };
  });

export const knownFile = (
  store: Source,
  question: KnownQuestion,
  format: 'csv' | 'pdf',
): Promise<Uint8Array | KnownFault> =>
  answer(store, question, async (_known, report) => {
    if (format === 'csv') return buffer(writeCsv(report));
    const pipe = new PassThrough();
    const bytes = buffer(pipe);
    await drawPdf(report, pipe);
    return bytes;
  });

async function answer<Result>(
  store: Source,
  { at, bookId, period, report }: KnownQuestion,
  give: (known: KnownBook, report: KnownReport) => Promise<Result>,
): Promise<Result | KnownFault> {
  const position = await positionAt(store, bookId, at);
  if (typeof position === 'string') return position;
  const found = await inKnownBook(store, bookId, position, async (known) => {
    const parsed = parsePeriod(known.ledger.facts.calendar, period);
    const listed = listedReport(report);
    if (!parsed || !listed?.periods.includes(parsed.kind)) return 'no-such-report';
    if (listed.groups && !known.ledger.facts.isGroup) return 'no-such-report';
    return give(known, await known.report(report, parsed));
  });
  return found ?? 'nothing-known-yet';
}

// The end of a day is the beginning of the next on the book's clock.
const LAST_OF_DAY = `
  select max(e.position) as position from events e join books b on b.id = e.book_id
  where b.id = $1 and e.recorded_at < (($2::date + 1)::timestamp at time zone b.time_zone)`;

async function positionAt(store: Source, bookId: number, at: string): Promise<number | KnownFault> {
  if (/^[1-9]\d{0,8}$/.test(at)) return Number(at);
  if (!parseDate(at)) return 'bad-moment';
  const connection = await store.pool.connect();
  try {
    const { rows } = await connection.query(LAST_OF_DAY, [bookId, at]);
    return (rows[0] as { position: number | null }).position ?? 'nothing-known-yet';
  } finally {
    connection.release();
  }
}
