// The chart of accounts of the demo trading company: about 120 accounts of a small wholesaler of kitchenware.
import type { AccountType } from '#ledger/domain/account.ts';

export interface DemoAccount {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly type: AccountType;
}

type Group = readonly [type: AccountType, parent: string, accounts: string];

/** One string a group, `code name` separated by semicolons: a chart reads best as a list. */
const GROUPS: readonly Group[] = [
  [
    'asset',
    'Assets:Fixed assets',
    '0010 Leasehold improvements; 0015 Leasehold improvements, depreciation; 0020 Warehouse equipment; 0025 Warehouse equipment, depreciation; 0030 Fixtures and fittings; 0035 Fixtures and fittings, depreciation; 0040 Computer equipment; 0045 Computer equipment, depreciation; 0050 Motor vehicles; 0055 Motor vehicles, depreciation',
  ],
  [
    'asset',
    'Assets:Stock',
    '1001 Stock, cookware; 1002 Stock, tableware; 1003 Stock, knives and tools; 1004 Stock, kitchen textiles; 1005 Stock, small appliances; 1080 Provision for slow-moving stock',
  ],
  [
    'asset',
    'Assets:Debtors',
    '1100 Trade debtors; 1110 Provision for doubtful debts; 1150 Prepaid rent; 1160 Prepaid insurance; 1180 Rent deposit',
  ],
  [
    'asset',
    'Assets:Bank and cash',
    '1200 Current account; 1210 Deposit account; 1230 Petty cash; 1240 Shop till; 1250 Card terminal clearing; 1260 Web shop clearing',
  ],
  [
    'liability',
    'Liabilities:Creditors',
    '2100 Trade creditors; 2110 Accruals; 2120 Company credit card; 2150 Accrued holiday pay',
  ],
  [
    'liability',
    'Liabilities:Taxes and payroll',
    '2200 VAT on sales; 2210 VAT on purchases; 2220 VAT payable; 2230 Payroll taxes payable; 2240 Pension contributions payable; 2250 Net wages payable; 2260 Corporation tax payable; 2270 Dividend withholding tax payable; 2280 Dividends payable',
  ],
  ['liability', 'Liabilities:Loans', '2300 Bank term loan'],
  [
    'equity',
    'Equity',
    '3000 Ordinary share capital; 3100 Retained earnings; 3200 Dividends declared',
  ],
  [
    'income',
    'Income:Sales',
    '4001 Trade sales, cookware; 4002 Trade sales, tableware; 4003 Trade sales, knives and tools; 4004 Trade sales, kitchen textiles; 4005 Trade sales, small appliances; 4050 Export sales; 4060 Shop sales; 4070 Web shop sales; 4080 Delivery charged to customers; 4090 Sales returns; 4095 Settlement discounts allowed',
  ],
  ['income', 'Income:Other income', '4900 Deposit interest received; 4910 Supplier rebates'],
  [
    'expense',
    'Expenses:Cost of sales',
    '5001 Cost of cookware sold; 5002 Cost of tableware sold; 5003 Cost of knives and tools sold; 5004 Cost of kitchen textiles sold; 5005 Cost of small appliances sold; 5050 Freight inwards; 5060 Customs duty; 5070 Packaging; 5080 Stock losses and write-downs',
  ],
  [
    'expense',
    'Expenses:Staff',
    '6001 Wages, warehouse; 6002 Wages, shop; 6003 Salaries, sales; 6004 Salaries, office; 6005 Directors’ remuneration; 6010 Employer’s social insurance; 6015 Employer’s pension; 6020 Agency staff; 6025 Staff training; 6030 Staff welfare; 6035 Recruitment',
  ],
  [
    'expense',
    'Expenses:Premises',
    '6101 Rent; 6105 Commercial rates; 6110 Electricity; 6115 Gas and heating; 6120 Water and waste; 6125 Repairs and maintenance; 6130 Cleaning; 6135 Security and alarm',
  ],
  [
    'expense',
    'Expenses:Selling and distribution',
    '6201 Carriage outwards; 6205 Parcel carriers; 6210 Advertising, print; 6215 Advertising, online; 6220 Trade fairs; 6225 Samples and catalogues; 6230 Photography and design; 6245 Card and payment fees; 6250 Bad debts',
  ],
  [
    'expense',
    'Expenses:Vehicles and travel',
    '6301 Fuel; 6305 Vehicle repairs; 6310 Vehicle tax and insurance; 6315 Travel; 6320 Hotels and subsistence; 6325 Tolls and parking; 6330 Customer entertainment',
  ],
  [
    'expense',
    'Expenses:Administration',
    '6401 Telephone; 6405 Internet and hosting; 6410 Software subscriptions; 6415 Printing and stationery; 6420 Postage; 6425 Office supplies; 6435 Insurance; 6440 Audit and accountancy; 6445 Legal and professional fees; 6455 Trade memberships; 6460 Bank charges; 6465 Donations; 6475 Sundry expenses',
  ],
  [
    'expense',
    'Expenses:Depreciation',
    '6501 Depreciation, leasehold improvements; 6502 Depreciation, warehouse equipment; 6503 Depreciation, fixtures and fittings; 6504 Depreciation, computer equipment; 6505 Depreciation, motor vehicles',
  ],
  ['expense', 'Expenses:Finance and tax', '7001 Loan interest; 7100 Corporation tax'],
];

/** Reads the groups of a chart into accounts. */
export const chartOf = (groups: readonly Group[]): DemoAccount[] =>
  groups.flatMap(([type, parent, accounts]) =>
    accounts.split('; ').map((text) => {
      const cut = text.indexOf(' ');
      const name = text.slice(cut + 1);
      return {
        code: text.slice(0, cut),
        name,
        path: `${parent}:${name}`,
        type,
      };
    }),
  );

export const tradingChart = (): DemoAccount[] => chartOf(GROUPS);
