// Documents that are made when somebody asks for them: made once, kept current, recomputed alike, and dropped when they
// are too many, those first that weren't read for longest.
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { REPORT_LIST } from '#reports/catalogue/registry.ts';
import { EVERY_VIEW, hasView, viewName } from '#reports/catalogue/view.ts';
import { rebuildBook, recomputeBook } from '#workers/recompute.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { makeAsked } from '#workers/sweeper.ts';
import { FIRST_YEAR, type LedgerRig, madeUpEntries, startLedger } from './ledger-rig.ts';

let rig: LedgerRig;
beforeAll(async () => {
  rig = await startLedger(inject('databaseUrl'), inject('mongoUrl'));
  await rig.post(madeUpEntries(300));
  await recomputeBook(input());
}, 120_000);
afterAll(() => rig?.close());

const input = () => ({ store: rig.store, documents: rig.documents, bookId: rig.bookId });
const VIEW = 'balance-sheet~previous-2~zeros';
const wanted = (report: string, period: string) => ({
  ...{ book: rig.bookId, report },
  period: period as PeriodKey,
});
const headOf = ({ book, period, report }: ReturnType<typeof wanted>) =>
  rig.documents.head(book, report, period);
const SALE = [
  [1, 5_00n],
  [61, -5_00n],
] as const;

it('is made when it is asked for, and then moves with what is posted', async () => {
  const at = wanted(VIEW, `${FIRST_YEAR}-06`);
  expect(await headOf(at)).toBeNull();
  await rig.documents.asked.ask(at);
  expect(await makeAsked(input())).toBe(1);
  expect(await makeAsked(input())).toBe(0);
  const made = (await headOf(at))!;
  const body = (await rig.documents.body(made.digest))!;
  expect(body.report).toBe(VIEW);
  expect(body.columns.map(({ label }) => label)).toEqual([
    ...[`${FIRST_YEAR}-06-30`, `${FIRST_YEAR}-05-31`, `${FIRST_YEAR}-04-30`, 'Change', '%'],
  ]);
  const head = await rig.post([{ date: `${FIRST_YEAR}-05-15`, lines: SALE }]);
  await recomputeBook(input());
  expect((await headOf(at))!.position).toBe(head);
  await rig.post([{ date: `${FIRST_YEAR}-08-15`, lines: SALE }]);
  await recomputeBook(input());
  expect((await headOf(at))!.position).toBe(head);
  expect((await reconcileBook(input())).differences).toEqual([]);
});

it('a list beside other periods is made without its pages, and moves with what is posted', async () => {
  const views = ['general-ledger', 'journal', 'party-statements', 'open-items', 'dashboard'].map(
    (report) => wanted(`${report}~previous-2`, `${FIRST_YEAR}-09`),
  );
  for (const at of views) await rig.documents.asked.ask(at);
  expect(await makeAsked(input())).toBe(1);
  const digests = async () => Promise.all(views.map(async (at) => (await headOf(at))!.digest));
  const before = await digests();
  const body = (await rig.documents.body(before[0]!))!;
  expect([body.parts, body.rows.length > 20]).toEqual([undefined, true]);
  await rig.post([{ date: `${FIRST_YEAR}-07-15`, lines: SALE }]);
  await recomputeBook(input());
  const after = await digests();
  expect(views.filter((_, at) => after[at] === before[at]).map(({ report }) => report)).toEqual([
    ...['party-statements~previous-2', 'open-items~previous-2'],
  ]);
  expect((await reconcileBook(input())).differences).toEqual([]);
});

it('says nothing to what can’t be', async () => {
  const heads = (await rig.documents.heads(rig.bookId)).length;
  for (const [report, period] of [
    ['balance-sheet~previous-99', `${FIRST_YEAR}-03`],
    ['journal~zeros', `${FIRST_YEAR}-03`],
    ['balance-sheet~zeros', '1999-01'],
    ['changes-in-equity~zeros', `${FIRST_YEAR}-03`],
    ['balance-sheet', `${FIRST_YEAR}-03`],
  ] as const)
    await rig.documents.asked.ask(wanted(report, period));
  await makeAsked(input());
  expect(await makeAsked(input())).toBe(0);
  expect(await rig.documents.heads(rig.bookId)).toHaveLength(heads);
});

it('comes back when it is asked for after everything was made anew', async () => {
  const at = wanted(VIEW, `${FIRST_YEAR}-06`);
  const before = (await headOf(at))!.digest;
  await rebuildBook(input());
  expect(await headOf(at)).toBeNull();
  await rig.documents.asked.ask(at);
  await makeAsked(input());
  expect((await headOf(at))!.digest).toBe(before);
});

it('keeps two hundred of a book: those that weren’t read for longest go', async () => {
  const views = REPORT_LIST.filter(({ groups }) => !groups).flatMap(({ name, views: own }) =>
    EVERY_VIEW.filter((view) => hasView(own, view)).map((view) => viewName(name, view)),
  );
  const asked = views.slice(0, 204).map((report) => wanted(report, `${FIRST_YEAR}`));
  for (const at of asked) await rig.documents.asked.ask(at);
  await makeAsked(input());
  const [first, second] = asked as [(typeof asked)[0], (typeof asked)[0]];
  await rig.documents.asked.noteRead(first);
  const oneMore = wanted(VIEW, `${FIRST_YEAR + 1}`);
  await rig.documents.asked.ask(oneMore);
  await makeAsked(input());
  const standing = (await rig.documents.heads(rig.bookId)).filter(({ report }) =>
    report.includes('~'),
  );
  expect(standing).toHaveLength(200);
  expect(await headOf(first)).not.toBeNull();
  expect(await headOf(oneMore)).not.toBeNull();
  expect(await headOf(second)).toBeNull();
  expect((await reconcileBook(input())).differences).toEqual([]);
  await rig.documents.asked.ask(second);
  await makeAsked(input());
  expect(await headOf(second)).not.toBeNull();
});
