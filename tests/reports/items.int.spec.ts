// Documents of customers, suppliers and dimensions, made by the worker: carried on from memory, from the stored and made
// anew they are the same, whatever was posted, back-dated, settled, renamed or designated in between.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { isPaged } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { rowBatches } from '#reports/documents/read-pages.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';

let book: OpenBook;
let documents: Documents;
const memory = new RecomputeMemory();

beforeAll(async () => {
  book = await openBook({ startDate: '2025-01-01', firstYearEnd: '2025-12-31' });
  const { dbName, mongoUrl } = book.rig;
  documents = shelved(await openDocuments({ url: mongoUrl, dbName }));
  const { commands } = book;
  for (const code of ['ada', 'bob']) {
    accepted(await commands.addParty(book.call(), { code, name: code.toUpperCase() }));
  }
  accepted(await commands.defineDimension(book.call(), { code: 'centre', name: 'Cost centre' }));
  for (const [code, parent] of [['north'], ['oslo', 'north'], ['south']] as const) {
    const value = { dimension: 'centre', code, name: code };
    accepted(await commands.addDimensionValue(book.call(), parent ? { ...value, parent } : value));
  }
  await designate('1100', 'receivables');
  await designate('2000', 'payables');
}, 60_000);
afterAll(async () => {
  await documents.close();
  await book.stop();
});

const designate = async (code: string, controls: string | null) =>
  accepted(await book.commands.designateAccount(book.call(), { code, controls }));

const input = () => ({ store: book.store, documents, bookId: book.bookId, memory });

async function report(name: string, period: string): Promise<ReportBody> {
  const head = await documents.head(book.bookId, name, period as PeriodKey);
  return (await documents.body(head!.digest))!;
}

const linesOf = (body: ReportBody) =>
  body.rows.map(({ name, values }) => [name, ...Object.values(values)].join(' '));

interface Line {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
}

const post = (date: string, lines: readonly Line[]) =>
  book.commands.postJournalEntry(book.call(), { date, description: 'x', lines });

test('an invoice is open until it is paid; its documents alone are touched', async () => {
  const invoice = { party: 'ada', document: 'A1', dueDate: '2025-02-09' };
  accepted(
    await post('2025-01-10', [
      { account: '1100', side: 'debit', amount: '100.00', ...invoice },
      { account: '4000', side: 'credit', amount: '100.00', ...{ dimensions: { centre: 'oslo' } } },
    ]),
  );
  await recomputeBook(input());
  expect(linesOf(await report('open-items', '2025-01'))).toContain(
    'A1 2025-01-10 2025-02-09  100.00 0.00 100.00 ',
  );
  expect(linesOf(await report('result-by-dimension', '2025-01'))).toContain(
    'oslo oslo 100.00 0.00 100.00 100.00 0.00 100.00',
  );
  const aged = () => documents.head(book.bookId, 'aged-receivables', '2025-03' as PeriodKey);
  const before = await aged();
  accepted(
    await post('2025-01-11', [
      { account: '1000', side: 'debit', amount: '1.00' },
      { account: '3000', side: 'credit', amount: '1.00' },
    ]),
  );
  await recomputeBook(input());
  expect((await aged())?.digest).toBe(before?.digest);
  accepted(
    await post('2025-02-20', [
      { account: '1000', side: 'debit', amount: '100.00' },
      { account: '1100', side: 'credit', amount: '100.00', ...{ party: 'ada', document: 'A1' } },
    ]),
  );
  await recomputeBook(input());
  expect(linesOf(await report('aged-receivables', '2025-03'))).toEqual([
    'Debtors',
    'Total Debtors 0.00 0.00 0.00 0.00 0.00 0.00',
    'Total receivables 0.00 0.00 0.00 0.00 0.00 0.00',
  ]);
});

test('a party that is renamed is called so in all documents', async () => {
  accepted(await book.commands.changeParty(book.call(), { code: 'ada', name: 'Countess' }));
  await recomputeBook(input());
  expect(linesOf(await report('party-balances', '2025-01'))[1]).toBe(
    'ada Countess 0.00 100.00 0.00 100.00',
  );
  expect(await reconcileBook(input())).toMatchObject({ differences: [] });
});

test('what a quarter shows stays when its year goes on; an ordinary account leaves nothing behind', async () => {
  const sale = (date: string) =>
    post(date, [
      { account: '1000', side: 'debit', amount: '1.00' },
      { account: '3000', side: 'credit', amount: '1.00' },
    ]);
  for (const date of ['2025-02-03', '2025-04-05']) {
    accepted(await sale(date));
    await recomputeBook(input());
  }
  for (const controls of [null, 'receivables', null, 'receivables']) {
    await designate('1100', controls);
    await recomputeBook(input());
    expect([...staying].toSorted()).toEqual([...(await needed())].toSorted());
  }
  expect((await report('party-statements', '2025')).parts).toHaveLength(1);
  expect(await reconcileBook(input())).toMatchObject({ differences: [] });
});

