// Closing a fiscal year, taking it back, and what the statements say before and after.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
let documents: Documents;
beforeAll(async () => {
  book = await openBook({ startDate: '2023-04-01', firstYearEnd: '2024-03-31' });
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
});
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const close = (year: string, to = '3000', dryRun = false) =>
  book.commands.closeYear({ ...book.call(), dryRun }, { year, to });
const post = async (date: string, debit: string, credit: string, amount: string) =>
  accepted(
    await book.commands.postJournalEntry(book.call(), twoLines(date, debit, credit, amount)),
  );

async function rows(report: string, period: string): Promise<string[]> {
  const input = { store: book.store, documents, bookId: book.bookId };
  await recomputeBook(input);
  expect(await reconcileBook(input)).toMatchObject({ differences: [] });
  const head = await documents.head(book.bookId, report, period as PeriodKey);
  const body = await documents.body(head!.digest);
  return body!.rows
    .filter(({ kind }) => kind === 'line')
    .map(({ account, name, values }) => `${account ?? name} ${Object.values(values)[0]}`);
}

test('a year is closed once it is over, by one entry on its last day', async () => {
  await post('2023-05-01', '1000', '4000', '900.00');
  await post('2023-06-01', '5000', '1000', '250.00');
  await post('2024-05-01', '1000', '4000', '10.00');
  const income = await rows('income-statement', '2024');
  expect(await rows('balance-sheet', '2025')).toEqual([
    '1000 660.00',
    'Result of earlier years 650.00',
    'Result of the year 10.00',
  ]);
  expect(accepted(await close('2024', '3000', true))).toMatchObject({
    ...{ date: '2024-03-31', accounts: 2, result: '650.00' },
  });
  const { number } = accepted(await close('2024'));
  const entry = await book.queries.entryByNumber(book.bookId, number);
  expect(entry).toMatchObject({ date: '2024-03-31', kind: 'closing' });
  expect(entry?.lines.map(({ account, side, amount }) => [account, side, amount])).toEqual([
    ['4000', 'debit', '900.00'],
    ['5000', 'credit', '250.00'],
    ['3000', 'credit', '650.00'],
  ]);
  expect(await rows('income-statement', '2024'), 'the closing is left out').toEqual(income);
  expect(await rows('balance-sheet', '2025')).toEqual([
    '1000 660.00',
    '3000 650.00',
    'Result of the year 10.00',
  ]);
});

test('what comes later into a closed year is closed by another entry', async () => {
  expect(await close('2024')).toMatchObject({ refusal: { code: 'nothing-to-close' } });
  await post('2024-03-30', '5000', '1000', '50.00');
  expect(accepted(await close('2024'))).toMatchObject({ accounts: 1, result: '-50.00' });
});

test('a closing is taken back by a reversal until its day is locked', async () => {
  await post('2025-03-01', '5000', '1000', '5.00');
  const { number } = accepted(await close('2025'));
  accepted(await book.commands.reverseEntry(book.call(), { number, reason: 'too early' }));
  expect(accepted(await close('2025'))).toMatchObject({ result: '5.00' });
  accepted(await book.commands.lockThrough(book.call(), { date: '2025-03-31' }));
  expect(await close('2025')).toMatchObject({ refusal: { code: 'date-locked', field: 'year' } });
  accepted(await book.commands.reopenDates(book.call(), { date: null, reason: 'x' }));
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
});

test.each([
  ['2023', '3000', 'year-unknown'],
  ['2024-Q1', '3000', 'year-unknown'],
  ['2099', '3000', 'year-not-over'],
  ['2024', '1000', 'account-not-equity'],
  ['2024', '9999', 'account-unknown'],
])('the year %s to %s is refused with %s', async (year, to, code) => {
  expect(await close(year, to)).toMatchObject({ refusal: { code } });
});
