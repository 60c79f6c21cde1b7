// What makes a PDF fit for archives and screen readers: veraPDF finds it PDF/A-3a and PDF/UA-1, the CSV is attached, and
// what is said comes in order.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import { listedReport, REPORT_LIST } from '#reports/catalogue/registry.ts';
import { writeCsv } from '#reports/render/csv.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';
import { Book } from '../reports/written-book.ts';
import { GOLDEN } from './golden-pages.ts';
import { archiveFaults, noVeraPdf } from './vera-pdf.ts';
import { DIGEST, ofBook, whole } from './xlsx-sources.ts';

async function drawn(source: ReportSource): Promise<Buffer> {
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await drawPdf(source, pipe);
  return bytes;
}

const BOOK = new Book({
  start: '2025-01-01',
  accounts: `
    1000 asset Assets:Bank & Co:<Łódź> 漢字 👍
    2000 liability Liabilities:Creditors
    3000 equity Equity:Capital
    4000 income Income:Sales (all)
    5000 expense Expenses:Rent`,
  controls: { 2000: 'payables' },
  parties: [{ code: 'S-1', name: 'Łódź & Co' }],
  entries: `
    2025-03-01 capital
      1000 D 1000.00
      3000 C 1000.00
    2026-02-10 sale
      1000 D 12.00
      4000 C 12.00
    2026-02-11 rent
      5000 D 7.00
      2000 C 7.00 S-1 #R1 due:2026-03-11`,
});

/** Every report, written for a month, a quarter or a year, and beside others; a long one; other papers and tongues; one without rows. */
const SOURCES: readonly (readonly [string, ReportSource])[] = [
  ...REPORT_LIST.flatMap(({ name, periods }) =>
    periods.map((kind) => {
      const key = { month: '2026-02', quarter: '2026-Q1', year: '2026' }[kind];
      return [`${name}-${key}`, ofBook(BOOK, name, key)] as const;
    }),
  ),
  ...REPORT_LIST.flatMap(({ name }) =>
    [`${name}~previous-1`, `${name}~budget`]
      .filter((view) => listedReport(view))
      .map((view) => [`${view}-2026`, ofBook(BOOK, view, '2026')] as const),
  ),
  ...Object.entries(GOLDEN).map(([, source], at) => {
    return [`golden-${at}`, { ...source(), digest: DIGEST }] as const;
  }),
  ['long', { ...longLedger(2_000), digest: DIGEST }],
  ['empty', whole({ ...trialBalance(3), rows: [], notes: [] })],
  [
    'odd',
    whole({
      ...trialBalance(3),
      book: { ...TITLE, legalName: 'a & b < c \u0000 ]]> ✂️ \ufeff \ufffe \ue000 \u{f0000}' },
    }),
  ],
];

test.skipIf(noVeraPdf)(
  'veraPDF finds every report PDF/A-3a and PDF/UA-1',
  async () => {
    const files = async function* () {
      for (const [name, source] of SOURCES) yield [name, await drawn(source)] as const;
    };
    expect(await archiveFaults(files())).toEqual([]);
  },
  240_000,
);

test('the CSV of the same document is attached, byte for byte', async () => {
  for (const [name, source] of SOURCES) {
    const pdf = await getDocument({ data: new Uint8Array(await drawn(source)), verbosity: 0 })
      .promise;
    const attached = [...((await pdf.getAttachments()) ?? new Map())];
    const { body } = source;
    expect(attached.map(([, { filename }]) => filename)).toEqual([
      `${body.book.slug}-${body.report}-${body.period.key}.csv`,
    ]);
    const csv: Uint8Array[] = [];
    for await (const piece of writeCsv(source)) csv.push(piece);
    const content = await pdf.getAttachmentContent(attached[0]![0]);
    expect(Buffer.from(content!).equals(Buffer.concat(csv)), name).toBe(true);
    await pdf.loadingTask.destroy();
  }
}, 60_000);

interface Node {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Node[];
}

test('what is said comes in order: title, heads, rows with their names first', async () => {
  const pdf = await getDocument({
    data: new Uint8Array(await drawn(whole(trialBalance(3)))),
    verbosity: 0,
  }).promise;
  const marks = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, boolean>;
  expect(marks.get('Marked')).toBe(true);
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const said = new Map<string, string>();
  let open: string | undefined;
  for (const item of items) {
    if ('str' in item) {
      const before = open === undefined ? '' : said.get(open);
      if (open !== undefined) said.set(open, `${before ?? ''} ${item.str}`.trim());
    } else if (item.type === 'beginMarkedContentProps') open = item.id;
    else if (item.type === 'endMarkedContent') open = undefined;
  }
  const told: string[] = [];
  const tell = ({ children = [], id, role, type }: Node, above = ''): void => {
    if (type === 'content') told.push(`${above} ${said.get(id!)}`);
    for (const child of children) tell(child, role ?? above);
  };
  tell((await page.getStructTree()) as unknown as Node);
  expect(told).toEqual([
    'P Ελλάδα Łódź & Ærø Trading Ltd',
    'P Registration number HRB 12345 · 12 High Street, Dublin 2',
    'H1 Trial balance',
    'P 1 March 2026 to 31 March 2026',
    'P Amounts in EUR · Unaudited · Provisional: the period is not locked',
    ...[
      'Opening debit',
      'Opening credit',
      'Debit',
      'Credit',
      'Closing debit',
      'Closing credit',
    ].map((head) => `TH ${head}`),
    'TH Assets',
    ...['TD 1000', 'TH Bank of Łódź', 'TD 1,234.50', 'TD 1,234.50'],
    ...['TD 1010', 'TH Αθήνα', 'TD -12.00', 'TD -12.00'],
    ...['TD 1020', 'TH =HYPERLINK("http://example.org")'],
    ...['TH Total', 'TD 1,234.50', 'TD 1,234.50', 'TD 1,234.50'],
    'P Control totals: 3 lines · debit 1,234.50 · credit 1,234.50',
  ]);
  await pdf.loadingTask.destroy();
});
