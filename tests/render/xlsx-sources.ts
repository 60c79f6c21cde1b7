// What the tests of workbooks write and read back: bodies as they are, and reports of written books with their pages.
import type { ReportBody } from '#reports/catalogue/report.ts';
import { rowBatches } from '#reports/documents/read-pages.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { writeXlsx } from '#reports/render/xlsx.ts';
import type { Book } from '../reports/written-book.ts';
import { readXlsx } from './read-xlsx.ts';

export const DIGEST = 'abcdef0123456789'.repeat(4);

/** All rows of a body in one batch. */
export const whole = (body: ReportBody): ReportSource => ({
  body,
  digest: DIGEST,
  async *rows() {
    yield body.rows;
  },
});

/** A report of a written book, its pages read as the store would give them. */
export const ofBook = (book: Book, ...[report, key]: Parameters<Book['report']>): ReportSource => {
  const body = book.report(report, key);
  const texts = async (digests: readonly string[]) =>
    new Map(digests.map((digest) => [digest, book.bodies.get(digest)!.json]));
  return { body, digest: DIGEST, rows: () => rowBatches(texts, body) };
};

/** The file's bytes. */
export async function written(source: ReportSource, mostRows?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeXlsx(source, mostRows)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The file, read back. */
export const read = async (source: ReportSource, mostRows?: number) =>
  readXlsx(await written(source, mostRows));
