// Consolidation with worked numbers: what adds up, what is eliminated, what translation leaves, what can't be translated.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import { asText, Book } from './written-book.ts';
import { type WrittenMember, writtenGroup } from './written-group.ts';

const CHART = `
  1000 asset Assets:Bank
  1500 asset Assets:Due from the group
  2500 liability Liabilities:Due to the group
  3000 equity Equity:Capital
  4000 income Income:Sales
  5000 expense Expenses:Costs`;

const group = (members: readonly WrittenMember[], rates = '', entries = '') =>
  new Book({
    ...{ start: '2025-01-01', firstYearEnd: '2025-12-31', accounts: CHART, entries },
    group: writtenGroup(members, rates),
  });

/** The lines of a report as text, without what is nothing everywhere. */
const lines = (book: Book, report: string, key: string): string[] =>
  asText(book.report(report, key)).map((line) => line.trim());

const checked = (book: Book, key: string): string[] => {
  const period = book.period(key);
  const set = Object.fromEntries(
    reportsOf(period.kind, true).map((name) => [name, book.report(name, key)]),
  );
  return checkInvariants(book.ledger, period, set);
};

const NORTH: WrittenMember = {
  ...{ name: 'North', accounts: CHART },
  entries: `
    2025-01-10 capital
      1000 D 1000.00
      3000 C 1000.00
    2025-01-20 lent to South
      1500 D 300.00
      1000 C 300.00
    2025-02-05 sale to South
      1500 D 50.00
      4000 C 50.00`,
};
const SOUTH: WrittenMember = {
  ...{ name: 'South', accounts: CHART },
  entries: `
    2025-01-20 borrowed from North
      1000 D 300.00
      2500 C 300.00
    2025-02-05 bought from North
      5000 D 50.00
      2500 C 50.00
    2025-02-10 sale
      1000 D 80.00
      4000 C 80.00`,
};

