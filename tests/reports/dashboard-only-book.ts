// A small book whose lines name parts of a project, and its dashboard narrowed to a value or a group.
import type { Month } from '#ledger/domain/calendar.ts';
import type { Dimension } from '#reports/catalogue/book-ledger.ts';
import type { DetailRow } from '#reports/catalogue/detail-table.ts';
import type { Only } from '#reports/catalogue/only-name.ts';
import { checkInvariants } from '#reports/catalogue/registry.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { PLAIN, viewName } from '#reports/catalogue/view.ts';
import { Book, type WrittenBook } from './written-book.ts';

export const ACCOUNTS = `
  1000 asset Assets:Bank
  4000 income Income:Sales
  4900 income Income:Interest
  5000 expense Expenses:Staff:Wages
  5100 expense Expenses:Staff:Training
  6000 expense Expenses:Rent`;
const ENTRIES = `
2024-01-10 Sold
  1000 D 100.00
  4000 C 100.00
2024-02-15 Wages and a course
  5000 D 40.00
  5100 D 5.00
  1000 C 45.00
2024-02-20 Interest
  1000 D 1.00
  4900 C 1.00
2024-02-25 Rent
  6000 D 7.00
  1000 C 7.00
2024-02-28 closing Not stated
  4000 D 10.00
  5000 C 10.00`;
export const WAGES = 4;
const [SALES, TRAINING, RENT] = [2, 5, 6];
export const PROJECT: Dimension = {
  code: 'project',
  name: 'Project',
  values: [
    { id: 1, code: 'P1', name: 'Bridge', parent: null },
    { id: 2, code: 'P1.a', name: 'Piers', parent: 1 },
    { id: 3, code: 'P1.b', name: 'Deck', parent: 1 },
    { id: 4, code: 'P2', name: 'Tunnel', parent: null },
    { id: 5, code: 'P3', name: 'Nothing', parent: null },
  ],
};

export const detail = (
  of: number,
  account: number,
  month: string,
  signed: bigint,
  closing = false,
) =>
  ({
    ...{ kind: 'dimension', of, account, month: month as Month, closing, lastPosition: 2 },
    debit: signed > 0n ? signed : 0n,
    credit: signed < 0n ? -signed : 0n,
  }) satisfies DetailRow;

export const DETAILS = [
  detail(1, SALES, '2024-01', -70_00n),
  detail(2, WAGES, '2024-02', 30_00n),
  detail(2, WAGES, '2024-02', 5_00n, true),
  detail(3, TRAINING, '2024-02', 5_00n),
  detail(1, RENT, '2024-02', 1_00n),
  detail(4, WAGES, '2024-02', 4_00n),
];
export const bookOf = (more: Partial<WrittenBook> = {}) =>
  new Book({
    ...{ accounts: ACCOUNTS, entries: ENTRIES, dimensions: [PROJECT], details: DETAILS },
    ...more,
  });

const nameOf = (value: string | null, group: string | null = null) =>
  viewName('dashboard', { ...PLAIN, only: { value, group } });
export const viewIn = (book: Book, only: Partial<Only>, key = '2024-02') =>
  book.report(nameOf(only.value ?? null, only.group), key);

/** Names of the invariants that hold of a view beside the dashboard. */
export const checked = (book: Book, body: ReportBody) =>
  checkInvariants(book.ledger, book.period(body.period.key), {
    [body.report]: body,
    dashboard: book.report('dashboard', body.period.key),
  }).filter((name) => name.startsWith('filtered'));
export const BOTH = ['filtered-dashboard-adds-up', 'filtered-dashboard-is-the-dashboards'];
