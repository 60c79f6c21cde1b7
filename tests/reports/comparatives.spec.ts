// What lists and other reports that aren't simply a column of figures show beside other periods: worked cases, and in every book
// what their own documents say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import { closingOf } from '#reports/catalogue/paged-rows.ts';
import { checkInvariants, isPaged, listedReport } from '#reports/catalogue/registry.ts';
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Debtors
  1200 asset Assets:Dollars
  2000 liability Liabilities:Creditors
  4000 income Income:Sales
  6000 expense Expenses:Rent
  6100 expense Expenses:Travel`;

const BOOK = new Book({
  accounts: ACCOUNTS,
  entries: `
2024-12-20 Old sale
  1100 D 30.00 ada #A0
  4000 C 30.00
2025-01-05 Sale
  1100 D 100.00 ada #A1 due:2025-02-10
  4000 C 100.00
2025-01-10 Dollars
  1200 D 90.00 (100.00 USD)
  1000 C 90.00
2025-01-20 Paid
  1000 D 30.00
  1100 C 30.00 ada #A0
2025-02-06 Rent
  6000 D 40.00
  2000 C 40.00
2025-02-07 Sale
  1100 D 50.00 bob #B1
  4000 C 50.00
2025-02-08 Paid in part
  1000 D 60.00
  1100 C 60.00 ada #A1
2025-01-31 Late travel
  6100 D 7.00
  1000 C 7.00
2025-02-28 Late travel
  6100 D 5.00
  1000 C 5.00`,
  rates: `