describe('members of the same currency', () => {
  test('are added up with the group’s own entries', () => {
    const own = `
      2025-01-02 capital
        1000 D 10.00
        3000 C 10.00`;
    const book = group([NORTH, SOUTH], '', own);
    expect(book.report('consolidation', '2025-02').columns.map(({ label }) => label)).toEqual([
      'Own entries',
      'North',
      'South',
      'Eliminations',
      'Consolidated',
    ]);
    expect(lines(book, 'consolidation', '2025-02')).toEqual([
      'Assets',
      '1000 Bank | 10.00 | 700.00 | 380.00 | 0.00 | 1090.00',
      '1500 Due from the group | 0.00 | 350.00 | 0.00 | 0.00 | 350.00',
      'Total assets | 10.00 | 1050.00 | 380.00 | 0.00 | 1440.00',
      'Liabilities',
      '2500 Due to the group | 0.00 | 0.00 | 350.00 | 0.00 | 350.00',
      'Total liabilities | 0.00 | 0.00 | 350.00 | 0.00 | 350.00',
      'Equity',
      '3000 Capital | 10.00 | 1000.00 | 0.00 | 0.00 | 1010.00',
      'Result of the year | 0.00 | 50.00 | 30.00 | 0.00 | 80.00',
      'Total equity | 10.00 | 1050.00 | 30.00 | 0.00 | 1090.00',
      'Total liabilities and equity | 10.00 | 1050.00 | 380.00 | 0.00 | 1440.00',
      'Income',
      '4000 Sales | 0.00 | 50.00 | 80.00 | 0.00 | 130.00',
      'Total income | 0.00 | 50.00 | 80.00 | 0.00 | 130.00',
      'Expenses',
      '5000 Costs | 0.00 | 0.00 | 50.00 | 0.00 | 50.00',
      'Total expenses | 0.00 | 0.00 | 50.00 | 0.00 | 50.00',
      'Result | 0.00 | 50.00 | 30.00 | 0.00 | 80.00',
    ]);
    expect(checked(book, '2025-02')).toContain('consolidation-adds-up');
  });

  test('are eliminated where they deal with each other', () => {
    const book = group([
      { ...NORTH, intercompany: '1500; 4000' },
      { ...SOUTH, intercompany: '2500; 5000' },
    ]);
    expect(lines(book, 'consolidation', '2025-02')).toEqual([
      'Assets',
      '1000 Bank | 0.00 | 700.00 | 380.00 | 0.00 | 1080.00',
      '1500 Due from the group | 0.00 | 350.00 | 0.00 | -350.00 | 0.00',
      'Total assets | 0.00 | 1050.00 | 380.00 | -350.00 | 1080.00',
      'Liabilities',
      '2500 Due to the group | 0.00 | 0.00 | 350.00 | -350.00 | 0.00',
      'Total liabilities | 0.00 | 0.00 | 350.00 | -350.00 | 0.00',
      'Equity',
      '3000 Capital | 0.00 | 1000.00 | 0.00 | 0.00 | 1000.00',
      'Result of the year | 0.00 | 50.00 | 30.00 | 0.00 | 80.00',
      'Total equity | 0.00 | 1050.00 | 30.00 | 0.00 | 1080.00',
      'Total liabilities and equity | 0.00 | 1050.00 | 380.00 | -350.00 | 1080.00',
      'Income',
      '4000 Sales | 0.00 | 50.00 | 80.00 | -50.00 | 80.00',
      'Total income | 0.00 | 50.00 | 80.00 | -50.00 | 80.00',
      'Expenses',
      '5000 Costs | 0.00 | 0.00 | 50.00 | -50.00 | 0.00',
      'Total expenses | 0.00 | 0.00 | 50.00 | -50.00 | 0.00',
      'Result | 0.00 | 50.00 | 30.00 | 0.00 | 80.00',
    ]);
    checked(book, '2025-02');
  });

  test('what doesn’t cancel stays in sight', () => {
    const late = '\n2025-02-28 paid back, not booked by North\n 2500 D 40.00\n 1000 C 40.00';
    const book = group([
      { ...NORTH, intercompany: '1500; 4000' },
      { ...SOUTH, entries: `${SOUTH.entries}${late}`, intercompany: '2500' },
    ]);
    const shown = lines(book, 'consolidation', '2025-02');
    // 350 owed to North of which South books 310; sales of 50 that nobody's costs stand against.
    expect(shown).toContain('Intercompany difference | 0.00 | 0.00 | 0.00 | -40.00 | -40.00');
    expect(shown).toContain('Intercompany difference | 0.00 | 0.00 | 0.00 | 50.00 | 50.00');
    expect(shown).toContain('Result | 0.00 | 50.00 | 30.00 | 0.00 | 80.00');
    checked(book, '2025-02');
  });

  test('whose accounts go to a tagged account of the group are eliminated without being named', () => {
    const book = new Book({
      ...{ start: '2025-01-01', firstYearEnd: '2025-12-31', accounts: CHART, entries: '' },
      tags: { 1500: ['intercompany'], 2500: ['intercompany'] },
      group: writtenGroup([NORTH, SOUTH]),
    });
    const shown = lines(book, 'consolidation', '2025-02');
    expect(shown).toContain('1500 Due from the group | 0.00 | 350.00 | 0.00 | -350.00 | 0.00');
    expect(shown).toContain('2500 Due to the group | 0.00 | 0.00 | 350.00 | -350.00 | 0.00');
  });
});

