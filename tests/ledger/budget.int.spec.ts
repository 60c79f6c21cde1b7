// Budgets: set, taken back, copied, refused with the amount that is wrong, replayed from their events.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
  const { commands } = book;
  accepted(await commands.defineDimension(book.call(), { code: 'centre', name: 'Cost centre' }));
  for (const code of ['north', 'south']) {
    const value = { dimension: 'centre', code, name: code };
    accepted(await commands.addDimensionValue(book.call(), value));
  }
}, 60_000);
afterAll(() => book?.stop());

const set = (...amounts: readonly object[]) => book.commands.setBudget(book.call(), { amounts });
const copy = (input: object) => book.commands.copyBudget(book.call(), input);
const planned = async (year: number) =>
  Object.fromEntries(
    (await book.queries.budget(book.bookId, `${year}-01` as Month, `${year}-12` as Month)).map(
      ({ account, amounts, dimensions }) => [
        [account, ...Object.values(dimensions)].join(' '),
        amounts,
      ],
    ),
  );

test('amounts are set by account, month and value, changed, and taken back by zero', async () => {
  const north = { account: '5000', dimensions: { centre: 'north' } };
  accepted(
    await set(
      { account: '4000', month: '2026-03', amount: '1000.00' },
      { account: '5000', month: '2026-03', amount: '400' },
      { ...north, month: '2026-03', amount: '50.50' },
      { ...north, month: '2026-04', amount: '60' },
    ),
  );
  accepted(await set({ account: '4000', month: '2026-03', amount: '1200' }));
  accepted(await set({ ...north, month: '2026-04', amount: '0' }));
  expect(await planned(2026)).toEqual({
    '4000': { '2026-03': 120_000n },
    '5000': { '2026-03': 40_000n },
    '5000 north': { '2026-03': 5_050n },
  });
});

describe('is refused, and nothing of it is kept:', () => {
  const good = { account: '4000', month: '2026-05', amount: '1.00' };
  test.each([
    ['account-unknown', 'amounts.1.account', { account: '9999' }],
    ['account-not-of-result', 'amounts.1.account', { account: '1000' }],
    ['month-malformed', 'amounts.1.month', { month: '2026-13' }],
    ['month-malformed', 'amounts.1.month', { month: '2026' }],
    ['month-out-of-budget', 'amounts.1.month', { month: '1999-01' }],
    ['month-out-of-budget', 'amounts.1.month', { month: '2999-01' }],
    ['amount-not-a-number', 'amounts.1.amount', { amount: '1,5' }],
    ['amount-too-many-decimals', 'amounts.1.amount', { amount: '1.005' }],
    ['amount-too-large', 'amounts.1.amount', { amount: '9'.repeat(19) }],
    ['dimension-unknown', 'amounts.1.dimensions', { dimensions: { project: 'x' } }],
    ['dimension-value-unknown', 'amounts.1.dimensions', { dimensions: { centre: 'x' } }],
    ['budget-named-twice', 'amounts.1.month', {}],
  ])('%s at %s', async (code, field, more) => {
    const before = await planned(2026);
    const answer = await set(good, { ...good, ...more });
    expect(answer).toMatchObject({ ok: false, refusal: { code, field } });
    expect(await planned(2026)).toEqual(before);
  });
});

describe('a year copied from the one before', () => {
  test('as it was planned, with so many per cent more, values and all', async () => {
    accepted(await copy({ year: '2027', from: 'budget', percent: '2.5' }));
    expect(await planned(2027)).toEqual({
      '4000': { '2027-03': 123_000n },
      '5000': { '2027-03': 41_000n },
      // 51.7625, half away from zero.
      '5000 north': { '2027-03': 5_176n },
    });
  });

  test('as it was posted, in the place of what was planned when that is said', async () => {
    for (const [date, debit, credit, amount] of [
      ['2026-02-10', '1000', '4000', '300.00'],
      ['2026-02-20', '5000', '1000', '120.00'],
      ['2026-02-21', '1000', '5000', '20.00'],
    ] as const) {
      accepted(
        await book.commands.postJournalEntry(book.call(), twoLines(date, debit, credit, amount)),
      );
    }
    const input = { year: '2027', from: 'actual', percent: '-10' };
    expect(await copy(input)).toMatchObject({ ok: false, refusal: { code: 'budget-exists' } });
    accepted(await copy({ ...input, replace: true }));
    expect(await planned(2027)).toEqual({
      '4000': { '2027-02': 27_000n },
      '5000': { '2027-02': 9_000n },
    });
  });

  test.each([
    ['year-unknown', { year: '1999' }],
    ['year-unknown', { year: '2026-03' }],
    ['nothing-to-copy', { year: '2030' }],
    ['per-cent-malformed', { percent: 'x' }],
    ['per-cent-malformed', { percent: '1000.1' }],
  ])('is refused: %s', async (code, more) => {
    const answer = await copy({ year: '2029', from: 'actual', percent: '0', ...more });
    expect(answer).toMatchObject({ ok: false, refusal: { code } });
  });
});

test('the events give the table again, and a lie in it is found', async () => {
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
  await book.store.pool.query('update budget_amounts set amount = amount + 1');
  const [verdict] = await verifyBooks(book.store);
  expect(verdict?.difference).toContain('budget_amounts');
});
