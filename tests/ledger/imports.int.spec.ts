// Imports on a real database: posted as a whole or not at all, each fault with its line, never twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport } from '#workers/import.ts';
import { bytesOf, finish, importFile, importWork } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook({ locale: 'en-IE' });
});
afterAll(() => book?.stop());

const balanceOf = async (path: string) =>
  (await book.queries.accountBalances(book.bookId)).find((account) => account.path === path)
    ?.balance;
const lastNumber = async () =>
  (await book.store.pool.query('select last_number from books')).rows[0].last_number as number;
const staged = async (id: number) =>
  (
    await book.store.pool.query(
      'select count(*)::int as n from journal_entries where import_id = $1',
      [id],
    )
  ).rows[0].n as number;

describe('CSV', () => {
  test('rows of one reference are an entry; accounts by code', async () => {
    const before = await lastNumber();
    const done = await importFile(
      book,
      'csv',
      'Date,Number,Description,Account,Debit,Credit,Memo\n2026-01-05,S1,Sale,1100,"1,234.50",,Invoice 7\n2026-01-05,S1,Sale,4000,,1234.50,\n05/02/2026,S2,Rent,5000,100,,\n05/02/2026,S2,Rent,1000,,100,\n',
    );
    expect(done).toMatchObject({
      state: 'posted',
      entries: 2,
      postings: 4,
      firstNumber: before + 1,
    });
    const entry = await book.queries.entryByNumber(book.bookId, before + 2);
    expect(entry).toMatchObject({ date: '2026-02-05', reference: 'S2', import: done.id });
    expect(await balanceOf('Assets:Debtors')).toBe('1234.50');
  });

  test('semicolons, decimal commas and Latin-1 are recognised; no reference: an entry at each zero', async () => {
    const text =
      'Datum;Text;Konto;Betrag\n01.03.2026;Café;5000;12,50\n01.03.2026;Café;1000;-12,50\n01.03.2026;Café;5000;1.000,00\n01.03.2026;Café;1000;-1.000,00\n';
    const done = await importFile(book, 'csv', Buffer.from(text, 'latin1'));
    expect(done).toMatchObject({ state: 'posted', entries: 2 });
    const entry = await book.queries.entryByNumber(book.bookId, done.firstNumber ?? 0);
    expect(entry).toMatchObject({ description: 'Café', lines: [{ amount: '12.50' }, {}] });
  });

  test('every fault is told with its line, and nothing is posted', async () => {
    const before = await lastNumber();
    const done = await importFile(
      book,
      'csv',
      'date,reference,account,debit,credit\n2026-02-30,A,1000,1,\n2026-03-01,B,1000,1,\n2026-03-01,B,4000,,2\n2026-03-01,C,1000,x,\n2025-03-01,D,1000,1,\n2025-03-01,D,4000,,1\n',
    );
    expect(done.state).toBe('rejected');
    expect(done.errors.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 date-malformed',
      '3 out-of-balance',
      '5 amount-not-a-number',
      '6 date-before-first-day',
    ]);
    expect(await lastNumber()).toBe(before);
    expect(await staged(done.id)).toBe(0);
  });

  test('a trial balance without dates is an opening entry', async () => {
    const text = 'account,debit,credit\n1000,500.00,\n2000,,450.00\n';
    const refused = await importFile(book, 'csv', text, { openingDate: '2026-01-01' });
    expect(refused).toMatchObject({ state: 'rejected', errors: [{ code: 'out-of-balance' }] });
    const done = await importFile(book, 'csv', text, {
      openingDate: '2026-01-01',
      openingDifference: '3000',
    });
    expect(done).toMatchObject({ state: 'posted', entries: 1, postings: 3 });
  });
});