describe('accounts of a member', () => {
  const WEST: WrittenMember = {
    name: 'West',
    accounts: `
      100 asset Assets:Till
      4000 expense Expenses:Fees
      700 income Income:Fees earned`,
    entries: `
      2025-01-10 fees
        100 D 90.00
        700 C 90.00
      2025-01-11 cost
        4000 D 20.00
        100 C 20.00`,
  };

  test('go where they are mapped; those of another type or an unknown code are opened and named', () => {
    const mapping = [{ accounts: '1..199; name Nowhere', to: 1 }];
    const book = group([{ ...WEST, mapping }]);
    const { notes } = book.report('consolidation', '2025-01');
    expect(lines(book, 'consolidation', '2025-01')).toEqual([
      'Assets',
      '1000 Bank | 0.00 | 70.00 | 0.00 | 70.00',
      'Total assets | 0.00 | 70.00 | 0.00 | 70.00',
      'Liabilities',
      'Total liabilities | 0.00 | 0.00 | 0.00 | 0.00',
      'Equity',
      'Result of the year | 0.00 | 70.00 | 0.00 | 70.00',
      'Total equity | 0.00 | 70.00 | 0.00 | 70.00',
      'Total liabilities and equity | 0.00 | 70.00 | 0.00 | 70.00',
      'Income',
      '700 Fees earned | 0.00 | 90.00 | 0.00 | 90.00',
      'Total income | 0.00 | 90.00 | 0.00 | 90.00',
      'Expenses',
      '4000 Fees | 0.00 | 20.00 | 0.00 | 20.00',
      'Total expenses | 0.00 | 20.00 | 0.00 | 20.00',
      'Result | 0.00 | 70.00 | 0.00 | 70.00',
    ]);
    expect(notes[1]).toContain('under their own names: 700 Fees earned (West), 4000 Fees (West).');
  });

  test('that members have alike and the group lacks share a row', () => {
    const east = { ...WEST, name: 'East' };
    const book = group([WEST, east]);
    expect(lines(book, 'consolidation', '2025-01')).toContain(
      '700 Fees earned | 0.00 | 90.00 | 90.00 | 0.00 | 180.00',
    );
  });
});

describe('a member of another currency', () => {
  const YORK: WrittenMember = {
    ...{ name: 'York', currency: 'GBP', accounts: CHART, firstYearEnd: '2025-12-31' },
    entries: `
      2025-01-15 capital
        1000 D 1000.00
        3000 C 1000.00
      2025-01-20 sale
        1000 D 200.00
        4000 C 200.00
      2025-02-20 costs
        5000 D 100.00
        1000 C 100.00
      2025-12-31 closing the year
        4000 D 200.00
        5000 C 100.00
        3000 C 100.00`.replace('2025-12-31 closing', '2025-12-31 closing closing'),
  };
  const RATES = `
    GBP 2025-01-01 1.10
    GBP 2025-01-16 1.20
    GBP 2025-02-10 1.20
    GBP 2025-02-28 1.30
    USD 2025-02-28 0.90
    GBP 2026-01-31 1.50`;

  test('is translated: closing rate, averages, rates of the months, and what is left', () => {
    const book = group([YORK], RATES);
    const shown = lines(book, 'consolidation', '2025-02');
    // 1 100.00 at 1.30.
    expect(shown).toContain('1000 Bank | 0.00 | 1430.00 | 0.00 | 1430.00');
    // 1 000.00 at the mean of 1.10 and 1.20.
    expect(shown).toContain('3000 Capital | 0.00 | 1150.00 | 0.00 | 1150.00');
    // 200.00 at 1.15, 100.00 at the mean of 1.20 and 1.30.
    expect(shown).toContain('4000 Sales | 0.00 | 230.00 | 0.00 | 230.00');
    expect(shown).toContain('5000 Costs | 0.00 | 125.00 | 0.00 | 125.00');
    // IAS 21.41: 1 200.00 of net assets from 1.15 to 1.30, 100.00 of costs from 1.25 to 1.30.
    expect(shown).toContain('Translation reserve | 0.00 | 175.00 | 0.00 | 175.00');
    checked(book, '2025-02');
  });

  test('its documents go back to the last event that took or translated what they show', () => {
    const book = group([YORK], 'GBP 2025-02-01 1.20');
    expect(book.report('consolidation', '2025-01').position).toBe(2);
    expect(book.report('consolidated-balance-sheet', '2025-02').position).toBe(7);
    expect(group([YORK]).report('consolidated-income-statement', '2025-02').position).toBe(2);
  });

  test('a month without a rate of its own takes the latest before', () => {
    const book = group([YORK], 'GBP 2024-06-01 1.25');
    const shown = lines(book, 'consolidation', '2025-02');
    expect(shown).toContain('1000 Bank | 0.00 | 1375.00 | 0.00 | 1375.00');
    expect(shown).toContain('Result | 0.00 | 125.00 | 0.00 | 125.00');
    expect(shown.some((line) => line.startsWith('Translation reserve'))).toBe(false);
  });

  test('what an earlier year earned stays at its rates, whatever closed it', () => {
    const book = group([YORK], RATES);
    const shown = lines(book, 'consolidation', '2026-01');
    expect(shown).toContain('1000 Bank | 0.00 | 1650.00 | 0.00 | 1650.00');
    expect(shown).toContain('3000 Capital | 0.00 | 1150.00 | 0.00 | 1150.00');
    expect(shown).toContain('Result of earlier years | 0.00 | 105.00 | 0.00 | 105.00');
    expect(shown).toContain('Translation reserve | 0.00 | 395.00 | 0.00 | 395.00');
    expect(shown).toContain('Result of the year | 0.00 | 0.00 | 0.00 | 0.00');
    checked(book, '2026-01');
  });

  test('without a rate it is named with its amounts, and not added as nothing', () => {
    const book = group([YORK, NORTH], 'GBP 2025-02-01 1.30');
    const { columns, notes } = book.report('consolidation', '2025-02');
    expect(columns.map(({ label }) => label)).not.toContain('York');
    expect(notes[1]).toBe(
      "York isn't consolidated: there is no rate of GBP in EUR by the end of 2025-01. It holds, in GBP: assets 1100.00, liabilities 0.00, equity 1000.00; since it began it earned 200.00 and spent 100.00.",
    );
    checked(book, '2025-02');
  });

  test('currencies of other decimals are translated by their own', () => {
    const osaka = { ...YORK, name: 'Osaka', currency: 'JPY' };
    const book = group([osaka, YORK], 'JPY 2025-01-01 0.00625\nGBP 2025-02-28 1.20');
    // 110 000 yen: what is written with two decimals here are as many yen.
    expect(lines(book, 'consolidation', '2025-02')).toContain(
      '1000 Bank | 0.00 | 687.50 | 0.00 | 687.50',
    );
  });
});

