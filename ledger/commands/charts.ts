// The charts of accounts that a new book may begin with. One string a group, `code name` separated by semicolons.
import type { AccountType } from '#ledger/domain/account.ts';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import type { Layouts, Statement } from '#ledger/domain/statement-layout.ts';
import type { NewAccount } from './open-account.ts';

export const CHART_NAMES = ['empty', 'minimal', 'trading', 'services'] as const;
export type ChartName = (typeof CHART_NAMES)[number];

/** Takes what rounding leaves over, in the charts that have it. */
export const ROUNDING_CODE = '6950';

type Group = readonly [type: AccountType, parent: string, accounts: string];

const FINANCE: readonly Group[] = [
  ['asset', 'Assets', '1000 Bank; 1010 Cash; 1100 Trade debtors; 1190 Prepayments'],
  ['liability', 'Liabilities', '2000 Trade creditors; 2100 Accruals; 2200 Taxes payable'],
  ['equity', 'Equity', '3000 Capital; 3100 Retained earnings'],
];

const COMPANY: readonly Group[] = [
  ...FINANCE,
  ['asset', 'Assets:Fixed assets', '1500 Equipment; 1510 Equipment, depreciation'],
  [
    'liability',
    'Liabilities',
    '2210 VAT on sales; 2220 VAT on purchases; 2300 Net wages payable; 2310 Payroll taxes payable; 2500 Loans',
  ],
  ['equity', 'Equity', '3200 Dividends declared'],
  ['income', 'Income:Other income', '4900 Interest received'],
  ['expense', 'Expenses:Staff', '6000 Salaries; 6010 Social security; 6020 Training'],
  [
    'expense',
    'Expenses:Premises and office',
    '6100 Rent; 6110 Electricity and heating; 6200 Telephone and internet; 6210 Office supplies; 6220 Software; 6230 Insurance',
  ],
  [
    'expense',
    'Expenses:Other',
    '6300 Travel; 6400 Advertising; 6500 Accounting and legal fees; 6600 Bank charges; 6700 Depreciation; 6800 Interest paid; 6900 Tax on profit; 6950 Rounding and exchange differences',
  ],
];

const CHARTS: Readonly<Record<ChartName, readonly Group[]>> = {
  empty: [],
  minimal: [...FINANCE, ['income', '', '4000 Income'], ['expense', '', '5000 Expenses']],
  trading: [
    ...COMPANY,
    ['asset', 'Assets', '1200 Inventory'],
    ['income', 'Income:Sales', '4000 Sales; 4010 Export sales; 4090 Sales returns and discounts'],
    [
      'expense',
      'Expenses:Cost of sales',
      '5000 Cost of goods sold; 5010 Freight inwards; 5020 Inventory written off',
    ],
  ],
  services: [
    ...COMPANY,
    ['asset', 'Assets', '1150 Work in progress'],
    ['income', 'Income:Fees', '4000 Fees; 4010 Retainers; 4090 Expenses recharged'],
    ['expense', 'Expenses:Cost of services', '5000 Subcontractors; 5010 Project expenses'],
  ],
};

/** How a chart lays out its statements; those of the small ones go by type. */
export function chartLayouts(chart: ChartName): Layouts {
  if (chart !== 'trading' && chart !== 'services') return {};
  const lines = (statement: Statement) => presetLines('small-company', statement);
  return {
    'balance-sheet': lines('balance-sheet'),
    'income-statement': lines('income-statement'),
  };
}

/** The accounts of a chart, by code. */
export function chartAccounts(chart: ChartName): NewAccount[] {
  return CHARTS[chart]
    .flatMap(([type, parent, accounts]) =>
      accounts.split(';').map((text) => {
        const [code = '', ...words] = text.trim().split(' ');
        const name = words.join(' ');
        return { code, name, path: parent === '' ? name : `${parent}:${name}`, type };
      }),
    )
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
