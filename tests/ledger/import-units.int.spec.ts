// Files in several currencies and commodities: prices, lots, rates, assertions, and what rounding leaves over.
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { importFile } from './import-file.ts';
import { type OpenBook, openBook } from './open-book.ts';

let book: OpenBook | undefined;
beforeEach(async () => {
  await book?.stop();
  book = await openBook();
});
afterAll(() => book?.stop());

/** All lines of the book: account, base amount (debit positive), quantity and unit. */
async function linesOf({ store, bookId }: OpenBook): Promise<string[]> {
  const { rows } = await store.pool.query<{ text: string }>(
    `select concat_ws(' ', coalesce(a.path, '?'), p.side * p.amount, p.side * p.quantity, p.unit,
       '@ ' || p.rate, '= ' || p.cost || ' ' || p.cost_unit) as text
     from posted_postings p left join accounts a on a.id = p.account_id
     where p.book_id = $1 order by p.entry_id, p.line`,
    [bookId],
  );
  return rows.map(({ text }) => text);
}

async function imported(format: string, text: string): Promise<string[]> {
  const done = await importFile(book!, format, text);
  expect(done.errors).toEqual([]);
  expect(done.state).toBe('posted');
  expect(await verifyBooks(book!.store)).toMatchObject([{ difference: null }]);
  return linesOf(book!);
}

describe('hledger', () => {
  test.each<[string, string, string[]]>([
    [
      'a price for one',
      '  Assets:Bank  10.00 USD @ 0.925 EUR\n  Assets:Cash\n',
      ['Assets:Bank 925 1000 USD @ 0.925', 'Assets:Cash -925'],
    ],
    [
      'a price in all',
      '  Assets:Bank  10.00 USD @@ 9.26 EUR\n  Assets:Cash  -9.26 EUR\n',
      ['Assets:Bank 926 1000 USD', 'Assets:Cash -926'],
    ],
    [
      'two units that stand against each other',
      '  Assets:Bank  10.00 USD\n  Assets:Cash  -9.26 EUR\n',
      ['Assets:Bank 926 1000 USD', 'Assets:Cash -926'],
    ],
    [
      'the same on several lines',
      '  Assets:Bank  10.00 USD\n  Assets:Till  5.00 USD\n  Assets:Cash  -13.00 EUR\n',
      ['Assets:Bank 866 1000 USD', 'Assets:Till 434 500 USD', 'Assets:Cash -1300'],
    ],
    [
      'a price on the book’s own currency',
      '  Assets:Cash  10.00 EUR @ 1.08 USD\n  Assets:Bank\n',
      ['Assets:Cash 1000', 'Assets:Bank -1000 -1080 USD'],
    ],
    [
      'a lot without a price',
      '  Assets:Fund  3 VHT {50.10 EUR}\n  Assets:Cash\n',
      ['Assets:Fund 15030 3 VHT @ 50.1', 'Assets:Cash -15030'],
    ],
    [
      'a unit that nothing values',
      '  Assets:Hours  8.5 HOURS\n  Equity:Hours\n',
      ['Assets:Hours 0 85 HOURS', 'Equity:Hours 0 -85 HOURS'],
    ],
    [
      'a unit priced at another that nothing values',
      '  Assets:A  1 A @ 0.71 B\n  Assets:B  -0.71 B\n',
      ['Assets:A 0 1 A = 71 B', 'Assets:B 0 -71 B'],
    ],
    [
      'several units on the line without an amount',
      '  Assets:Bank  10.00 USD\n  Assets:Bank  5 VHT\n  Equity:Opening\n',
      [
        'Assets:Bank 0 1000 USD',
        'Assets:Bank 0 5 VHT',
        'Equity:Opening 0 -1000 USD',
        'Equity:Opening 0 -5 VHT',
      ],
    ],
  ])('%s', async (_, postings, lines) => {
    expect(await imported('hledger', `2026-04-02 x\n${postings}`)).toEqual(lines);
  });

  test('a market price values what comes before it in the file, from its day on', async () => {
    const text =
      '2026-04-02 a\n  Assets:Bank  10.00 USD\n  Income:Fees\n\n2026-04-04 b\n  Assets:Bank  10.00 USD\n  Income:Fees\n\nP 2026-04-03 USD 0.90 EUR\n';
    expect(await imported('hledger', text)).toEqual([
      'Assets:Bank 0 1000 USD',
      'Income:Fees 0 -1000 USD',
      'Assets:Bank 900 1000 USD @ 0.9',
      'Income:Fees -900 -1000 USD @ 0.9',
    ]);
    const { rates } = await book!.queries.rates(book!.bookId, 1);
    expect(rates).toEqual([{ unit: 'USD', date: '2026-04-03', rate: '0.9' }]);
  });

  test('decimals of a commodity are those of its sample or of its finest quantity', async () => {
    const text =
      'commodity 1.00 GOLD\n\n2026-04-02 x\n  Assets:Safe  1.2345 GOLD @ 10 EUR\n  Assets:Cash\n\n2026-04-03 y\n  Assets:Safe  1 SILVER @ 10 EUR\n  Assets:Cash\n';
    await imported('hledger', text);
    expect(await book!.queries.units(book!.bookId)).toEqual([
      { code: 'GOLD', decimals: 4, name: '' },
      { code: 'SILVER', decimals: 0, name: '' },
    ]);
  });

  test('what rounding leaves over stands on an account of its own', async () => {
    const line = '  Assets:Bank  0.33 USD @ 0.5 EUR\n';
    const text = `2026-04-02 x\n${line.repeat(3)}  Assets:Bank  -0.99 USD @ 0.5 EUR\n`;
    expect((await imported('hledger', text)).at(-1)).toBe('Rounding differences -1');
  });

  test('assertions are of their unit, with == of nothing else', async () => {
    const text = (assertion: string) =>
      `2026-04-02 x\n  Assets:Bank  10.00 USD @ 0.9 EUR\n  Assets:Cash\n\n2026-04-03 y\n  Assets:Bank  1.00 EUR ${assertion}\n  Assets:Cash\n`;
    for (const [assertion, state] of [
      ['= 1.00 EUR', 'posted'],
      ['= 10.00 USD', 'posted'],
      ['= 9.00 USD', 'rejected'],
      ['== 1.00 EUR', 'rejected'],
    ] as const) {
      await book!.stop();
      book = await openBook();
      const done = await importFile(book, 'hledger', text(assertion));
      expect([assertion, done.state]).toEqual([assertion, state]);
    }
  });

  test.each([
    ['P 2026-04-03 USD abc', 'amount-not-a-number'],
    ['P x USD 1 EUR', 'not-understood'],
    ['D 1,000.00 USD', 'default-commodity'],
  ])('refuses the directive %s with its line', async (directive, code) => {
    const done = await importFile(book!, 'hledger', `\n${directive}\n`);
    expect(done).toMatchObject({ state: 'rejected', errors: [{ line: 2, code }] });
  });

  test('an entry that is off in a unit is refused with its line and what to do', async () => {
    const text = '2026-04-02 x\n  Assets:A  1 A\n  Assets:B  -2 B\n  Assets:C  1 C\n';
    const done = await importFile(book!, 'hledger', text);
    expect(done.errors).toMatchObject([{ line: 1, code: 'unit-out-of-balance' }]);
    expect(done.errors[0]!.message).toContain('of which no rate is known');
  });
});

