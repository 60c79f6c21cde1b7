// Commands on a real database: what they change, what they refuse in which order, and that nothing happens twice.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '#ledger/commands/ledger-commands.ts';
import { bytesOf } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book?.stop());

const post = (input: unknown, commandId?: string) =>
  book.commands.postJournalEntry(book.call(commandId), input);
const head = async () =>
  (await book.store.pool.query('select head, last_number from books where id = $1', [book.bookId]))
    .rows[0] as { head: number; last_number: number };

describe('posting', () => {
  test('an entry moves the balances and can be read back', async () => {
    const { number } = accepted(await post(twoLines('2026-02-03', '1000', '3000', '1000.00')));
    const entry = await book.queries.entryByNumber(book.bookId, number);
    expect(entry).toMatchObject({
      date: '2026-02-03',
      kind: 'ordinary',
      eventType: 'JournalEntryPosted',
    });
    expect(entry?.lines.map(({ account, side, amount }) => `${account} ${side} ${amount}`)).toEqual(
      ['1000 debit 1000.00', '3000 credit 1000.00'],
    );
    const balances = await book.queries.accountBalances(book.bookId);
    expect(balances.find(({ code }) => code === '1000')?.balance).toBe('1000.00');
    expect(balances.find(({ code }) => code === '3000')?.balance).toBe('-1000.00');
  });

  test('the same command id posts once, and for another entry is refused', async () => {
    const id = randomUUID();
    const first = await post(twoLines('2026-02-04', '1000', '4000', '10.00'), id);
    const again = await post(twoLines('2026-02-04', '1000', '4000', '10.00'), id);
    expect(again).toEqual({ ...first, replayed: true });
    const other = await post(twoLines('2026-02-04', '1000', '4000', '11.00'), id);
    expect(other).toMatchObject({ ok: false, refusal: { code: 'command-id-reused' } });
  });

  test('a refusal uses no number and no position, and is given again', async () => {
    const before = await head();
    const id = randomUUID();
    const lopsided = twoLines('2026-02-04', '1000', '4000', '10.00');
    lopsided.lines[1]!.amount = '9.50';
    const first = await post(lopsided, id);
    expect(first).toMatchObject({
      ok: false,
      refusal: { code: 'out-of-balance', difference: '0.50', heavier: 'debit' },
    });
    expect(await post(lopsided, id)).toEqual(first);
    expect(await head()).toEqual(before);
  });

  test.each([
    ['a date before the first day', { date: '2025-12-31' }, 'date-before-first-day', 'date'],
    ['a date that is none', { date: '2026-02-30' }, 'date-malformed', 'date'],
    ['a date far ahead', { date: '2090-01-01' }, 'date-too-far-ahead', 'date'],
    [
      'one line only',
      { lines: [{ account: '1000', side: 'debit', amount: '1' }] },
      'too-few-lines',
      'lines',
    ],
    ['no description', { description: ' ' }, 'input-malformed', 'description'],
  ])('refuses %s', async (_, change, code, field) => {
    const answer = await post({ ...twoLines('2026-02-04', '1000', '4000', '10.00'), ...change });
    expect(answer).toMatchObject({ ok: false, refusal: { code, field } });
  });

  test.each([
    ['an unknown account', { account: '9999' }, 'account-unknown', 'lines.1.account'],
    ['zero', { amount: '0.00' }, 'amount-zero', 'lines.1.amount'],
    ['a negative amount', { amount: '-5' }, 'amount-negative', 'lines.1.amount'],
    ['too many decimals', { amount: '5.001' }, 'amount-too-many-decimals', 'lines.1.amount'],
    ['19 digits', { amount: '12345678901234567.89' }, 'amount-too-large', 'lines.1.amount'],
    ['words', { amount: '1e5' }, 'amount-not-a-number', 'lines.1.amount'],
  ])('refuses %s on a line', async (_, change, code, field) => {
    const entry = twoLines('2026-02-04', '1000', '4000', '10.00');
    Object.assign(entry.lines[1]!, change);
    expect(await post(entry)).toMatchObject({ ok: false, refusal: { code, field } });
  });

  test.each([
    ['NUL', '\u0000'],
    ['half of a surrogate pair', '\ud800'],
  ])('what PostgreSQL cannot keep is refused, not a fault: %s', async (_, text) => {
    const entry = { ...twoLines('2026-02-04', '1000', '4000', '10.00'), description: `a${text}b` };
    const refusal = { code: 'input-malformed' };
    expect(await post(entry)).toMatchObject({ refusal });
    expect(await post(twoLines('2026-02-04', text, '4000', '10.00'))).toMatchObject({ refusal });
    expect(await post(twoLines('2026-02-04', '1000', '4000', text))).toMatchObject({ refusal });
    expect(await post(twoLines(text, '1000', '4000', '10.00'))).toMatchObject({ refusal });
    expect(await book.commands.closeAccount(book.call(), { code: text })).toMatchObject({
      refusal,
    });
  });

  test('a balance past 18 digits is refused', async () => {
    const most = '9999999999999999.99';
    expect(await post(twoLines('2026-02-05', '1100', '4000', most))).toMatchObject({
      ok: false,
      refusal: { code: 'amount-too-large' },
    });
  });

  test('a dry run answers and changes nothing', async () => {
    const before = await head();
    const answer = await book.commands.postJournalEntry(
      { ...book.call(), dryRun: true },
      twoLines('2026-02-05', '1000', '4000', '1.00'),
    );
    expect(answer.ok).toBe(true);
    expect(await head()).toEqual(before);
  });

  test('ten writers at once: numbers and positions without a gap', async () => {
    const before = await head();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        post(twoLines('2026-03-01', '1000', '4000', `${index + 1}.00`)),
      ),
    );
    const numbers = answers.map((answer) => accepted(answer).number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, nth) => before.last_number + nth + 1));
    expect((await head()).head).toBe(before.head + 40);
  });
});

