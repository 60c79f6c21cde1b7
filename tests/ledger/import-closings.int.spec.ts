// Closing entries of files that don't say so, on a real database: recognised, shown, posted as such, and out of the year's
// statements; kept as they are where somebody says so.
import { afterEach, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { finish, importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook | undefined;
afterEach(async () => {
  await book?.stop();
  book = undefined;
});

const years = { startDate: '2022-01-01', firstYearEnd: '2022-12-31' };
const SALES = '2022-05-01 sale\n  Assets:Bank  100 EUR\n  Income:Sales\n';
const RENT = '2022-06-01 rent\n  Expenses:Rent  30 EUR\n  Assets:Bank\n';
const CLOSE =
  '2022-12-31 Closing\n  Income:Sales  100 EUR\n  Expenses:Rent  -30 EUR\n  Equity:Capital\n';
const JOURNAL = [SALES, CLOSE, RENT].join('\n');

/** Kinds of an import's entries in their order, with whether statements leave them out. */
async function kindsOf({ store }: OpenBook, id: number): Promise<string[]> {
  const { rows } = await store.pool.query<{ kind: string; closing: boolean }>(
    'select kind, closing from journal_entries where import_id = $1 order by ordinal',
    [id],
  );
  return rows.map(({ closing, kind }) => `${kind}${closing ? ' out' : ''}`);
}

/** Sums that closing entries moved, by account. */
async function closedOf({ store }: OpenBook): Promise<object> {
  const { rows } = await store.pool.query<{ code: string; moved: string }>(
    `select a.code, sum(b.debit - b.credit)::text as moved from account_balances b
     join accounts a on a.id = b.account_id where b.closing group by a.code order by a.code`,
  );
  return Object.fromEntries(rows.map(({ code, moved }) => [code, moved]));
}

const verified = async ({ store }: OpenBook) =>
  expect(await verifyBooks(store)).toMatchObject([{ difference: null }]);

test('what brings the year to zero is shown, and posted as a closing entry', async () => {
  book = await openBook(years);
  const waiting = await importFile(book, 'hledger', JOURNAL, { preview: true });
  expect(waiting.preview).toMatchObject({
    closing: [{ line: 5, date: '2022-12-31', description: 'Closing' }],
    notes: [],
  });
  accepted(await book.commands.confirmImport(book.call(), { id: waiting.id }));
  const done = await finish(book, waiting.id);
  expect(done).toMatchObject({ state: 'posted', entries: 3, digest: waiting.digest });
  expect(await kindsOf(book, done.id)).toEqual(['ordinary', 'closing out', 'ordinary']);
  expect(await closedOf(book)).toEqual({ 3000: '-7000', 4000: '10000', 5000: '-3000' });
  await verified(book);
});

test('unless the import says that entries keep their kind, from the beginning or when it is confirmed', async () => {
  book = await openBook(years);
  const plain = await importFile(book, 'hledger', JOURNAL, { closingEntries: 'keep-kind' });
  expect(await kindsOf(book, plain.id)).toEqual(['ordinary', 'ordinary', 'ordinary']);
  const waiting = await importFile(book, 'hledger', `${JOURNAL}\n`, { preview: true });
  expect(waiting.preview?.closing).toHaveLength(1);
  const call = book.call();
  accepted(
    await book.commands.confirmImport(call, { id: waiting.id, closingEntries: 'keep-kind' }),
  );
  const done = await finish(book, waiting.id);
  expect(done.state).toBe('posted');
  expect(await kindsOf(book, done.id)).toEqual(['ordinary', 'ordinary', 'ordinary']);
  expect(await closedOf(book)).toEqual({});
  await verified(book);
});

test('entries that say their kind keep it', async () => {
  book = await openBook(years);
  const journal = JOURNAL.replace('Closing', 'Closing  ; kind: ordinary');
  const said = await importFile(book, 'hledger', journal);
  expect(await kindsOf(book, said.id)).toEqual(['ordinary', 'ordinary', 'ordinary']);
  const own = JOURNAL.replace(
    'Closing',
    'Closing\n  ; number: 2, recorded: 2026-01-02T03:04:05.678Z',
  );
  const written = await importFile(book, 'hledger', own);
  expect(await kindsOf(book, written.id)).toEqual(['ordinary', 'ordinary', 'ordinary']);
  const rows = (kind: string) =>
    `date,reference,kind,account,amount\n2023-05-01,A,,1000,5\n2023-05-01,A,,4000,-5\n2023-12-31,B,${kind},4000,5\n2023-12-31,B,${kind},3000,-5\n`;
  const ordinary = await importFile(book, 'csv', rows('ordinary'));
  expect(await kindsOf(book, ordinary.id)).toEqual(['ordinary', 'ordinary']);
  const unsaid = await importFile(book, 'csv', rows(''));
  expect(await kindsOf(book, unsaid.id)).toEqual(['ordinary', 'closing out']);
  await verified(book);
});

test('what the book holds counts: its own entries must come to zero too', async () => {
  book = await openBook(years);
  const sale = twoLines('2022-03-01', '1000', '4000', '1.00');
  accepted(await book.commands.postJournalEntry(book.call(), sale));
  const partly = await importFile(book, 'hledger', JOURNAL, { preview: true });
  expect(partly.preview).toMatchObject({ closing: [], notes: [] });
  const more = CLOSE.replace('100', '101');
  const whole = await importFile(book, 'hledger', [SALES, RENT, more].join('\n'));
  expect(await kindsOf(book, whole.id)).toEqual(['ordinary', 'ordinary', 'closing out']);
  expect(await closedOf(book)).toEqual({ 3000: '-7100', 4000: '10100', 5000: '-3000' });
  await verified(book);
});

test('an entry that leaves an account out is told and stays ordinary', async () => {
  book = await openBook(years);
  const other = '2022-07-01 tea\n  Expenses:Tea  2 EUR\n  Assets:Bank\n';
  const { preview } = await importFile(book, 'hledger', `${other}\n${JOURNAL}`, { preview: true });
  expect(preview).toMatchObject({ closing: [] });
  expect(preview?.notes).toEqual([
    'Entry of 2022-12-31 “Closing” brings some income and expenses to zero, but others keep a balance: taken as an ordinary entry.',
  ]);
});

test('types that are chosen when the import is confirmed decide again', async () => {
  book = await openBook(years);
  const journal = JOURNAL.replaceAll('Expenses:Rent', 'Miete');
  const waiting = await importFile(book, 'hledger', journal, { preview: true });
  expect(waiting.preview?.closing).toEqual([]);
  const types = { Miete: 'expense' };
  accepted(await book.commands.confirmImport(book.call(), { id: waiting.id, types }));
  expect(await finish(book, waiting.id)).toMatchObject({ state: 'posted' });
  expect(await kindsOf(book, waiting.id)).toEqual(['ordinary', 'closing out', 'ordinary']);
  await verified(book);
});

test('currencies: the lines of a closing entry are valued, its quantities come to zero', async () => {
  book = await openBook(years);
  const journal = `P 2022-01-01 USD 0.90 EUR
P 2022-12-31 USD 0.80 EUR

2022-05-01 sale
  Assets:Dollars  100 USD
  Income:Abroad  -100 USD

2022-12-31 Closing
  Income:Abroad  100 USD
  Equity:Capital  -100 USD
`;
  const done = await importFile(book, 'hledger', journal);
  expect(done).toMatchObject({ state: 'posted', errors: [] });
  expect(await kindsOf(book, done.id)).toEqual(['ordinary', 'closing out']);
  await verified(book);
});

test('balances that are closed and opened again close no year, and the preview says so', async () => {
  book = await openBook(years);
  const journal = `${JOURNAL}
2022-12-31 closing balances
  Assets:Bank  -70 EUR = 0 EUR
  Equity:Capital  70 EUR = 0 EUR

2023-01-01 opening balances
  Assets:Bank  70 EUR = 70 EUR
  Equity:Capital  -70 EUR = -70 EUR
`;
  const done = await importFile(book, 'hledger', journal, { preview: true });
  expect(done.preview?.closing.map(({ description }) => description)).toEqual(['Closing']);
  expect(done.preview?.notes).toEqual([
    expect.stringMatching(/^Entries of 2022-12-31 bring all assets and liabilities to zero/),
  ]);
});
