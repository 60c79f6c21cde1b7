// Statements of customers and suppliers: opening, lines and closing by control account and party, held against the list of
// parties and the trial balance.
import { expect, test } from 'vitest';
import { BrokenInvariant } from '#reports/catalogue/invariants.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { Part, ReportBody, ReportRow } from '#reports/catalogue/report.ts';
import { pageOfReport, rowBatches } from '#reports/documents/read-pages.ts';
import { Book, type WrittenBook } from './written-book.ts';

const WRITTEN: WrittenBook = {
  accounts: `
    1000 asset Assets:Bank
    1100 asset Assets:Debtors
    2000 liability Liabilities:Creditors
    3000 equity Equity:Retained
    4000 income Income:Sales
    5000 expense Expenses:Rent`,
  controls: { 1100: 'receivables', 2000: 'payables' },
  parties: [
    { code: 'C-10', name: 'Ada' },
    { code: 'C-9', name: 'Bob' },
    { code: 'C-11', name: 'Eve' },
  ],
  entries: `
2024-01-10 Invoice to Ada
  1100 D 100.00 C-10 #A1 due:2024-02-09
  4000 C 100.00
2024-01-20 Ada pays half of it
  1000 D 50.00
  1100 C 50.00 C-10 #A1
2024-02-01 Invoice to Bob, and one that names nobody
  1100 D 30.00 C-9 #B1 due:2024-03-01
  1100 D 7.00
  4000 C 37.00
2024-02-10 Rent
  5000 D 20.00
  2000 C 20.00 C-9 #R1 due:2024-03-30
2024-02-25 Ada pays too much, Eve on account
  1000 D 82.00
  1100 C 80.00 C-10 #A1
  1100 C 2.00 C-11
2024-03-03 Bob takes over what Ada is owed
  1100 D 30.00 C-10 #A1
  1100 C 30.00 C-9 #B1
2024-12-31 closing What Eve paid is kept
  1100 D 2.00 C-11
  3000 C 2.00`,
};
const book = new Book(WRITTEN);

const textsOf = (own: Book) => async (digests: readonly string[]) =>
  new Map(digests.map((digest) => [digest, own.bodies.get(digest)!.json]));

/** Rows as text: words first, then the values in the columns' order. */
async function linesOf(own: Book, key: string): Promise<string[]> {
  const body = own.report('party-statements', key);
  const rows: ReportRow[] = [];
  for await (const batch of rowBatches(textsOf(own), body)) rows.push(...batch);
  const { columns } = body;
  return rows.map(({ account, name, values }) =>
    [account === null ? name : `${account} ${name}`]
      .concat(columns.flatMap((column) => values[column.key] ?? []))
      .join(' | '),
  );
}

test('a section has what was open, every line with its document and due date, and what is open then', async () => {
  expect(await linesOf(book, '2024-02')).toEqual([
    '1100 Debtors · C-9 Bob',
    'Opening balance | 2024-02-01 | 0.00',
    'Invoice to Bob, and one that names nobody | 2024-02-01 | 3 | B1 | 2024-03-01 | 30.00 | 30.00',
    'Closing balance | 2024-02-29 | 30.00 | 0.00 | 30.00',
    '1100 Debtors · C-10 Ada',
    'Opening balance | 2024-02-01 | 50.00',
    'Ada pays too much, Eve on account | 2024-02-25 | 5 | A1 | 80.00 | -30.00',
    'Closing balance | 2024-02-29 | 0.00 | 80.00 | -30.00',
    '1100 Debtors · C-11 Eve',
    'Opening balance | 2024-02-01 | 0.00',
    'Ada pays too much, Eve on account | 2024-02-25 | 5 | 2.00 | -2.00',
    'Closing balance | 2024-02-29 | 0.00 | 2.00 | -2.00',
    '1100 Debtors · No party',
    'Opening balance | 2024-02-01 | 0.00',
    'Invoice to Bob, and one that names nobody | 2024-02-01 | 3 | 7.00 | 7.00',
    'Closing balance | 2024-02-29 | 7.00 | 0.00 | 7.00',
    '2000 Creditors · C-9 Bob',
    'Opening balance | 2024-02-01 | 0.00',
    'Rent | 2024-02-10 | 4 | R1 | 2024-03-30 | 20.00 | 20.00',
    'Closing balance | 2024-02-29 | 0.00 | 20.00 | 20.00',
    'Total | 37.00 | 102.00',
  ]);
});

