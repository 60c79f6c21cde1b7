// What lines say beside account and amount: refused in order, kept with the line, taken back by a reversal, brought by an
// import, and found by `verify` when a table lies.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import { openExport } from '#ledger/queries/export-book.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
  await define();
}, 60_000);
afterAll(() => book?.stop());

async function define(): Promise<void> {
  const { commands } = book;
  for (const code of ['ada', 'old']) {
    accepted(await commands.addParty(book.call(), { code, name: code }));
  }
  accepted(await commands.changeParty(book.call(), { code: 'old', closed: true }));
  for (const code of ['centre', 'project']) {
    accepted(await commands.defineDimension(book.call(), { code, name: code }));
  }
  for (const [dimension, code] of [
    ['centre', 'north'],
    ['centre', 'gone'],
    ['project', 'p1'],
  ]) {
    accepted(await commands.addDimensionValue(book.call(), { dimension, code, name: code }));
  }
  const gone = { dimension: 'centre', code: 'gone', closed: true };
  accepted(await commands.changeDimensionValue(book.call(), gone));
  await require(['centre']);
  const designated = { code: '1100', controls: 'receivables' };
  accepted(await commands.designateAccount(book.call(), designated));
}

const require = async (dimensions: readonly string[]) =>
  accepted(await book.commands.requireDimensions(book.call(), { account: '5000', dimensions }));

const WITH = { party: 'ada', document: 'A1', dueDate: '2026-02-09' };
const NORTH = { dimensions: { centre: 'north' } };

const post = (of: object, cost: object = NORTH) =>
  book.commands.postJournalEntry(book.call(), {
    date: '2026-01-10',
    description: 'x',
    lines: [
      { account: '5000', side: 'debit', amount: '10.00', ...cost },
      { account: '1100', side: 'credit', amount: '10.00', ...of },
    ],
  });

describe('a line is refused', () => {
  test.each([
    ['party-unknown', 'lines.1.party', { ...WITH, party: 'bob', dueDate: 'x' }, NORTH],
    ['party-closed', 'lines.1.party', { ...WITH, party: 'old' }, NORTH],
    ['date-malformed', 'lines.1.dueDate', { ...WITH, dueDate: '9.2.' }, NORTH],
    ['due-without-item', 'lines.1.dueDate', { dueDate: '2026-02-09' }, NORTH],
    ['dimension-value-unknown', 'lines.0.dimensions.centre', WITH, { dimensions: { centre: 'x' } }],
    ['dimension-value-unknown', 'lines.0.dimensions.x', WITH, { dimensions: { x: 'north' } }],
    [
      'dimension-value-closed',
      'lines.0.dimensions.centre',
      WITH,
      { dimensions: { centre: 'gone' } },
    ],
    ['dimension-missing', 'lines.0.dimensions.centre', WITH, { dimensions: { project: 'p1' } }],
    ['dimension-missing', 'lines.0.dimensions.centre', WITH, {}],
  ])('%s at %s', async (code, field, of, cost) => {
    expect(await post(of, cost)).toMatchObject({ ok: false, refusal: { code, field } });
  });
});

test('a control account stays on the balance sheet, and so does what counts as cash', async () => {
  const refusal = { code: 'account-not-balance-sheet', field: 'code' };
  const retype = (code: string, type: string) =>
    book.commands.retypeAccount(book.call(), { code, type });
  expect(await retype('1100', 'income')).toMatchObject({ ok: false, refusal });
  accepted(await retype('1100', 'liability'));
  accepted(await retype('1100', 'asset'));
  accepted(await book.commands.classifyAccount(book.call(), { code: '1000', cashFlow: 'cash' }));
  expect(await retype('1000', 'expense')).toMatchObject({ ok: false, refusal });
});

const left = async () => {
  const { rows } = await book.store.pool.query<{ left: string }>(
    `select concat_ws(' ', document, debit, credit) as left from items
     union all select concat_ws(' ', kind, debit, credit) from detail_balances order by 1`,
  );
  return rows.map((row) => row.left);
};