describe('journals', () => {
  test('new accounts get the type of their root and a code of its range', async () => {
    const done = await importFile(
      book,
      'ledger',
      '2026/4/1 * (77) Grocer ; weekly\n  Expenses:Food  €12.30  ; bread\n  Assets:Cash\n',
    );
    expect(done.state).toBe('posted');
    const chart = await book.queries.chart(book.bookId);
    expect(
      chart.filter(({ path }) => /Food|Cash/.test(path)).map(({ code, type }) => [code, type]),
    ).toEqual([
      ['1010', 'asset'],
      ['5010', 'expense'],
    ]);
    const entry = await book.queries.entryByNumber(book.bookId, done.firstNumber ?? 0);
    expect(entry).toMatchObject({
      reference: '77',
      description: 'Grocer',
      lines: [{ memo: 'weekly · bread' }, {}],
    });
  });

  test('an unusual root needs a type', async () => {
    const text = '2026-04-02 x\n  Vermögen:Bar  1 EUR\n  Assets:Cash\n';
    const refused = await importFile(book, 'hledger', text);
    expect(refused).toMatchObject({
      state: 'rejected',
      errors: [{ line: 2, code: 'account-type-unknown' }],
    });
    expect((await importFile(book, 'hledger', text, { types: { Vermögen: 'asset' } })).state).toBe(
      'posted',
    );
  });

  test('assertions mean what their source means: by date in hledger, by place in Ledger', async () => {
    const text =
      '2026-05-02 late\n  Assets:Box  5 EUR = 15 EUR\n  Equity:Capital\n\n2026-05-01 early\n  Assets:Box  10 EUR = 10 EUR\n  Equity:Capital\n';
    expect((await importFile(book, 'ledger', text)).errors.map(({ line }) => line)).toEqual([2, 6]);
    expect((await importFile(book, 'hledger', text)).state).toBe('posted');
    const again = text.replaceAll('10 EUR = 10', '10 EUR = 25').replaceAll('15 EUR', '30 EUR');
    expect((await importFile(book, 'hledger', again)).state, 'what the book has counts').toBe(
      'rejected',
    );
  });

  test('Beancount: pad fills up to the balance at the start of a day', async () => {
    const text =
      '2026-05-01 open Assets:Till EUR\n2026-05-02 pad Assets:Till Equity:Capital\n2026-05-10 * "Shop" "Sale" ^r1\n  Assets:Till  10.00 EUR\n  Income:Sales\n2026-05-10 balance Assets:Till 100.00 EUR\n2026-05-11 balance Assets:Till 110.00 EUR\n';
    const done = await importFile(book, 'beancount', text);
    expect(done.errors).toEqual([]);
    expect(await balanceOf('Assets:Till')).toBe('110.00');
  });

  test.each([
    ['a virtual posting', '  (Budget)  1 EUR\n', 'virtual-posting'],
    ['a balance assignment', '  Assets:Box  = 5 EUR\n', 'balance-assignment'],
    ['a posting date', '  Assets:Box  5 EUR ; [2026-01-01]\n', 'posting-date'],
    ['a negative price', '  Assets:Box  5 USD @ -2 EUR\n', 'price-negative'],
    ['a lot without its cost', '  Assets:Box  5 USD {2026-01-01}\n', 'lot-without-cost'],
    ['a name that is no unit', '  Assets:Box  5 "a b"\n', 'unit-malformed'],
  ])('refuses %s with its line', async (_, posting, code) => {
    const done = await importFile(book, 'hledger', `2026-04-02 x\n${posting}  Assets:Cash\n`);
    expect(done).toMatchObject({ state: 'rejected', errors: [{ line: 2, code }] });
  });

  test.each([
    'include other.journal',
    'alias a=b',
    'Y 2025',
    '= expr',
    '~ monthly',
    'apply account X',
    'zzz',
  ])('refuses the directive %s', async (directive) => {
    const done = await importFile(book, 'hledger', `\n${directive}\n`);
    expect(done).toMatchObject({ state: 'rejected', errors: [{ line: 2 }] });
  });
});

