// Consolidation with worked numbers: what adds up, what is eliminated, which accounts go where, how the statements look.

import { describe, expect, test } from 'vitest';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import { Book } from './written-book.ts';
import {
  CHART,
  checked,
  group,
  lines,
  NORTH,
  type WrittenMember,
  writtenGroup,
} from './written-group.ts';

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

test('stand as one company beside the period before', () => {
  const book = group([NORTH]);
  const view = book.report('consolidation~previous-1', '2025-02');
  const period = book.period('2025-02');
  const set = { consolidation: book.report('consolidation', period.key), [view.report]: view };
  expect(checkInvariants(book.ledger, period, set)).toContain('comparatives-are-their-reports');
  for (const key of ['2025-02', '2025-01']) {
    const own = book.report('consolidation', key).rows.filter(({ kind }) => kind === 'total');
    const found = view.rows.filter(({ kind }) => kind === 'total');
    expect(found.map(({ name, values }) => [name, values[key]])).toEqual(
      own.map(({ name, values }) => [name, values['consolidated']]),
    );
  }
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
