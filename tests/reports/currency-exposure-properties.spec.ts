// What holds of exposures in every book, whatever it holds in which currency: on books that fast-check makes up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarDate, lastDay, type Month, monthOf } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { revaluationPostings } from '#ledger/domain/revalue.ts';
import { heldCurrencies, worthsOf } from '#reports/catalogue/held-currencies.ts';
import { minor } from '#reports/catalogue/pages.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import { Book, type WrittenBook } from './written-book.ts';
import type { WrittenEntry } from './written-entries.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1200 asset Assets:Foreign bank
  1100 asset Assets:Debtors
  2000 liability Liabilities:Creditors
  3000 equity Equity:Capital
  4000 income Income:Sales
  5000 expense Expenses:Costs`;
const EXPOSURE = 'currency-exposure';
const bookOf = (written: Pick<WrittenBook, 'currency' | 'entries' | 'rates'>) =>
  new Book({ start: '2024-07-01', firstYearEnd: '2024-12-31', accounts: ACCOUNTS, ...written });

const UNITS = ['USD', 'JPY', 'BHD'] as const;
/** Lines in other currencies on any account, the capital against them. */
const madeUp = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'BHD'),
  lines: fc.array(
    fc.record({
      account: fc.integer({ min: 1, max: 7 }),
      month: fc.constantFrom('2024-11', '2025-01', '2025-03'),
      unit: fc.constantFrom(...UNITS),
      side: fc.constantFrom('debit' as const, 'credit' as const),
      quantity: fc.bigInt({ min: 0n, max: 9_999_999n }),
      amount: fc.bigInt({ min: 1n, max: 9_999_999n }),
    }),
    { maxLength: 12 },
  ),
  rates: fc.array(
    fc.record({
      unit: fc.constantFrom(...UNITS),
      day: fc.constantFrom('2024-12-31', '2025-01-15', '2025-01-31', '2025-02-01'),
      digits: fc.bigInt({ min: 1n, max: 99_999_999n }),
    }),
    { maxLength: 6 },
  ),
});

function bookMadeUp({
  currency,
  lines,
  rates,
}: typeof madeUp extends fc.Arbitrary<infer V> ? V : never) {
  const entries = lines
    .filter(({ unit }) => unit !== currency)
    .map(({ account, amount, month, quantity, side, unit }): WrittenEntry => {
      const back = side === 'debit' ? 'credit' : 'debit';
      return {
        date: `${month}-15`,
        lines: [
          { account, side, amount, quantity, unit },
          { account: 5, side: back, amount },
        ],
      };
    });
  const own = rates.filter(({ unit }) => unit !== currency);
  const days = new Map(own.map(({ day, digits, unit }) => [`${unit} ${day}`, digits]));
  const text = [...days].map(([at, digits]) => `${at} ${decimalText(digits, 6)}`).join('\n');
  return { currency, entries, rates: text };
}

/** The entry that the command would post, as the domain makes it from what is held. */
function revaluation(book: Book, end: CalendarDate): WrittenEntry {
  const { exponent } = book.ledger.facts;
  const [gains, losses] = [6, 7].map((id) => book.ledger.accounts.find((own) => own.id === id)!);
  const held = heldCurrencies(book.ledger, book.period(monthOf(end))).flatMap((currency) =>
    (worthsOf(currency, exponent) ?? [])
      .map((worth, at) => ({ ...currency.held[at]!, ...currency, ...worth }))
      .filter(({ difference }) => difference !== 0n)
      .map((own) => ({ ...own, rate: own.rate?.rate ?? { digits: 0n, scale: 0 } })),
  );
  const lines = revaluationPostings(held, gains!, losses!).map(
    ({ account, amount, side, units }) => ({
      ...{ account, side, amount },
      ...(units && { unit: units.unit, quantity: units.quantity }),
    }),
  );
  return { date: end, lines };
}

describe('every book', () => {
  it('has exposures in which all invariants hold, in every period', () => {
    fc.assert(
      fc.property(madeUp, (made) => {
        const book = bookOf(bookMadeUp(made));
        for (const key of ['2024-12', '2025-01', '2025-Q1', '2025']) {
          const names = [EXPOSURE, 'balances-by-unit'];
          const set = Object.fromEntries(names.map((name) => [name, book.report(name, key)]));
          expect(checkInvariants(book.ledger, book.period(key), set)).toContain('exposures-add-up');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has no differences left once it is revalued at that day', () => {
    const end = lastDay('2025-01' as Month);
    fc.assert(
      fc.property(madeUp, (made) => {
        const written = bookMadeUp(made);
        const before = bookOf(written);
        const entry = revaluation(before, end);
        const after = bookOf({ ...written, entries: [...written.entries, entry] });
        const { exponent } = after.ledger.facts;
        for (const { values } of after.report(EXPOSURE, '2025-01').rows) {
          expect(minor(values['difference'], exponent)).toBe(0n);
        }
        const posted = before.report(EXPOSURE, '2025-01').rows.at(-1)?.values['difference'];
        const gained = entry.lines
          .filter(({ unit }) => unit === undefined)
          .reduce((all, { amount, side }) => all + (side === 'credit' ? amount : -amount), 0n);
        expect(gained).toBe(minor(posted, exponent));
      }),
      { numRuns: 200 },
    );
  });

  it('is worth what the smallest quantity comes to, in currencies of no, two and three decimals', () => {
    for (const unit of UNITS) {
      const entries: WrittenEntry[] = [
        {
          date: '2025-01-15',
          lines: [
            { account: 2, side: 'debit', amount: 1n, quantity: 1n, unit },
            { account: 5, side: 'credit', amount: 1n },
          ],
        },
      ];
      const book = bookOf({ entries, rates: `${unit} 2025-01-01 1` });
      const [, line] = book.report(EXPOSURE, '2025-01').rows;
      const decimals = exponentOf(unit as CurrencyCode);
      const worth = { 0: '1.00', 2: '0.01', 3: '0.00' }[decimals];
      expect(line?.values).toMatchObject({ quantity: decimalText(1n, decimals), worth });
    }
  });
});
