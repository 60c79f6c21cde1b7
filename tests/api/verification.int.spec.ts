// Did this book produce that document? Over HTTP with the thread that answers: whole PDFs and typed digests, what is told of
// changed files and later entries, who may ask, and what bad input is told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { ROLES } from '#ledger/domain/permissions.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { accepted, type OpenBook, twoLines } from '#tests/ledger/open-book.ts';
import { rebuildBook, recomputeBook } from '#workers/recompute.ts';
import { collectUnused, makeAsked } from '#workers/sweeper.ts';
import type { Verdict } from '#workers/verdict.ts';
import { openVerification, type VerificationRig } from './verification-rig.ts';

let rig: VerificationRig;
let book: OpenBook;
let documents: Documents;
const input = () => rig.input();
const post: VerificationRig['post'] = (...of) => rig.post(...of);
const download: VerificationRig['download'] = (...of) => rig.download(...of);
const downloadPack: VerificationRig['downloadPack'] = (...of) => rig.downloadPack(...of);
const ask: VerificationRig['ask'] = (...of) => rig.ask(...of);

beforeAll(async () => {
  rig = await openVerification();
  ({ book, documents } = rig);
}, 60_000);
afterAll(() => rig.close());

test.each(['balance-sheet', 'general-ledger', 'journal'])(
  'a PDF of the %s is recognised, byte for byte; a changed byte is told',
  async (report) => {
    const { head, pdf } = await download(report, '2026-02');
    const { json, status } = await ask(pdf);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ...{ outcome: 'produced', file: 'same', digest: head.digest },
      recomputed: { report, period: '2026-02', position: head.position },
      since: { figures: [], entries: [] },
    });
    const changed = Buffer.from(pdf);
    changed[Math.floor(pdf.length / 2)]! ^= 1;
    expect((await ask(changed)).json).toMatchObject({ outcome: 'produced', file: 'different' });
    const longer = Buffer.concat([pdf, Buffer.from('\n')]);
    expect((await ask(longer)).json).toMatchObject({ outcome: 'produced', file: 'different' });
  },
);

test('a PDF beside other periods says itself what it is compared with', async () => {
  const report = 'balance-sheet~previous-1~zeros';
  const at = { book: book.bookId, report, period: '2026-02' as PeriodKey };
  await documents.asked.ask(at);
  await makeAsked(input());
  const { head, pdf } = await download(report, '2026-02');
  const recognised = {
    ...{ outcome: 'produced', file: 'same', digest: head.digest },
    recomputed: { report, period: '2026-02', position: head.position },
  };
  expect((await ask(pdf)).json).toMatchObject(recognised);
  const other = Buffer.from(
    pdf.toString('latin1').replaceAll(head.digest, 'f'.repeat(64)),
    'latin1',
  );
  expect((await ask(other)).json.outcome).toBe('not-produced');
  await rebuildBook(input());
  await collectUnused({ ...input(), graceMs: -1_000 });
  expect(await documents.body(head.digest)).toBeNull();
  expect((await ask(pdf)).json).toMatchObject(recognised);
});

test('what has changed since: the figures, and the entries that touch the report alone', async () => {
  const { head, pdf } = await download('income-statement', '2026-02');
  await post('2026-01-20', '5000', '1000', '7.00');
  await post('2026-03-01', '5000', '1000', '9.00');
  const { json } = await ask(pdf);
  expect(json).toMatchObject({ outcome: 'produced', file: 'same' });
  expect(json.since!.entries).toEqual([expect.objectContaining({ number: 3, date: '2026-01-20' })]);
  expect(json.since!.figures).toContainEqual({
    ...{ place: expect.any(String), account: '5000', name: 'Rent', column: 'Year to date' },
    ...{ before: '30.00', after: '37.00', difference: '7.00' },
  });
  const places = json.since!.figures.map(({ place }) => place);
  expect(new Set(places).size).toBe(places.length);
  expect(json.since!.figures.some(({ column }) => column === 'Month')).toBe(false);
  // The same by what stands on the paper, when nobody downloaded it and it was dropped.
  await collectUnused({ ...input(), graceMs: -1_000 });
  expect(await documents.body(head.digest)).toBeNull();
  const short = { digest: head.digest.slice(0, 12).toUpperCase() };
  expect((await ask(short)).json).toMatchObject({ outcome: 'needs-more', recomputed: null });
  const typed = { ...short, report: 'income-statement', period: '2026-02' };
  const found = await ask({ ...typed, position: `${head.position}` });
  expect(found.json).toMatchObject({ outcome: 'produced', file: null });
  expect(found.json.since).toEqual(json.since);
});