describe('the consolidated statements', () => {
  const RATES = 'GBP 2025-01-01 1.10\nGBP 2025-02-01 1.20';
  const book = group(
    [
      { ...NORTH, intercompany: '1500; 4000' },
      { ...SOUTH, currency: 'GBP', intercompany: '2500; 5000' },
    ],
    RATES,
  );

  test('show the group as one company, at both ends', () => {
    expect(lines(book, 'consolidated-balance-sheet', '2025-02')).toEqual([
      'Assets',
      '1000 Bank | 1156.00 | 1030.00',
      'Total assets | 1156.00 | 1030.00',
      'Liabilities',
      // 350.00 and 300.00 due to North; South owes pounds, 420.00 and 330.00.
      'Intercompany difference | 70.00 | 30.00',
      'Total liabilities | 70.00 | 30.00',
      'Equity',
      '3000 Capital | 1000.00 | 1000.00',
      'Result of the year | 86.00 | 0.00',
      'Total equity | 1086.00 | 1000.00',
      'Total liabilities and equity | 1156.00 | 1030.00',
    ]);
    checked(book, '2025-02');
  });

  test('earn what members earned outside, at the averages of the months', () => {
    expect(lines(book, 'consolidated-income-statement', '2025-02')).toEqual([
      'Income',
      '4000 Sales | 96.00 | 96.00 | 0.00',
      'Total income | 96.00 | 96.00 | 0.00',
      'Expenses',
      'Total expenses | 0.00 | 0.00 | 0.00',
      // Sold for 50.00, bought for 50.00 pounds at 1.20.
      'Intercompany difference | -10.00 | -10.00 | 0.00',
      'Result | 86.00 | 86.00 | 0.00',
    ]);
  });
});

