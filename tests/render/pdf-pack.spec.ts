// A report pack as one PDF: contents with links, bookmarks, pages counted through, each report as it is drawn alone, the
// CSVs of all, and fit for archives and screen readers as the single ones are.
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { REPORT_LIST } from '#reports/catalogue/registry.ts';
import { writeCsv } from '#reports/render/csv.ts';
import { drawPack } from '#reports/render/draw-pack.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';
import { Book } from '../reports/written-book.ts';
import { readPdf, textOf } from './read-pdf.ts';
import { archiveFaults, noVeraPdf } from './vera-pdf.ts';
import { DIGEST, ofBook, whole } from './xlsx-sources.ts';

const BOOK = new Book({
  start: '2025-01-01',
  accounts: `
    1000 asset Assets:Bank & Co:<Łódź>
    2000 liability Liabilities:Creditors
    3000 equity Equity:Capital
    4000 income Income:Sales (all)
    5000 expense Expenses:Rent`,
  entries: `
    2025-03-01 capital
      1000 D 1000.00
      3000 C 1000.00
    2026-02-10 sale
      1000 D 12.00
      4000 C 12.00
    2026-02-11 rent
      5000 D 7.00
      2000 C 7.00`,
});

const ofMonth = REPORT_LIST.filter(({ periods }) => periods.includes('month')).map(({ name }) =>
  ofBook(BOOK, name, '2026-02'),
);
const american = { ...TITLE, locale: 'en-US', negatives: 'parentheses' as const };
const twice = trialBalance(3);

/** Packs of every paper and length: a month's, one report's, one with a long ledger, and more than a page can list. */
const PACKS: Readonly<Record<string, readonly ReportSource[]>> = {
  month: ofMonth,
  one: ofMonth.slice(0, 1),
  letter: [whole({ ...twice, book: american }), { ...longLedger(2_000), digest: DIGEST }],
  many: Array.from({ length: 70 }, () => whole(twice)),
};

const packOf = (reports: readonly ReportSource[]) => ({
  digest: DIGEST,
  async *reports() {
    yield* reports;
  },
});

async function drawn(draw: (out: Writable) => Promise<void>): Promise<Buffer> {
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await draw(pipe);
  return bytes;
}

const packed = (reports: readonly ReportSource[]) => drawn((out) => drawPack(packOf(reports), out));

async function opened<Result>(
  bytes: Buffer,
  look: (pdf: PDFDocumentProxy) => Promise<Result>,
): Promise<Result> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  try {
    return await look(pdf);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

test.skipIf(noVeraPdf)(
  'veraPDF finds packs PDF/A-3a and PDF/UA-1',
  async () => {
    const files = async function* () {
      for (const [name, reports] of Object.entries(PACKS))
        yield [name, await packed(reports)] as const;
    };
    expect(await archiveFaults(files())).toEqual([]);
  },
  240_000,
);

test('contents, links and bookmarks lead to the first page of each report', async () => {
  const bytes = await packed(ofMonth);
  const pages = (await readPdf(bytes)).map(textOf);
  const [contents, ...others] = pages;
  expect(contents).toContain('Report pack 1 February 2026 to 28 February 2026');
  const titles = ofMonth.map(({ body }) => body.title);
  // What the list says is where the report's title stands.
  const listed = titles.map((title) =>
    pages.findIndex((page, at) => at > 0 && page.includes(`${title} 1 February`)),
  );
  await opened(bytes, async (pdf) => {
    const places = async (destination: unknown) =>
      pdf.getPageIndex((destination as [{ num: number; gen: number }])[0]);
    const [marks, first] = [await pdf.getOutline(), await pdf.getPage(1)];
    expect(marks.map(({ title }) => title)).toEqual(['Contents', ...titles]);
    const marked = await Promise.all(marks.map(({ dest }) => places(dest)));
    const links = await first.getAnnotations();
    const linked = await Promise.all(links.map(({ dest }) => places(dest)));
    expect(marked).toEqual([0, ...linked]);
    for (const [at, title] of titles.entries()) {
      const page = pages[linked[at]!]!;
      expect(page, title).toContain(title);
      expect(page, title).toContain(`Page ${linked[at]! + 1} of ${pages.length}`);
      if (listed[at]! > 0) expect(linked[at]).toBe(listed[at]);
    }
    const numbers = linked.map((at) => `${at + 1}`);
    const said = contents!.split(' ');
    expect(said.filter((word) => /^\d+$/.test(word)).slice(-numbers.length)).toEqual(numbers);
  });
  for (const [at, page] of others.entries()) {
    expect(page).toContain(`Page ${at + 2} of ${pages.length}`);
  }
});

test('every report stands in it as it is drawn alone, but for the number of the page', async () => {
  const inPack = (await readPdf(await packed(ofMonth))).slice(1).map(textOf);
  const alone: string[] = [];
  for (const source of ofMonth) {
    const pages = await readPdf(await drawn((out) => drawPdf(source, out)));
    alone.push(...pages.map(textOf));
  }
  const unnumbered = (pages: readonly string[]) =>
    pages.map((page) => page.replace(/Page \d+ of \d+/, ''));
  expect(unnumbered(inPack)).toEqual(unnumbered(alone));
});

test('the CSVs of all its reports are attached, byte for byte', async () => {
  await opened(await packed(ofMonth), async (pdf) => {
    const attached = new Map(
      [...((await pdf.getAttachments()) ?? new Map())].map(([id, { filename }]) => [filename, id]),
    );
    expect(attached.size).toBe(ofMonth.length);
    for (const source of ofMonth) {
      const csv: Uint8Array[] = [];
      for await (const piece of writeCsv(source)) csv.push(piece);
      const { book, period, report } = source.body;
      const id = attached.get(`${book.slug}-${report}-${period.key}.csv`);
      const content = await pdf.getAttachmentContent(id!);
      expect(Buffer.from(content!).equals(Buffer.concat(csv)), report).toBe(true);
    }
  });
});

test('more reports than a page lists go on overleaf; equal input gives equal bytes', async () => {
  const bytes = await packed(PACKS['many']!);
  const pages = (await readPdf(bytes)).map(textOf);
  expect(pages).toHaveLength(73);
  expect(pages[2]).toContain('73');
  expect(bytes.equals(await packed(PACKS['many']!))).toBe(true);
});

test('a pack with long ledgers streams: memory does not grow with it', async () => {
  const ledger = { ...longLedger(20_000), digest: DIGEST };
  let [size, most] = [0, 0];
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
      setImmediate(done);
    },
  });
  const before = process.memoryUsage().arrayBuffers;
  await drawPack(packOf([whole(trialBalance(1)), ledger, ledger]), slow);
  expect(size).toBeGreaterThan(2_000_000);
  expect(most - before).toBeLessThan(40_000_000);
}, 120_000);

test('a reader that goes away ends the drawing', async () => {
  const pipe = new PassThrough();
  const drawing = drawPack(packOf([{ ...longLedger(50_000), digest: DIGEST }]), pipe);
  pipe.once('data', () => pipe.destroy());
  await expect(drawing).rejects.toThrow('the reader of the PDF has gone');
});