test('a general ledger names the lines that came', async () => {
  const { pdf } = await download('general-ledger', '2026-03');
  await post('2026-03-02', '5000', '1000', '1.00');
  const { figures } = (await ask(pdf)).json.since!;
  const came = figures.filter(({ name }) => name.includes('entry 5'));
  expect(came.map(({ after, before, column }) => [before, after, column])).toEqual([
    ['', '1.00', 'Credit'],
    ['', '1.00', 'Debit'],
  ]);
  const closing = figures.filter(
    ({ column, name }) => /^Closing/.test(name) && column === 'Balance',
  );
  expect(closing.map(({ difference }) => difference)).toEqual(['-1.00', '1.00']);
});

test('a budget is named when it changes, and what it has nothing to do with is not', async () => {
  const { commands } = book;
  const plan = async (month: string, amount: string) => {
    const amounts = [{ account: '5000', month, amount }];
    accepted(await commands.setBudget(book.call(), { amounts }));
    await recomputeBook(input());
  };
  await plan('2027-01', '50.00');
  await post('2027-01-05', '5000', '1000', '3.00');
  const { pdf } = await download('budget', '2027-01');
  await post('2027-01-11', '5000', '1000', '2.00');
  // Of the year before: it moves balances, and no figure of this report.
  await post('2026-12-11', '5000', '1000', '4.00');
  await plan('2027-01', '60.00');
  const { json } = await ask(pdf);
  expect(json).toMatchObject({ outcome: 'produced', file: 'same' });
  expect(json.since!.entries.map(({ date }) => date)).toEqual(['2027-01-11']);
  expect(json.since!.others.map(({ type }) => type)).toEqual(['BudgetSet']);
  expect(json.since!.figures).toContainEqual({
    ...{ place: expect.any(String), account: '5000', name: 'Rent', column: 'Budget to date' },
    ...{ before: '50.00', after: '60.00', difference: '10.00' },
  });
});

test('what the book did not produce is told, with what was there instead', async () => {
  const { head } = await download('balance-sheet', '2026-02');
  const { position } = head;
  const claim = { report: 'balance-sheet', period: '2026-02', position };
  const { json } = await ask({ ...claim, digest: 'a'.repeat(64) });
  expect(json).toMatchObject({ outcome: 'not-produced', since: null, file: null });
  expect(json.recomputed).toMatchObject({ digest: head.digest, position });
});

test('a pack is recognised with its reports, and told which of them have changed since', async () => {
  const reports = ['general-ledger', 'balance-sheet', 'income-statement~previous-1', 'tax-return'];
  const asked = { book: book.bookId, report: reports[2]!, period: '2026-02' as PeriodKey };
  await documents.asked.ask(asked);
  await makeAsked(input());
  const { digest, digests, pdf, position } = await downloadPack(reports, '2026-02');
  const recognised = { outcome: 'produced', file: 'same', digest, since: null };
  const parts = (json: Verdict) => json.pack!.map((own) => [own.report, own.digest, own.changed]);
  const first = (await ask(pdf)).json;
  expect(first).toMatchObject({
    ...recognised,
    recomputed: { report: 'pack', period: '2026-02', position },
  });
  expect(parts(first)).toEqual(reports.map((report, at) => [report, digests[at], false]));
  await post('2026-02-11', '1000', '3000', '6.00');
  const later = (await ask(pdf)).json;
  expect(later).toMatchObject(recognised);
  expect(later.pack!.map(({ changed }) => changed)).toEqual([true, true, true, false]);
  const changed = Buffer.from(pdf);
  changed[Math.floor(pdf.length / 3)]! ^= 1;
  expect((await ask(changed)).json).toMatchObject({ ...recognised, file: 'different' });
  const text = pdf.toString('latin1');
  const other = text.replace('general-ledger,balance-sheet', 'balance-sheet,general-ledger');
  expect(other).not.toBe(text);
  const turned = (await ask(Buffer.from(other, 'latin1'))).json;
  expect(turned).toMatchObject({ outcome: 'not-produced', file: null });
  expect(turned.pack!.map((own) => own.changed)).toEqual([null, null, null, null]);
});