test('more members than there is room for stand in one column', () => {
  const members = Array.from({ length: 9 }, (_, at) => ({ ...NORTH, name: `North ${at}` }));
  const book = group(members);
  const { columns } = book.report('consolidation', '2025-02');
  expect(columns.map(({ label }) => label)).toEqual([
    ...['Own entries', 'North 0', 'North 1', 'North 2', 'North 3', 'North 4'],
    ...['Other members', 'Eliminations', 'Consolidated'],
  ]);
  const row = book
    .report('consolidation', '2025-02')
    .rows.find(({ account }) => account === '1000');
  expect(row?.values).toMatchObject({ others: '2800.00', consolidated: '6300.00' });
  checked(book, '2025-02');
});

const entry = fc.record({
  month: fc.integer({ min: 0, max: 17 }),
  debit: fc.integer({ min: 1, max: 6 }),
  step: fc.integer({ min: 1, max: 5 }),
  cents: fc.bigInt({ min: 1n, max: 999_999n }),
  closing: fc.boolean(),
});
const entries = fc.array(entry, { maxLength: 25 }).map((drawn) =>
  drawn.map(({ cents, closing, debit, month, step }) => ({
    ...{ date: `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-15` },
    closing: closing && month === 11,
    lines: [
      { account: debit, side: 'debit' as const, amount: cents },
      { account: ((debit + step - 1) % 6) + 1, side: 'credit' as const, amount: cents },
    ],
  })),
);
const picks = fc.subarray(['1000', '1500', '2500', '3000', '4000', '5000']).map((c) => c.join(';'));
const rate = fc.integer({ min: 1, max: 30_000 }).map((digits) => (digits / 10_000).toFixed(4));

describe('whatever the books', () => {
  test('every column balances, every row adds up, in any currency', () => {
    fc.assert(
      fc.property(
        fc.record({ own: entries, first: entries, second: entries }),
        fc.record({ one: picks, other: picks }),
        fc.array(rate, { minLength: 1, maxLength: 6 }),
        ({ first, own, second }, { one, other }, drawn) => {
          const rates = drawn.map((text, at) => `GBP 2025-0${at + 1}-11 ${text}`).join('\n');
          const book = new Book({
            ...{ start: '2025-01-01', firstYearEnd: '2025-12-31', accounts: CHART, entries: own },
            group: writtenGroup(
              [
                { name: 'A', accounts: CHART, entries: first, intercompany: one },
                {
                  name: 'B',
                  accounts: CHART,
                  entries: second,
                  intercompany: other,
                  currency: 'GBP',
                },
              ],
              rates,
            ),
          });
          for (const key of ['2025-01', '2025-Q4', '2025', '2026-06']) {
            expect(checked(book, key)).toContain('consolidation-balances');
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of one currency and without dealings, what is consolidated is the sum of the members', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 3 }), (drawn) => {
        const members = drawn.map((own, at) => ({
          ...{ name: `M${at}`, accounts: CHART, entries: own },
          ...{ start: '2025-01-01', firstYearEnd: '2025-12-31' },
        }));
        const book = group(members);
        const books = members.map((own) => new Book(own));
        for (const key of ['2025-06', '2026']) {
          const sum = (row: string, report: string, column: string) =>
            books.reduce((all, own) => {
              const found = own.report(report, key).rows.findLast(({ name }) => name === row);
              return all + BigInt(found!.values[column]!.replace('.', ''));
            }, 0n);
          const sheet = book.report('consolidation', key);
          const shown = (row: string) => {
            const found = sheet.rows.findLast(({ name }) => name === row);
            return BigInt(found!.values['consolidated']!.replace('.', ''));
          };
          expect(shown('Total assets')).toBe(sum('Total assets', 'balance-sheet', 'amount'));
          expect(shown('Total equity')).toBe(sum('Total equity', 'balance-sheet', 'amount'));
          expect(shown('Result')).toBe(sum('Result', 'income-statement', 'yearToDate'));
          expect(sheet.rows.map(({ name }) => name)).not.toContain('Translation reserve');
        }
      }),
      { numRuns: 60 },
    );
  });
});
