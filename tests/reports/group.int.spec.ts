// A group's documents on real databases: what members post arrives in them, as known then and reconciled; ordinary books don't
// have them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeMemberBalances } from '#ledger/commands/take-member-balances.ts';
import { parsePeriod } from '#ledger/domain/calendar.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { accepted, type OpenBook, openBook, twoLines } from '#tests/ledger/open-book.ts';
import { type OpenGroup, openGroup } from '#tests/ledger/open-group.ts';
import { inKnownBook } from '#workers/as-known.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { startTakingMembers } from '#workers/take-members.ts';

let book: OpenBook;
let group: OpenGroup;
let documents: Documents;
const memory = new RecomputeMemory();

beforeAll(async () => {
  book = await openBook({ baseCurrency: 'GBP' });
  group = await openGroup(book);
  const { dbName, mongoUrl } = book.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
}, 120_000);
afterAll(async () => {
  await documents?.close();
  await book?.stop();
});

const post = async (amount: string, date: string) =>
  accepted(
    await book.commands.postJournalEntry(book.call(), twoLines(date, '1000', '4000', amount)),
  );
const quiet = { bookChanged: () => undefined };
const take = () => takeMemberBalances(book.store, quiet, { group: group.id, member: book.bookId });
const recompute = (bookId = group.id) =>
  recomputeBook({ store: book.store, documents, bookId, memory });
const rate = async (date: string, value: string) =>
  accepted(
    await book.commands.recordRates(group.call(), { rates: [{ unit: 'GBP', date, rate: value }] }),
  );

async function shown(report: string, period: string): Promise<ReportBody> {
  const head = await documents.head(group.id, report, period as never);
  const text = (await documents.bodyTexts([head!.digest])).get(head!.digest);
  return JSON.parse(text!) as ReportBody;
}

const total = async (report: string, period: string, row: string, column: string) =>
  (await shown(report, period)).rows.findLast(({ name }) => name === row)?.values[column];

test('a book without members has none of the documents', async () => {
  await post('100.00', '2026-02-10');
  await recompute();
  await recompute(book.bookId);
  const names = async (id: number) =>
    new Set((await documents.heads(id)).map(({ report }) => report));
  for (const id of [group.id, book.bookId]) {
    expect(await names(id)).not.toContain('consolidation');
    expect(await names(id)).toContain('balance-sheet');
  }
  expect((await documents.book(group.id))?.isGroup).toBe(false);
});

test('what a member posted is consolidated once it was taken and a rate is there', async () => {
  accepted(await book.commands.addGroupMember(group.call(), { book: 'test' }));
  await take();
  await recompute();
  expect((await documents.book(group.id))?.isGroup).toBe(true);
  const [, note] = (await shown('consolidation', '2026-02')).notes;
  expect(note).toContain("Test Ltd isn't consolidated: there is no rate of GBP");
  expect(await total('consolidated-balance-sheet', '2026-02', 'Total assets', 'amount')).toBe(
    '0.00',
  );
  await rate('2026-01-01', '1.20');
  await recompute();
  expect(await total('consolidated-balance-sheet', '2026-02', 'Total assets', 'amount')).toBe(
    '120.00',
  );
  expect(await total('consolidated-income-statement', '2026-02', 'Result', 'period')).toBe(
    '120.00',
  );
});

test('news of a month make anew the documents from that month on, and no others', async () => {
  const before = await shown('consolidation', '2026-02');
  await post('10.00', '2026-03-10');
  await take();
  await recompute();
  expect(await shown('consolidation', '2026-02')).toEqual(before);
  expect(await total('consolidation', '2026-03', 'Total assets', 'consolidated')).toBe('132.00');
  expect((await shown('balance-sheet', '2026-03')).position).toBeLessThan(
    (await shown('consolidation', '2026-03')).position,
  );
});

test('documents carried on are those that are made from nothing', async () => {
  await rate('2026-03-31', '1.30');
  await recompute();
  expect(await total('consolidation', '2026-03', 'Translation reserve', 'consolidated')).toBe(
    // 100.00 from 1.20 to 1.30; the 10.00 of March at its average, which is the same.
    '10.00',
  );
  const input = { store: book.store, documents, bookId: group.id, memory };
  expect((await reconcileBook(input)).differences).toEqual([]);
});

test('as known then is what was published then', async () => {
  const published = await Promise.all(
    ['consolidation', 'consolidated-balance-sheet', 'consolidated-income-statement'].map(
      async (report) => (await documents.head(group.id, report, '2026-03' as never))!,
    ),
  );
  await post('500.00', '2026-02-01');
  await rate('2026-01-01', '1.90');
  accepted(await book.commands.renameAccount(book.call(), { code: '1000', name: 'Till' }));
  await take();
  accepted(
    await book.commands.changeGroupMember(group.call(), {
      ...{ book: 'test', name: 'Other', intercompany: '1000' },
      mapping: [{ accounts: '4000', to: '3000' }],
    }),
  );
  await recompute();
  for (const { digest, position, report } of published) {
    const known = await inKnownBook(book.store, group.id, position, (then) =>
      then.report(report, parsePeriod(then.ledger.facts.calendar, '2026-03')!),
    );
    expect(known?.digest, report).toBe(digest);
    const today = await documents.head(group.id, report, '2026-03' as never);
    expect(today?.digest, report).not.toBe(digest);
  }
});

test('a removed member is no longer added up, and the group keeps its documents', async () => {
  accepted(await book.commands.removeGroupMember(group.call(), { book: 'test' }));
  await recompute();
  const { columns } = await shown('consolidation', '2026-03');
  expect(columns.map(({ key }) => key)).toEqual(['own', 'eliminations', 'consolidated']);
  const input = { store: book.store, documents, bookId: group.id, memory };
  expect((await reconcileBook(input)).differences).toEqual([]);
  expect((await verifyBooks(book.store)).map(({ difference }) => difference)).toEqual([null, null]);
});

test('the worker takes what stands still and tells of the group', async () => {
  accepted(await book.commands.addGroupMember(group.call(), { book: 'test' }));
  await post('1.00', '2026-04-01');
  const told: number[] = [];
  const log = { info: () => undefined, error: (fields: object) => expect(fields).toBeNull() };
  const taking = startTakingMembers({
    ...{ store: book.store, log },
    notify: { bookChanged: (id) => told.push(id) },
  });
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([group.id]);
  await taking.stop();
  await recompute();
  expect(await total('consolidation', '2026-04', 'Result', 'consolidated')).not.toBe('0.00');
});
