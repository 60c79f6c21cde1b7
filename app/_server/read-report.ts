// One report from the document store: where the book's documents stand, the head, the body and the page asked for. A view
// that isn't kept yet is asked for, and waited for a little.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Period } from '#ledger/domain/calendar.ts';
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
/** So long a view is waited for; the page then says that it is being prepared, and shows it when it is there. */
const VIEW_MS = 6_000;
const LOOK_MS = 150;

/** @param isView whether it is one that is made when it is asked for */
export async function readReport(
  book: number,
  { isView, report }: { readonly report: string; readonly isView: boolean },
  period: Period,
  page: number,
): Promise<ReadReport | 'no-such-page'> {
  const { asked, documents } = rooms();
  const wanted = { book, report, period: period.key };
  const until = performance.now() + VIEW_MS;
  for (let attempt = 1; ; attempt++) {
    const [position, head] = await Promise.all([
      documents.position(book),
      documents.head(book, report, period.key),
    ]);
    const missing = isView && !head && position && period.from.slice(0, 7) <= position.through;
    if (missing && performance.now() < until) {
      if (attempt === 1) await asked.ask(wanted);
      await sleep(LOOK_MS);
      continue;
    }
    if (isView && head) await asked.noteRead(wanted);
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
