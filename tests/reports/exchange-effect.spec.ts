// What exchange rates alone made of cash (IAS 7.28): no cash flow, a line of its own in both cash flow statements.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import { minor } from '#reports/catalogue/pages.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { entry as anyEntry, periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book } from './written-book.ts';
import type { WrittenEntry } from './written-entries.ts';

const EFFECT = 'Effect of exchange rates on cash';
const TAKEN_OFF = 'Exchange gains and losses on cash';
const METHODS = ['cash-flow', 'cash-flow-direct'] as const;

const BOOK = {
  accounts: `
    1000 asset Assets:Bank
    1010 asset Assets:Dollar bank
    1100 asset Assets:Debtors
    3000 equity Capital
    4000 income Income:Sales
    4800 income Income:Exchange gains
    6800 expense Expenses:Exchange losses`,
  cashFlow: { 1000: 'cash', 1010: 'cash' },
  entries: `
2024-11-05 Paid in
  1000 D 500.00
  3000 C 500.00
2024-11-10 Sold for dollars
  1010 D 200.00
  4000 C 200.00
2024-11-15 Sold for dollars, on account
  1100 D 100.00
  4000 C 100.00
2024-11-30 adjusting The dollar has risen
  1010 D 20.00 revalued
  1100 D 10.00 revalued
  4800 C 30.00
2024-12-01 Taken back
  1010 C 20.00 revalued
  1100 C 10.00 revalued
  4800 D 30.00
2024-12-31 adjusting The dollar has fallen; what is owed is in francs
  1010 C 5.00 revalued
  1100 D 4.00 revalued
  4800 C 4.00
  6800 D 5.00
2025-01-01 Taken back
  1010 D 5.00 revalued
  1100 C 4.00 revalued
  4800 D 4.00
  6800 C 5.00
2025-01-10 Dollars into euros, at a loss
  1000 D 190.00
  6800 D 10.00
  1010 C 200.00`,
} as const;
const book = new Book(BOOK);

describe('the indirect method', () => {
  it('takes it out of operating activities and shows it below financing', () => {
    expect(asText(book.report('cash-flow', '2024-11'))).toEqual([
      'Operating activities',
      '  Result | 330.00 | 330.00',
      `  ${TAKEN_OFF} | -20.00 | -20.00`,
      '  Working capital',
      '    1100 Debtors | -110.00 | -110.00',
      '  Total working capital | -110.00 | -110.00',
      'Cash from operating activities | 200.00 | 200.00',
      'Investing activities',
      'Cash from investing activities | 0.00 | 0.00',
      'Financing activities',
      '  3000 Capital | 500.00 | 500.00',
      'Cash from financing activities | 500.00 | 500.00',
      `${EFFECT} | 20.00 | 20.00`,
      'Change in cash | 720.00 | 720.00',
      'Cash at the beginning | 0.00 | 0.00',
      'Cash at the end | 720.00 | 720.00',
    ]);
  });

  it('counts what was taken back in the month in which it was, in both columns', () => {
    const rows = asText(book.report('cash-flow', '2024-12'));
    expect(rows.slice(0, 3)).toEqual([
      'Operating activities',
      '  Result | -31.00 | 299.00',
      `  ${TAKEN_OFF} | 25.00 | 5.00`,
    ]);
    expect(rows.slice(-4)).toEqual([
      `${EFFECT} | -25.00 | -5.00`,
      'Change in cash | -25.00 | 695.00',
      'Cash at the beginning | 720.00 | 0.00',
      'Cash at the end | 695.00 | 695.00',
    ]);
  });

  it('leaves what was lost when dollars were sold where it is, in the year that begins with a reversal', () => {
    expect(asText(book.report('cash-flow', '2025-01'))).toEqual([
      'Operating activities',
      '  Result | -9.00 | -9.00',
      `  ${TAKEN_OFF} | -5.00 | -5.00`,
      '  Working capital',
      '    1100 Debtors | 4.00 | 4.00',
      '  Total working capital | 4.00 | 4.00',
      'Cash from operating activities | -10.00 | -10.00',
      'Investing activities',
      'Cash from investing activities | 0.00 | 0.00',
      'Financing activities',
      'Cash from financing activities | 0.00 | 0.00',
      `${EFFECT} | 5.00 | 5.00`,
      'Change in cash | -5.00 | -5.00',
      'Cash at the beginning | 695.00 | 695.00',
      'Cash at the end | 690.00 | 690.00',
    ]);
  });
});