test('a first tax code changes what a return without any says', async () => {
  const codes = { code: 'OUT', name: 'VAT', kind: 'output', account: '2000' };
  const boxes = { baseBox: '1', taxBox: '2' };
  expect((await report('tax-return', '2025')).notes).toEqual(['The book has no tax codes.']);
  accepted(await book.commands.defineTaxCode(book.call(), { ...codes, ...boxes }));
  await recomputeBook(input());
  expect((await report('tax-return', '2025')).notes).toEqual([]);
  expect(await reconcileBook(input())).toMatchObject({ differences: [] });
});

const amount = fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2));
const day = fc
  .record({ month: fc.integer({ min: 1, max: 24 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, day: own }) =>
    [2025 + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1, own]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  );
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      day,
      amount,
      account: fc.constantFrom('1100', '2000', '5000'),
      other: fc.constantFrom('1000', '4000'),
      side: fc.constantFrom('debit' as const, 'credit' as const),
      party: fc.constantFrom('ada', 'bob', undefined),
      document: fc.constantFrom('A1', 'A2', 'B1', undefined),
      due: fc.option(day, { nil: undefined }),
      centre: fc.constantFrom('north', 'oslo', 'south', undefined),
      closing: fc.boolean(),
      unit: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('recompute' as const, 'forget' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), name: fc.string() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('designate' as const),
      controls: fc.constantFrom('receivables', null),
    }),
  },
);

/** Digests that were written and not left behind since: those that stay. */
const staying = new Set<string>();

/** Documents with an eye on what of them stays. */
const shelved = (opened: Documents): Documents => ({
  ...opened,
  async writeBodies(bookId, bodies) {
    await opened.writeBodies(bookId, bodies);
    for (const { digest } of bodies) staying.add(digest);
  },
  async move(move) {
    const result = await opened.move(move);
    if (result.moved) for (const digest of move.replaced ?? []) staying.delete(digest);
    return result;
  },
});

/** Digests of all documents, pages and nodes that readers need, after every line was read. */
async function needed(): Promise<Set<string>> {
  const digests = new Set<string>();
  const read = (asked: readonly string[]) => {
    for (const digest of asked) digests.add(digest);
    return documents.bodyTexts(asked);
  };
  for (const { digest, report: name, period } of await documents.heads(book.bookId)) {
    digests.add(digest);
    if (!isPaged(name)) continue;
    const body = (await documents.body(digest))!;
    let lines = 0;
    for await (const rows of rowBatches(read, body))
      lines += rows.filter(({ kind }) => kind === 'line').length;
    expect([name, period, lines]).toEqual([name, period, body.controlTotals.rows]);
  }
  return digests;
}

test('whatever happens, documents equal those of fresh sums, and the tables a replay', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      for (const own of steps) await take(own);
      await recomputeBook(input());
      expect(await reconcileBook(input())).toMatchObject({ differences: [] });
    }),
    { numRuns: 8 },
  );
  expect([...(await needed())].filter((digest) => !staying.has(digest))).toEqual([]);
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
}, 120_000);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(own: Step): Promise<void> {
  switch (own.kind) {
    case 'post': {
      const { account, centre, closing, document, due, other, party, side } = own;
      const of = party || document;
      const line = {
        ...{ account, side, amount: own.amount },
        ...(party && { party }),
        ...(document && { document }),
        ...(due && of && { dueDate: due }),
        ...(centre && { dimensions: { centre } }),
        ...(own.unit && { unit: 'USD', baseAmount: own.amount }),
      };
      const back = { account: other, side: side === 'debit' ? 'credit' : 'debit' };
      const entry = { description: 'x', kind: closing ? 'closing' : 'ordinary' };
      const lines = [line, { ...back, amount: own.amount }];
      accepted(
        await book.commands.postJournalEntry(book.call(), { date: own.day, ...entry, lines }),
      );
      return;
    }
    case 'recompute':
      return void (await recomputeBook(input()));
    case 'forget':
      return void (await recomputeBook({ ...input(), memory: new RecomputeMemory() }));
    case 'rename':
      return void (await book.commands.changeParty(book.call(), { code: 'bob', name: own.name }));
    case 'designate':
      return designate('1100', own.controls).then(() => undefined);
  }
}
