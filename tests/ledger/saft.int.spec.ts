// SAF-T into a real ledger: refused as a whole or posted as a whole, in currencies, with what lines name where the book
// knows it; and the sample that contradicts itself, where DAYBOOK_SAMPLES names the folder that holds it.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { finish, importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';
import { account, line, saftFile, transaction } from './saft-file.ts';

const samples = process.env['DAYBOOK_SAMPLES'] ?? '';
let book: OpenBook | undefined;
afterEach(async () => {
  await book?.stop();
  book = undefined;
});

/** A book without accounts beside the one that every test has: a file's numbers are its own there. */
async function bare(settings: Record<string, string> = {}): Promise<OpenBook> {
  book = await openBook();
  const { ownerId } = book;
  const actor = { userId: ownerId, via: 'session' } as const;
  const made = await book.commands.createBook(
    { actor, commandId: randomUUID() },
    {
      ...{ name: 'Bare', slug: 'bare', baseCurrency: 'EUR', chart: 'empty' },
      ...{ startDate: '2017-01-01', firstYearEnd: '2017-12-31', ...settings },
    },
  );
  const { id: bookId } = accepted(made);
  const call: OpenBook['call'] = (commandId = randomUUID(), userId = ownerId) => ({
    ...{ actor: { userId, via: 'session' }, book: bookId, commandId },
  });
  return { ...book, bookId, call };
}

/** What stands on each account, in minor units, debit positive; all entries or those of some kinds. */
async function balancesOf({ bookId, store }: OpenBook, kinds: string[]): Promise<object> {
  const { rows } = await store.pool.query<{ code: string; balance: string }>(
    `select a.code, sum(p.side * p.amount)::text as balance from posted_postings p
     join accounts a on a.id = p.account_id join posted_entries e on e.id = p.entry_id
     where p.book_id = $1 and e.kind = any($2) group by a.code order by a.code`,
    [bookId, kinds],
  );
  return Object.fromEntries(rows.map(({ balance, code }) => [code, balance]));
}

test('a file goes in: accounts by their numbers, opening balances, entries', async () => {
  const own = await bare();
  const done = await importFile(own, 'saft', saftFile());
  expect(done).toMatchObject({ state: 'posted', entries: 2, errors: [] });
  expect(await balancesOf(own, ['opening'])).toEqual({ 1920: '100000', 2000: '-100000' });
  expect(await balancesOf(own, ['ordinary'])).toEqual({ 1920: '12500', 3000: '-12500' });
  const { rows } = await own.store.pool.query(
    'select code, name, path, type from accounts where book_id = $1 order by code',
    [own.bookId],
  );
  expect(rows[0]).toEqual({
    ...{ code: '1920', name: 'Konto 1920', path: 'Assets:1920 Konto 1920', type: 'asset' },
  });
  expect((await verifyBooks(own.store)).every(({ difference }) => difference === null)).toBe(true);
});

test('a currency’s lines keep their quantity; the amount is the file’s', async () => {
  const own = await bare();
  const dollars = line('1920', 'Debit', '90.01').replace(
    '</Amount>',
    '</Amount><CurrencyCode>USD</CurrencyCode><CurrencyAmount>100</CurrencyAmount><ExchangeRate>0.9</ExchangeRate>',
  );
  const text = saftFile({
    accounts: account('1920', '19', '0', '90.01') + account('3000', '30', '0', '-90.01'),
    totals: '',
    transactions: transaction(dollars + line('3000', 'Credit', '90.01')),
  });
  const done = await importFile(own, 'saft', text);
  expect(done).toMatchObject({ state: 'posted', entries: 1, errors: [] });
  const { rows } = await own.store.pool.query(
    'select unit, quantity::text, amount::text from posted_postings where book_id = $1 and unit is not null',
    [own.bookId],
  );
  expect(rows).toEqual([{ unit: 'USD', quantity: '10000', amount: '9001' }]);
  expect(await balancesOf(own, ['ordinary'])).toEqual({ 1920: '9001', 3000: '-9001' });
});

test('what lines name is taken where the book knows it, and told where not', async () => {
  const own = await bare();
  const { commands } = own;
  accepted(await commands.addParty(own.call(), { code: '10', name: 'Ada' }));
  accepted(await commands.defineDimension(own.call(), { code: 'P', name: 'Project' }));
  accepted(
    await commands.addDimensionValue(own.call(), { dimension: 'P', code: '7', name: 'Seven' }),
  );
  const analysis = (id: string) =>
    `<Analysis><AnalysisType>P</AnalysisType><AnalysisID>${id}</AnalysisID></Analysis>`;
  const named = `${analysis('7')}<CustomerID>10</CustomerID><ReferenceNumber>F1</ReferenceNumber>`;
  const strange = `${analysis('8')}<SupplierID>11</SupplierID><ReferenceNumber>F2</ReferenceNumber>`;
  const text = saftFile({
    totals: '',
    transactions: transaction(
      line('1920', 'Debit', '125', named) + line('3000', 'Credit', '125', strange),
    ),
  });
  const { preview } = await importFile(own, 'saft', text, { preview: true });
  expect(preview?.notes).toEqual(
    expect.arrayContaining([
      'The book has no customer or supplier 11: lines go without. Add them first to keep them.',
      'The book has no dimension with value P 8: lines go without. Add them first to keep them.',
    ]),
  );
  expect(await importFile(own, 'saft', text)).toMatchObject({ state: 'posted' });
  const { rows } = await own.store.pool.query(
    `select document, (select code from parties where id = party_id) as party from posted_postings
     where book_id = $1 and document is not null`,
    [own.bookId],
  );
  expect(rows).toEqual([{ document: 'F1', party: '10' }]);
});

