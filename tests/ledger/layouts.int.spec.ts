// Layouts of statements and tags: kept as events, refused where they are none, replayed by `verify`; what charts bring.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
}, 60_000);
afterAll(() => book?.stop());

const layouts = async (id = book.bookId) =>
  (
    await book.store.pool.query<{ layouts: string }>('select layouts from books where id = $1', [
      id,
    ])
  ).rows[0]!.layouts;
const differences = async () =>
  (await verifyBooks(book.store)).map(({ difference }) => difference ?? null).filter(Boolean);

test('a layout is an event, once, and verified', async () => {
  const layout = { statement: 'income-statement', lines: presetLines('ifrs', 'income-statement') };
  const first = accepted(await book.commands.setStatementLayout(book.call(), layout));
  const again = accepted(await book.commands.setStatementLayout(book.call(), layout));
  expect(again).toEqual(first);
  const { rows } = await book.store.pool.query<{ n: number }>(
    "select count(*)::int as n from events where type = 'StatementLayoutSet'",
  );
  expect(rows[0]!.n).toBe(1);
  expect(Object.keys(JSON.parse(await layouts()))).toEqual(['income-statement']);
  expect(await differences()).toEqual([]);
  const before = await layouts();
  await book.store.pool.query(`update books set layouts = '{}' where id = $1`, [book.bookId]);
  expect(await differences()).toHaveLength(1);
  await book.store.pool.query('update books set layouts = $2 where id = $1', [book.bookId, before]);
});

test('what is no layout is refused with its line, and keeps nothing', async () => {
  const before = await layouts();
  const set = (statement: string, lines: readonly object[]) =>
    book.commands.setStatementLayout(book.call(), { statement, lines });
  const trade = { level: 0, name: 'Trade', accounts: '4000' };
  expect(
    await set('income-statement', [trade, { level: 1, name: 'x', accounts: 'some thing' }]),
  ).toEqual({
    ok: false,
    refusal: {
      code: 'layout-malformed',
      field: 'lines.1',
      problem: expect.stringContaining('“some thing” picks no accounts'),
    },
  });
  expect(await set('balance-sheet', [trade])).toMatchObject({ refusal: { field: 'lines' } });
  expect(await set('profit', [trade])).toMatchObject({ refusal: { code: 'input-malformed' } });
  expect(await layouts()).toBe(before);
});

test('tags are words, kept in order and verified', async () => {
  const tag = (tags: readonly string[]) =>
    book.commands.tagAccount(book.call(), { code: '1000', tags });
  accepted(await tag(['non-current', 'fixed', 'fixed']));
  const { rows } = await book.store.pool.query(`select tags from accounts where code = '1000'`);
  expect(rows).toEqual([{ tags: ['fixed', 'non-current'] }]);
  expect(await tag(['Two words'])).toMatchObject({ refusal: { code: 'tag-malformed' } });
  expect(await differences()).toEqual([]);
});

test('the chart of a trading company brings a layout, and the minimal one goes by type', async () => {
  const create = async (slug: string, chart: string) =>
    accepted(
      await book.commands.createBook(book.call(), { name: slug, slug, baseCurrency: 'EUR', chart }),
    ).id;
  const trading = JSON.parse(await layouts(await create('trading', 'trading')));
  expect(Object.keys(trading)).toEqual(['balance-sheet', 'income-statement']);
  expect(await layouts(await create('minimal', 'minimal'))).toBe('{}');
  expect(await differences()).toEqual([]);
});
