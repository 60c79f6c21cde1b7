// Consolidation of books drawn at random: what holds whatever they say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRAWN_PERIODS, drawnEntries, drawnGroup } from './drawn-groups.ts';
import { Book } from './written-book.ts';
import { CHART, checked, group } from './written-group.ts';

describe('whatever the books', () => {
  test('every column balances, every row adds up, in any currency', () => {
    fc.assert(
      fc.property(drawnGroup, (book) => {
        for (const key of DRAWN_PERIODS) {
          expect(checked(book, key)).toContain('consolidation-balances');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of one currency and without dealings, what is consolidated is the sum of the members', () => {
    fc.assert(
      fc.property(fc.array(drawnEntries, { minLength: 1, maxLength: 3 }), (drawn) => {
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
