// Every amount of a group's documents leads to the parts that books add to it, and each of these to the lines of that book that it
// is the sum of: with members of other currencies, closings, dealings among them; for those who may see them.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeMemberBalances } from '#ledger/commands/take-member-balances.ts';
import { type CalendarDate, parsePeriod } from '#ledger/domain/calendar.ts';
import { accepted, CHART, type OpenBook, openBook, twoLines } from '#tests/ledger/open-book.ts';
import { type OpenGroup, openGroup } from '#tests/ledger/open-group.ts';
import { figureLines } from '#workers/figure-lines.ts';
import { documentsNow } from './documents-now.ts';
import { askEveryAmount } from './every-amount.ts';

const YEARS = { startDate: '2024-01-01', firstYearEnd: '2024-12-31' };
const CALENDAR = YEARS as { startDate: CalendarDate; firstYearEnd: CalendarDate };

let book: OpenBook;
let group: OpenGroup;
/** Of the group's own currency. */
let sister: number;
beforeAll(async () => {
  book = await openBook({ baseCurrency: 'GBP', ...YEARS });
  const { commands, ownerId } = book;
  group = await openGroup(book, YEARS);
  const call = { actor: { userId: ownerId, via: 'session' as const } };
  const made = await commands.createBook(
    { ...call, commandId: randomUUID() },
    { name: 'Sister', slug: 'sister', baseCurrency: 'EUR', chart: 'empty', ...YEARS },
  );
  sister = accepted(made).id;
  for (const [code, name, path, type] of CHART) {
    accepted(await commands.openAccount(inBook(sister), { code, name, path, type }));
  }
  accepted(await commands.openAccount(inBook(sister), OTHER_INCOME));
  const rates = ['2024-01-01', '2024-12-31', '2025-02-10'].map((date, at) => ({
    ...{ unit: 'GBP', date, rate: `1.${at + 1}7` },
  }));
  accepted(await commands.recordRates(group.call(), { rates }));
  const dealings = { intercompany: '1100; 4000', mapping: [{ accounts: '5000', to: '5000' }] };
  accepted(await commands.addGroupMember(group.call(), { book: 'test', ...dealings }));
  accepted(await commands.addGroupMember(group.call(), { book: 'sister', intercompany: '2000' }));
}, 120_000);
afterAll(() => book?.stop());

const OTHER_INCOME = {
  ...{ code: '4900', name: 'Other income', path: 'Income:Other', type: 'income' as const },
};
const inBook = (id: number) => ({
  actor: { userId: book.ownerId, via: 'session' as const },
  ...{ book: id, commandId: randomUUID() },
});

const day = fc
  .record({ month: fc.integer({ min: 0, max: 15 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ day: own, month }) =>
    [2024 + Math.floor(month / 12), (month % 12) + 1, own]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  );
const account = fc.constantFrom('1000', '1100', '2000', '3000', '4000', '5000');
const drawn = fc
  .record({
    ...{ date: day, debit: account, credit: account },
    cents: fc.integer({ min: 1, max: 99_999 }),
    closing: fc.constantFrom(false, false, false, true),
    of: fc.constantFrom('test', 'test', 'sister', 'group'),
  })
  .filter(({ credit, debit }) => credit !== debit);

type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

async function post({ cents, closing, credit, date, debit, of }: Drawn) {
  const call = of === 'group' ? group.call() : of === 'test' ? book.call() : inBook(sister);
  const entry = twoLines(date, debit, credit, (cents / 100).toFixed(2));
  const kind = closing ? { kind: 'closing' as const } : {};
  accepted(await book.commands.postJournalEntry(call, { ...entry, ...kind }));
}

const take = async () => {
  for (const member of [book.bookId, sister]) {
    await takeMemberBalances(
      book.store,
      { bookChanged: () => undefined },
      { group: group.id, member },
    );
  }
};

async function head(): Promise<number> {
  const text = 'select head from books where id = $1';
  return (await book.store.pool.query<{ head: number }>(text, [group.id])).rows[0]!.head;
}

async function documents(wanted: readonly (readonly [string, string])[]) {
  const bodies = await documentsNow({ bookId: group.id, store: book.store }, wanted);
  return bodies.map((body, at) => ({ body, period: parsePeriod(CALENDAR, wanted[at]![1])! }));
}

const REPORTS = [
  'consolidation',
  'consolidated-balance-sheet',
  'consolidated-income-statement',
  'consolidated-balance-sheet~previous-2',
  'consolidated-income-statement~years-1',
  'consolidation~previous-1',
];

describe('behind every consolidated amount', () => {
  test('stand parts that come to it, and lines of their books that come to these', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: 10, maxLength: 14 }), async (entries) => {
        for (const entry of entries) await post(entry);
        await take();
        const wanted = ['2025-02', '2024-Q4', '2025'].flatMap((key) =>
          REPORTS.map((report) => [report, key] as const),
        );
        const readable = [book.bookId, sister];
        const found = await documents(wanted);
        const { agree, without, wrong } = await askEveryAmount(
          book.store,
          ...([group.id, await head(), found, readable] as const),
        );
        expect(wrong).toEqual([]);
        expect([...without.keys()].filter((of) => !/ (change|percent)$/.test(of))).toEqual([]);
        asked += agree;
      }),
      { numRuns: 2, endOnFailure: true },
    );
    expect(asked).toBeGreaterThan(300);
  }, 120_000);
});

test('entries of a book stay closed to who isn’t a member of it, and what the group didn’t take is no part', async () => {
  await post({
    ...{ date: '2025-02-01', debit: '1000', credit: '3000', cents: 100 },
    ...{ closing: false, of: 'test' },
  });
  await take();
  const [{ body, period } = { body: null, period: null }] = await documents([
    ['consolidation', '2025-02'],
  ]);
  const at = body!.rows.findIndex(({ account: code }) => code === '1000');
  const question = {
    ...{ bookId: group.id, body: body!, period: period!, asOf: await head() },
    ...{ at, key: `book${book.bookId}`, page: 1 },
  };
  const parts = await figureLines(book.store, { ...question, readable: [sister] });
  expect(parts).toMatchObject({ parts: [{ member: 'Test Ltd', readable: false }] });
  const ask = (readable: readonly number[]) =>
    figureLines(book.store, { ...question, part: 0, readable });
  expect(await ask([sister, group.id])).toBeNull();
  const known = await ask([book.bookId]);
  expect(known).toMatchObject({ book: book.bookId, unit: 'GBP' });
  await post({
    ...{ date: '2025-02-02', debit: '1000', credit: '3000', cents: 500 },
    ...{ closing: false, of: 'test' },
  });
  expect(await ask([book.bookId])).toEqual(known);
  expect(await figureLines(book.store, { ...question, part: 9, readable: [] })).toBeNull();
});
