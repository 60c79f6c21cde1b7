// Which lines stand behind a figure, as its report says: worked cases. That their sums are the figures is held on a real ledger
// (`lines-behind.int.spec.ts`).
import { describe, expect, it } from 'vitest';
import type { LinesBehind } from '#reports/catalogue/lines-behind.ts';
import { linesOf } from '#reports/catalogue/registry.ts';
import { ACCOUNTS, ENTRIES } from './two-years.ts';
import { Book } from './written-book.ts';

const BOOK = new Book({
  accounts: ACCOUNTS,
  entries: `${ENTRIES}
2024-12-31 closing Result
  4000 D 500.00
  6000 C 120.00
  3100 C 380.00`,
  controls: { 1100: 'receivables' },
  cashFlow: { 1000: 'cash' },
});

/** A term in words: sign, codes of accounts, months, what of closing entries counts, and what else lines must be. */
function worded(book: Book, lines: readonly LinesBehind[] | null): string[] | null {
  const code = (id: number) => book.ledger.accounts.find((own) => own.id === id)!.code;
  return (
    lines?.map(({ accounts, closingBefore, from, sign, until, ...rest }) =>
      [
        ...[sign === 1 ? '+' : '−', accounts.map(code).join(' ')],
        ...[`${from ?? ''}..${until}`, `closing before ${closingBefore}`],
        ...(Object.keys(rest).length > 0 ? [JSON.stringify(rest)] : []),
      ].join(' | '),
    ) ?? null
  );
}

function behind(report: string, key: string, name: string, column: string, book = BOOK) {
  const body = book.report(report, key);
  const at = body.rows.findIndex((row) => row.name === name && row.kind !== 'heading');
  const period = book.period(key);
  const figure = { book: book.ledger, body, period, row: body.rows[at]!, at, key: column };
  return worded(book, linesOf(figure));
}

describe('a balance', () => {
  it('is all that was posted until then; of the year, closing entries don’t count', () => {
    expect(behind('balance-sheet', '2025-02', 'Bank', 'previousPeriod')).toEqual([
      '+ | 1000 | ..2025-02 | closing before 2025-01',
    ]);
    expect(behind('trial-balance', '2025-02', 'Payables', 'closingCredit')).toEqual([
      '− | 2000 | ..2025-03 | closing before 2025-01',
    ]);
  });

  it('of income and expenses begins with the year', () => {
    expect(behind('trial-balance', '2025-02', 'Sales', 'closingCredit')).toEqual([
      '− | 4000 | 2025-01..2025-03 | closing before 2025-01',
    ]);
  });

  it('of earlier years and of the year are the accounts of results', () => {
    expect(behind('balance-sheet', '2025-02', 'Result of the year', 'amount')).toEqual([
      '− | 4000 6000 6100 | 2025-01..2025-03 | closing before 2025-01',
    ]);
    expect(behind('balance-sheet', '2024-12', 'Result of the year', 'amount')).toEqual([
      '− | 4000 6000 6100 | 2024-01..2025-01 | closing before 2024-01',
    ]);
  });
});

describe('a sum', () => {
  it('is that of the lines under its heading that have a figure', () => {
    expect(behind('balance-sheet', '2025-02', 'Total Current assets', 'amount')).toEqual([
      '+ | 1000 1100 | ..2025-03 | closing before 2025-01',
    ]);
  });

  it('takes costs off', () => {
    expect(behind('income-statement', '2025-Q1', 'Result', 'period')).toEqual([
      '− | 4000 6000 | 2025-01..2025-04 | closing before 2025-01',
    ]);
    expect(behind('income-statement', '2025-Q1', 'Total expenses', 'period')).toEqual([
      '+ | 6000 | 2025-01..2025-04 | closing before 2025-01',
    ]);
  });

  it('of balances takes what stands on its side', () => {
    expect(behind('trial-balance', '2025-02', 'Total', 'closingCredit')).toEqual([
      '− | 2000 3000 3100 | ..2025-03 | closing before 2025-01',
      '− | 4000 | 2025-01..2025-03 | closing before 2025-01',
    ]);
  });
});

describe('a column', () => {
  it('beside others is that of its period; a change is none', () => {
    expect(behind('balance-sheet~years-1', '2025-02', 'Bank', '2024-02')).toEqual([
      '+ | 1000 | ..2024-03 | closing before 2024-01',
    ]);
    expect(behind('balance-sheet~years-1', '2025-02', 'Bank', 'change')).toBeNull();
  });

  it('of an item that is no more is still of its currency', () => {
    const book = new Book({
      accounts: ACCOUNTS,
      entries: `
2025-01-05 Sale in dollars
  1100 D 9.00 (10.00 USD) #A1
  4000 C 9.00
2025-02-05 Paid
  1000 D 9.00
  1100 C 9.00 (10.00 USD) #A1`,
      controls: { 1100: 'receivables' },
    });
    const items = { party: 0, open: true, document: 'A1', ofUnit: 'USD' };
    expect(behind('open-items~previous-1', '2025-02', 'A1', '2025-01', book)).toEqual([
      `+ | 1100 | ..2025-02 | closing before 2025-01 | ${JSON.stringify({ items })}`,
    ]);
  });

  it('of an age are the items due so many days before; their sum has no age', () => {
    const overdue = (from: number | null, to: number | null) =>
      JSON.stringify({ items: { party: 0, overdue: { at: '2025-02-28', from, to }, open: true } });
    const book = new Book({
      accounts: ACCOUNTS,
      entries: `
2025-01-05 Sale
  1100 D 50.00 #A1 due:2025-02-28
  4000 C 50.00`,
      controls: { 1100: 'receivables' },
    });
    const age = (column: string) =>
      behind('aged-receivables', '2025-02', 'Without a party', column, book);
    const of = '+ | 1100 | ..2025-03 | closing before 2025-01 | ';
    expect(age('notDue')).toEqual([of + overdue(null, 0)]);
    expect(age('to30')).toEqual([of + overdue(1, 30)]);
    expect(age('over90')).toEqual([of + overdue(91, null)]);
    expect(age('total')).toEqual([of + overdue(null, null)]);
  });

  it('of the indirect cash flow is what accounts moved the other way', () => {
    expect(behind('cash-flow', '2025-02', 'Payables', 'yearToDate')).toEqual([
      '− | 2000 | 2025-01..2025-03 | closing before 2025-01',
    ]);
    expect(behind('cash-flow', '2025-02', 'Cash at the end', 'period')).toEqual([
      '+ | 1000 | ..2025-03 | closing before 2025-01',
    ]);
  });

  it('of plans and ratios has none', () => {
    expect(behind('key-figures', '2025-02', 'Cash ratio', 'value')).toBeNull();
  });
});

it('the accounts of a group without rows of their own stand behind theirs', () => {
  const many = Array.from({ length: 23 }, (_, at) => 4001 + at);
  const book = new Book({
    accounts: `1000 asset Bank\n4000 income Sales\n5000 expense Rent\n${many.map((own) => `${own} income Fees:Fee ${own}`).join('\n')}`,
    entries: many
      .map((own, at) => `2025-02-01 Fee\n  1000 D ${at + 1}.00\n  ${own} C ${at + 1}.00`)
      .join('\n'),
  });
  expect(behind('dashboard~group-Fees', '2025-02', 'Other accounts', 'period', book)).toEqual([
    '− | 4001 4002 4003 | 2025-02..2025-03 | closing before 2025-02',
  ]);
});
