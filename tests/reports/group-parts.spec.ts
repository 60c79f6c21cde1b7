// What books add to consolidated figures: every amount is the sum of its parts, whatever the books; worked cases say which. That
// each part is the sum of lines of its book is held on real ledgers (`group-behind.int.spec.ts`).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText } from '#ledger/domain/money.ts';
import { type FigurePart, partsOf } from '#reports/catalogue/group-parts.ts';
import { linesOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { DRAWN_PERIODS, drawnGroup } from './drawn-groups.ts';
import type { Book } from './written-book.ts';
import { CHART, group, NORTH } from './written-group.ts';

const REPORTS = [
  'consolidation',
  'consolidated-balance-sheet',
  'consolidated-income-statement',
  'consolidated-balance-sheet~previous-2',
  'consolidated-income-statement~years-1~zeros',
  'consolidation~previous-2',
];

function parts(book: Book, body: ReportBody, key: string, at: number, column: string) {
  const figure = { book: book.ledger, body, period: book.period(key), row: body.rows[at]! };
  const behind = linesOf({ ...figure, at, key: column });
  return behind && partsOf(book.ledger, behind);
}

/** Every amount of a document that isn't what its parts come to, in words; and how many are. */
function compared(book: Book, report: string, key: string): { same: number; wrong: string[] } {
  const body = book.report(report, key);
  let same = 0;
  const wrong: string[] = [];
  for (const [at, row] of body.rows.entries()) {
    for (const { key: column } of body.columns) {
      const amount = row.values[column] ?? '';
      if (row.kind === 'heading' || !/[1-9]/.test(amount) || /change|percent/.test(column))
        continue;
      const found = parts(book, body, key, at, column);
      const sum = found?.reduce((all, { counts }) => all + counts, 0n) ?? null;
      if (sum !== null && decimalText(sum, body.exponent) === amount) same++;
      else wrong.push(`${report} ${key}, ${row.name}, ${column}: ${amount}, parts ${sum}`);
    }
  }
  return { same, wrong };
}

describe('whatever the books', () => {
  test('every consolidated amount is the sum of its parts', () => {
    let all = 0;
    fc.assert(
      fc.property(drawnGroup, (book) => {
        for (const report of REPORTS) {
          for (const key of DRAWN_PERIODS) {
            const { same, wrong } = compared(book, report, key);
            expect(wrong).toEqual([]);
            all += same;
          }
        }
      }),
      { numRuns: 30 },
    );
    expect(all).toBeGreaterThan(5_000);
  });
});

/** In words: whose, account, month and rate, what it is there and here. */
const worded = (found: readonly FigurePart[] | null) =>
  found?.map(({ account, amount, counts, member, month, rate }) =>
    [member?.name ?? 'own', account.code, month, rate, amount, counts].filter(Boolean).join(' | '),
  );

function figure(book: Book, report: string, key: string, name: string, column: string) {
  const body = book.report(report, key);
  const at = body.rows.findLastIndex((row) => row.name === name && row.kind !== 'heading');
  return worded(parts(book, body, key, at, column));
}

describe('the parts', () => {
  const south = {
    ...{ name: 'South', accounts: CHART, currency: 'GBP' },
    entries: `
    2025-01-20 capital
      1000 D 100.00
      3000 C 100.00
    2025-02-10 sale
      1000 D 80.00
      4000 C 80.00`,
  };
  const own = `
    2025-02-01 capital
      1000 D 7.00
      3000 C 7.00`;
  const book = group([NORTH, south], 'GBP 2025-01-31 1.50\nGBP 2025-02-28 2', own);

  test('of an asset are accounts at the rate of the month’s end', () => {
    expect(figure(book, 'consolidated-balance-sheet', '2025-02', 'Bank', 'amount')).toEqual([
      'own | 1000 | 700 | 700',
      'North | 1000 | 70000 | 70000',
      'South | 1000 | 2025-02 | 2 | 18000 | 36000',
    ]);
  });

  test('of income are the months at their averages', () => {
    expect(figure(book, 'consolidation', '2025-02', 'Total income', 'consolidated')).toEqual([
      'North | 4000 | 5000 | 5000',
      'South | 4000 | 2025-02 | 2.000000 | 8000 | 16000',
    ]);
  });

  test('of the translation reserve are what is translated at different rates', () => {
    expect(figure(book, 'consolidation', '2025-02', 'Translation reserve', 'book2000')).toEqual([
      'South | 1000 | 2025-02 | 2 | 18000 | 36000',
      'South | 3000 | 2025-01 | 1.500000 | -10000 | -15000',
      'South | 4000 | 2025-02 | 2.000000 | -8000 | -16000',
    ]);
  });

  test('of what doesn’t cancel are the accounts that are eliminated', () => {
    const dealing = group([{ ...NORTH, intercompany: '1500' }]);
    const name = 'Intercompany difference';
    expect(figure(dealing, 'consolidated-balance-sheet', '2025-02', name, 'amount')).toEqual([
      'North | 1500 | -35000 | -35000',
    ]);
  });

  test('of members that there is no column for are theirs', () => {
    const members = Array.from({ length: 8 }, (_, at) => ({ ...NORTH, name: `M${at}` }));
    const many = group(members, '', own);
    expect(figure(many, 'consolidation', '2025-02', 'Bank', 'others')).toEqual(
      ['M5', 'M6', 'M7'].map((name) => `${name} | 1000 | 70000 | 70000`),
    );
    expect(figure(many, 'consolidation', '2025-02', 'Bank', 'own')).toEqual([
      'own | 1000 | 700 | 700',
    ]);
  });
});
