// Layouts that a book may begin with or go over to. They pick by the names of our charts, by tags and by type, so they
// suit other charts too: what has no such name stands in the line that takes the rest until it is tagged.
import type { LayoutLine, Layouts, Statement } from './statement-layout.ts';

export const PRESETS = ['by-type', 'small-company', 'ifrs'] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_NAMES: Readonly<Record<Preset, string>> = {
  'by-type': 'By type of account',
  'small-company': 'Small company',
  ifrs: 'IFRS',
};

/**
 * Reads a layout: a line each, indented by two spaces per level, its picks after a colon and a space; `=` before the name of a
 * sum, `~` before that of the result.
 */
function read(text: string): readonly LayoutLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): LayoutLine => {
      const level = (line.length - line.trimStart().length) / 2;
      const [head = '', ...picks] = line.trim().split(': ');
      const kind = head.startsWith('=') ? 'sum' : head.startsWith('~') ? 'result' : 'group';
      return { level, kind, name: head.replace(/^[=~] /, ''), accounts: picks.join(': ') };
    });
}

const BY_TYPE = {
  'balance-sheet': read(`
Assets: type asset
Liabilities: type liability
Equity: type equity`),
  'income-statement': read(`
Income: type income
Expenses: type expense`),
  'cash-flow': read(`
Operating activities
  ~ Result
  Non-cash items: activity non-cash
  Working capital: activity operating
Investing activities: activity investing
Financing activities: activity financing`),
} as const satisfies Layouts;

/**
 * After Directive 2013/34/EU: assets, and debts by their term, as in annex III; profit and loss as in annex V, with the gross
 * profit that article 14(2) lets small companies begin with.
 */
const SMALL_COMPANY: Layouts = {
  'balance-sheet': read(`
Assets
  Fixed assets: name Assets:Fixed assets; tag fixed
  Current assets: type asset
Equity: type equity
Liabilities
  Due after more than a year: name Liabilities:Loans; tag non-current
  Due within a year: type liability`),
  'income-statement': read(`
Turnover: type income
Cost of sales: name Expenses:Cost of sales; name Expenses:Cost of services; tag cost-of-sales
= Gross profit
Other operating income: tag other-income
Staff costs: name Expenses:Staff; tag staff
Depreciation and amortisation: name Expenses:Other:Depreciation; tag depreciation
Other operating charges: type expense
= Operating profit
Interest and similar income: name Income:Other income:Interest received; tag finance-income
Interest and similar charges: name Expenses:Other:Interest paid; tag finance-costs
= Profit before tax
Tax on profit: name Expenses:Other:Tax on profit; tag income-tax`),
};

/**
 * IFRS 18: the categories operating, investing, financing and income taxes (18.47) with the subtotals of 18.69 and 18.118; assets
 * and liabilities current and non-current (18.96); cash flows begin with operating profit, and interest paid is financing,
 * interest received investing (IAS 7.18(b), 7.34A–34D as amended by IFRS 18).
 */
const IFRS: Layouts = {
  'balance-sheet': read(`
Assets
  Non-current assets: name Assets:Fixed assets; tag fixed; tag non-current
  Current assets: type asset
Equity: type equity
Liabilities
  Non-current liabilities: name Liabilities:Loans; tag non-current
  Current liabilities: type liability`),
  'income-statement': read(`
Revenue: type income
Other operating income: tag other-income
Operating expenses: type expense
  Cost of sales: name Expenses:Cost of sales; name Expenses:Cost of services; tag cost-of-sales
  Employee benefits: name Expenses:Staff; tag staff
  Depreciation and amortisation: name Expenses:Other:Depreciation; tag depreciation
= Operating profit
Investing income and expenses: name Income:Other income:Interest received; tag finance-income; tag investing
= Profit before financing and income taxes
Financing income and expenses: name Expenses:Other:Interest paid; tag finance-costs; tag financing
= Profit before income taxes
Income taxes: name Expenses:Other:Tax on profit; tag income-tax`),
  'cash-flow': read(`
Operating activities
  ~ Operating profit
  Income taxes: name Expenses:Other:Tax on profit; tag income-tax
  Non-cash items: activity non-cash
  Working capital: activity operating
Investing activities: name Income:Other income:Interest received; tag finance-income; tag investing; activity investing
Financing activities: name Expenses:Other:Interest paid; tag finance-costs; tag financing; activity financing`),
};

/** How statements are laid out that have no layout of their own. */
export const layoutOf = (layouts: Layouts, statement: Statement): readonly LayoutLine[] =>
  layouts[statement] ?? BY_TYPE[statement];

/** The lines that a preset has for a statement. */
export const presetLines = (preset: Preset, statement: Statement): readonly LayoutLine[] =>
  layoutOf({ 'by-type': BY_TYPE, 'small-company': SMALL_COMPANY, ifrs: IFRS }[preset], statement);