USD 2025-01-31 0.95
USD 2025-02-28 0.80`,
  controls: { 1100: 'receivables', 2000: 'payables' },
  parties: [
    { code: 'ada', name: 'Ada' },
    { code: 'bob', name: 'Bob' },
  ],
  locks: [
    {
      ...{ position: 8, recordedAt: '2025-03-01T00:00:00.000Z', reason: null },
      lockedThrough: '2025-02-28' as CalendarDate,
    },
  ],
});

describe('a list', () => {
  it('of the general ledger: what the lines of each account end at, in its own sign', () => {
    const body = BOOK.report('general-ledger~previous-1', '2025-02');
    expect(asText(body)).toEqual([
      '1000 Bank | -12.00 | -67.00 | 55.00 | 82.1',
      '1100 Debtors | 90.00 | 100.00 | -10.00 | -10.0',
      '1200 Dollars | 90.00 | 90.00 | 0.00 | 0.0',
      '2000 Creditors | 40.00 | 0.00 | 40.00 | ',
      '4000 Sales | 150.00 | 100.00 | 50.00 | 50.0',
      '6000 Rent | 40.00 | 0.00 | 40.00 | ',
      '6100 Travel | 12.00 | 7.00 | 5.00 | 71.4',
      'Result of earlier years | 30.00 | 30.00 | 0.00 | 0.0',
    ]);
    expect(body.parts).toBeUndefined();
    expect(isPaged(body.report)).toBe(false);
    expect(body.controlTotals).toEqual({ rows: 8, debit: '155.00', credit: '155.00' });
  });

  it('of entries: what they debited and credited, by account', () => {
    expect(asText(BOOK.report('journal~previous-1', '2025-02'))).toEqual([
      'Debited',
      '  1000 Bank | 60.00 | 30.00 | 30.00 | 100.0',
      '  1100 Debtors | 50.00 | 100.00 | -50.00 | -50.0',
      '  1200 Dollars | 0.00 | 90.00 | -90.00 | -100.0',
      '  6000 Rent | 40.00 | 0.00 | 40.00 | ',
      '  6100 Travel | 5.00 | 7.00 | -2.00 | -28.6',
      'Total debited | 155.00 | 227.00 | -72.00 | -31.7',
      'Credited',
      '  1000 Bank | 5.00 | 97.00 | -92.00 | -94.8',
      '  1100 Debtors | 60.00 | 30.00 | 30.00 | 100.0',
      '  2000 Creditors | 40.00 | 0.00 | 40.00 | ',
      '  4000 Sales | 50.00 | 100.00 | -50.00 | -50.0',
      'Total credited | 155.00 | 227.00 | -72.00 | -31.7',
    ]);
  });

  it('of statements: what each customer and supplier is left with', () => {
    expect(asText(BOOK.report('party-statements~previous-2', '2025-02'))).toEqual([
      '1100 Debtors',
      '  ada Ada | 40.00 | 100.00 | 30.00 | -60.00 | -60.0',
      '  bob Bob | 50.00 | 0.00 | 0.00 | 50.00 | ',
      'Total Debtors | 90.00 | 100.00 | 30.00 | -10.00 | -10.0',
      'Total receivables | 90.00 | 100.00 | 30.00 | -10.00 | -10.0',
      '2000 Creditors',
      '  No party | 40.00 | 0.00 | 0.00 | 40.00 | ',
      'Total Creditors | 40.00 | 0.00 | 0.00 | 40.00 | ',
      'Total payables | 40.00 | 0.00 | 0.00 | 40.00 | ',
    ]);
  });

  it('of open items: what was open of each, which one period alone may have', () => {
    const body = BOOK.report('open-items~previous-2', '2025-02');
    expect(body.columns.map(({ label }) => label)).toEqual([
      ...['Date', 'Due', 'Currency', '2025-02', '2025-01', '2024-12', 'Change', '%'],
    ]);
    expect(asText(body).slice(0, 7)).toEqual([
      '1100 Debtors',
      '  ada Ada',
      '    A0 | 2024-12-20 | 2024-12-20 |  | 0.00 | 0.00 | 30.00 | 0.00 | ',
      '    A1 | 2025-01-05 | 2025-02-10 |  | 40.00 | 100.00 | 0.00 | -60.00 | -60.0',
      '  Total ada Ada | 40.00 | 100.00 | 30.00 | -60.00 | -60.0',
      '  bob Bob',
      '    B1 | 2025-02-07 | 2025-02-07 |  | 50.00 | 0.00 | 0.00 | 50.00 | ',
    ]);
  });

  it('of what came after close: each entry in its own period, and what it changed by account', () => {
    const body = BOOK.report('changes-after-close~previous-1', '2025-02');
    expect(asText(body)).toEqual([
      'Entries',
      '  Late travel | 2025-01-31 | 8 | 2026-01-01 | 0.00 | 7.00 | -7.00 | -100.0',
      '  Late travel | 2025-02-28 | 9 | 2026-01-01 | 5.00 | 0.00 | 5.00 | ',
      'What they change',
      '  1000 Bank | -5.00 | -7.00 | 2.00 | 28.6',
      '  6100 Travel | 5.00 | 7.00 | -2.00 | -28.6',
      'Total change | 0.00 | 0.00 | 0.00 | ',
    ]);
    expect(body.notes).toEqual([
      '2025-02: Locked first on 2025-03-01, through 2025-02-28.',
      '2025-01: Locked first on 2025-03-01, through 2025-02-28.',
    ]);
  });
});

it('shows what currencies were worth at the closing rate of each period', () => {
  const body = BOOK.report('currency-exposure~previous-1', '2025-02');
  expect(asText(body)).toEqual([
    'USD',
    '  1200 Dollars | 80.00 | 95.00 | -15.00 | -15.8',
    'Net USD | 80.00 | 95.00 | -15.00 | -15.8',
    'Total net exposure | 80.00 | 95.00 | -15.00 | -15.8',
  ]);
  expect(listedReport('currency-exposure~previous-1')!.behind).toBeUndefined();
});

describe('the dashboard', () => {
  const many = Array.from({ length: 22 }, (_, at) => 6001 + at);
  const month = (key: string, cents: (at: number) => number) =>
    many
      .map((code, at) => `${key}-05 Cost\n  ${code} D ${cents(at)}.00\n  1000 C ${cents(at)}.00`)
      .join('\n');
  const book = new Book({
    accounts: `1000 asset Bank\n${many.map((own) => `${own} expense Cost:Of ${own}`).join('\n')}`,
    entries: `${month('2025-01', (at) => at + 1)}\n${month('2025-02', (at) => 22 - at)}`,
  });

  it('has the same accounts and groups in all periods, so that none stands in the others of one alone', () => {
    const rows = asText(book.report('dashboard~previous-1', '2025-02'));
    expect(rows).toContain('  6001 Of 6001 | 22.00 | 1.00 | 21.00 | 2100.0');
    expect(rows).toContain('  Other costs | 3.00 | 43.00 | -40.00 | -93.0');
    expect(rows).toContain('All costs | 253.00 | 253.00 | 0.00 | 0.0');
  });

  it('stands beside no other period where it is narrowed', () => {
    expect(listedReport('dashboard~previous-1~group-Cost.Of')).toBeUndefined();
  });
});

it('shows how far off the plan each period was', () => {
  const planned = (month: string, amount: bigint) => {
    return { account: 6, values: [], month: month as Month, amount, lastPosition: 20 };
  };
  const book = new Book({
    ...{ accounts: ACCOUNTS, entries: '2025-02-06 Rent\n  6000 D 40.00\n  1000 C 40.00' },
    budget: [planned('2025-01', 30_00n), planned('2025-02', 30_00n)],
  });
  expect(asText(book.report('budget~previous-1', '2025-02'))).toContain(
    'Result | -10.00 | 30.00 | -40.00 | -133.3',
  );
  expect(asText(book.report('budget~previous-1', '2025'))).toContain(
    'Result | 20.00 | 0.00 | 20.00 | ',
  );
});

/** Figures of a list's own document, by what they are of. */
const OWN: Readonly<Record<string, (body: ReportBody) => Map<string, bigint>>> = {
  'general-ledger': (body) =>
    new Map(body.parts!.map((part) => [part.of!.name, closingOf(body, part)])),
  'party-statements': (body) =>
    new Map(body.parts!.map((part) => [part.of!.name, closingOf(body, part)])),
  journal: ({ controlTotals: { debit, credit } }) =>
    new Map([
      ['Total debited', minor(debit)],
      ['Total credited', minor(credit)],
    ]),
  'open-items': (body) => figures(body, 'open'),
  'changes-after-close': (body) => figures(body, 'change'),
  dashboard: (body) => figures(body, 'period'),
  'income-by-month': (body) => figures(body, 'total'),
};

const minor = (text: string): bigint => BigInt(text.replace('.', ''));

/** What rows of the same name under the same headings come to. */
function figures(body: ReportBody, key: string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [name, row] of named(body)) {
    const text = row.values[key];
    if (text) sums.set(name, (sums.get(name) ?? 0n) + minor(text));
  }
  return sums;
}

function named({ report, rows }: ReportBody): [string, ReportRow][] {
  const isList = /^(general-ledger|journal)/.test(report);
  const headings: string[] = [];
  return rows.map((row) => {
    headings.length = Math.min(headings.length, row.level);
    if (row.kind === 'heading') headings[row.level] = row.name;
    const own = `${row.entry ?? ''}${row.name}`;
    const isWhole = isList || row.account !== null;
    return [isWhole ? own : [...headings.slice(0, row.level), own].join(' · '), row];
  });
}

it('says in every column what its own document says of that period, in every book', () => {
  const lock = { position: 12, recordedAt: '2026-01-01T00:00:00.000Z', reason: null };
  const locks = [{ ...lock, lockedThrough: '2025-12-31' as CalendarDate }];
  const reports = Object.entries(OWN);
  let [columns, compared] = [0, 0];
  fc.assert(
    fc.property(writtenBook, fc.nat(), (written, seed) => {
      const book = new Book({ ...written, locks });
      const periods = periodsOf(book);
      for (const [at, period] of periods.entries()) {
        const [base, own] = reports[(seed + at) % reports.length]!;
        if (!listedReport(base)!.periods.includes(period.kind)) continue;
        const view = book.report(`${base}~previous-2`, period.key);
        const set = { [base]: book.report(base, period.key), [view.report]: view };
        expect(checkInvariants(book.ledger, period, set)).toContain(
          'comparatives-are-their-reports',
        );
        for (const { key, label } of view.columns.filter((one) => /^\d{4}-\d\d$/.test(one.key))) {
          const found = figures(view, key);
          const expected = own(book.report(base, label));
          columns++;
          for (const [name, figure] of expected) {
            // Groups, values and costs are the largest of all periods together.
            if (base === 'dashboard' && !found.has(name)) continue;
            if (base === 'dashboard' && /Other|Largest/.test(name)) continue;
            expect([label, name, found.get(name) ?? 0n]).toEqual([label, name, figure]);
            compared++;
          }
          for (const [name, figure] of found) {
            if (expected.has(name) || base === 'dashboard' || base === 'journal') continue;
            if (/(^|· )Total /.test(name)) continue;
            expect([label, name, figure]).toEqual([label, name, 0n]);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
  expect([columns > 500, compared > 2_000]).toEqual([true, true]);
});