test('the direct method counts neither the gain nor what it was measured on as received or paid', () => {
  expect(asText(book.report('cash-flow-direct', '2024-12'))).toEqual([
    'Operating activities',
    '  Receipts',
    '    4000 Sales | 0.00 | 200.00',
    '  Total receipts | 0.00 | 200.00',
    'Cash from operating activities | 0.00 | 200.00',
    'Investing activities',
    'Cash from investing activities | 0.00 | 0.00',
    'Financing activities',
    '  Receipts',
    '    3000 Capital | 0.00 | 500.00',
    '  Total receipts | 0.00 | 500.00',
    'Cash from financing activities | 0.00 | 500.00',
    `${EFFECT} | -25.00 | -5.00`,
    'Change in cash | -25.00 | 695.00',
    'Cash at the beginning | 720.00 | 0.00',
    'Cash at the end | 695.00 | 695.00',
  ]);
});

test.each(METHODS)('%s has no such line where nothing but debtors was revalued', (report) => {
  const { 1000: bank } = BOOK.cashFlow;
  const owed = new Book({ ...BOOK, cashFlow: { 1000: bank } });
  const rows = asText(owed.report(report, '2024-12')).join('\n');
  expect(rows).not.toMatch(new RegExp(`${EFFECT}|${TAKEN_OFF}`));
});

test.each(METHODS)(
  '%s shows it beside a period that has none, and leaves it out where none has',
  (report) => {
    const rows = asText(book.report(`${report}~previous-1`, '2024-11'));
    expect(rows).toContain(`${EFFECT} | 20.00 | 0.00 | 20.00 | `);
    const before = asText(book.report(`${report}~previous-1`, '2024-10'));
    expect(before.filter((row) => row.startsWith(EFFECT))).toEqual([]);
  },
);

test('by any layout gains are taken off where their accounts stand', () => {
  const layouts = { 'cash-flow': presetLines('ifrs', 'cash-flow') };
  const plain = asText(new Book({ ...BOOK, layouts }).report('cash-flow', '2024-11'));
  expect(plain.slice(0, 3)).toEqual([
    'Operating activities',
    '  Operating profit | 330.00 | 330.00',
    `  ${TAKEN_OFF} | -20.00 | -20.00`,
  ]);
  const tags = { 4800: ['investing'] };
  const rows = asText(new Book({ ...BOOK, layouts, tags }).report('cash-flow', '2024-12'));
  expect(rows).toEqual([
    'Operating activities',
    '  Operating profit | -5.00 | 295.00',
    `  ${TAKEN_OFF} | 5.00 | 5.00`,
    '  Working capital',
    '    1100 Debtors | 6.00 | -104.00',
    '  Total working capital | 6.00 | -104.00',
    'Cash from operating activities | 6.00 | 196.00',
    'Investing activities',
    '  4800 Exchange gains | -26.00 | 4.00',
    `  ${TAKEN_OFF} | 20.00 | 0.00`,
    'Cash from investing activities | -6.00 | 4.00',
    'Financing activities',
    '  3000 Capital | 0.00 | 500.00',
    'Cash from financing activities | 0.00 | 500.00',
    `${EFFECT} | -25.00 | -5.00`,
    'Change in cash | -25.00 | 695.00',
    'Cash at the beginning | 720.00 | 0.00',
    'Cash at the end | 695.00 | 695.00',
  ]);
});

test('what a gain on one bank and a loss on another leave of nothing is taken off in both activities', () => {
  const entries = `
2024-11-30 Francs rose as dollars fell
  1000 D 7.00 revalued
  1010 C 7.00 revalued
  4800 C 7.00
  6800 D 7.00`;
  const layouts = { 'cash-flow': presetLines('ifrs', 'cash-flow') };
  const tags = { 4800: ['investing'] };
  const rows = asText(new Book({ ...BOOK, entries, layouts, tags }).report('cash-flow', '2024-11'));
  expect(rows).toContain('Cash from operating activities | 0.00 | 0.00');
  expect(rows).toContain('Cash from investing activities | 0.00 | 0.00');
});

test('closing entries are left out', () => {
  const entries = BOOK.entries.replaceAll('adjusting', 'closing');
  const rows = asText(new Book({ ...BOOK, entries }).report('cash-flow', '2024-11'));
  expect(rows.join('\n')).not.toContain(EFFECT);
});

