// Consolidation of books drawn at random: what holds whatever they say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Book } from './written-book.ts';
import { CHART, checked, group, writtenGroup } from './written-group.ts';

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
