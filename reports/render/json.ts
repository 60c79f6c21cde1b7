// A report as JSON, as §11 of the design promises it: whole when it fits, one page of rows with `page` and `pages`.
import type { ReportBody, ReportHead, ReportRow } from '#reports/catalogue/report.ts';

/** @param page the rows to show and where they stand in the whole. */
export function reportJson(
  body: ReportBody,
  head: ReportHead,
  page: { readonly rows: readonly ReportRow[]; readonly page: number; readonly pages: number },
): string {
  const { slug, name, legalName, registrationNumber } = body.book;
  return JSON.stringify({
    report: body.report,
    title: body.title,
    book: { slug, name, legalName, registrationNumber },
    period: body.period,
    currency: body.currency,
    position: head.position,
    recordedAt: body.recordedAt,
    computedAt: head.computedAt,
    digest: head.digest,
    provisional: body.provisional,
    columns: body.columns,
    rows: page.rows,
    totals: body.controlTotals,
    notes: body.notes,
    page: page.page,
    pages: page.pages,
  });
}