test('who has neither opening nor lines has no section; what is open has one without lines', async () => {
  expect(await linesOf(book, '2024-04')).toEqual([
    '1100 Debtors · C-11 Eve',
    'Opening balance | 2024-04-01 | -2.00',
    'Closing balance | 2024-04-30 | 0.00 | 0.00 | -2.00',
    '1100 Debtors · No party',
    'Opening balance | 2024-04-01 | 7.00',
    'Closing balance | 2024-04-30 | 0.00 | 0.00 | 7.00',
    '2000 Creditors · C-9 Bob',
    'Opening balance | 2024-04-01 | 20.00',
    'Closing balance | 2024-04-30 | 0.00 | 0.00 | 20.00',
    'Total | 0.00 | 0.00',
  ]);
  expect(book.report('party-statements', '2024-04').controlTotals.rows).toBe(3);
});

test('a year shows the lines of its months, closing entries too', async () => {
  const lines = await linesOf(book, '2024');
  expect(lines.filter((line) => line.includes('| A1 |'))).toHaveLength(4);
  expect(lines).toContain('What Eve paid is kept | 2024-12-31 | 7 | 2.00 | 0.00');
  const body = book.report('party-statements', '2024');
  expect(await pageOfReport(textsOf(book), body, 1)).toMatchObject({ page: 1, pages: 1 });
  expect(body.controlTotals).toEqual({ rows: 15, debit: '169.00', credit: '182.00' });
});

test('a book without control accounts says so', async () => {
  const ordinary = new Book({ ...WRITTEN, controls: {} });
  expect(await linesOf(ordinary, '2024')).toEqual(['Total | 0.00 | 0.00']);
  expect(ordinary.report('party-statements', '2024').notes).toEqual([
    'No account is named as a control account of receivables or payables.',
  ]);
});

test('pages say whose they are: parties with the same lines share none', () => {
  const same = new Book({
    ...WRITTEN,
    entries: `
2024-01-01 Both
  1100 D 5.00 C-9
  1100 D 5.00 C-10
  4000 C 10.00`,
  });
  const parts = same.report('party-statements', '2024-01').parts!;
  expect(new Set(parts.map(({ stretch }) => stretch!.digest)).size).toBe(2);
});

/** Names of what is broken in a set with these statements. */
function broken(key: string, change: (parts: readonly Part[]) => Part[]): string[] {
  const statements = book.report('party-statements', key);
  const set: Record<string, ReportBody> = {
    'party-statements': { ...statements, parts: change(statements.parts!) },
    'party-balances': book.report('party-balances', key),
    'trial-balance': book.report('trial-balance', key),
  };
  try {
    checkInvariants(book.ledger, book.period(key), set);
    return [];
  } catch (fault) {
    if (!(fault instanceof BrokenInvariant)) throw fault;
    return fault.violations.map(({ figure, invariant }) => `${invariant}: ${figure}`);
  }
}

test.each(['2024-01', '2024-02', '2024-03', '2024-Q1', '2024-12', '2024'])(
  'in %s all of it holds together',
  (key) => {
    expect(broken(key, (parts) => [...parts])).toEqual([]);
  },
);

test('a section that is missing, or another one’s, is found', () => {
  expect(broken('2024-02', (parts) => parts.slice(1))).toEqual([
    'statements-have-every-line: debits of 1100 are what it moved',
    'statements-end-at-the-party-balances: party 2 on 1100 ends at its balance',
    'statements-end-at-the-trial-balance: statements of 1100 end at its trial balance',
  ]);
  const moved = ([first, second, ...rest]: readonly Part[]) => [
    { ...first!, stretch: second!.stretch },
    { ...second!, stretch: first!.stretch },
    ...rest,
  ];
  expect(broken('2024-02', moved)).toEqual([
    'statements-end-at-the-party-balances: Debtors · C-9 Bob ends at its balance',
  ]);
});
