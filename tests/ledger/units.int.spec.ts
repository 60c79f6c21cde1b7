// Entries in currencies and commodities, through the commands, in a real ledger.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook } from './open-book.ts';
import { entry, type Line, linesIn, openUnitBook } from './unit-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openUnitBook();
});
afterAll(() => book?.stop());

const post = (date: string, lines: readonly Line[]) =>
  book.commands.postJournalEntry(book.call(), entry(date, lines));
const linesOf = (number: number) => linesIn(book, number);

describe('an entry in another currency', () => {
  test('carries its base amount at the rate given', async () => {
    const { number } = accepted(
      await post('2026-02-01', [
        ['1200', '100.00', 'USD', '@ 0.9234'],
        ['1000', '-92.34'],
      ]),
    );
    expect(await linesOf(number)).toEqual([
      ['1200', 'debit', '92.34', '100.00 USD'],
      ['1000', 'credit', '92.34', null],
    ]);
  });

  test('at the amount given, in a commodity', async () => {
    const { number } = accepted(
      await post('2026-02-02', [
        ['1300', '12.345', 'VHT', '@@ 1000.00'],
        ['1000', '-1000.00'],
      ]),
    );
    expect(await linesOf(number)).toEqual([
      ['1300', 'debit', '1000.00', '12.345 VHT'],
      ['1000', 'credit', '1000.00', null],
    ]);
  });

  test('at the book’s rate of the day, the last one before it', async () => {
    const rates = [
      { unit: 'GBP', date: '2026-02-01', rate: '1.15' },
      { unit: 'GBP', date: '2026-02-05', rate: '1.20' },
      { unit: 'GBP', date: '2026-02-05', rate: '1.25' },
    ];
    expect(accepted(await book.commands.recordRates(book.call(), { rates }))).toEqual({
      recorded: 3,
    });
    const amounts: Record<string, string> = { '2026-02-04': '11.50', '2026-02-05': '12.50' };
    for (const [date, worth] of Object.entries(amounts)) {
      const lines: Line[] = [
        ['1200', '10.00', 'GBP'],
        ['1000', `-${worth}`],
      ];
      const { number } = accepted(await post(date, lines));
      expect((await linesOf(number))[0]).toEqual(['1200', 'debit', worth, '10.00 GBP']);
    }
    expect(
      await post('2026-01-31', [
        ['1200', '10.00', 'GBP'],
        ['1000', '-11.50'],
      ]),
    ).toMatchObject({
      refusal: { code: 'unit-out-of-balance', unit: 'GBP', difference: '10' },
    });
  });

  test('without a rate has no base amount and balances by itself', async () => {
    const { number } = accepted(
      await post('2026-02-03', [
        ['1300', '2', 'VHT'],
        ['3000', '-2', 'VHT'],
      ]),
    );
    expect(await linesOf(number)).toEqual([
      ['1300', 'debit', '0.00', '2.000 VHT'],
      ['3000', 'credit', '0.00', '2.000 VHT'],
    ]);
  });

  test('is reversed with its units', async () => {
    const { number } = accepted(
      await post('2026-02-06', [
        ['1200', '5.00', 'USD', '@ 0.9'],
        ['1000', '-4.50'],
      ]),
    );
    const undone = accepted(
      await book.commands.reverseEntry(book.call(), { number, reason: 'a slip' }),
    );
    expect(await linesOf(undone.number)).toEqual([
      ['1200', 'credit', '4.50', '5.00 USD'],
      ['1000', 'debit', '4.50', null],
    ]);
  });
});

test('what rounding leaves over stands on the rounding account, and needs one', async () => {
  const lines: Line[] = [
    ['1200', '0.33', 'USD', '@ 0.5'],
    ['1200', '0.33', 'USD', '@ 0.5'],
    ['1200', '0.33', 'USD', '@ 0.5'],
    ['1200', '-0.99', 'USD', '@ 0.5'],
  ];
  expect(await post('2026-02-07', lines)).toMatchObject({
    refusal: { code: 'rounding-account-missing', difference: '0.01' },
  });
  accepted(await book.commands.changeBookSettings(book.call(), { roundingAccount: '6900' }));
  const { number } = accepted(await post('2026-02-07', lines));
  expect((await linesOf(number)).at(-1)).toEqual(['6900', 'credit', '0.01', null]);
});

