// Revaluation of what accounts hold in other currencies: the preview, the entry and its reversal (IAS 21.23).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook } from './open-book.ts';
import { entry, type Line, linesIn, openUnitBook } from './unit-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openUnitBook();
});
afterAll(() => book?.stop());

const post = (date: string, lines: readonly Line[]) =>
  book.commands.postJournalEntry(book.call(), entry(date, lines));
const linesOf = (number: number) => linesIn(book, number);

const revalue = (date: string, dryRun = false) =>
  book.commands.revalueCurrencies(
    { ...book.call(), dryRun },
    { date, gains: '4000', losses: '5000' },
  );

test('brings currencies to the rate of the month’s end, and back on the next day', async () => {
  accepted(
    await post('2026-04-01', [
      ['1200', '1000.00', 'CHF', '@ 1.00'],
      ['1000', '-1000.00'],
    ]),
  );
  accepted(
    await post('2026-04-02', [
      ['2000', '-500.00', 'SEK', '@ 0.09'],
      ['1000', '45.00'],
    ]),
  );
  expect(await revalue('2026-04-30')).toMatchObject({ refusal: { code: 'rate-unknown' } });
  const rate = (unit: string, of: string) => ({ unit, date: '2026-04-28', rate: of });
  const rates = [rate('CHF', '1.05'), rate('SEK', '0.10'), rate('USD', '0.9'), rate('GBP', '1')];
  accepted(await book.commands.recordRates(book.call(), { rates }));
  const preview = accepted(await revalue('2026-04-30', true));
  expect(preview.lines.filter(({ unit }) => unit === 'CHF' || unit === 'SEK')).toEqual([
    {
      ...{ account: '1200', name: 'Dollar bank', unit: 'CHF', quantity: '1000.00' },
      ...{ rate: '1.05', rateDate: '2026-04-28' },
      ...{ before: '1000.00', worth: '1050.00', difference: '50.00' },
    },
    {
      ...{ account: '2000', name: 'Creditors', unit: 'SEK', quantity: '-500.00' },
      ...{ rate: '0.1', rateDate: '2026-04-28' },
      ...{ before: '-45.00', worth: '-50.00', difference: '-5.00' },
    },
  ]);
  expect(await book.queries.entryByNumber(book.bookId, preview.number)).toBeNull();
  const { number, reversal } = accepted(await revalue('2026-04-30'));
  const lines = await linesOf(number);
  expect(lines).toContainEqual(['1200', 'debit', '50.00', '0.00 CHF']);
  expect(lines).toContainEqual(['2000', 'credit', '5.00', '0.00 SEK']);
  const entry = await book.queries.entryByNumber(book.bookId, number);
  expect(entry).toMatchObject({ date: '2026-04-30', kind: 'adjusting', reversedBy: reversal });
  expect(await book.queries.entryByNumber(book.bookId, reversal)).toMatchObject({
    ...{ date: '2026-05-01', kind: 'reversal', reverses: number },
  });
  expect(await revalue('2026-04-30')).toMatchObject({ refusal: { code: 'nothing-to-revalue' } });
});

test.each([
  ['2026-04-29', 'not-a-month-end'],
  ['2026-04-31', 'date-malformed'],
  ['2025-12-31', 'date-before-first-day'],
])('at %s is refused with %s', async (date, code) => {
  expect(await revalue(date)).toMatchObject({ refusal: { code } });
});

test('leaves locked days alone', async () => {
  accepted(await book.commands.lockThrough(book.call(), { date: '2026-04-30' }));
  expect(await revalue('2026-04-30')).toMatchObject({ refusal: { code: 'date-locked' } });
  accepted(await book.commands.reopenDates(book.call(), { date: null, reason: 'x' }));
});

test('the tables are those of the events', async () => {
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
});
