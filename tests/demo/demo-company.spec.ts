// The demo companies are believable: what an accountant would check before trusting a set of books.
import { describe, expect, it } from 'vitest';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { aprilCompany } from '#server/demo/april-company.ts';
import type { DemoBook } from '#server/demo/demo-book.ts';
import type { DemoEntry } from '#server/demo/draft-ledger.ts';
import { tradingCompany } from '#server/demo/trading-company.ts';
import { isWeekday } from '#server/demo/working-days.ts';

const day = (text: string) => text as CalendarDate;
const DAYS = ['2026-11-24', '2027-01-05', '2027-02-28', '2028-03-15', '2026-07-01'].map(day);

/** Entries and reversals together, in order of date. */
function everything(book: DemoBook): DemoEntry[] {
  const back = book.reversals.map(({ reference, date }): DemoEntry => {
    const entry = book.entries.find((item) => item.reference === reference);
    if (!entry) throw new Error(`${reference} is reversed but was never posted`);
    const lines = entry.lines.map((line) => ({ ...line, amount: -line.amount }));
    return { ...entry, date, kind: 'reversal', lines };
  });
  return [...book.entries, ...back].sort((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
}

const total = (entries: readonly DemoEntry[], prefixes: string[]): bigint =>
  entries
    .flatMap((entry) => entry.lines)
    .filter((line) => prefixes.some((prefix) => line.account.startsWith(prefix)))
    .reduce((sum, line) => sum + line.amount, 0n);

const CASH = ['1200', '1210', '1230', '1240'];

describe.each(DAYS)('the trading company as of %s', (today) => {
  const book = tradingCompany(today);
  const entries = everything(book);
  const ordinary = entries.filter((entry) => entry.kind !== 'opening');

  it('keeps every entry balanced, on a weekday, under a reference of its own', () => {
    expect(entries.every((entry) => total([entry], ['']) === 0n)).toBe(true);
    expect(entries.every((entry) => isWeekday(entry.date))).toBe(true);
    expect(new Set(book.entries.map((entry) => entry.reference)).size).toBe(book.entries.length);
    expect(book.entries.length).toBeGreaterThan(9_000);
    expect(book.entries.length).toBeLessThan(12_500);
  });

  it('never has less than nothing in a cash account at the end of a day', () => {
    for (const account of CASH) {
      let balance = 0n;
      for (const [date, ofDay] of Map.groupBy(entries, (entry) => entry.date)) {
        balance += total(ofDay, [account]);
        expect(balance >= 0n, `${account} on ${date}: ${balance}`).toBe(true);
      }
    }
  });

  it('earns what a wholesaler earns in each full year', () => {
    for (const [year, ofYear] of Map.groupBy(ordinary, (entry) => entry.date.slice(0, 4))) {
      if (year === book.lockedThrough.slice(0, 4)) continue;
      const sales = -total(ofYear, ['4']);
      const gross = sales - total(ofYear, ['5']);
      const net = gross - total(ofYear, ['6', '7']);
      expect((gross * 100n) / sales).toBeGreaterThanOrEqual(25n);
      expect((gross * 100n) / sales).toBeLessThanOrEqual(45n);
      expect((net * 1000n) / sales).toBeGreaterThan(15n);
      expect((net * 1000n) / sales).toBeLessThan(130n);
      expect(
        total(ofYear, ['500']) /
          total(
            entries.filter((entry) => entry.date.slice(0, 4) <= year),
            ['100'],
          ),
      ).toBeLessThan(9n);
    }
  });

  it('trades in dollars and pounds: what is invoiced is paid, and no account is overdrawn', () => {
    const { entries: foreign, rates } = book.foreign!;
    const held = new Map<string, bigint>();
    for (const { lines } of foreign) {
      for (const { account, amount, side, unit } of lines) {
        if (!unit) continue;
        const cents = BigInt(amount.replace('.', ''));
        held.set(account, (held.get(account) ?? 0n) + (side === 'debit' ? cents : -cents));
      }
      expect((held.get('1220') ?? 0n) >= 0n && (held.get('1225') ?? 0n) >= 0n).toBe(true);
    }
    expect(new Set(foreign.map(({ reference }) => reference)).size).toBe(foreign.length);
    expect(foreign.every(({ date }) => isWeekday(date))).toBe(true);
    expect(rates.every(({ rate }) => /^[01]\.\d{4}$/.test(rate))).toBe(true);
    // Only the last month's invoices are open.
    const last = foreign.filter(({ reference }) => /^[SP]X-/.test(reference)).slice(-2);
    expect(last.map(({ lines }) => lines[0]!.account)).toEqual(['1105', '5003']);
    expect([...held.keys()].sort()).toEqual(['1105', '1220', '1225', '2105']);
  });

  it('clears its VAT at the end of every second month', () => {
    for (const { date } of entries.filter((entry) => entry.reference.startsWith('VAT-'))) {
      const until = entries.filter((entry) => entry.date <= date);
      expect([total(until, ['2200']), total(until, ['2210'])]).toEqual([0n, 0n]);
    }
  });

  it('uses all of about 120 accounts and nothing else', () => {
    const used = new Set(entries.flatMap((entry) => entry.lines.map((line) => line.account)));
    const known = new Set(book.chart.map((account) => account.code));
    expect(known.size).toBe(book.chart.length);
    expect(book.chart.length).toBeGreaterThan(110);
    expect([...used].filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('both companies', () => {
  it('are the same every time', () => {
    expect(tradingCompany(day('2026-11-24'))).toEqual(tradingCompany(day('2026-11-24')));
  });

  it.each(DAYS)('the workshops begin their years in April and stay solvent as of %s', (today) => {
    const book = aprilCompany(today);
    expect([book.startDate.slice(5), book.firstYearEnd.slice(5)]).toEqual(['04-01', '03-31']);
    let cash = 0n;
    for (const entry of everything(book)) {
      cash += total([entry], ['1200']);
      expect(cash >= 0n, `${entry.date}: ${cash}`).toBe(true);
    }
  });
});
