// What holds of every book, whatever is posted in whatever order: checked on books that fast-check makes up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf } from '#ledger/domain/calendar.ts';
import { RESULT_OF_YEAR } from '#reports/catalogue/book-ledger.ts';
import { minor } from '#reports/catalogue/pages.ts';
import { checkInvariants, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { entry, periodsOf, writtenBook } from './made-up-books.ts';
import { Book } from './written-book.ts';

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
          for (const report of ['general-ledger', 'journal', 'party-statements', 'trial-balance']) {
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
