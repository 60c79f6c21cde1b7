// Chosen reports of a period in one PDF: a page of contents, then each report as it is drawn alone, with the pages counted
// through, a bookmark each, and the CSVs of all attached. No more than one report is open at a time.
import type { Writable } from 'node:stream';
import { drawReport } from './draw-pdf.ts';
import { figuresOf } from './figures.ts';
import { drawContents } from './pack-contents.ts';
import type { FileFacts } from './pdf-archive.ts';
import { PdfFile } from './pdf-file.ts';
import type { ReportSource } from './report-source.ts';
import { PACK_TITLE } from './title-words.ts';

export interface PackSource {
  /** Over the digests of its reports. */
  readonly digest: string;
  /** Its reports in order, each opened when its turn comes. Each call starts from the first; three are made. */
  reports(): AsyncIterable<ReportSource>;
}

/** Draws a pack to a stream and ends it. @throws when the stream is destroyed before. */
export async function drawPack(pack: PackSource, out: Writable): Promise<void> {
  const { facts, titles, exponent } = await lookThrough(pack);
  const file = new PdfFile(facts, out);
  const figures = figuresOf({ ...facts.body.book, exponent });
  const contents = await drawContents(file, facts, titles, figures);
  let at = 0;
  for await (const report of pack.reports()) {
    await drawReport(file, report, () => contents.begun(at));
    at++;
  }
  await file.end(pack.reports());
}

/** What the page of contents says: the newest of the reports says from where in the ledger the figures come. */
async function lookThrough({ digest, reports }: PackSource) {
  const [titles, names]: [string[], string[]] = [[], []];
  let newest: FileFacts['body'] | null = null;
  let [exponent, provisional] = [0, false];
  for await (const { body } of reports()) {
    titles.push(body.title);
    names.push(body.report);
    const { book, currency, period, position, recordedAt } = body;
    if (!newest || position > newest.position) {
      const words = { report: 'pack', title: PACK_TITLE, provisional: false };
      newest = { ...words, book, period, currency, position, recordedAt };
    }
    provisional ||= body.provisional;
    exponent = body.exponent;
  }
  if (!newest) throw new Error('a pack has at least one report');
  const facts: FileFacts = { body: { ...newest, provisional }, digest, reports: names };
  return { facts, titles, exponent };
}
