// Ledgers that others wrote, from a folder that DAYBOOK_SAMPLES names: they are not ours to keep here. Without it this is
// skipped.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decimalText } from '#ledger/domain/money.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { importFile } from './import-file.ts';
import { type OpenBook, openBook } from './open-book.ts';

const samples = process.env['DAYBOOK_SAMPLES'] ?? '';
const hledger = onPath('hledger', searchPath());
const beanQuery = onPath('bean-query', searchPath());
let book: OpenBook | undefined;
afterEach(async () => {
  await book?.stop();
  book = undefined;
});

const read = (name: string): string => readFileSync(join(samples, name), 'utf8');

/** Balances in each unit, as `path unit quantity`. */
async function balancesOf({ queries, store, bookId }: OpenBook): Promise<string[]> {
  const decimals = new Map((await queries.units(bookId)).map((unit) => [unit.code, unit.decimals]));
  const { rows } = await store.pool.query<{ path: string; unit: string; quantity: string }>(
    `select a.path, p.unit, sum(p.side * p.quantity)::text as quantity
     from posted_postings p join accounts a on a.id = p.account_id
     where p.book_id = $1 and p.unit is not null group by a.path, p.unit having sum(p.side * p.quantity) <> 0`,
    [bookId],
  );
  return rows
    .map(({ path, quantity, unit }) =>
      [path, unit, plain(decimalText(BigInt(quantity), decimals.get(unit) ?? 2))].join(' '),
    )
    .sort();
}

/** What stands in the base currency itself. */
async function baseBalancesOf({ store, bookId }: OpenBook): Promise<string[]> {
  const { rows } = await store.pool.query<{ path: string; amount: string }>(
    `select a.path, sum(p.side * p.amount)::text as amount
     from posted_postings p join accounts a on a.id = p.account_id
     where p.book_id = $1 and p.unit is null group by a.path having sum(p.side * p.amount) <> 0`,
    [bookId],
  );
  return rows.map(({ amount, path }) =>
    [path, 'USD', plain(decimalText(BigInt(amount), 2))].join(' '),
  );
}

/** Without zeros at the end. */
const plain = (amount: string): string =>
  amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;

describe.skipIf(samples === '')('ledgers of others', () => {
  test('26 units without account types go in whole, each account as hledger has it', async () => {
    const text = read('1ktxns-100accts.journal');
    const roots = [...text.matchAll(/^\s+([^:\s]+)/gm)].map(([, root]) => root!);
    const types = Object.fromEntries(roots.map((root) => [root, 'asset']));
    book = await openBook({ startDate: '2000-01-01', firstYearEnd: '2000-12-31' });
    const done = await importFile(book, 'hledger', text, { types });
    expect(done).toMatchObject({ state: 'posted', entries: 1000, errors: [] });
    expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
    expect(await book.queries.units(book.bookId)).toHaveLength(26);
    if (!hledger) return;
    const file = join(samples, '1ktxns-100accts.journal');
    const balances = ['balance', '--flat', '--no-total', '--format', '%(account)\t%(total)\n'];
    const said = execFileSync(hledger, ['-f', file, ...balances, '--layout=bare', '-O', 'csv'], {
      encoding: 'utf8',
    });
    const theirs = said
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.slice(1, -1).split('","').slice(0, 3))
      .map(([path, unit, amount]) => [path, unit, plain(amount!)].join(' '));
    expect(await balancesOf(book)).toEqual(theirs.sort());
  });

  test('three years of a household with shares and hours go in whole, its 92 balances hold', async () => {
    book = await openBook({
      baseCurrency: 'USD',
      startDate: '1980-01-01',
      firstYearEnd: '1980-12-31',
    });
    const done = await importFile(book, 'beancount', read('example.beancount'));
    expect(done).toMatchObject({ state: 'posted', entries: 1146, errors: [] });
    expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
    if (!beanQuery) return;
    // As text: figures are shown with the decimals that most have.
    const ask = 'SELECT account, currency, str(sum(number)) GROUP BY account, currency';
    const file = join(samples, 'example.beancount');
    const said = execFileSync(beanQuery, ['-f', 'csv', '-q', file, ask], { encoding: 'utf8' });
    const theirs = said
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((row) => row.split(',').map((cell) => cell.replace(/Decimal|[()']/g, '').trim()))
      .map(([path, unit, amount]) => [path, unit, plain(amount!)].join(' '))
      .filter((line) => !/ 0$/.test(line));
    expect([...(await balancesOf(book)), ...(await baseBalancesOf(book))].sort()).toEqual(
      theirs.sort(),
    );
  });
});