test('a customer’s new name is told apart from another figure', async () => {
  const { commands } = book;
  accepted(await commands.addParty(book.call(), { code: 'ada', name: 'Ada' }));
  const control = { code: '1100', controls: 'receivables' };
  accepted(await commands.designateAccount(book.call(), control));
  const { date, description, lines } = twoLines('2026-01-05', '1100', '4000', '5.00');
  const named = lines.map((line) => (line.account === '1100' ? { ...line, party: 'ada' } : line));
  accepted(await commands.postJournalEntry(book.call(), { date, description, lines: named }));
  await recomputeBook(input());
  const { head, pdf } = await download('party-balances', '2026-01');
  const statements = await download('party-statements', '2026-01');
  const pack = await downloadPack(['balance-sheet', 'party-balances'], '2026-01');
  expect((await ask(statements.pdf)).json).toMatchObject({ outcome: 'produced', file: 'same' });
  accepted(await commands.changeParty(book.call(), { code: 'ada', name: 'Countess' }));
  for (const named of [pdf, statements.pdf])
    expect((await ask(named)).json).toMatchObject({ outcome: 'names-changed', file: null });
  expect((await ask(pack.pdf)).json).toMatchObject({ outcome: 'not-checkable', file: null });
  await recomputeBook(input());
  await collectUnused({ ...input(), graceMs: -1_000 });
  expect(await documents.body(head.digest)).toBeNull();
  expect((await ask(pdf)).json).toMatchObject({ outcome: 'not-checkable', since: null });
});

test('who may: every role of the book; nobody else', async () => {
  const { pdf } = await download('balance-sheet', '2026-02');
  for (const role of ROLES) expect((await ask(pdf, role)).status).toBe(200);
  expect((await ask(pdf, 'stranger')).status).toBe(404);
  expect((await ask(pdf, 'nobody')).status).toBe(401);
});

const stamped = (address: string) =>
  Buffer.from(
    `%PDF-1.7\n3 0 obj <</Address (${address}) /Subject (Ledger position 3) /Keywords (${'a'.repeat(64)})>>\n/Info 3 0 R`,
  );

test.each([
  [{}, 400, 'bad-digest'],
  [{ digest: 'xyz' }, 400, 'bad-digest'],
  [{ digest: 'a'.repeat(12), position: 'x' }, 400, 'no-such-position'],
  [{ digest: 'a'.repeat(12), report: 'x' }, 400, 'unknown-report'],
  [
    { digest: 'a'.repeat(12), report: 'journal', period: '2026-13', position: 3 },
    400,
    'bad-period',
  ],
  [
    { digest: 'a'.repeat(12), report: 'journal', period: '2026-01', position: 99_999 },
    400,
    'no-such-position',
  ],
  [Buffer.from('plain'), 400, 'not-a-pdf'],
  [Buffer.from('%PDF-1.7\n/Info 3 0 R'), 400, 'no-stamp'],
  [Buffer.from('%PDF-1.7\n3 0 obj <</Keywords (ab\\'), 400, 'no-stamp'],
  [stamped('packs/2026-01?reports=journal,x'), 400, 'unknown-report'],
  [stamped('packs/2026-13?reports=journal'), 400, 'bad-period'],
  [stamped('packs/2026-01?reports=journal,journal'), 400, 'no-stamp'],
  [stamped('elsewhere/2026-01'), 400, 'no-stamp'],
  [Buffer.alloc(33 * 1024 * 1024), 413, 'too-large'],
])('bad input %#: said, never a fault', async (payload, status, code) => {
  const answer = await ask(payload);
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});
