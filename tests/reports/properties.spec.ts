// What holds of every book, whatever is posted in whatever order: checked on books that fast-check makes up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthOf, periodsThrough } from '#ledger/domain/calendar.ts';
import { RESULT_OF_YEAR } from '#reports/catalogue/book-ledger.ts';
import { minor } from '#reports/catalogue/pages.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { Book, type WrittenEntry } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Bank:Savings
  1200 asset Machines
  2000 liability Loan
  3000 equity Capital
  4000 income Sales
  4100 income Interest
  6000 expense Rent
  6100 expense Wages:Office`;

const LAST = '2026-06';

const CALENDARS = [
  { start: '2024-01-01', firstYearEnd: '2024-12-31' },
  { start: '2024-04-01', firstYearEnd: '2025-03-31' },
  { start: '2024-02-15', firstYearEnd: '2024-06-30' },
  { start: '2024-01-01', firstYearEnd: '2025-06-30' },
];

/** An entry with one line per account drawn, the last of them balancing the others. */
const entry: fc.Arbitrary<WrittenEntry> = fc
  .record({
    day: fc.integer({ min: 0, max: 27 }),
    month: fc.integer({ min: 3, max: 29 }),
    closing: fc.boolean(),
    lines: fc.array(
      fc.record({
        account: fc.integer({ min: 1, max: 9 }),
        signed: fc.bigInt({ min: -99_999_999n, max: 99_999_999n }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    last: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ day, month, closing, lines, last }) => {
    const total = lines.reduce((sum, { signed }) => sum + signed, 0n);
    const date = `${addMonths('2024-01' as never, month)}-${String(day + 1).padStart(2, '0')}`;
    const all = [...lines, { account: last, signed: -total }];
    return {
      ...{ date, closing: closing && day > 20 },
      lines: all.map(({ account, signed }) => ({
        account,
        side: signed < 0n ? ('credit' as const) : ('debit' as const),
        amount: signed < 0n ? -signed : signed,
      })),
    };
  });

const writtenBook = fc
  .record({ entries: fc.array(entry, { maxLength: 25 }), calendar: fc.constantFrom(...CALENDARS) })
  .map(({ entries, calendar }) => ({ accounts: ACCOUNTS, entries, ...calendar }));

const periodsOf = (book: Book) => periodsThrough(book.ledger.facts.calendar, LAST as never);

const figure = (body: ReportBody, name: string, key: string) => {
  const row = body.rows.findLast(({ name: own, kind }) => own === name && kind !== 'subtotal');
  return minor(row?.values[key], body.exponent);
};

describe('every book', () => {
  it('has documents in which all invariants hold, in every period', () => {
    fc.assert(
      fc.property(writtenBook, (written) => {
        const book = new Book(written);
        for (const period of periodsOf(book)) {
          const set: Record<string, ReportBody> = {};
          for (const report of reportsOf(period.kind))
            set[report] = book.report(report, period.key);
          checkInvariants(book.ledger, period, set);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('closes each account at its opening and movement, and opens it where the month before closed', () => {
    fc.assert(
      fc.property(writtenBook, (written) => {
        const book = new Book(written);
        const months = periodsOf(book).filter(({ kind }) => kind === 'month');
        for (const [at, period] of months.entries()) {
          const next = months[at + 1];
          const rows = book.report('trial-balance', period.key).rows;
          const following = next ? book.report('trial-balance', next.key).rows : [];
          for (const row of rows.filter(({ kind }) => kind === 'line')) {
            const value = (key: string) => minor(row.values[key], 2);
            const closing = value('closingDebit') - value('closingCredit');
            const opening = value('openingDebit') - value('openingCredit');
            expect(closing).toBe(opening + value('debit') - value('credit'));
            if (!next || next.fiscalYear.name !== period.fiscalYear.name) continue;
            const later = following.find(({ name }) => name === row.name);
            expect(
              minor(later?.values.openingDebit, 2) - minor(later?.values.openingCredit, 2),
            ).toBe(closing);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("shows the income statement's year to date as the balance sheet's result, at any period's end", () => {
    fc.assert(
      fc.property(writtenBook, (written) => {
        const book = new Book(written);
        for (const { key } of periodsOf(book)) {
          const result = figure(book.report('balance-sheet', key), RESULT_OF_YEAR, 'amount');
          expect(figure(book.report('income-statement', key), 'Result', 'yearToDate')).toBe(result);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('states the same amounts whatever the order in which its entries were posted', () => {
    const shuffled = writtenBook.chain((written) =>
      fc
        .shuffledSubarray(written.entries, { minLength: written.entries.length })
        .map((entries) => [written, { ...written, entries }] as const),
    );
    fc.assert(
      fc.property(shuffled, ([written, other]) => {
        const [one, two] = [new Book(written), new Book(other)];
        for (const { key } of periodsOf(one)) {
          for (const report of ['trial-balance', 'balance-sheet', 'income-statement'] as const) {
            expect(two.report(report, key).rows).toEqual(one.report(report, key).rows);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('updates every later month, and no earlier one, when an entry is back-dated', () => {
    fc.assert(
      fc.property(writtenBook, entry, (written, late) => {
        const before = new Book(written);
        const after = new Book({ ...written, entries: [...written.entries, late] });
        const month = monthOf(late.date as never);
        const newest = written.entries.length + 2;
        for (const period of periodsOf(before)) {
          const touched = monthOf(period.to) >= month;
          expect(after.report('balance-sheet', period.key).position === newest).toBe(touched);
          if (touched) continue;
          for (const report of reportsOf(period.kind)) {
            expect(after.report(report, period.key)).toEqual(before.report(report, period.key));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('adds months up to quarters and years', () => {
    fc.assert(
      fc.property(writtenBook, (written) => {
        const book = new Book(written);
        for (const period of periodsOf(book).filter(({ kind }) => kind !== 'month')) {
          for (const report of ['general-ledger', 'journal', 'trial-balance'] as const) {
            const moved = (key: string) => {
              const body = book.report(report, key);
              if (report !== 'trial-balance') return minor(body.controlTotals.debit, 2);
              return figure(body, 'Total', 'debit');
            };
            const months = period.months.reduce((sum, month) => sum + moved(month), 0n);
            expect(moved(period.key)).toBe(months);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
