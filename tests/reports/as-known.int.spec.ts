// Reports as they were known at an earlier position: recomputed later, whatever was posted, back-dated, renamed, re-typed
// or locked since, they are byte for byte the documents that were published then.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addMonths,
  type CalendarDate,
  firstDay,
  lastDay,
  monthOf,
  parsePeriod,
  todayIn,
} from '#ledger/domain/calendar.ts';
import { type Preset, presetLines } from '#ledger/domain/layout-presets.ts';
import type { Statement } from '#ledger/domain/statement-layout.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { inKnownBook } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';

let book: OpenBook;
let documents: Documents;
const memory = new RecomputeMemory();
/** Documents reach to the present month: a book that began sixteen months ago has as many whenever the test runs. */
const FIRST = addMonths(monthOf(todayIn('UTC', Date.now())), -15);
const CALENDAR = { startDate: firstDay(FIRST), firstYearEnd: lastDay(addMonths(FIRST, 11)) };

beforeAll(async () => {
  book = await openBook({ ...CALENDAR, timeZone: 'Europe/Oslo' });
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
  const { commands } = book;
  for (const code of ['ada', 'bob'])
    accepted(await commands.addParty(book.call(), { code, name: code.toUpperCase() }));
  accepted(await commands.defineDimension(book.call(), { code: 'centre', name: 'Cost centre' }));
  for (const code of ['north', 'south'])
    accepted(
      await commands.addDimensionValue(book.call(), { dimension: 'centre', code, name: code }),
    );
  accepted(await commands.designateAccount(book.call(), { code: '1100', controls: 'receivables' }));
  const tax = { code: 'OUT', name: 'VAT', kind: 'output', account: '2000' };
  accepted(await commands.defineTaxCode(book.call(), { ...tax, baseBox: '1', taxBox: '2' }));
  accepted(
    await commands.setTaxRate(book.call(), { code: 'OUT', from: CALENDAR.startDate, rate: '25' }),
  );
  accepted(await commands.defineUnit(book.call(), { code: 'VHT', decimals: 3 }));
  accepted(await commands.classifyAccount(book.call(), { code: '1000', cashFlow: 'cash' }));
}, 120_000);
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const input = () => ({ store: book.store, documents, bookId: book.bookId, memory });

