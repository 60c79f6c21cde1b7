// A book with customers, suppliers and dimensions leaves as each format and comes into an empty book: the import adds what
// lines name, so that nothing has to be typed in first.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { openBookFile } from '#server/entry/open-book-file.ts';
import { importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let home: OpenBook;
beforeAll(async () => {
  home = await openBook();
  const { commands } = home;
  const call = home.call;
  for (const [code, controls] of Object.entries({ 1100: 'receivables', 2000: 'payables' }))
    accepted(await commands.designateAccount(call(), { code, controls }));
  for (const [code, name] of Object.entries({ ada: 'Ada & co', cy: 'Cyril', idle: 'Nobody' }))
    accepted(await commands.addParty(call(), { code, name }));
  accepted(await commands.defineDimension(call(), { code: 'centre', name: 'Cost centre' }));
  for (const [code, name] of Object.entries({ north: 'The north', south: 'The south' }))
    accepted(await commands.addDimensionValue(call(), { dimension: 'centre', code, name }));
  const sale = [
    { account: '1100', side: 'debit', amount: '70.00', party: 'ada', document: 'A1' },
    { account: '4000', side: 'credit', amount: '70.00', dimensions: { centre: 'north' } },
  ];
  const rent = [
    { account: '5000', side: 'debit', amount: '30.00', dimensions: { centre: 'north' } },
    { account: '2000', side: 'credit', amount: '30.00', party: 'cy', document: 'C1' },
  ];
  for (const [description, lines] of Object.entries({ sale, rent })) {
    const entry = { date: '2026-02-01', description, lines };
    accepted(await commands.postJournalEntry(call(), entry));
  }
});
afterAll(() => home?.stop());

async function written(format: 'hledger' | 'beancount' | 'saft'): Promise<string> {
  const opened = await openBookFile(home.store, home.bookId, format);
  if ('obstacle' in opened) throw new Error(opened.obstacle);
  let text = '';
  for await (const piece of opened.text) text += piece;
  opened.close();
  return text;
}

async function emptyBook(slug: string): Promise<OpenBook> {
  const actor = { userId: home.ownerId, via: 'session' } as const;
  const asked = { name: slug, slug, baseCurrency: 'EUR', chart: 'empty' };
  const { id: bookId } = accepted(
    await home.commands.createBook(
      { actor, commandId: randomUUID() },
      { ...asked, startDate: '2026-01-01', firstYearEnd: '2026-12-31' },
    ),
  );
  const call: OpenBook['call'] = (commandId = randomUUID()) => ({
    ...{ actor, commandId, book: bookId },
  });
  return { ...home, bookId, call };
}

/** Open items and sums of values by code, in minor units. */
async function standing({ bookId, store }: OpenBook): Promise<string[]> {
  const { rows } = await store.pool.query<{ text: string }>(
    `select concat_ws(' ', p.code, i.document, i.debit - i.credit) as text
     from items i join parties p on p.id = i.party_id where i.book_id = $1
     union all
     select concat_ws(' ', d.code, v.code, sum(b.debit), sum(b.credit))
     from detail_balances b join dimension_values v on v.id = b.of_id join dimensions d on d.id = v.dimension_id
     where b.book_id = $1 and b.kind = 'dimension' group by d.code, v.code order by 1`,
    [bookId],
  );
  return rows.map(({ text }) => text);
}

test.each([
  ['hledger', ['ada ada', 'cy cy'], 'centre north'],
  ['beancount', ['ada ada', 'cy cy'], 'centre north'],
  ['saft', ['ada Ada & co', 'cy Cyril'], 'Cost centre The north'],
] as const)('%s', async (format, names, dimension) => {
  const own = await emptyBook(format);
  const options = { createParties: true, createValues: true };
  const done = await importFile(own, format, await written(format), options);
  expect(done).toMatchObject({ state: 'posted', errors: [] });
  expect(await standing(own)).toEqual(await standing(home));
  const parties = await own.queries.parties(own.bookId);
  expect(parties.map(({ code, name }) => `${code} ${name}`)).toEqual(names);
  const [found] = await own.queries.dimensions(own.bookId);
  expect(`${found!.name} ${found!.values.map(({ name }) => name).join()}`).toBe(dimension);
  const verdicts = await verifyBooks(own.store);
  expect(verdicts.filter(({ difference }) => difference !== null)).toEqual([]);
});
