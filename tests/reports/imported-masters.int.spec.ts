// Documents of a book whose imports add customers and values of dimensions and close years: those that follow from what moved
// are those of a rebuild, and those of the position before are found again as they were known.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePeriod } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { importFile } from '#tests/ledger/import-file.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { inKnownBook } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';

const CALENDAR = { startDate: '2025-01-01', firstYearEnd: '2025-12-31' } as const;
const memory = new RecomputeMemory();
let book: OpenBook;
let documents: Documents;
beforeAll(async () => {
  book = await openBook(CALENDAR);
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
  const control = { code: '1100', controls: 'receivables' };
  accepted(await book.commands.designateAccount(book.call(), control));
});
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const HEAD = 'date,reference,account,amount,party,party name,invoice,dimension:centre';
const sale = (date: string, ref: string, amount: string, party: string, centre: string) =>
  `${date},${ref},1100,${amount},${party},The ${party},${ref},\n${date},${ref},4000,-${amount},,,,${centre}`;
const close = (date: string, amount: string) =>
  `${date},C,4000,${amount},,,,\n${date},C,3000,-${amount},,,,`;
const EARLIER = [
  ...[HEAD, sale('2025-03-01', 'A1', '70.00', 'ada', 'north')],
  ...[sale('2025-06-01', 'A2', '30.00', 'bob', 'south'), close('2025-12-31', '100.00')],
];
const LATER = [
  HEAD,
  sale('2026-02-01', 'B1', '5.00', 'cy', 'east'),
  sale('2026-03-01', 'B2', '6.00', 'ada', 'north'),
];
const REPORTS = ['income-statement', 'balance-sheet', 'open-items', 'result-by-dimension'] as const;

const post = (rows: readonly string[]) =>
  importFile(book, 'csv', `${rows.join('\n')}\n`, { createParties: true, createValues: true });
const input = () => ({ store: book.store, documents, bookId: book.bookId, memory });

async function rowsOf(report: string, period: string): Promise<string[]> {
  const head = await documents.head(book.bookId, report, period as never);
  const { rows } = (await documents.body(head!.digest))!;
  return rows.map(({ name, values }) => [name, ...Object.values(values)].join(' '));
}

test('what imports add and close is in every document, now and as it was known', async () => {
  await recomputeBook(input());
  expect(await post(EARLIER)).toMatchObject({ state: 'posted', errors: [] });
  await recomputeBook(input());
  const { position } = (await documents.position(book.bookId))!;
  const before = await Promise.all(
    REPORTS.map(async (report) => {
      const head = await documents.head(book.bookId, report, '2025' as never);
      return { report, digest: head!.digest };
    }),
  );
  expect((await rowsOf('income-statement', '2025')).join()).toContain('Sales 100.00');
  expect((await rowsOf('open-items', '2025')).join()).toContain('The ada');
  expect(await post(LATER)).toMatchObject({ state: 'posted', errors: [] });
  await recomputeBook(input());
  expect((await rowsOf('result-by-dimension', '2026-02')).join()).toContain('east');
  const { differences, documents: compared } = await reconcileBook(input());
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(50);
  await inKnownBook(book.store, book.bookId, position, async (known) => {
    for (const { digest, report } of before) {
      const again = await known.report(report, parsePeriod(CALENDAR as never, '2025')!);
      expect(again.digest, report).toBe(digest);
    }
  });
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
});
