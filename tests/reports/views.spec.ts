// Reports beside other periods, and with accounts at zero: worked figures, and what holds of every book.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FiscalCalendar, parsePeriod } from '#ledger/domain/calendar.ts';
import { checkInvariants, listedReport, REPORT_LIST } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { EVERY_VIEW, hasView, periodsOfView, readName, viewName } from '#reports/catalogue/view.ts';
import { periodsOf, writtenBook } from './made-up-books.ts';
import { asText, Book } from './written-book.ts';

const BOOK = new Book({
  accounts: `
    1000 asset Assets:Bank
    1100 asset Assets:Debtors
    2000 liability Liabilities:Creditors
    4000 income Income:Sales
    6000 expense Expenses:Rent
    6100 expense Expenses:Travel
    6200 expense Expenses:Never`,
  entries: `
2024-01-05 Sale
  1000 D 100.00
  4000 C 100.00
2024-01-06 Rent
  6000 D 40.00
  1000 C 40.00
2024-02-05 Sale
  1000 D 150.00
  4000 C 150.00
2024-02-06 Travel
  6100 D 30.00
  2000 C 30.00
2024-03-05 Sale on credit
  1100 D 50.00
  4000 C 50.00`,
});

describe('a report beside other periods', () => {
  it('shows the periods before, the change and per cent, and no account that was at zero in all', () => {
    const body = BOOK.report('income-statement~previous-2', '2024-03');
    expect(body.title).toBe('Income statement, compared with 2 earlier periods');
    expect(body.columns.map(({ label }) => label)).toEqual([
      ...['2024-03', '2024-02', '2024-01', 'Change', '%'],
    ]);
    expect(asText(body)).toEqual([
      'Income',
      '  4000 Sales | 50.00 | 150.00 | 100.00 | -100.00 | -66.7',
      'Total income | 50.00 | 150.00 | 100.00 | -100.00 | -66.7',
      'Expenses',
      '  6000 Rent | 0.00 | 0.00 | 40.00 | 0.00 | ',
      '  6100 Travel | 0.00 | 30.00 | 0.00 | -30.00 | -100.0',
      'Total expenses | 0.00 | 30.00 | 40.00 | -30.00 | -100.0',
      'Result | 50.00 | 120.00 | 60.00 | -70.00 | -58.3',
    ]);
    expect(body.controlTotals).toMatchObject({ rows: 3, debit: '0.00', credit: '50.00' });
  });

  it('nets debit and credit of a trial balance, and heads a balance sheet by its days', () => {
    const trial = asText(BOOK.report('trial-balance~previous-1', '2024-02'));
    expect(trial).toContain('1000 Bank | 210.00 | 60.00 | 150.00 | 250.0');
    expect(trial).toContain('2000 Creditors | -30.00 | 0.00 | -30.00 | ');
    const sheet = BOOK.report('balance-sheet~previous-1', '2024-02');
    expect(sheet.columns.map(({ label }) => label).slice(0, 2)).toEqual([
      ...['2024-02-29', '2024-01-31'],
    ]);
  });

  it.each([
    ['2026-03', 'years', 2, ['2026-03', '2025-03', '2024-03']],
    ['2026-01', 'previous', 2, ['2026-01', '2025-12', '2025-11']],
    ['2026-Q1', 'years', 1, ['2026-Q1', '2025-Q1']],
    ['2026-Q1', 'previous', 1, ['2026-Q1', '2025-Q4']],
    ['2026', 'previous', 3, ['2026', '2025', '2024']],
  ] as const)('%s beside %s %s', (key, by, count, expected) => {
    const calendar = { startDate: '2024-01-01', firstYearEnd: '2024-12-31' } as FiscalCalendar;
    const period = parsePeriod(calendar, key)!;
    const beside = periodsOfView(calendar, period, { compare: { by, count } });
    expect(beside.map((own) => own.key)).toEqual(expected);
  });

  it('leaves out periods before the book began', () => {
    const body = BOOK.report('income-statement~years-3', '2024-01');
    expect(body.columns.map(({ label }) => label)).toEqual(['2024-01']);
  });
});

it('shows accounts at zero where asked for', () => {
  expect(asText(BOOK.report('trial-balance~zeros', '2024-01'))).toContain(
    '6200 Never | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00',
  );
  expect(asText(BOOK.report('income-statement~previous-1~zeros', '2024-02'))).toContain(
    '  6200 Never | 0.00 | 0.00 | 0.00 | ',
  );
});

