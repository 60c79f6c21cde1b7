// Reports as they were known at an earlier position: recomputed later, whatever was posted, back-dated, renamed, re-typed
// or locked since, they are byte for byte the documents that were published then.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CalendarDate, lastDay, monthOf, parsePeriod } from '#ledger/domain/calendar.ts';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { inKnownBook } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { CALENDAR, REVALUED, type Step, step } from './drawn-steps.ts';

let book: OpenBook;
let documents: Documents;
const memory = new RecomputeMemory();
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
  for (const own of REVALUED) await take(own);
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
