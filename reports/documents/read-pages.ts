// Reading paged reports: parts in order, each page fetched when it is reached; screens get the parts bundled into
// pages of about 500 rows.
import type { Part, ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { withRunningBalance } from '#reports/catalogue/running-balance.ts';
import type { PageBody } from '#reports/catalogue/seal.ts';
import type { ReportPage } from './reader.ts';

/** Texts of bodies by digest, in one request; missing ones are left out. */
export type ReadTexts = (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const ROWS_PER_PAGE = 500;

/** All rows of a body in order. Pages not stored any more are a fault: the header should have gone before them. */
export async function* rowBatches(
  read: ReadTexts,
  body: ReportBody,
): AsyncIterable<readonly ReportRow[]> {
  if (!body.parts) {
    yield body.rows;
    return;
  }
  for (const bundle of bundles(body.parts)) yield await rowsOf(read, body, bundle);
}

export async function pageOfReport(
  read: ReadTexts,
  body: ReportBody,
  page: number,
): Promise<ReportPage | null> {
  if (!body.parts) return page === 1 ? { rows: body.rows, page: 1, pages: 1 } : null;
  const all = bundles(body.parts);
  const bundle = all[page - 1];
  if (!bundle) return page === 1 ? { rows: [], page: 1, pages: 1 } : null;
  return { rows: await rowsOf(read, body, bundle), page, pages: all.length };
}

/** Neighbouring parts together while they stay within a screen's page; the same cut for everyone who asks. */
function bundles(parts: readonly Part[]): Part[][] {
  const result: Part[][] = [];
  let rows = 0;
  for (const part of parts) {
    const size = part.before.length + (part.page?.rows ?? 0) + part.after.length;
    if (result.length === 0 || rows + size > ROWS_PER_PAGE) {
      result.push([]);
      rows = 0;
    }
    result.at(-1)!.push(part);
    rows += size;
  }
  return result;
}

async function rowsOf(
  read: ReadTexts,
  body: ReportBody,
  parts: readonly Part[],
): Promise<readonly ReportRow[]> {
  const texts = await read(parts.flatMap((part) => (part.page ? [part.page.digest] : [])));
  return parts.flatMap((part) => {
    if (!part.page) return [...part.before, ...part.after];
    const text = texts.get(part.page.digest);
    if (!text)
      throw new Error(`page ${part.page.digest} of ${body.report} ${body.period.key} is missing`);
    const page = JSON.parse(text) as PageBody;
    return [
      ...part.before,
      ...withRunningBalance(page.rows, part.page, body.exponent),
      ...part.after,
    ];
  });
}