describe('reversing', () => {
  test('exchanges the sides, points both ways, and happens once', async () => {
    const { number } = accepted(await post(twoLines('2026-04-01', '5000', '1000', '70.00')));
    const reversal = { number, reason: 'wrong month' };
    const made = accepted(await book.commands.reverseEntry(book.call(), reversal));
    const entry = await book.queries.entryByNumber(book.bookId, made.number);
    expect(entry).toMatchObject({ kind: 'reversal', date: '2026-04-01', reverses: number });
    expect(entry?.lines.map(({ side }) => side)).toEqual(['credit', 'debit']);
    expect((await book.queries.entryByNumber(book.bookId, number))?.reversedBy).toBe(made.number);
    expect(await book.commands.reverseEntry(book.call(), reversal)).toMatchObject({
      refusal: { code: 'entry-already-reversed', by: made.number },
    });
  });

  test('in locked days goes to the first open day, never before its entry', async () => {
    const { number } = accepted(await post(twoLines('2026-05-10', '5000', '1000', '5.00')));
    accepted(await book.commands.lockThrough(book.call(), { date: '2026-05-31' }));
    expect(await post(twoLines('2026-05-31', '5000', '1000', '5.00'))).toMatchObject({
      refusal: { code: 'date-locked', firstOpenDay: '2026-06-01' },
    });
    const made = accepted(
      await book.commands.reverseEntry(book.call(), { number, reason: 'twice' }),
    );
    expect((await book.queries.entryByNumber(book.bookId, made.number))?.date).toBe('2026-06-01');
    const late = accepted(await post(twoLines('2026-06-10', '5000', '1000', '5.00'))).number;
    expect(
      await book.commands.reverseEntry(book.call(), {
        number: late,
        date: '2026-06-09',
        reason: 'x',
      }),
    ).toMatchObject({ refusal: { code: 'reversal-before-original' } });
    accepted(await book.commands.reopenDates(book.call(), { date: null, reason: 'x' }));
  });
});

