// Comparatives as documents: asked for once, they move with what feeds them, the budget too, and are the same computed anew.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CalendarDate, type PeriodKey, parsePeriod } from '#ledger/domain/calendar.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { inKnownBook } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { makeAsked } from '#workers/sweeper.ts';

const CALENDAR = {
  startDate: '2025-01-01' as CalendarDate,
  firstYearEnd: '2025-12-31' as CalendarDate,
};
const PERIOD = '2026-02' as PeriodKey;
const BUDGETED = ['income-statement~budget', 'result-by-dimension~budget'];
const VIEWS = [
  ...['general-ledger', 'journal', 'party-statements', 'open-items', 'dashboard'].map(
    (report) => `${report}~previous-1`,
  ),
  ...['currency-exposure~previous-1', 'changes-after-close~years-1', 'budget~previous-1'],
  ...BUDGETED,
];

let book: OpenBook;
let documents: Documents;
beforeAll(async () => {
  book = await openBook(CALENDAR);
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
  const { commands } = book;
  accepted(await commands.addParty(book.call(), { code: 'ada', name: 'Ada' }));
  accepted(await commands.defineDimension(book.call(), { code: 'centre', name: 'Centre' }));
  const north = { dimension: 'centre', code: 'north', name: 'North' };
  accepted(await commands.addDimensionValue(book.call(), north));
  accepted(await commands.designateAccount(book.call(), { code: '1100', controls: 'receivables' }));
  await post('2026-01-10', '1100', '4000', '30.00', { party: 'ada', document: 'A1' });
  await post('2026-02-10', '5000', '1000', '12.00', { dimensions: { centre: 'north' } });
  await recomputeBook(input());
}, 120_000);
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const input = () => ({ store: book.store, documents, bookId: book.bookId });

async function post(date: string, debit: string, credit: string, amount: string, more = {}) {
  const lines = [
    { account: debit, side: 'debit', amount, ...more },
    { account: credit, side: 'credit', amount },
  ];
  const entry = { date, description: 'x', lines };
  accepted(await book.commands.postJournalEntry(book.call(), entry));
}

const plan = async (month: string, amount: string) =>
  accepted(
    await book.commands.setBudget(book.call(), {
      amounts: [{ account: '5000', month, amount, dimensions: { centre: 'north' } }],
    }),
  );

/** Digests of the views, in their order. */
const digests = (): Promise<string[]> =>
  Promise.all(
    VIEWS.map(async (report) => (await documents.head(book.bookId, report, PERIOD))!.digest),
  );

/** Which of them changed. @param act what is done to the book */
async function changed(act: () => Promise<unknown>): Promise<string[]> {
  const before = await digests();
  await act();
  await recomputeBook(input());
  const after = await digests();
  return VIEWS.filter((_, at) => before[at] !== after[at]);
}

test('move with what is posted and planned, and are the same computed anew', async () => {
  for (const report of VIEWS) {
    await documents.asked.ask({ book: book.bookId, report, period: PERIOD });
  }
  expect(await makeAsked(input())).toBe(1);
  expect(await changed(() => plan('2026-02', '20.00'))).toEqual(['budget~previous-1', ...BUDGETED]);
  expect(await changed(() => plan('2025-03', '20.00'))).toEqual([]);
  const posted = await changed(() => post('2026-01-20', '1100', '4000', '5.00', { party: 'ada' }));
  expect(posted).toEqual([
    ...VIEWS.slice(0, 5),
    // A year's position is in them, whether or not its figures are of the period.
    ...['budget~previous-1', ...BUDGETED],
  ]);
  const head = (await documents.head(book.bookId, BUDGETED[0]!, PERIOD))!;
  const { rows } = (await documents.body(head.digest))!;
  expect(rows.find(({ account }) => account === '5000')!.values).toEqual({
    ...{ '2026-02': '12.00', budget: '20.00', change: '-8.00', percent: '-40.0' },
  });
  expect((await reconcileBook(input())).differences).toEqual([]);
  const { position } = (await documents.position(book.bookId))!;
  const known = await inKnownBook(book.store, book.bookId, position, async ({ report }) => {
    const found: string[] = [];
    for (const view of VIEWS) {
      found.push((await report(view, parsePeriod(CALENDAR, PERIOD)!)).digest);
    }
    return found;
  });
  expect(known).toEqual(await digests());
}, 60_000);
