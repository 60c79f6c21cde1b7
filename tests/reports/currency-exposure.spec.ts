// Exposure to other currencies on paper: what is held, what it is worth, and what a revaluation at that day would post.
import { describe, expect, it } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import { checkInvariants, feedPosition, reportsOf } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { asText, Book, type WrittenBook } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1200 asset Assets:Foreign bank
  1100 asset Assets:Debtors
  2000 liability Liabilities:Creditors
  3000 equity Equity:Capital
  4000 income Income:Sales
  5000 expense Expenses:Costs`;

const ENTRIES = `
  2025-01-10 sold in dollars
    1100 D 92.00 (100.00 USD)
    4000 C 92.00 (100.00 USD)
  2025-01-12 bought in dollars
    5000 D 27.00
    2000 C 27.00 (30.00 USD)
  2025-02-03 yen
    1200 D 61.50 (10000 JPY)
    1000 C 61.50
  2025-02-04 dinars
    1200 D 2.43 (1.010 BHD)
    1000 C 2.43`;

const RATES = `
  USD 2025-01-01 0.90
  USD 2025-01-31 0.95
  USD 2025-02-01 0.50
  JPY 2025-02-28 0.00625
  BHD 2025-02-15 2.5
  CHF 2025-01-01 1.05`;

const EXPOSURE = 'currency-exposure';
const bookOf = (more: Partial<WrittenBook> = {}) =>
  new Book({
    ...{ start: '2024-07-01', firstYearEnd: '2024-12-31', accounts: ACCOUNTS },
    ...{ entries: ENTRIES, rates: RATES, ...more },
  });
const shown = (book: Book, key: string) => asText(book.report(EXPOSURE, key));
const positionOf = (book: Book, key: string) =>
  feedPosition(book.ledger, EXPOSURE, book.period(key));

/** The documents of a period. */
const setOf = (book: Book, key: string): Record<string, ReportBody> =>
  Object.fromEntries(
    reportsOf(book.period(key).kind).map((name) => [name, book.report(name, key)]),
  );
const check = (book: Book, key: string, set = setOf(book, key)) =>
  checkInvariants(book.ledger, book.period(key), set);

describe('a book in several currencies', () => {
  const book = bookOf();

  it('shows what assets and liabilities hold, at the latest rate by the last day', () => {
    expect(book.report(EXPOSURE, '2025-01').columns.map(({ label }) => label)).toEqual([
      ...['Held', 'Stands at EUR', 'Rate in EUR', 'Rate of'],
      ...['Worth EUR', 'Gain or loss', '10 % of worth'],
    ]);
    expect(shown(book, '2025-01')).toEqual([
      'USD',
      '  1100 Debtors | 100.00 | 92.00 | 0.95 | 2025-01-31 | 95.00 | 3.00',
      '  2000 Creditors | -30.00 | -27.00 | 0.95 | 2025-01-31 | -28.50 | -1.50',
      'Net USD | 70.00 | 65.00 | 66.50 | 1.50 | 6.65',
      'Total net exposure | 65.00 | 66.50 | 1.50 | 6.65',
    ]);
  });

  it('counts each currency in its own decimals and rounds half away from zero', () => {
    expect(shown(book, '2025-02')).toEqual([
      'BHD',
      '  1200 Foreign bank | 1.010 | 2.43 | 2.5 | 2025-02-15 | 2.53 | 0.10',
      'Net BHD | 1.010 | 2.43 | 2.53 | 0.10 | 0.25',
      'JPY',
      '  1200 Foreign bank | 10000 | 61.50 | 0.00625 | 2025-02-28 | 62.50 | 1.00',
      'Net JPY | 10000 | 61.50 | 62.50 | 1.00 | 6.25',
      'USD',
      '  1100 Debtors | 100.00 | 92.00 | 0.5 | 2025-02-01 | 50.00 | -42.00',
      '  2000 Creditors | -30.00 | -27.00 | 0.5 | 2025-02-01 | -15.00 | 12.00',
      'Net USD | 70.00 | 65.00 | 35.00 | -30.00 | 3.50',
      'Total net exposure | 128.93 | 100.03 | -28.90 | 10.00',
    ]);
    expect(shown(book, '2025-Q1')).toEqual(shown(book, '2025'));
  });

  it('is held against balances by currency, and by its own figures', () => {
    for (const key of ['2024', '2025-01', '2025-02', '2025-Q1', '2025']) {
      expect(check(book, key)).toEqual(
        expect.arrayContaining([
          ...['exposure-differs-by-gain-or-loss', 'exposure-is-worth-its-rate'],
          ...['exposures-add-up', 'exposure-equals-balances-by-unit'],
        ]),
      );
    }
  });

  it('says so where nothing is held', () => {
    const body = book.report(EXPOSURE, '2024-12');
    expect(body.rows).toEqual([]);
    expect(body.notes).toEqual(['Assets and liabilities hold no currency but EUR.']);
    expect(body.controlTotals).toEqual({ rows: 0, debit: '0.00', credit: '0.00' });
  });
});

describe('a currency without a rate', () => {
  const book = bookOf({ rates: 'USD 2025-02-28 0.95\n JPY 2025-03-01 0.007' });

  it('shows quantity and base amount, and is named in the notes', () => {
    expect(shown(book, '2025-02')).toEqual([
      'BHD',
      '  1200 Foreign bank | 1.010 | 2.43',
      'Net BHD | 1.010 | 2.43',
      'JPY',
      '  1200 Foreign bank | 10000 | 61.50',
      'Net JPY | 10000 | 61.50',
      'USD',
      '  1100 Debtors | 100.00 | 92.00 | 0.95 | 2025-02-28 | 95.00 | 3.00',
      '  2000 Creditors | -30.00 | -27.00 | 0.95 | 2025-02-28 | -28.50 | -1.50',
      'Net USD | 70.00 | 65.00 | 66.50 | 1.50 | 6.65',
      'Total net exposure | 65.00 | 66.50 | 1.50 | 6.65',
    ]);
    const body = book.report(EXPOSURE, '2025-02');
    expect(body.notes.at(-1)).toBe(
      'Without a rate by 2025-02-28, and so without a worth and not in the total: BHD (2.43 stands behind it), JPY (61.50 stands behind it).',
    );
    expect(body.controlTotals).toEqual({ rows: 4, debit: '128.93', credit: '0.00' });
    check(book, '2025-02');
  });

  it('has no total where none has a rate', () => {
    expect(shown(bookOf({ rates: '' }), '2025-01').at(-1)).toBe('Net USD | 70.00 | 65.00');
    check(bookOf({ rates: '' }), '2025-01');
  });

  it('needs none where all of it is spent, as a revaluation doesn’t', () => {
    const spent = bookOf({
      entries: `
        2025-01-10 dollars
          1200 D 92.00 (100.00 USD)
          1000 C 92.00
        2025-01-20 spent
          5000 D 95.00
          1200 C 95.00 (100.00 USD)`,
      rates: '',
    });
    expect(shown(spent, '2025-01')).toEqual([
      'USD',
      '  1200 Foreign bank | 0.00 | -3.00 | 0.00 | 3.00',
      'Net USD | 0.00 | -3.00 | 0.00 | 3.00 | 0.00',
      'Total net exposure | -3.00 | 0.00 | 3.00 | 0.00',
    ]);
    check(spent, '2025-01');
  });
});

it('takes closing entries with it, as a revaluation does, and leaves commodities and other accounts out', () => {
  const unit = (account: number, name: string, closing: boolean) => ({
    ...{
      account,
      unit: name,
      decimals: name === 'VHT' ? 3 : 2,
      month: '2025-01' as Month,
      closing,
    },
    ...{ debitQuantity: 1_000n, creditQuantity: 0n, debit: 900n, credit: 0n, lastPosition: 2 },
  });
  const units = [unit(2, 'USD', false), unit(2, 'USD', true), unit(2, 'VHT', false)];
  const book = bookOf({ units: [...units, ...[5, 6, 7].map((id) => unit(id, 'USD', false))] });
  expect(shown(book, '2025-01')).toEqual([
    'USD',
    '  1200 Foreign bank | 20.00 | 18.00 | 0.95 | 2025-01-31 | 19.00 | 1.00',
    'Net USD | 20.00 | 18.00 | 19.00 | 1.00 | 1.90',
    'Total net exposure | 18.00 | 19.00 | 1.00 | 1.90',
  ]);
  const both = [EXPOSURE, 'balances-by-unit'].map((name) => [name, book.report(name, '2025-01')]);
  check(book, '2025-01', Object.fromEntries(both));
});

describe('is fed', () => {
  const book = bookOf();

  it('by what moves units, and by the rate that holds at the end', () => {
    // Entries have positions 2 to 5, rates 6 to 11.
    expect(positionOf(book, '2024-12')).toBe(1);
    expect(positionOf(book, '2025-01')).toBe(7);
    expect(positionOf(book, '2025-02')).toBe(10);
    expect(positionOf(bookOf({ rates: '' }), '2025-02')).toBe(5);
  });

  it('by no rate of another currency, of a later day, or of one that another has replaced', () => {
    const more = (rate: string) => positionOf(bookOf({ rates: `${RATES}\n${rate}` }), '2025-01');
    expect(more('JPY 2025-01-15 0.006')).toBe(7);
    expect(more('USD 2025-02-01 0.6')).toBe(7);
    expect(more('USD 2025-01-30 0.6')).toBe(7);
    expect(more('USD 2025-01-31 0.6')).toBe(12);
  });
});

describe('a figure that is wrong', () => {
  const book = bookOf();
  const set = setOf(book, '2025-02');
  const changed = (report: string, name: string, key: string, value: string) => {
    const body = set[report]!;
    const rows = body.rows.map((row) =>
      row.name === name ? { ...row, values: { ...row.values, [key]: value } } : row,
    );
    return { ...set, [report]: { ...body, rows } };
  };

  it.each([
    [EXPOSURE, 'Debtors', 'worth', '50.01', 'exposure-is-worth-its-rate'],
    [EXPOSURE, 'Debtors', 'difference', '42.00', 'exposure-differs-by-gain-or-loss'],
    [EXPOSURE, 'Net USD', 'quantity', '70.01', 'exposures-add-up'],
    [EXPOSURE, 'Net USD', 'base', '65.01', 'exposures-add-up'],
    [EXPOSURE, 'Total net exposure', 'tenth', '10.01', 'exposures-add-up'],
    ['balances-by-unit', 'Debtors', 'closing', '99.00', 'exposure-equals-balances-by-unit'],
    ['balances-by-unit', 'Creditors', 'base', '-27.01', 'exposure-equals-balances-by-unit'],
  ])('%s: %s, %s', (report, name, key, value, invariant) => {
    let fault: unknown;
    try {
      check(book, '2025-02', changed(report, name, key, value));
    } catch (caught) {
      fault = caught;
    }
    expect(fault).toBeInstanceOf(BrokenInvariant);
    const broken = (fault as BrokenInvariant).violations.map((own) => own.invariant);
    expect(broken).toContain(invariant);
  });
});
