// A whole book written for hledger and Beancount: read back it is the same book, and the programs themselves accept it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import { openExport } from '#ledger/queries/export-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

const hledger = onPath('hledger', searchPath());
const beanCheck = onPath('bean-check', searchPath());
const books: OpenBook[] = [];
afterAll(async () => {
  for (const book of books) await book.stop();
});

async function opened(): Promise<OpenBook> {
  const book = await openBook({ startDate: '2024-01-01', firstYearEnd: '2024-12-31' });
  books.push(book);
  return book;
}

const WRITERS = { hledger: writeHledger, beancount: writeBeancount } as const;
type Format = keyof typeof WRITERS;

async function exported({ bookId, store }: OpenBook, format: Format): Promise<string> {
  const { book, close, entries } = await openExport(store, bookId);
  let text = '';
  for await (const piece of WRITERS[format](book, entries)) text += piece;
  close();
  return text;
}

/** What stands on each account, per unit and month, closing entries apart. */
async function balancesOf({ bookId, store }: OpenBook): Promise<string[]> {
  const { rows } = await store.pool.query<{ text: string }>(
    `select concat_ws(' ', a.code, a.type, b.unit, b.month, b.closing, sum(b.quantity), sum(b.amount)) as text
     from (select account_id, '' as unit, month, closing, 0 as quantity, debit - credit as amount from account_balances
           union all
           select account_id, unit, month, closing, debit_quantity - credit_quantity, debit - credit from unit_balances) b
     join accounts a on a.id = b.account_id where a.book_id = $1
     group by a.code, a.type, b.unit, b.month, b.closing having sum(b.quantity) <> 0 or sum(b.amount) <> 0`,
    [bookId],
  );
  return rows.map(({ text }) => text).sort();
}

/** Texts in which a journal's signs stand where they hurt. */
const words = fc
  .array(
    fc.constantFrom(
      'Rent',
      'x',
      '(a)',
      '[b]',
      ';',
      '*',
      '!',
      '|',
      '=',
      '@',
      '"',
      '2024-01-01',
      'date:2024-02-01',
      'kind: closing',
      'ø',
      '  ',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(' ').trim())
  .filter((text) => text !== '');

const CODES = ['1000', '1100', '2000', '3000', '4000', '5000', '7000', '7001'];
const entry = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 12 }),
  year: fc.constantFrom(2024, 2025),
  kind: fc.constantFrom('ordinary', 'opening', 'adjusting', 'closing'),
  reference: fc.oneof(fc.constant(''), words),
  description: words,
  memo: fc.oneof(fc.constant(''), words),
  debit: fc.constantFrom(...CODES),
  credit: fc.constantFrom(...CODES),
  cents: fc.integer({ min: 1, max: 9_999_999 }),
  unit: fc.constantFrom(null, 'USD', 'V-1', 'HOURS'),
});

type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

function commandOf({
  cents,
  credit,
  day,
  debit,
  kind,
  memo,
  month,
  reference,
  unit,
  year,
  description,
}: Entry) {
  const two = (value: number) => String(value).padStart(2, '0');
  const amount = `${Math.floor(cents / 100)}.${two(cents % 100)}`;
  const priced = { baseAmount: amount };
  const own = unit === null ? {} : unit === 'HOURS' ? { unit } : { unit, ...priced };
  return {
    ...{ date: `${year}-${two(month)}-${two(day)}`, kind, reference, description },
    lines: [
      { account: debit, side: 'debit', amount, memo, ...own },
      { account: credit, side: 'credit', amount, ...(unit === 'HOURS' ? { unit } : {}) },
    ],
  };
}

test.each(['hledger', 'beancount'] as const)(
  '%s: whatever was posted and however things are called, the file is taken back as the same book',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 10, maxLength: 25 }),
        fc.array(words, { minLength: 2, maxLength: 2 }),
        async (entries, names) => {
          const book = await opened();
          for (const [at, name] of names.entries()) {
            const path = `Assets:${name.replaceAll(':', '.')}`;
            const input = { code: `700${at}`, name, path, type: 'asset' };
            const answer = await book.commands.openAccount(book.call(), input);
            fc.pre(answer.ok);
          }
          for (const [code, decimals] of [
            ['V-1', 2],
            ['HOURS', 2],
          ] as const) {
            accepted(await book.commands.defineUnit(book.call(), { code, decimals }));
          }
          const rates = [{ unit: 'V-1', date: '2024-05-01', rate: '2.5' }];
          accepted(await book.commands.recordRates(book.call(), { rates }));
          for (const made of entries) {
            accepted(await book.commands.postJournalEntry(book.call(), commandOf(made)));
          }
          const reason = 'taken back';
          accepted(await book.commands.reverseEntry(book.call(), { number: 3, reason }));
          const text = await exported(book, format);
          const other = await opened();
          const done = await importFile(other, format, text);
          expect(done.errors, text).toEqual([]);
          expect(done).toMatchObject({ state: 'posted', entries: entries.length + 1 });
          expect(await balancesOf(other), text).toEqual(await balancesOf(book));
          if (hledger && format === 'hledger') {
            expect(accounts(text)).toEqual(await totalsOf(book));
          }
          if (beanCheck && format === 'beancount') check(text);
        },
      ),
      { numRuns: 5 },
    );
  },
  120_000,
);

/** Beancount's own word on the file. @throws with what it complains of */
function check(text: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'book.beancount');
  writeFileSync(file, text);
  execFileSync(beanCheck!, [file], { encoding: 'utf8' });
}

/** What hledger makes of the file: totals of each unit over all accounts that hold any, by their number. */
function accounts(text: string): string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'book.journal');
  writeFileSync(file, text);
  const args = ['-f', file, 'balance', '--flat', '--no-total', '--layout=bare', '-O', 'csv'];
  return execFileSync(hledger!, args, { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => /","([^"]*|""[^"]*"")","([^"]*)"$/.exec(row)!)
    .map(([, unit, amount]) => `${unit!.replaceAll('"', '')} ${amount}`)
    .filter((line) => /[1-9]/.test(line.split(' ')[1]!))
    .sort();
}

async function totalsOf({ bookId, store }: OpenBook): Promise<string[]> {
  const { rows } = await store.pool.query<{ text: string }>(
    `select concat(coalesce(p.unit, 'EUR'), ' ', (sum(p.side * coalesce(p.quantity, p.amount)) / 100.0)::numeric(20,2)) as text
     from posted_postings p where p.book_id = $1 group by p.account_id, p.unit
     having sum(p.side * coalesce(p.quantity, p.amount)) <> 0`,
    [bookId],
  );
  return rows.map(({ text }) => text).sort();
}