describe('one file, once', () => {
  const text = '2026-06-01 twice\n  Assets:Cash  1 EUR\n  Equity:Capital\n';

  test('the same file is a duplicate unless it is wanted again', async () => {
    const first = await importFile(book, 'hledger', text);
    const start = (options: object) =>
      book.commands.startImport(book.call(), {
        format: 'hledger',
        fileName: 'a',
        options,
        file: bytesOf(text),
      });
    expect(await start({})).toMatchObject({
      refusal: { code: 'import-duplicate', earlier: first.id },
    });
    expect((await start({ again: true })).ok).toBe(true);
  });

  test('the same command id starts one import', async () => {
    const call = book.call();
    const input = () => ({ format: 'csv', fileName: 'b', options: {}, file: bytesOf('date\n') });
    const [one, two] = await Promise.all([
      book.commands.startImport(call, input()),
      book.commands.startImport(call, input()),
    ]);
    expect(accepted(one).id).toBe(accepted(two).id);
  });

  test('a preview waits, unseen; confirmed it is posted, abandoned it is gone', async () => {
    const before = await balanceOf('Assets:Cash');
    const file = text.replace('twice', 'preview');
    const waiting = await importFile(book, 'hledger', file, { preview: true });
    expect(waiting).toMatchObject({
      state: 'preview',
      entries: 1,
      preview: { first: [{ description: 'preview' }] },
    });
    expect(await balanceOf('Assets:Cash')).toBe(before);
    accepted(await book.commands.abandonImport(book.call(), { id: waiting.id }));
    expect((await finish(book, waiting.id)).state).toBe('abandoned');
    expect(await staged(waiting.id)).toBe(0);
    const again = await importFile(book, 'hledger', file, { preview: true });
    accepted(await book.commands.confirmImport(book.call(), { id: again.id }));
    expect((await finish(book, again.id)).state).toBe('posted');
    expect(await book.commands.confirmImport(book.call(), { id: again.id })).toMatchObject({
      refusal: { code: 'import-not-waiting' },
    });
  });

  test('days locked since the preview are found when it is confirmed', async () => {
    const waiting = await importFile(book, 'hledger', text.replace('twice', 'locked'), {
      preview: true,
    });
    accepted(await book.commands.lockThrough(book.call(), { date: '2026-06-30' }));
    accepted(await book.commands.confirmImport(book.call(), { id: waiting.id }));
    expect(await finish(book, waiting.id)).toMatchObject({
      state: 'rejected',
      errors: [{ line: 1, code: 'date-locked' }],
    });
    accepted(await book.commands.reopenDates(book.call(), { date: null, reason: 'x' }));
  });

  test('two workers at once: one works', async () => {
    const { id } = accepted(
      await book.commands.startImport(book.call(), {
        format: 'hledger',
        fileName: 'c',
        options: { createAccounts: true },
        file: bytesOf(text.replace('twice', 'race')),
      }),
    );
    const before = await lastNumber();
    await Promise.all([1, 2, 3].map(() => runImport(importWork(book), id)));
    await finish(book, id);
    expect(await lastNumber()).toBe(before + 1);
  });
});

describe('together', () => {
  const many = (mark: string, entries: number) =>
    `date,reference,account,debit,credit\n${Array.from(
      { length: entries },
      (_, nth) => `2026-07-01,${mark}${nth},1000,1.00,\n2026-07-01,${mark}${nth},4000,,1.00`,
    ).join('\n')}\n`;
  const start = async (mark: string, entries: number) =>
    accepted(
      await book.commands.startImport(book.call(), {
        format: 'csv',
        fileName: mark,
        options: {},
        file: bytesOf(many(mark, entries)),
      }),
    ).id;

  test('three imports of one book at once are all posted', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((mark) => start(mark, 6_000)));
    await Promise.all(ids.map((id) => runImport(importWork(book), id)));
    const states = await Promise.all(ids.map((id) => book.queries.importById(book.bookId, id)));
    expect(states.map((done) => done?.state)).toEqual(['posted', 'posted', 'posted']);
  });

  test('nobody who posts meanwhile waits for an import’s end', async () => {
    const id = await start('d', 60_000);
    let running = true;
    const done = runImport(importWork(book), id).then(() => {
      running = false;
    });
    const stagedBy = async () => (await book.queries.importById(book.bookId, id))?.state;
    await expect.poll(stagedBy, { interval: 5 }).toBe('running');
    let answered = 0;
    let slowest = 0;
    const began = performance.now();
    while (running) {
      const asked = performance.now();
      const entry = twoLines('2026-07-02', '1000', '4000', '1.00');
      accepted(await book.commands.postJournalEntry(book.call(), entry));
      slowest = Math.max(slowest, performance.now() - asked);
      if (running) answered += 1;
    }
    await done;
    expect(await stagedBy()).toBe('posted');
    expect(answered).toBeGreaterThan(5);
    expect(slowest).toBeLessThan((performance.now() - began) / 2);
  });
});
