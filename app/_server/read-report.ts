// One report from the document store: where the book's documents stand, the head, the body and the page asked for.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportHead, ReportRow } from '#reports/catalogue/report.ts';
import { rooms } from './rooms.ts';

export interface ReadReport {
  readonly position: number | null;
  readonly head: number | null;
  /** The last month that has documents. */
  readonly through: string | null;
  readonly shown: {
    readonly head: ReportHead;
    readonly body: ReportBody;
    readonly rows: readonly ReportRow[];
    readonly page: number;
    readonly pages: number;
  } | null;
}

const ATTEMPTS = 3;

export async function readReport(
  book: number,
  report: string,
  period: PeriodKey,
  page: number,
): Promise<ReadReport | 'no-such-page'> {
  const { documents } = rooms();
  for (let attempt = 1; ; attempt++) {
    const [position, head] = await Promise.all([
      documents.position(book),
      documents.head(book, report, period),
    ]);
    const body = head && (await documents.body(head.digest));
    // A body may be dropped between the two look-ups, when its head has moved on: then read the head again.
    if (head && !body && attempt < ATTEMPTS) continue;
    const rows = body && (await documents.page(body, page));
    if (body && !rows) return 'no-such-page';
    return {
      position: position?.position ?? null,
      head: position?.head ?? null,
      through: position?.through ?? null,
      shown: head && body && rows ? { ...rows, head, body } : null,
    };
  }
}
