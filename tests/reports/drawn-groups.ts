// Groups drawn at random: own entries, a member of the same currency and one of another, what they eliminate, and rates.
import fc from 'fast-check';
import { Book } from './written-book.ts';
import { CHART, writtenGroup } from './written-group.ts';

const entry = fc.record({
  month: fc.integer({ min: 0, max: 17 }),
  debit: fc.integer({ min: 1, max: 6 }),
  step: fc.integer({ min: 1, max: 5 }),
  cents: fc.bigInt({ min: 1n, max: 999_999n }),
  closing: fc.boolean(),
});

/** Entries on the accounts of `CHART` in 2025 and the first half of 2026; some at the end of 2025 are closing entries. */
export const drawnEntries = fc.array(entry, { maxLength: 25 }).map((drawn) =>
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

/** A group with the members `A`, of its currency, and `B`, of another. */
export const drawnGroup = fc
  .record({
    ...{ own: drawnEntries, first: drawnEntries, second: drawnEntries, one: picks, other: picks },
    rates: fc.array(rate, { minLength: 1, maxLength: 6 }),
  })
  .map(({ first, one, other, own, rates, second }) => {
    const A = { name: 'A', accounts: CHART, entries: first, intercompany: one };
    const B = { name: 'B', accounts: CHART, entries: second, intercompany: other, currency: 'GBP' };
    const written = rates.map((text, at) => `GBP 2025-0${at + 1}-11 ${text}`).join('\n');
    return new Book({
      ...{ start: '2025-01-01', firstYearEnd: '2025-12-31', accounts: CHART, entries: own },
      group: writtenGroup([A, B], written),
    });
  });

/** Periods of such a group. */
export const DRAWN_PERIODS = ['2025-01', '2025-Q4', '2025', '2026-06'];
