// A small book on the names of our charts, for statements to be laid out.
import { type PRESETS, presetLines } from '#ledger/domain/layout-presets.ts';
import { type LayoutLine, type Layouts, STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { Book } from './written-book.ts';

const ACCOUNTS = `
  1000 asset Assets:Bank
  1100 asset Assets:Trade debtors
  1500 asset Assets:Fixed assets:Equipment
  1510 asset Assets:Fixed assets:Equipment, depreciation
  2000 liability Liabilities:Trade creditors
  2500 liability Liabilities:Loans
  3000 equity Equity:Capital
  4000 income Income:Sales
  4900 income Income:Other income:Interest received
  5000 expense Expenses:Cost of sales:Cost of goods sold
  6000 expense Expenses:Staff:Salaries
  6100 expense Expenses:Premises and office:Rent
  6700 expense Expenses:Other:Depreciation
  6800 expense Expenses:Other:Interest paid
  6900 expense Expenses:Other:Tax on profit`;

const ENTRIES = `
2024-01-05 Capital
  1000 D 1000.00
  3000 C 1000.00
2024-01-05 Loan
  1000 D 500.00
  2500 C 500.00
2024-01-10 Machine
  1500 D 600.00
  1000 C 600.00
2024-01-20 Sale
  1100 D 900.00
  4000 C 900.00
2024-01-20 Goods
  5000 D 300.00
  2000 C 300.00
2024-01-31 Wages
  6000 D 200.00
  1000 C 200.00
2024-01-31 Rent
  6100 D 100.00
  1000 C 100.00
2024-01-31 Depreciation
  6700 D 10.00
  1510 C 10.00
2024-01-31 Interest
  6800 D 20.00
  1000 C 20.00
2024-01-31 Interest on deposits
  1000 D 5.00
  4900 C 5.00
2024-01-31 Tax
  6900 D 75.00
  1000 C 75.00`;

/** All statements as a preset lays them out. */
export const layoutsOf = (preset: (typeof PRESETS)[number]): Layouts =>
  Object.fromEntries(
    STATEMENTS.map((statement) => [statement, presetLines(preset, statement)]),
  ) as Layouts;

export const written = (layouts: Layouts, tags: Record<string, string[]> = {}) =>
  new Book({
    ...{ accounts: ACCOUNTS, entries: ENTRIES, layouts, tags },
    cashFlow: { 1000: 'cash', 1500: 'investing', 1510: 'non-cash', 2500: 'financing' },
  });

/** `Trade: 4000; 5000`, indented by two spaces per level. */
export const line = (text: string): LayoutLine => {
  const level = (text.length - text.trimStart().length) / 2;
  const [name = '', accounts = ''] = text.trim().split(': ');
  return { level, kind: 'group', name, accounts };
};