describe('Beancount', () => {
  const open =
    '2026-01-01 open Assets:Fund\n2026-01-01 open Assets:Cash\n2026-01-01 open Income:Gains\n';

  test('a lot is bought and sold at its cost; its price stands in the memo', async () => {
    const text = `${open}2026-04-02 * "Buy"\n  Assets:Fund  10.123 VHT {50.10 EUR, 2026-04-02}\n  Assets:Cash  -507.16 EUR\n2026-04-05 * "Sell"\n  Assets:Fund  -5 VHT {50.10 EUR} @ 60.00 EUR\n  Assets:Cash  300.00 EUR\n  Income:Gains\n2026-04-06 balance Assets:Fund  5.123 VHT\n`;
    expect(await imported('beancount', text)).toEqual([
      'Assets:Fund 50716 10123 VHT @ 50.1',
      'Assets:Cash -50716',
      'Assets:Fund -25050 -5000 VHT @ 50.1',
      'Assets:Cash 30000',
      'Income:Gains -4950',
    ]);
    const entry = await book!.queries.entryByNumber(book!.bookId, 2);
    expect(entry!.lines[0]!.memo).toBe('{50.10 EUR} @ 60.00 EUR');
  });

  test('units that stand against each other without a price are refused', async () => {
    const text = `${open}2026-04-02 * "x"\n  Assets:Fund  10 VHT\n  Assets:Cash  -9.26 EUR\n`;
    const done = await importFile(book!, 'beancount', text);
    expect(done.errors).toMatchObject([{ line: 4, code: 'unit-out-of-balance' }]);
  });

  test('prices are recorded, those in other units told', async () => {
    const text = `${open}2026-04-01 price VHT 51.00 EUR\n2026-04-01 price VHT 60.00 USD\n2026-04-02 * "x"\n  Assets:Fund  1 VHT\n  Income:Gains\n`;
    const done = await importFile(book!, 'beancount', text, { preview: true });
    expect(done.preview!.notes).toContain(
      '1 prices are not in EUR and are left out: rates are in the book’s currency.',
    );
    expect(done.preview!.first[0]!.lines[0]).toEqual({
      account: 'Assets:Fund',
      amount: '',
      units: '1 VHT',
    });
  });
});
