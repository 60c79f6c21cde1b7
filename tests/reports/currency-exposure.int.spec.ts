// Exposures made by the worker: a recorded rate moves those that it touches and no other document, a revaluation leaves no
// difference, and what was published is what is computed anew, today and as known then.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PeriodKey, parsePeriod } from '#ledger/domain/calendar.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { accepted, type OpenBook } from '#tests/ledger/open-book.ts';
import { entry, type Line, openUnitBook } from '#tests/ledger/unit-book.ts';
import { inKnownBook, openKnown } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { changesSince } from '#workers/report-changes.ts';

const EXPOSURE = 'currency-exposure';
let book: OpenBook;
let documents: Documents;
let memory = new RecomputeMemory();
beforeAll(async () => {
  book = await openUnitBook();
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
}, 120_000);
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const input = () => ({ store: book.store, documents, bookId: book.bookId, memory });
const post = async (date: string, lines: readonly Line[]) =>
  accepted(await book.commands.postJournalEntry(book.call(), entry(date, lines)));
const rate = async (unit: string, date: string, value: string) =>
  accepted(await book.commands.recordRates(book.call(), { rates: [{ unit, date, rate: value }] }));
const headOf = (period: string, report = EXPOSURE) =>
  documents.head(book.bookId, report, period as PeriodKey);
const rowsOf = async (period: string) =>
  (await documents.body((await headOf(period))!.digest))!.rows.map(({ account, name, values }) =>
    [account ?? name, ...Object.values(values)].join(' '),
  );

/** Recomputes. @returns the documents that were made anew */
async function moved(): Promise<string[]> {
  const before = await documents.position(book.bookId);
  await recomputeBook(input());
  return (await documents.heads(book.bookId))
    .filter(({ asOf }) => asOf > (before?.position ?? 0))
    .map(({ period, report }) => `${report} ${period}`)
    .sort();
}

test('an entry in dollars is shown without a worth until there is a rate', async () => {
  await post('2026-02-10', [
    ['1200', '100.00', 'USD', '@ 0.92'],
    ['1000', '-92.00'],
  ]);
  await post('2026-02-11', [
    ['2000', '-1000', 'JPY', '@ 0.006'],
    ['5000', '6.00'],
  ]);
  await recomputeBook(input());
  expect(await rowsOf('2026-01')).toEqual([]);
  expect(await rowsOf('2026-02')).toEqual([
    ...['JPY', '2000 -1000 -6.00', 'Net JPY -1000 -6.00'],
    ...['USD', '1200 100.00 92.00', 'Net USD 100.00 92.00'],
  ]);
});

test('a recorded rate moves the exposures from its day on, and nothing else', async () => {
  await rate('USD', '2026-03-31', '0.95');
  const all = await moved();
  expect(all.filter((name) => !name.startsWith(EXPOSURE))).toEqual([]);
  expect(all).toContain(`${EXPOSURE} 2026-03`);
  expect(all).toContain(`${EXPOSURE} 2026-Q1`);
  expect(all).toContain(`${EXPOSURE} 2026`);
  expect(all).not.toContain(`${EXPOSURE} 2026-02`);
  expect((await rowsOf('2026-03')).slice(-3)).toEqual([
    '1200 100.00 92.00 0.95 2026-03-31 95.00 3.00',
    'Net USD 100.00 92.00 95.00 3.00 9.50',
    'Total net exposure 92.00 95.00 3.00 9.50',
  ]);
  expect((await headOf('2026-03'))!.position).toBe(
    (await documents.position(book.bookId))!.position,
  );
});

test('a rate that is superseded by the period’s end moves no document of it', async () => {
  await rate('USD', '2026-03-15', '0.99');
  expect(await moved()).toEqual([]);
  await rate('USD', '2026-02-15', '0.90');
  expect(await moved()).toEqual([`${EXPOSURE} 2026-02`]);
  expect((await rowsOf('2026-02')).at(-1)).toBe('Total net exposure 92.00 90.00 -2.00 9.00');
});

test('a rate of what the book doesn’t hold, and an entry in its own currency, move none', async () => {
  await rate('CHF', '2026-02-15', '1.05');
  await rate('VHT', '2026-02-15', '1.05');
  expect(await moved()).toEqual([]);
  await post('2026-02-20', [
    ['1000', '5.00'],
    ['4000', '-5.00'],
  ]);
  expect((await moved()).filter((name) => name.startsWith(EXPOSURE))).toEqual([]);
});

test('a currency that is new to the book comes with the rates that were recorded before', async () => {
  await post('2026-03-10', [
    ['1100', '10.00', 'CHF', '@ 1.00'],
    ['4000', '-10.00'],
  ]);
  await recomputeBook(input());
  expect((await rowsOf('2026-03')).slice(0, 2)).toEqual([
    'CHF',
    '1100 10.00 10.00 1.05 2026-02-15 10.50 0.50',
  ]);
  expect((await reconcileBook(input())).differences).toEqual([]);
});

test('a worker that remembers nothing makes the same', async () => {
  await rate('JPY', '2026-03-01', '0.0061');
  memory = new RecomputeMemory();
  expect(await moved()).toContain(`${EXPOSURE} 2026-03`);
  expect((await rowsOf('2026-03'))[4]).toBe('2000 -1000 -6.00 0.0061 2026-03-01 -6.10 -0.10');
  expect((await reconcileBook(input())).differences).toEqual([]);
});

test('differences are those that a revaluation posts, and then there are none', async () => {
  const published = (await headOf('2026-03'))!;
  const call = { ...book.call(), dryRun: true };
  const asked = { date: '2026-03-31', gains: '4000', losses: '5000' };
  const preview = accepted(await book.commands.revalueCurrencies(call, asked));
  const rows = await rowsOf('2026-03');
  for (const {
    account,
    before,
    difference,
    quantity,
    rate: each,
    rateDate,
    worth,
  } of preview.lines) {
    const row = [account, quantity, before, each, rateDate, worth, difference].join(' ');
    expect(rows).toContain(row);
  }
  expect(preview.lines).toHaveLength(3);
  accepted(await book.commands.revalueCurrencies(book.call(), asked));
  await recomputeBook(input());
  const lines = (await rowsOf('2026-03')).filter((row) => /^\d/.test(row));
  expect(lines.map((row) => row.split(' ').at(-1))).toEqual(['0.00', '0.00', '0.00']);
  expect((await rowsOf('2026-Q2')).at(-1)).toBe('Total net exposure 96.00 99.40 3.40 9.94');
  expect((await reconcileBook(input())).differences).toEqual([]);
  await rate('USD', '2026-03-31', '0.50');
  await recomputeBook(input());
  const [digest, ...told] = (await inKnownBook(
    book.store,
    book.bookId,
    published.position,
    async (before, connection) => {
      const { calendar } = before.ledger.facts;
      const period = parsePeriod(calendar, '2026-03')!;
      const { position } = (await documents.position(book.bookId))!;
      const after = (await openKnown(connection, book.bookId, position))!;
      const toldOf = async (report: string) => {
        const reports = {
          before: await before.report(report, period),
          after: await after.report(report, period),
        };
        const { others } = await changesSince(connection, { before, after }, reports, period);
        return others.map(({ type }) => type);
      };
      const then = await before.report(EXPOSURE, period);
      return [then.digest, await toldOf(EXPOSURE), await toldOf('balance-sheet')] as const;
    },
  ))!;
  expect(digest).toBe(published.digest);
  expect((await headOf('2026-03'))!.digest).not.toBe(published.digest);
  expect(told).toEqual([['RatesRecorded'], []]);
});