describe('accounts', () => {
  test('codes and names are unique; a renamed parent takes its children along', async () => {
    const open = (code: string, name: string, path: string) =>
      book.commands.openAccount(book.call(), { code, name, path, type: 'asset' });
    expect(await open('1000', 'Other', 'Assets:Other')).toMatchObject({
      refusal: { code: 'account-code-in-use', field: 'code' },
    });
    expect(await open('1001', 'Bank', 'Assets:Bank')).toMatchObject({
      refusal: { code: 'account-path-in-use' },
    });
    accepted(await open('1001', 'Savings', 'Assets:Bank:Savings'));
    accepted(await book.commands.renameAccount(book.call(), { code: '1000', name: 'Banks' }));
    const chart = await book.queries.chart(book.bookId);
    expect(chart.find(({ code }) => code === '1001')?.path).toBe('Assets:Banks:Savings');
  });

  test('closing wants zero, and nothing is posted on a closed account', async () => {
    const close = (code: string) => book.commands.closeAccount(book.call(), { code });
    expect(await close('1000')).toMatchObject({ refusal: { code: 'account-has-balance' } });
    expect(await close('4000')).toMatchObject({ refusal: { code: 'account-has-movement' } });
    accepted(await close('1001'));
    expect(await post(twoLines('2026-06-01', '1001', '4000', '1.00'))).toMatchObject({
      refusal: { code: 'account-closed', field: 'lines.0.account' },
    });
  });

  test('re-coding and re-typing', async () => {
    accepted(await book.commands.recodeAccount(book.call(), { code: '2000', newCode: '2001' }));
    accepted(await book.commands.retypeAccount(book.call(), { code: '2001', type: 'equity' }));
    const chart = await book.queries.chart(book.bookId);
    expect(chart.find(({ code }) => code === '2001')?.type).toBe('equity');
  });
});

test('a company’s chart has its rounding account', async () => {
  const { actor, commandId } = book.call();
  const made = accepted(
    await book.commands.createBook(
      { actor, commandId },
      { name: 'Traders', slug: 'traders', baseCurrency: 'GBP', chart: 'trading' },
    ),
  );
  expect(await book.queries.roundingAccount(made.id)).toBe('6950');
});

describe('what is recorded stays', () => {
  test('the application may not change or delete an event, nor an entry', async () => {
    const { pool } = book.store;
    await expect(pool.query('update events set type = type')).rejects.toThrow(/permission denied/);
    await expect(pool.query('delete from events')).rejects.toThrow(/permission denied/);
    await expect(pool.query('update postings set memo = memo')).rejects.toThrow(
      /permission denied/,
    );
    await expect(pool.query('delete from journal_entries')).rejects.toThrow(/refused|violates/);
  });

  test('lines that do not balance are refused by the database too', async () => {
    await expect(
      book.store.pool.query(
        `insert into postings (entry_id, line, book_id, account_id, entry_date, side, amount)
         select max(id), 99, $1, 1, '2026-01-01', 1, 5 from journal_entries`,
        [book.bookId],
      ),
    ).rejects.toThrow(/does not balance/);
  });
});

describe('a NUL, which PostgreSQL does not keep', () => {
  const NUL = '\u0000';
  const made = { name: 'Other', slug: 'other', baseCurrency: 'EUR', startDate: '2026-01-01' };
  const attempts: Record<string, () => Promise<Answer<unknown>>> = {
    'a currency': () => ofOwner('createBook', { ...made, baseCurrency: `EU${NUL}` }),
    'a first day': () => ofOwner('createBook', { ...made, startDate: `2026${NUL}` }),
    'a year end': () => ofOwner('createBook', { ...made, firstYearEnd: `2026${NUL}` }),
    'the book of a key': () => ofOwner('issueApiKey', { name: 'Key', book: `te${NUL}st` }),
    'the name of a type': () => anImport({ types: { [`A${NUL}`]: 'asset' } }),
    'the account for a difference': () => anImport({ openingDifference: `1${NUL}` }),
  };
  const ofOwner = (name: 'createBook' | 'issueApiKey', input: unknown) => {
    const { actor, commandId } = book.call();
    return book.commands[name]({ actor, commandId }, input);
  };
  const anImport = (options: object) =>
    book.commands.startImport(book.call(), {
      ...{ format: 'csv', fileName: 'nul.csv', options, file: bytesOf('date,account\n') },
    });

  test.each(Object.keys(attempts))('is refused in %s', async (what) => {
    const answer = await attempts[what]!();
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'input-malformed' } });
  });
});
