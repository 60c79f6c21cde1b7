// Random books of several currencies and fiscal years, posted through the commands, exported, and imported into a book that
// has no accounts yet: the same accounts, entries and balances of every month; hledger finds those balances too.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import { openExport } from '#ledger/queries/export-book.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

const hledger = onPath('hledger', searchPath());
const WRITERS = { hledger: writeHledger, beancount: writeBeancount } as const;
type Format = keyof typeof WRITERS;

const HOUSES = [
  { baseCurrency: 'EUR', startDate: '2024-01-01', firstYearEnd: '2024-12-31' },
  { baseCurrency: 'JPY', startDate: '2024-02-15', firstYearEnd: '2025-06-30' },
  { baseCurrency: 'KWD', startDate: '2024-01-20', firstYearEnd: '2024-03-31' },
  { baseCurrency: 'CLF', startDate: '2024-01-01', firstYearEnd: '2024-06-30' },
] as const;
type House = (typeof HOUSES)[number];

const ACCOUNTS = [
  ['1000', 'Current account', 'Assets:Bank (EUR)', 'asset'],
  ['1010', 'Bank', 'Assets:Bank (EUR):Savings; locked', 'asset'],
  ['20.a', 'Owed', '#2 owed', 'liability'],
  ['3000', '1000', '1000', 'equity'],
  ['4000', 'Sales', 'Omsetning:Salg – “øl”', 'income'],
  ['5000', 'Rent', 'Expenses:Rent', 'expense'],
  ['5001', 'Rent', 'Expenses:rent', 'expense'],
] as const;

let home: OpenBook;
beforeAll(async () => {
  home = await openBook();
});
afterAll(() => home?.stop());

/** Another book without accounts, in the same ledger. */
async function emptyBook(house: House): Promise<OpenBook> {
  const slug = randomUUID();
  const actor = { userId: home.ownerId, via: 'session' } as const;
  const call = { actor, commandId: randomUUID() };
  const input = { name: 'Øl & “Co”; Ltd', slug, chart: 'empty', ...house };
  const { id } = accepted(await home.commands.createBook(call, input));
  return {
    ...home,
    bookId: id,
    call: (commandId = randomUUID()) => ({ actor, book: id, commandId }),
  };
}

const entry = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 0, max: 19 }),
  kind: fc.constantFrom('ordinary', 'ordinary', 'opening', 'adjusting', 'closing'),
  reference: fc.constantFrom('', 'INV-1', 'a) b', '(x'),
  description: fc.constantFrom('Rent', '(7) up', '* x ; y', '2024-01-01 =', '“a\u2028b”'),
  memo: fc.constantFrom('', 'plain', 'date: see above', '[2024-01-01]', 'memo: "x"'),
  accounts: fc.array(fc.nat(ACCOUNTS.length - 1), { minLength: 3, maxLength: 3 }),
  amounts: fc.tuple(
    fc.oneof(fc.bigInt(1n, 9_999n), fc.bigInt(1n, 10n ** 14n)),
    fc.bigInt(1n, 99_999n),
  ),
  reversed: fc.boolean(),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

/** Dates come as they like, so that most entries are back-dated. */
function commandOf({ accounts, amounts, day, memo, month, ...rest }: Entry, house: House) {
  const exponent = exponentOf(house.baseCurrency as CurrencyCode);
  const at = `${2024 + Math.floor((month + 2) / 12)}-${String(((month + 2) % 12) + 1).padStart(2, '0')}`;
  const line = (nth: number, side: 'debit' | 'credit', amount: bigint) => ({
    ...{ account: ACCOUNTS[accounts[nth]!]![0], side, memo: nth === 1 ? '' : memo },
    amount: decimalText(amount, exponent),
  });
  const { description, kind, reference } = rest;
  return {
    ...{ date: `${at}-${String(day).padStart(2, '0')}`, description, kind, reference },
    lines: [
      line(0, 'debit', amounts[0]),
      line(1, 'debit', amounts[1]),
      line(2, 'credit', amounts[0] + amounts[1]),
    ],
  };
}

async function posted(entries: readonly Entry[], house: House): Promise<OpenBook> {
  const book = await emptyBook(house);
  for (const [code, name, path, type] of ACCOUNTS) {
    accepted(await book.commands.openAccount(book.call(), { code, name, path, type }));
  }
  for (const made of entries) {
    const { number } = accepted(
      await book.commands.postJournalEntry(book.call(), commandOf(made, house)),
    );
    const reversal = { number, reason: 'wrong' };
    if (made.reversed) accepted(await book.commands.reverseEntry(book.call(), reversal));
  }
  // A file may bring ends of lines into texts, which no command takes.
  const csv = `date,description,account,amount,memo\n2024-03-01,"two\nlines",1000,7,"x\ny"\n2024-03-01,"two\nlines",4000,-7,\n`;
  expect((await importFile(book, 'csv', csv)).state).toBe('posted');
  return book;
}

async function exported({ bookId, store }: OpenBook, format: Format): Promise<string> {
  const { book, close, entries } = await openExport(store, bookId);
  let text = '';
  for await (const piece of WRITERS[format](book, entries)) text += piece;
  close();
  return text;
}

interface Balance {
  readonly code: string;
  readonly month: string;
  readonly closing: boolean;
  readonly debit: string;
  readonly credit: string;
}