const amount = fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2));
const day = fc
  .record({ month: fc.integer({ min: 0, max: 15 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, day: own }) => `${addMonths(FIRST, month)}-${String(own).padStart(2, '0')}`);
const word = fc.constantFrom('Łódź', 'Bank & Co', 'Übrige', 'A', 'zwölf');
const CODES = ['1000', '1100', '2000', '3000', '4000', '5000'] as const;
const code = fc.constantFrom(...CODES);
const posting = fc.record({
  kind: fc.constant('post' as const),
  ...{ day, amount, account: fc.constantFrom('1100', '5000', '1000'), other: code },
  side: fc.constantFrom('debit' as const, 'credit' as const),
  party: fc.constantFrom('ada', 'bob', undefined),
  document: fc.constantFrom('A1', 'A2', undefined),
  due: fc.option(day, { nil: undefined }),
  centre: fc.constantFrom('north', 'south', 'late', undefined),
  entry: fc.constantFrom('ordinary', 'ordinary', 'adjusting', 'closing'),
  unit: fc.constantFrom('USD', 'VHT', null, null, null),
  taxed: fc.boolean(),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant('rename' as const), code, name: word }),
  fc.record({
    kind: fc.constant('retype' as const),
    code,
    type: fc.constantFrom('asset', 'equity', 'liability', 'income', 'expense'),
  }),
  fc.record({
    kind: fc.constant('classify' as const),
    code,
    cashFlow: fc.constantFrom('cash', 'investing', null),
  }),
  fc.record({
    ...{ kind: fc.constant('tag' as const), code },
    tags: fc.constantFrom([], ['current'], ['current', 'x']),
  }),
  fc.record({
    kind: fc.constant('layout' as const),
    layout: fc.constantFrom<readonly [Statement, Preset]>(
      ['balance-sheet', 'ifrs'],
      ['income-statement', 'small-company'],
      ['cash-flow', 'by-type'],
      ['cash-flow', 'ifrs'],
    ),
  }),
  fc.record({
    kind: fc.constant('designate' as const),
    controls: fc.constantFrom('receivables', null),
  }),
  fc.record({ kind: fc.constant('lock' as const), day }),
  fc.record({ kind: fc.constant('reopen' as const) }),
  fc.record({
    kind: fc.constant('settings' as const),
    name: word,
    negatives: fc.constantFrom('minus', 'parentheses'),
    locale: fc.constantFrom('en-IE', 'de-DE'),
    timeZone: fc.constantFrom('Europe/Oslo', 'Pacific/Auckland'),
  }),
  fc.record({ kind: fc.constant('value' as const), name: word }),
  fc.record({ kind: fc.constant('later-value' as const) }),
  fc.record({ kind: fc.constant('open' as const) }),
  fc.record({ kind: fc.constant('tax' as const), name: word, baseBox: fc.constantFrom('1', '3') }),
  fc.record({ kind: fc.constant('party' as const), closed: fc.boolean() }),
  fc.record({ kind: fc.constant('close-year' as const) }),
  fc.record({
    ...{ kind: fc.constant('rate' as const), day, rate: fc.constantFrom('0.9', '0.925', '1') },
    unit: fc.constantFrom('USD', 'GBP'),
  }),
  fc.record({
    kind: fc.constant('plan' as const),
    ...{ day, amount, account: fc.constantFrom('4000', '5000') },
    centre: fc.constantFrom('north', undefined),
  }),
  fc.record({
    kind: fc.constant('revalue' as const),
    day,
    rate: fc.constantFrom('0.8', '1.1', '1.3'),
  }),
);
const step = fc.oneof(
  { weight: 8, arbitrary: posting },
  { weight: 4, arbitrary: change },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('publish' as const, 'reverse' as const) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Documents as they were published, by what their head says. */
const published = new Map<
  string,
  { report: string; period: string; position: number; digest: string }
>();

async function publish(): Promise<void> {
  await recomputeBook(input());
  for (const { report, period, position, digest } of await documents.heads(book.bookId))
    published.set(digest, { report, period, position, digest });
}

async function post(own: Extract<Step, { kind: 'post' }>): Promise<void> {
  const { account, centre, document, due, other, party, side, unit } = own;
  const control = account === '1100';
  const line = {
    ...{ account, side, amount: own.amount },
    ...(party && control && { party }),
    ...(document && control && { document, ...(due && { dueDate: due }) }),
    ...(centre && { dimensions: { centre } }),
    ...(unit && { unit, baseAmount: own.amount }),
  };
  const back = { account: other, side: side === 'debit' ? 'credit' : 'debit', amount: own.amount };
  const taxed = own.taxed && other === '4000' ? { taxCode: 'OUT', taxFrom: 'gross' } : {};
  const entry = { date: own.day, description: 'x', kind: own.entry };
  // Days may be locked, values not there: what is refused changes nothing.
  await book.commands.postJournalEntry(book.call(), {
    ...entry,
    lines: [line, { ...back, ...taxed }],
  });
}

/** Days may be locked, and no dollars held. */
async function revalue(own: Extract<Step, { kind: 'revalue' }>): Promise<void> {
  const date = lastDay(monthOf(own.day as CalendarDate));
  const rates = [{ unit: 'USD', date, rate: own.rate }];
  await book.commands.recordRates(book.call(), { rates });
  await book.commands.revalueCurrencies(book.call(), { date, gains: '4000', losses: '5000' });
}

let opened = 6_000;
async function take(own: Step): Promise<unknown> {
  const { commands } = book;
  switch (own.kind) {
    case 'post':
      return post(own);
    case 'publish':
      return publish();
    case 'reverse': {
      const { rows } = await book.store.pool.query<{ last: number }>(
        'select last_number as last from books',
      );
      return commands.reverseEntry(book.call(), {
        number: Math.max(rows[0]!.last, 1),
        reason: 'x',
      });
    }
    case 'rename':
      return commands.renameAccount(book.call(), { code: own.code, name: own.name });
    case 'retype':
      return commands.retypeAccount(book.call(), { code: own.code, type: own.type });
    case 'classify':
      return commands.classifyAccount(book.call(), { code: own.code, cashFlow: own.cashFlow });
    case 'tag':
      return commands.tagAccount(book.call(), { code: own.code, tags: own.tags });
    case 'layout': {
      const [statement, preset] = own.layout;
      const lines = presetLines(preset, statement);
      return commands.setStatementLayout(book.call(), { statement, lines });
    }
    case 'designate':
      return commands.designateAccount(book.call(), { code: '1100', controls: own.controls });
    case 'lock':
      return commands.lockThrough(book.call(), { date: own.day });
    case 'reopen':
      return commands.reopenDates(book.call(), { date: null, reason: 'x' });
    case 'settings': {
      const { kind: _, ...settings } = own;
      return commands.changeBookSettings(book.call(), settings);
    }
    case 'value': {
      const value = { dimension: 'centre', code: 'north', name: own.name };
      return commands.changeDimensionValue(book.call(), value);
    }
    case 'later-value': {
      const value = { dimension: 'centre', code: 'late', name: 'Late' };
      return commands.addDimensionValue(book.call(), value);
    }
    case 'open': {
      const path = `Assets:New ${opened}`;
      return commands.openAccount(book.call(), {
        code: `${opened++}`,
        name: 'New',
        path,
        type: 'asset',
      });
    }
    case 'tax':
      return commands.changeTaxCode(book.call(), {
        code: 'OUT',
        name: own.name,
        baseBox: own.baseBox,
      });
    case 'party':
      return commands.changeParty(book.call(), { code: 'bob', closed: own.closed });
    case 'plan': {
      const { account, amount: planned, centre, day: on } = own;
      const month = on.slice(0, 7);
      const one = { account, month, amount: planned, ...(centre && { dimensions: { centre } }) };
      return commands.setBudget(book.call(), { amounts: [one] });
    }
    case 'rate': {
      const { day: date, rate, unit } = own;
      return commands.recordRates(book.call(), { rates: [{ unit, date, rate }] });
    }
    case 'revalue':
      return revalue(own);
    case 'close-year':
      return commands.closeYear(book.call(), {
        year: CALENDAR.firstYearEnd.slice(0, 4),
        to: '3000',
      });
  }
}

test('a document computed anew at its position is the one that was published', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 40 }), async (steps) => {
      for (const own of steps) await take(own);
      await publish();
    }),
    // The book goes on from run to run, so that a shorter list of steps would say nothing.
    { numRuns: 25, endOnFailure: true },
  );
  const all = [...published.values()];
  expect(new Set(all.map(({ position }) => position)).size).toBeGreaterThan(20);
  const different: string[] = [];
  let effects = 0;
  // A few of every position and report.
  const picked = new Map(all.map((own, at) => [`${own.position}/${own.report}/${at % 3}`, own]));
  for (const [position, wanted] of Map.groupBy(picked.values(), (own) => own.position)) {
    await inKnownBook(book.store, book.bookId, position, async (known) => {
      for (const { report, period, digest } of wanted) {
        const again = await known.report(report, parsePeriod(CALENDAR, period)!);
        if (again.digest !== digest) different.push(`${report} ${period} at ${position}`);
        if (again.body.rows.some(({ name }) => name === 'Effect of exchange rates on cash'))
          effects++;
      }
    });
  }
  expect(different).toEqual([]);
  expect(picked.size).toBeGreaterThan(200);
  expect(effects).toBeGreaterThan(5);
}, 300_000);