describe('customers, suppliers and analyses that the book hasn’t', () => {
  const NAMED = `<Customers><Customer><Name>Ada &amp; co</Name><CustomerID>10</CustomerID></Customer><Customer><Name>Nobody’s</Name><CustomerID>12</CustomerID></Customer></Customers>
    <Suppliers><Supplier><Name>Cyril</Name><SupplierID>11</SupplierID></Supplier></Suppliers>
    <AnalysisTypeTable><AnalysisTypeTableEntry><AnalysisType>P</AnalysisType><AnalysisTypeDescription>Project</AnalysisTypeDescription><AnalysisID>7</AnalysisID><AnalysisIDDescription>Seven</AnalysisIDDescription></AnalysisTypeTableEntry></AnalysisTypeTable>`;
  const file = (masters: string, customer: string) =>
    saftFile({
      ...{ masters, totals: '' },
      transactions: transaction(
        line(
          ...(['1920', 'Debit', '125'] as const),
          `<Analysis><AnalysisType>P</AnalysisType><AnalysisID>7</AnalysisID></Analysis><CustomerID>${customer}</CustomerID><ReferenceNumber>F1</ReferenceNumber>`,
        ) + line('3000', 'Credit', '125', '<SupplierID>11</SupplierID>'),
      ),
    });
  const options = { createParties: true, createValues: true };

  test('come in by code and name, those that lines name', async () => {
    const own = await bare();
    const waiting = await importFile(own, 'saft', file(NAMED, '10'), { ...options, preview: true });
    expect(waiting.newMasters).toMatchObject({
      parties: [
        { code: '10', name: 'Ada & co', role: 'customer' },
        { code: '11', name: 'Cyril', role: 'supplier' },
      ],
      dimensions: [{ code: 'P', name: 'Project' }],
      values: [{ code: '7', name: 'Seven', dimensionName: 'Project' }],
    });
    accepted(await own.commands.confirmImport(own.call(), { id: waiting.id }));
    expect(await finish(own, waiting.id)).toMatchObject({ state: 'posted' });
    const names = (await own.queries.parties(own.bookId)).map(({ name }) => name);
    expect(names).toEqual(['Ada & co', 'Cyril']);
    expect((await verifyBooks(own.store)).every(({ difference }) => difference === null)).toBe(
      true,
    );
  });

  test('a code that both a customer and a supplier have is a fault, one that is none is left out', async () => {
    const own = await bare();
    const twice = NAMED.replaceAll('>11<', '>10<');
    expect((await importFile(own, 'saft', file(twice, '10'), options)).errors).toEqual([
      expect.objectContaining({
        code: 'party-code-twice',
        message: expect.stringMatching(/^The customer Ada & co .* and the supplier Cyril /),
      }),
    ]);
    const none = await importFile(own, 'saft', file(NAMED, '1 0/0'), { ...options, preview: true });
    expect(none.preview?.notes).toContain(
      'The book has no customer or supplier 1 0/0: lines go without. They are closed, or no codes of 1 to 32 letters, digits, points and hyphens.',
    );
    expect(none.newMasters.parties.map(({ code }) => code)).toEqual(['11']);
  });
});

test('an account that the book has under the same number with another type is told', async () => {
  book = await openBook();
  const text = saftFile({
    accounts: account('4000', '40', '0', '125') + account('1000', '10', '0', '-125'),
    transactions: transaction(line('4000', 'Debit', '125') + line('1000', 'Credit', '125')),
  });
  const { preview } = await importFile(book, 'saft', text, { preview: true });
  expect(preview?.notes).toContain(
    'Expenses:4000 Konto 4000, an account of type expense in the file, is taken for 4000 Income:Sales of type income.',
  );
});

describe('a bad file is refused as a whole, with line and column', () => {
  test.each([
    ['malformed', '<AuditFile', 'not-xml'],
    [
      'with entities',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      'xml-doctype',
    ],
    ['of another version', saftFile({ version: '2.0' }), 'saft-version'],
    ['out of balance', saftFile().replace('>1000.00<', '>999.00<'), 'saft-contradiction'],
  ])('%s', async (_, text, code) => {
    const own = await bare();
    const done = await importFile(own, 'saft', text);
    expect(done).toMatchObject({ state: 'rejected', entries: 0 });
    expect(done.errors[0]).toMatchObject({ code });
    expect(done.errors[0]!.line * done.errors[0]!.column).toBeGreaterThan(0);
    expect(await balancesOf(own, ['ordinary', 'opening'])).toEqual({});
  });
});