describe('after the closing entries of the year', () => {
  const closed = new Book({
    accounts: `
    1000 asset Assets:Bank
    3100 equity Equity:Retained earnings
    4000 income Income:Sales
    6000 expense Expenses:Rent`,
    entries: `
2024-01-05 Sale
  1000 D 100.00
  4000 C 100.00
2024-12-06 Rent
  6000 D 40.00
  1000 C 40.00
2024-12-31 closing Result
  4000 D 100.00
  6000 C 40.00
  3100 C 60.00`,
  });

  it('a trial balance has nothing left on income and expenses', () => {
    const body = closed.report('trial-balance~post-closing', '2024');
    expect(body.title).toBe('Trial balance, after closing entries');
    expect(asText(body)).toEqual([
      '1000 Bank | 0.00 | 0.00 | 100.00 | 40.00 | 60.00 | 0.00',
      '3100 Retained earnings | 0.00 | 0.00 | 0.00 | 60.00 | 0.00 | 60.00',
      '4000 Sales | 0.00 | 0.00 | 100.00 | 100.00 | 0.00 | 0.00',
      '6000 Rent | 0.00 | 0.00 | 40.00 | 40.00 | 0.00 | 0.00',
      'Total | 0.00 | 0.00 | 240.00 | 240.00 | 60.00 | 60.00',
    ]);
    expect(body.notes).toEqual(['Closing entries of the year are counted.']);
  });

  it('a balance sheet has the result in retained earnings, equity in all', () => {
    const rows = asText(closed.report('balance-sheet~post-closing', '2024'));
    expect(rows).toContain('  3100 Retained earnings | 60.00');
    expect(rows).toContain('  Result of the year | 0.00');
    expect(rows).toContain('Total liabilities and equity | 60.00');
    const changes = asText(closed.report('changes-in-equity~post-closing', '2024'));
    expect(changes).toContain('Total equity | 0.00 | 0.00 | 60.00 | 60.00');
  });

  it('what must hold of it is checked', () => {
    const period = closed.period('2024');
    const body = closed.report('balance-sheet~post-closing', '2024');
    const set = { [body.report]: body };
    expect(checkInvariants(closed.ledger, period, set)).toEqual(['balance-sheet-balances']);
    const [first, ...others] = body.rows;
    const total = others.findIndex(({ name }) => name === 'Total assets');
    const wrong = { ...others[total]!, values: { ...others[total]!.values, amount: '1.00' } };
    const rows = [first!, ...others.with(total, wrong)];
    expect(() =>
      checkInvariants(closed.ledger, period, { [body.report]: { ...body, rows } }),
    ).toThrow('it balances');
  });
});

it('has one name for a view, and none for what there isn’t', () => {
  for (const view of EVERY_VIEW) {
    const name = viewName('income-statement', view);
    expect(readName(name)).toEqual({ report: 'income-statement', view });
    expect(listedReport(name)?.name).toBe(name);
  }
  for (const name of [
    ...['balance-sheet~', 'balance-sheet~previous-0', 'balance-sheet~previous-01'],
    ...['balance-sheet~previous-13', 'balance-sheet~zeros~previous-1', 'journal~zeros'],
    ...['balance-sheet~previous-1~post-closing', 'balance-sheet~post-closing~zeros'],
    ...['balance-sheet~budget', 'budget~budget', 'income-statement~zeros~budget'],
    ...['income-statement~budget~post-closing', 'income-statement~previous-1~budget'],
    ...[
      'cash-flow~post-closing',
      'dashboard~previous-1~in-project.P1',
      'key-figures~zeros',
      'nothing~zeros',
      '~zeros',
    ],
  ])
    expect(listedReport(name), name).toBeUndefined();
});

it('states in every view what the report states, in every book and period', () => {
  const names = REPORT_LIST.flatMap(({ name, periods, views }) =>
    EVERY_VIEW.filter(
      (view) => hasView(views, view) && (view.compare === null || view.compare.count % 5 === 1),
    ).map((view) => ({ base: name, name: viewName(name, view), periods })),
  );
  fc.assert(
    fc.property(writtenBook, fc.nat(), (written, seed) => {
      const book = new Book(written);
      for (const [at, period] of periodsOf(book).entries()) {
        const { base, name, periods } = names[(seed + at) % names.length]!;
        if (!periods.includes(period.kind)) continue;
        const set: Record<string, ReportBody> = {};
        for (const one of [base, name]) set[one] = book.report(one, period.key);
        const checked = checkInvariants(book.ledger, period, set);
        if (name.includes('previous')) expect(checked).toContain('comparatives-are-their-reports');
        for (const { values } of set[name]!.rows) {
          const [now, before] = Object.entries(values)
            .filter(([key]) => /^(\d{4}-\d\d|budget)$/.test(key))
            .map(([, text]) => BigInt(text.replace('.', '') || '0'));
          if (values['change'] === undefined) continue;
          expect(BigInt(values['change'].replace('.', ''))).toBe(now! - before!);
        }
      }
    }),
    { numRuns: 150 },
  );
});
