// Draws files before anyone asks: the worker calls this after it has moved heads. Statements first, newest periods
// first; what a newer document has replaced meanwhile is passed over.
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { type RenderPool, renderTask } from './render-pool.ts';

const LAST = new Set(['general-ledger', 'journal']);

/** Makes the PDFs of these heads that aren't there yet. @returns how many were made. */
export async function prerender(
  {
    documents,
    pool,
  }: { readonly documents: Pick<Documents, 'files' | 'head'>; readonly pool: RenderPool },
  book: number,
  heads: readonly ReportHead[],
): Promise<number> {
  const rank = (head: ReportHead) => (LAST.has(head.report) ? 1 : 0);
  const order = [...heads].sort((a, b) => rank(a) - rank(b) || (a.period < b.period ? 1 : -1));
  let made = 0;
  for (const head of order) {
    const task = renderTask(head.digest, 'pdf', book);
    if (await documents.files.find(task)) continue;
    const current = await documents.head(book, head.report, head.period);
    if (current?.digest !== head.digest) continue;
    if ((await pool.render(task)) !== null) made++;
  }
  return made;
}