const rowsOf = async <Row extends object>({ bookId, store }: OpenBook, sql: string) =>
  (await store.pool.query<Row>(sql, [bookId])).rows;

/** All that trial balances of any month are made of. */
const balancesOf = (book: OpenBook) =>
  rowsOf<Balance>(
    book,
    `select a.code, a.name, a.path, a.type, b.month, b.closing, b.debit::text, b.credit::text
     from account_balances b join accounts a on a.id = b.account_id where b.book_id = $1
     order by a.code collate "C", b.month, b.closing`,
  );

/** Entries in the order of the file. That of a closing entry's reversal comes back as a closing entry. */
const entriesOf = (book: OpenBook) =>
  rowsOf(
    book,
    `select e.entry_date::text, case when e.closing then 'closing' else e.kind end as kind, e.reference, e.description,
       (select json_agg(json_build_array(a.code, p.side * p.amount, p.memo) order by p.line)
        from posted_postings p join accounts a on a.id = p.account_id where p.entry_id = e.id) as lines
     from posted_entries e where e.book_id = $1 order by e.entry_date, e.id`,
  );

test.each(HOUSES)('$baseCurrency from $startDate: there and back', async (house) => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 8, maxLength: 20 }), async (entries) => {
      const book = await posted(entries, house);
      const [balances, whole] = [await balancesOf(book), await entriesOf(book)];
      for (const format of ['hledger', 'beancount'] as const) {
        const text = await exported(book, format);
        const other = await emptyBook(house);
        const done = await importFile(other, format, text);
        expect(done, text).toMatchObject({ state: 'posted', errors: [], entries: whole.length });
        expect(await balancesOf(other)).toEqual(balances);
        expect(await entriesOf(other)).toEqual(whole);
        if (hledger && format === 'hledger') compareWithHledger(text, balances, house);
      }
    }),
    { numRuns: 3, endOnFailure: true },
  );
  const verified = await verifyBooks(home.store);
  expect(verified.filter(({ difference }) => difference !== null)).toEqual([]);
});

/** Balances on the last day of every month, by code. */
function compareWithHledger(text: string, balances: readonly Balance[], house: House): void {
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-exports-')), 'book.journal');
  writeFileSync(file, text);
  const codes = new Map(
    [...text.matchAll(/^account (.*) {2}; type: ., code: (\S+?),?$/gm)].map(([, name, code]) => [
      name!,
      code!,
    ]),
  );
  const exponent = exponentOf(house.baseCurrency as CurrencyCode);
  const months = [...new Set(balances.map(({ month }) => month))].sort();
  const options = ['balance', '--flat', '--no-total', '--empty', '--historical', '--monthly'];
  const out = execFileSync(hledger!, ['-f', file, ...options, '-O', 'csv'], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const [head = '', ...rows] = out.trim().split('\n');
  const cells = (row: string) =>
    [...row.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell!.replaceAll('""', '"'));
  const columns = cells(head).slice(1);
  const theirs = new Map(
    rows.map((row) => {
      const [name = '', ...amounts] = cells(row);
      return [codes.get(name)!, new Map(columns.map((month, at) => [month, amounts[at]!]))];
    }),
  );
  const minor = (amount: string) => {
    const [whole = '0', decimals = ''] = amount.replace(/[^\d.-]/g, '').split('.');
    return BigInt(whole + decimals.padEnd(exponent, '0'));
  };
  for (const [code] of ACCOUNTS) {
    let balance = 0n;
    for (const month of months) {
      for (const one of balances.filter((row) => row.code === code && row.month === month)) {
        balance += BigInt(one.debit) - BigInt(one.credit);
      }
      const said = theirs.get(code)?.get(month) ?? '0';
      expect(minor(said), `${code} at the end of ${month}`).toBe(balance);
    }
  }
}

test.each(['hledger', 'beancount'] as const)(
  '%s: commodities keep their names and decimals, whatever the amounts are',
  async (format) => {
    const book = await posted([], HOUSES[0]);
    const units = [
      { code: 'timer', decimals: 3 },
      { code: 'Timer', decimals: 0 },
      { code: 'usd', decimals: 2 },
      { code: 'øl-1', decimals: 9 },
    ];
    for (const unit of units) accepted(await book.commands.defineUnit(book.call(), unit));
    const rates = [{ unit: 'øl-1', date: '2024-05-01', rate: '2.5' }];
    accepted(await book.commands.recordRates(book.call(), { rates }));
    for (const { code: unit } of [...units, { code: 'USD' }]) {
      const lines = [
        { account: '1000', side: 'debit', amount: '10', unit, baseAmount: '7.00' },
        { account: '4000', side: 'credit', amount: '7.00' },
      ];
      const input = { date: '2024-06-01', description: unit, lines };
      accepted(await book.commands.postJournalEntry(book.call(), input));
    }
    const text = await exported(book, format);
    const other = await emptyBook(HOUSES[0]);
    const done = await importFile(other, format, text);
    expect(done, text).toMatchObject({ state: 'posted', errors: [] });
    const held = `select unit, month, debit_quantity::text, debit::text from unit_balances
      where book_id = $1 order by unit collate "C", month`;
    expect(await rowsOf(other, held)).toEqual(await rowsOf(book, held));
    const known = async ({ bookId, queries }: OpenBook) =>
      (await queries.units(bookId)).map(({ code, decimals }) => `${code} ${decimals}`).sort();
    expect(await known(other)).toEqual(await known(book));
  },
);
