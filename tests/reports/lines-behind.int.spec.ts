// Every amount of every report leads to the lines of the journal that it is the sum of, whatever was posted: with customers,
// dimensions, taxes, currencies, adjustments, closings and days that were locked before.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CalendarDate, parsePeriod } from '#ledger/domain/calendar.ts';
import { isPaged, listedReport, reportsOf } from '#reports/catalogue/registry.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { figureLines } from '#workers/figure-lines.ts';
import { documentsNow } from './documents-now.ts';
import { askEveryAmount } from './every-amount.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook({ startDate: '2024-01-01', firstYearEnd: '2024-12-31' });
  const { commands } = book;
  const call = () => book.call();
  for (const [code, name, path, type] of [
    ['1010', 'Bank USD', 'Assets:Bank USD', 'asset'],
    ['2500', 'VAT', 'Liabilities:VAT', 'liability'],
    ['4100', 'Fees', 'Income:Fees', 'income'],
    ['5100', 'Wages', 'Expenses:Wages', 'expense'],
  ] as const) {
    accepted(await commands.openAccount(call(), { code, name, path, type }));
  }
  for (const code of ['ada', 'bob']) {
    accepted(await commands.addParty(call(), { code, name: code.toUpperCase() }));
  }
  accepted(await commands.defineDimension(call(), { code: 'centre', name: 'Cost centre' }));
  for (const [code, parent] of [['north'], ['oslo', 'north'], ['south']] as const) {
    const value = { dimension: 'centre', code, name: code };
    accepted(await commands.addDimensionValue(call(), parent ? { ...value, parent } : value));
  }
  for (const [code, controls] of [
    ['1100', 'receivables'],
    ['2000', 'payables'],
  ] as const) {
    accepted(await commands.designateAccount(call(), { code, controls }));
  }
  for (const [code, kind, ...boxes] of [
    ['OUT', 'output', '1', '2'],
    ['IN', 'input', '7', '8'],
  ] as const) {
    const tax = { code, kind, name: code, account: '2500' };
    accepted(await commands.defineTaxCode(call(), { ...tax, baseBox: boxes[0], taxBox: boxes[1] }));
    accepted(await commands.setTaxRate(call(), { code, from: '2024-01-01', rate: '25' }));
  }
  for (const [document, dueDate] of [
    ['due on the last day', '2025-02-28'],
    ['overdue for a day', '2025-02-27'],
    ['for thirty', '2025-01-29'],
    ['for thirty-one', '2025-01-28'],
  ] as const) {
    const item = { party: 'ada', document, dueDate };
    const lines = [
      { account: '1100', side: 'debit', amount: '7.00', ...item },
      { account: '4000', side: 'credit', amount: '7.00' },
    ];
    const entry = { date: '2025-01-02', description: document, lines };
    accepted(await commands.postJournalEntry(call(), entry));
  }
  const rates = ['2024-01-01', '2024-12-31', '2025-02-28'].map((date, at) => ({
    ...{ unit: 'USD', date, rate: `1.${at + 1}` },
  }));
  accepted(await commands.recordRates(call(), { rates }));
  const plan = { account: '5000', month: '2025-02', amount: '100.00' };
  accepted(await commands.setBudget(call(), { amounts: [plan] }));
}, 60_000);
afterAll(() => book.stop());