describe.skipIf(samples === '')('the example of version 1.10', () => {
  const text = () => readFileSync(join(samples, 'saft-no-example.xml'), 'utf8');
  const FAULTS = [
    /3245410\.00 debit and 700000\.00 credit, a difference of 2545410\.00/,
    /Account 1920 .* 724407\.00, but the file closes it with 670568\.75: a difference of 53838\.25/,
    /Account 2711 .* -0\.35, but the file closes it with 0\.00/,
    /Account 2740 .* 0\.35, but the file closes it with 0\.00/,
  ].map((pattern) => expect.stringMatching(pattern));

  test('is rejected with each of its differences', async () => {
    const own = await bare({ baseCurrency: 'NOK' });
    const done = await importFile(own, 'saft', text(), { preview: true });
    expect(done.state).toBe('rejected');
    expect(done.errors.map(({ code }) => code)).toEqual(Array(4).fill('saft-contradiction'));
    expect(done.errors.map(({ message }) => message).sort()).toEqual(
      expect.arrayContaining(FAULTS),
    );
  });

  test('goes in where an account takes the opening difference: its movements are those of its lines', async () => {
    const own = await bare({ baseCurrency: 'NOK' });
    const options = { openingDifference: '2000' };
    const { preview } = await importFile(own, 'saft', text(), { ...options, preview: true });
    expect(preview?.notes).toEqual(expect.arrayContaining(FAULTS));
    const done = await importFile(own, 'saft', text(), options);
    expect(done).toMatchObject({ state: 'posted', entries: 54, errors: [], from: '2017-01-01' });
    expect(await balancesOf(own, ['ordinary'])).toEqual(sumsOf(text()));
    expect(await balancesOf(own, ['opening'])).toMatchObject({
      ...{ 1920: '37000000', 2400: '-17500000', 2000: `${-22500000 - 254541000}` },
    });
    expect((await verifyBooks(own.store)).every(({ difference }) => difference === null)).toBe(
      true,
    );
  });

  test('its customers, suppliers and analyses come in with their names, every line of theirs under them', async () => {
    const own = await bare({ baseCurrency: 'NOK' });
    const options = { openingDifference: '2000', createParties: true, createValues: true };
    const waiting = await importFile(own, 'saft', text(), { ...options, preview: true });
    const { dimensions, parties, values } = waiting.newMasters;
    const roles = Map.groupBy(parties, ({ role }) => role);
    expect([roles.get('customer')?.length, roles.get('supplier')?.length]).toEqual([6, 6]);
    expect(dimensions.map(({ name }) => name).sort()).toEqual(['Avdeling', 'Prosjekt']);
    // Project 200 is named by shares of lines alone, and those have no place.
    const codes = values.map(({ code }) => code).sort();
    expect(codes).toEqual(['100', '101', '102', '202', '203', '90']);
    accepted(await own.commands.confirmImport(own.call(), { id: waiting.id }));
    expect(await finish(own, waiting.id)).toMatchObject({ state: 'posted', entries: 54 });
    expect(await own.queries.parties(own.bookId)).toContainEqual(
      expect.objectContaining({ code: '1000', name: 'Leketøysbutikk Tøyen' }),
    );
    expect(await partySums(own)).toEqual(sumsOf(text(), /<n1:(?:Customer|Supplier)ID>(.*?)</));
    expect((await verifyBooks(own.store)).every(({ difference }) => difference === null)).toBe(
      true,
    );
  });

  /** What moved under each party, in minor units, debit positive. */
  async function partySums({ bookId, store }: OpenBook): Promise<object> {
    const { rows } = await store.pool.query<{ code: string; sum: string }>(
      `select parties.code, sum(p.side * p.amount)::text as sum from posted_postings p
       join parties on parties.id = p.party_id where p.book_id = $1 group by 1 order by 1`,
      [bookId],
    );
    return Object.fromEntries(rows.map(({ code, sum }) => [code, sum]));
  }

  /** Sums of a file's lines by account or by what else they name, in hundredths, by nothing but patterns. */
  function sumsOf(xml: string, by = /<n1:AccountID>(.*?)</): object {
    const sums = new Map<string, bigint>();
    for (const [, own = ''] of xml.matchAll(/<n1:Line>([\s\S]*?)<\/n1:Line>/g)) {
      const id = by.exec(own)?.[1];
      if (id === undefined) continue;
      const amount = /<n1:(Debit|Credit)Amount>\s*<n1:Amount>(\d+)(?:\.(\d+))?</.exec(own)!;
      const [, side, whole, part = ''] = amount;
      const size = BigInt(whole! + part.padEnd(2, '0'));
      sums.set(id, (sums.get(id) ?? 0n) + (side === 'Debit' ? size : -size));
    }
    return Object.fromEntries([...sums].map(([id, sum]) => [id, `${sum}`]));
  }
});
