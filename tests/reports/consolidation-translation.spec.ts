// Consolidation of members in other currencies: rates, what translation leaves, what can't be translated.
import { describe, expect, test } from 'vitest';
import { CHART, checked, group, lines, NORTH, type WrittenMember } from './written-group.ts';

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