/** Differences of what banks and debtors hold, as a revaluation and its reversal on the next day post them. */
const revaluation = fc
  .record({
    month: fc.integer({ min: 4, max: 29 }),
    differences: fc.array(fc.bigInt(-9_999n, 9_999n), { minLength: 3, maxLength: 3 }),
  })
  .map(({ differences, month }): WrittenEntry[] => {
    const first = new Date(Date.UTC(2024, month + 1, 1));
    const last = new Date(Date.UTC(2024, month + 1, 0));
    const sum = (rising: boolean) =>
      differences.reduce((all, own) => (own > 0n === rising ? all + own : all), 0n);
    const moved = [
      ...differences.map((signed, at) => ({ account: at + 1, revalued: true, signed })),
      { account: 7, revalued: false, signed: -sum(true) },
      { account: 8, revalued: false, signed: -sum(false) },
    ];
    const entryOn = (day: Date, sign: bigint): WrittenEntry => ({
      ...{ date: day.toISOString().slice(0, 10), adjusting: sign > 0n },
      lines: moved.map(({ account, revalued, signed }) => ({
        ...{ account, revalued, side: sign * signed < 0n ? 'credit' : 'debit' },
        amount: signed < 0n ? -signed : signed,
      })),
    });
    return [entryOn(last, 1n), entryOn(first, -1n)];
  });

const rowOf = ({ rows }: ReportBody, name: string, key: string) =>
  minor(rows.findLast((row) => row.level === 0 && row.name === name)?.values[key], 2);

test('of any book with revaluations, cash at the end is what there was, what flowed and the effect', () => {
  let effects = 0;
  fc.assert(
    fc.property(writtenBook, fc.array(revaluation, { maxLength: 4 }), (made, revaluations) => {
      const entries = [...made.entries, ...revaluations.flat()];
      const cashFlow = { 1000: 'cash', 1100: 'cash' } as const;
      const own = new Book({ ...made, entries, cashFlow });
      for (const period of periodsOf(own).filter((_, at) => at % 3 === 0)) {
        const names = reportsOf(period.kind);
        const set = Object.fromEntries(names.map((name) => [name, own.report(name, period.key)]));
        checkInvariants(own.ledger, period, set);
        const expected = effectIn(revaluations.flat(), period.from, period.to);
        if (expected !== 0n) effects++;
        for (const method of METHODS) {
          const body = set[method]!;
          expect(rowOf(body, EFFECT, 'period')).toBe(expected);
          const year = effectIn(revaluations.flat(), period.fiscalYear.from, period.to);
          expect(rowOf(body, EFFECT, 'yearToDate')).toBe(year);
          for (const key of ['period', 'yearToDate']) {
            const flows = ['operating', 'investing', 'financing']
              .map((activity) => rowOf(body, `Cash from ${activity} activities`, key))
              .reduce((all, flow) => all + flow, rowOf(body, EFFECT, key));
            const opening = rowOf(body, 'Cash at the beginning', key);
            expect(opening + flows).toBe(rowOf(body, 'Cash at the end', key));
          }
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(effects).toBeGreaterThan(20);
});

const effectIn = (entries: readonly WrittenEntry[], from: string, to: string): bigint =>
  entries
    .filter(({ date }) => date >= from && date <= to)
    .flatMap(({ lines }) => lines.filter(({ account }) => account < 3))
    .reduce((sum, { amount, side }) => (side === 'debit' ? sum + amount : sum - amount), 0n);

test('whatever lines an entry has that move nothing of their currency, all invariants hold', () => {
  const strange = fc.tuple(anyEntry, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })).map(
    ([made, flags]): WrittenEntry => ({
      ...made,
      lines: made.lines.map((line, at) => ({ ...line, revalued: flags[at]! })),
    }),
  );
  fc.assert(
    fc.property(
      writtenBook,
      fc.array(strange, { minLength: 3, maxLength: 12 }),
      (made, entries) => {
        const cashFlow = { 1000: 'cash', 1100: 'cash', 3000: 'cash' } as const;
        const own = new Book({ ...made, entries, cashFlow });
        for (const period of periodsOf(own).filter((_, at) => at % 4 === 0)) {
          const names = reportsOf(period.kind);
          const set = Object.fromEntries(names.map((name) => [name, own.report(name, period.key)]));
          checkInvariants(own.ledger, period, set);
        }
      },
    ),
    { numRuns: 60 },
  );
});