const day = fc
  .record({ month: fc.integer({ min: 0, max: 17 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, day: own }) =>
    [2024 + Math.floor(month / 12), (month % 12) + 1, own]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  );

const drawn = fc.record({
  date: day,
  cents: fc.integer({ min: 1, max: 99_999 }),
  account: fc.constantFrom('1000', '1010', '1100', '2000', '3000', '4000', '4100', '5000', '5100'),
  other: fc.constantFrom('1000', '1010', '1100', '2000', '4000', '5000'),
  side: fc.constantFrom('debit' as const, 'credit' as const),
  kind: fc.constantFrom('ordinary', 'ordinary', 'ordinary', 'adjusting', 'closing'),
  party: fc.constantFrom('ada', 'bob', undefined),
  document: fc.constantFrom('A1', 'A2', undefined),
  due: fc.option(day, { nil: undefined }),
  centre: fc.constantFrom('north', 'oslo', 'south', undefined),
  tax: fc.constantFrom('OUT', 'IN', undefined, undefined, undefined),
  dollars: fc.boolean(),
  taken: fc.constantFrom(true, false, false, false),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

const money = (cents: number) => (cents / 100).toFixed(2);
const isControl = (account: string) => account === '1100' || account === '2000';

async function post(own: Drawn): Promise<void> {
  const { account, centre, cents, date, document, due, dollars, kind, other, party, side } = own;
  const tax = own.tax && !isControl(account) ? own.tax : null;
  const isItem = isControl(account) && (party || document);
  const line = {
    ...{ account, side, amount: money(cents) },
    ...(isItem && { ...(party && { party }), ...(document && { document }) }),
    ...(isItem && due && { dueDate: due }),
    ...(centre && { dimensions: { centre } }),
    ...(dollars && { unit: 'USD', baseAmount: money(cents) }),
    ...(tax && { taxCode: tax, taxPart: 'base' }),
  };
  const taxed = { account: '2500', side, amount: '1.00', taxCode: tax, taxPart: 'tax' };
  const back = { account: other, side: side === 'debit' ? 'credit' : 'debit' };
  const entry = { date, description: 'x', kind };
  const lines = [
    line,
    ...(tax ? [taxed] : []),
    { ...back, amount: money(cents + (tax ? 100 : 0)) },
  ];
  const { number } = accepted(
    await book.commands.postJournalEntry(book.call(), { ...entry, lines }),
  );
  if (own.taken)
    accepted(await book.commands.reverseEntry(book.call(), { number, reason: 'wrong' }));
}

const VIEWS = [
  'balance-sheet~previous-2',
  'income-statement~years-1~zeros',
  'trial-balance~previous-1',
  'balances-by-unit~previous-1',
  'trial-balance~post-closing',
  'balance-sheet~post-closing',
  'income-statement~zeros~post-closing',
  'aged-receivables~previous-1',
  'cash-flow-direct~previous-1~zeros',
  'general-ledger~previous-1',
  'journal~years-1',
  'party-statements~previous-1',
  'open-items~previous-1',
  'changes-after-close~previous-1',
  'currency-exposure~previous-1',
  'income-by-month~previous-1',
  'dashboard~previous-1',
  'dashboard~budget',
  'income-statement~budget',
  'income-by-dimension~budget',
  'result-by-dimension~budget',
  'dashboard~in-centre.north',
  'dashboard~in-centre.',
  'dashboard~group-Expenses.Rent',
  'dashboard~in-centre.north~group-Income.Fees',
];

async function askAll(periods: readonly string[]) {
  const calendar = {
    startDate: '2024-01-01' as CalendarDate,
    firstYearEnd: '2024-12-31' as CalendarDate,
  };
  const wanted = periods.flatMap((key) => {
    const { kind } = parsePeriod(calendar, key)!;
    const reports = reportsOf(kind).filter((report) => !isPaged(report));
    const views = VIEWS.filter((view) => listedReport(view)!.periods.includes(kind));
    return [...reports, ...views].map((report) => [report, key] as const);
  });
  const bodies = await documentsNow(book, wanted);
  const documents = bodies.map((body, at) => ({
    body,
    period: parsePeriod(calendar, wanted[at]![1])!,
  }));
  return askEveryAmount(book.store, book.bookId, await head(), documents);
}

async function head(): Promise<number> {
  const { rows } = await book.store.pool.query<{ head: number }>(
    'select head from books where id = $1',
    [book.bookId],
  );
  return rows[0]!.head;
}

describe('behind every amount', () => {
  test('stand lines that come to it', async () => {
    let [asked, revalued] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: 12, maxLength: 20 }), async (entries) => {
        for (const entry of entries) await post(entry);
        const revaluation = await book.commands.revalueCurrencies(book.call(), {
          ...{ date: '2025-02-28', gains: '4100', losses: '5000' },
        });
        const { agree, without, wrong } = await askAll(['2025-02', '2024-Q4', '2025']);
        expect(wrong).toEqual([]);
        expect([...without.keys()].filter((of) => !WITHOUT.test(of))).toEqual([]);
        asked += agree;
        revalued += revaluation.ok ? 1 : 0;
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect([asked > 2_000, revalued > 0]).toEqual([true, true]);
  }, 120_000);

  test('in days that were locked, too', async () => {
    accepted(await book.commands.lockThrough(book.call(), { date: '2024-12-31' }));
    const reason = 'an invoice was late';
    accepted(await book.commands.reopenDates(book.call(), { date: '2024-10-31', reason }));
    const [entry] = fc.sample(drawn, { numRuns: 1, seed: 7 });
    await post({ ...entry!, date: '2024-11-05', taken: false });
    const { wrong } = await askAll(['2024-11']);
    expect(wrong).toEqual([]);
  }, 60_000);
});

/** Changes, per cents, ratios and plans have none. */
const WITHOUT =
  / (change|percent)$|~budget budget$|^key-figures |^currency-exposure (rate|worth|difference|tenth)$|^currency-exposure~|^(budget|result-by-dimension) .*([bB]udget|[vV]ariance|forecast)/;

test('what the document doesn’t know yet is no part of its figure', async () => {
  const [body] = await documentsNow(book, [['trial-balance', '2025-02']]);
  const before = await head();
  const at = body!.rows.findIndex(({ account }) => account === '1000');
  const ask = async (asOf: number) => {
    const calendar = { startDate: '2024-01-01', firstYearEnd: '2024-12-31' } as never;
    const period = parsePeriod(calendar, '2025-02')!;
    const of = { bookId: book.bookId, body: body!, period, asOf, at, key: 'debit', page: 1 };
    return (await figureLines(book.store, { ...of, readable: [] }))!.total;
  };
  const known = await ask(before);
  const [entry] = fc.sample(drawn, { numRuns: 1, seed: 3 });
  await post({
    ...{ ...entry!, account: '1000', other: '3000' as '2000', side: 'debit', date: '2025-02-03' },
    ...{ kind: 'ordinary', tax: undefined, taken: false },
  });
  expect([await ask(before), await ask(await head())]).toEqual([known, known + 1]);
});