test.each<[string, readonly Line[]]>([
  [
    'unit-unknown',
    [
      ['1000', '1', 'XYZ'],
      ['1200', '-1', 'XYZ'],
    ],
  ],
  [
    'amount-not-a-number',
    [
      ['1000', 'x', 'USD', '@ 1'],
      ['1200', '-1'],
    ],
  ],
  [
    'amount-zero',
    [
      ['1000', '0.00', 'USD', '@ 1'],
      ['1200', '-1'],
    ],
  ],
  [
    'amount-too-many-decimals',
    [
      ['1000', '1.001', 'USD', '@ 1'],
      ['1200', '-1'],
    ],
  ],
  [
    'rate-malformed',
    [
      ['1000', '1', 'USD', '@ 0'],
      ['1200', '-1'],
    ],
  ],
  [
    'rate-malformed',
    [
      ['1000', '1', 'USD', '@ 1,5'],
      ['1200', '-1'],
    ],
  ],
  [
    'rate-of-base-currency',
    [
      ['1000', '1', 'EUR', '@ 1'],
      ['1200', '-1', 'USD', '@ 1'],
    ],
  ],
  [
    'rate-of-base-currency',
    [
      ['1000', '1', 'EUR', '@ 1'],
      ['1200', '-1'],
    ],
  ],
  [
    'amount-worthless',
    [
      ['1000', '0.01', 'USD', '@ 0.1'],
      ['1200', '-0.01', 'USD', '@ 0.1'],
    ],
  ],
  [
    'out-of-balance',
    [
      ['1000', '1', 'USD', '@ 0.9'],
      ['1200', '-0.91'],
    ],
  ],
  [
    'amount-too-large',
    [
      ['1000', `1${'0'.repeat(17)}`, 'USD', '@ 1'],
      ['1200', '-1'],
    ],
  ],
])('refuses with %s', async (code, lines) => {
  const answer = await post('2026-02-08', lines);
  expect(answer.ok ? 'accepted' : answer.refusal.code).toBe(code);
});

test('a rate and an amount in the base currency together are refused', async () => {
  const asked = entry('2026-02-08', [
    ['1200', '1', 'USD', '@ 1'],
    ['1000', '-1'],
  ]);
  Object.assign(asked.lines[0]!, { baseAmount: '1.00' });
  expect(await book.commands.postJournalEntry(book.call(), asked)).toMatchObject({
    refusal: { code: 'rate-and-base-amount', field: 'lines.0.rate' },
  });
});

test('units and rates refuse what makes no sense', async () => {
  const define = (input: object) => book.commands.defineUnit(book.call(), input);
  expect(await define({ code: '1X', decimals: 2 })).toMatchObject({
    refusal: { code: 'unit-malformed' },
  });
  expect(await define({ code: 'VHT', decimals: 2 })).toMatchObject({
    refusal: { code: 'unit-in-use' },
  });
  expect(await define({ code: 'USD', decimals: 2 })).toMatchObject({
    refusal: { code: 'unit-in-use' },
  });
  expect(await define({ code: 'X', decimals: 10 })).toMatchObject({
    refusal: { code: 'input-malformed' },
  });
  const record = (unit: string, date: string, rate: string) =>
    book.commands.recordRates(book.call(), { rates: [{ unit, date, rate }] });
  expect(await record('EUR', '2026-01-01', '1')).toMatchObject({
    refusal: { code: 'rate-of-base-currency' },
  });
  expect(await record('XYZ', '2026-01-01', '1')).toMatchObject({
    refusal: { code: 'unit-unknown' },
  });
  expect(await record('USD', '2026-02-30', '1')).toMatchObject({
    refusal: { code: 'date-malformed' },
  });
  expect(await record('USD', '2026-01-01', '-1')).toMatchObject({
    refusal: { code: 'rate-malformed' },
  });
});

test('an account that holds a unit is not closed', async () => {
  accepted(
    await book.commands.openAccount(book.call(), { code: '1400', name: 'Held', type: 'asset' }),
  );
  accepted(
    await post('2026-02-09', [
      ['1400', '1.5', 'VHT'],
      ['1300', '-1.5', 'VHT'],
    ]),
  );
  expect(await book.commands.closeAccount(book.call(), { code: '1400' })).toMatchObject({
    refusal: { code: 'account-has-balance', balance: '1.500 VHT' },
  });
});

test('commands of one group see each other’s units', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0
        ? post('2026-03-01', [
            ['1200', '1.00', 'USD', '@ 0.9'],
            ['1000', '-0.90'],
          ])
        : post('2026-03-01', [
            ['1000', '0.90'],
            ['4000', '-0.90'],
          ]),
    ),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
});

test('the database itself refuses what does not balance in a unit', async () => {
  const client = await book.store.pool.connect();
  const insert = async (second: number) => {
    await client.query('begin');
    try {
      const { rows } = await client.query<{ id: string }>(
        `insert into journal_entries (book_id, number, entry_date, kind, description, position, recorded_at, user_id)
         values ($1, 99999, '2026-02-01', 'ordinary', 'x', 1, now(), $2) returning id`,
        [book.bookId, book.ownerId],
      );
      await client.query(
        `insert into postings (entry_id, line, book_id, account_id, entry_date, side, amount, unit, quantity)
         values ($1, 1, $2, 1, '2026-02-01', 1, 0, 'VHT', 10), ($1, 2, $2, 2, '2026-02-01', -1, 0, 'VHT', $3)`,
        [rows[0]!.id, book.bookId, second],
      );
    } finally {
      await client.query('rollback');
    }
  };
  await insert(10);
  await expect(insert(11)).rejects.toThrow('does not balance in VHT');
  client.release();
});

test('the tables are those of the events', async () => {
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
});