test('posted and reversed, nothing is left of an item and of its dimensions', async () => {
  const { number } = accepted(await post(WITH));
  expect(await left()).toEqual(['A1 0 1000', 'dimension 1000 0']);
  accepted(await book.commands.reverseEntry(book.call(), { number, reason: 'x' }));
  expect(await left()).toEqual(['A1 1000 1000', 'dimension 1000 1000']);
});

test('lines of one item that are posted at once are all counted', async () => {
  await Promise.all(Array.from({ length: 20 }, () => post(WITH).then(accepted)));
  expect(await left()).toEqual(['A1 1000 21000', 'dimension 21000 1000']);
});

const CSV = `date,reference,description,account,debit,credit,party,invoice,due,dimension:centre,dimension:project
2026-01-11,R1,Rent,5000,7.00,,,,,north,p1
2026-01-11,R1,Rent,1100,,7.00,ada,A2,2026-02-01,,
`;

test('an import brings them', async () => {
  expect(await importFile(book, 'csv', CSV)).toMatchObject({ state: 'posted', errors: [] });
  expect(await left()).toEqual([
    ...['A1 1000 21000', 'A2 0 700', 'dimension 21700 1000', 'dimension 700 0'],
  ]);
  const { rows } = await book.store.pool.query(
    "select document, due_date::text as due from postings where document = 'A2'",
  );
  expect(rows).toEqual([{ document: 'A2', due: '2026-02-01' }]);
});

test('an import is refused with the line of each that the book doesn’t know, and of those that lack one', async () => {
  const text = CSV.replace('north', '');
  const more = `${CSV.split('\n')
    .slice(1)
    .join('\n')
    .replaceAll('R1', 'R2')
    .replace('ada', 'bob')
    .replace('p1', 'p9')}`;
  const { errors, state } = await importFile(book, 'csv', text + more);
  expect(state).toBe('rejected');
  expect(errors.map(({ code, line }) => `${line} ${code}`)).toEqual([
    ...['2 dimension-missing', '4 dimension-value-unknown', '5 party-unknown'],
  ]);
});

test.each([
  ['A'.repeat(101), 'longer than a line may say'],
  ['A\u0007', 'a control character'],
])('an invoice number of an import is one that could be typed: %#', async (invoice) => {
  const { errors, state } = await importFile(book, 'csv', CSV.replace('A2', invoice));
  expect(state).toBe('rejected');
  expect(errors).toMatchObject([{ line: 3, code: 'document-malformed' }]);
});

test('a due date that is none is told', async () => {
  const { errors } = await importFile(book, 'csv', CSV.replace('2026-02-01', '1 Feb'));
  expect(errors).toMatchObject([
    { code: 'out-of-balance' },
    { line: 3, column: 9, code: 'date-malformed' },
  ]);
});

test.each(['hledger', 'beancount'] as const)(
  '%s: a book’s file brings what its lines name into a book that knows it',
  async (format) => {
    const exported = await openExport(book.store, book.bookId);
    const write = format === 'hledger' ? writeHledger : writeBeancount;
    let text = '';
    for await (const piece of write(exported.book, exported.entries)) text += piece;
    exported.close();
    const of = book;
    book = await openBook();
    await define();
    expect(await importFile(book, format, text)).toMatchObject({ state: 'posted', errors: [] });
    expect(await named(book)).toEqual(await named(of));
    expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
    await book.stop();
    book = of;
  },
  60_000,
);

/** What the lines of a book name, in the order of its entries. */
async function named(of: OpenBook): Promise<unknown[]> {
  const exported = await openExport(of.store, of.bookId);
  const lines: unknown[] = [];
  for await (const batch of exported.entries) {
    for (const entry of batch) lines.push(...entry.lines.map(({ details }) => details));
  }
  exported.close();
  return lines;
}

test('verify finds nothing, and then the row that lies', async () => {
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
  for (const table of ['item_balances', 'items', 'detail_balances']) {
    await book.store.pool.query(`update ${table} set debit = debit + 1`);
    const [verdict] = await verifyBooks(book.store);
    expect(verdict?.difference).toContain(table);
    await book.store.pool.query(`update ${table} set debit = debit - 1`);
  }
});
