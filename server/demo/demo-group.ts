// The group of the two demo companies: a small chart of its own, where each company's accounts go in it, the rates that translate
// pounds, and a loan from one company to the other that is eliminated. Pure.
import type { CashFlow } from '#ledger/domain/account.ts';
import { addMonths, type CalendarDate, lastDay, monthOf } from '#ledger/domain/calendar.ts';
import { parseDecimal, plainDecimal, times } from '#ledger/domain/decimal.ts';
import type { DemoBook } from './demo-book.ts';
import type { ForeignEntry } from './foreign-trade.ts';
import { chartOf, type DemoAccount } from './trading-chart.ts';

/** What one company books of the loan. */
interface LoanSide {
  /** Slug of its book. */
  readonly book: string;
  readonly account: DemoAccount;
  readonly cashFlow: CashFlow;
  readonly entry: ForeignEntry;
}

interface DemoMember {
  /** Slug of its book. */
  readonly book: string;
  readonly intercompany: string;
  readonly mapping: readonly { readonly accounts: string; readonly to: string }[];
}

export interface DemoGroup {
  readonly book: Pick<
    DemoBook,
    'name' | 'slug' | 'baseCurrency' | 'startDate' | 'firstYearEnd' | 'timeZone' | 'locale'
  >;
  readonly chart: readonly DemoAccount[];
  readonly rates: readonly {
    readonly unit: string;
    readonly date: CalendarDate;
    readonly rate: string;
  }[];
  readonly loan: readonly LoanSide[];
  readonly members: readonly DemoMember[];
}

const CHART = chartOf([
  [
    'asset',
    'Assets',
    'A10 Property and equipment; A20 Inventories; A30 Trade and other receivables; A40 Cash; A90 Due from companies of the group',
  ],
  [
    'liability',
    'Liabilities',
    'L10 Trade and other payables; L20 Taxes; L30 Loans; L90 Due to companies of the group',
  ],
  ['equity', 'Equity', 'E10 Share capital; E20 Retained earnings and dividends'],
  ['income', 'Income', 'R10 Revenue; R20 Other income'],
  [
    'expense',
    'Expenses',
    'X10 Cost of sales; X20 Staff; X30 Premises; X40 Other operating expenses; X50 Depreciation; X60 Finance costs; X70 Income tax',
  ],
]);

const mapped = (lines: readonly (readonly [accounts: string, to: string])[]) =>
  lines.map(([accounts, to]) => ({ accounts, to }));

const [LENT, OWED] = ['1190', '2310'] as const;

const QUILLHAVEN = mapped([
  [LENT, 'A90'],
  ['name Assets:Fixed assets', 'A10'],
  ['name Assets:Stock', 'A20'],
  ['name Assets:Debtors', 'A30'],
  ['name Assets:Bank and cash', 'A40'],
  ['name Liabilities:Creditors', 'L10'],
  ['name Liabilities:Taxes and payroll', 'L20'],
  ['name Liabilities:Loans', 'L30'],
  ['3000', 'E10'],
  ['3100..3200', 'E20'],
  ['name Income:Sales', 'R10'],
  ['name Income:Other income', 'R20'],
  ['name Expenses:Cost of sales', 'X10'],
  ['name Expenses:Staff', 'X20'],
  ['name Expenses:Premises', 'X30'],
  ['6200..6499', 'X40'],
  ['name Expenses:Depreciation', 'X50'],
  ['7001..7050', 'X60'],
  ['7100', 'X70'],
]);

const MARLSTONE = mapped([
  ['0100..0110', 'A10'],
  ['1000..1050', 'A30'],
  ['1200', 'A40'],
  ['2000..2050', 'L10'],
  ['2100', 'L20'],
  ['2300', 'L30'],
  [OWED, 'L90'],
  ['3000', 'E10'],
  ['3100..3200', 'E20'],
  ['4000..4010', 'R10'],
  ['4900', 'R20'],
  ['5000..5030', 'X30'],
  ['5040..5060', 'X40'],
  ['5070', 'X60'],
  ['5080', 'X50'],
  ['5090', 'X70'],
]);

/** Pounds that were lent. */
const LOAN = '12000.00';

/** @param trading keeps euros and knows rates of the pound @param april keeps pounds */
export function demoGroup(trading: DemoBook, april: DemoBook): DemoGroup {
  const { firstYearEnd, locale, startDate, timeZone } = trading;
  const rates = (trading.foreign?.rates ?? []).filter(({ unit }) => unit === april.baseCurrency);
  const date = lastDay(addMonths(monthOf(trading.lockedThrough), 1));
  return {
    book: {
      ...{ name: 'Quillhaven Group', slug: 'quillhaven-group', baseCurrency: 'EUR' },
      ...{ startDate, firstYearEnd, timeZone, locale },
    },
    chart: CHART,
    rates,
    loan: loanOf(trading, april, date, rates.findLast((own) => own.date <= date)?.rate ?? '1'),
    members: [
      { book: trading.slug, intercompany: LENT, mapping: QUILLHAVEN },
      { book: april.slug, intercompany: OWED, mapping: MARLSTONE },
    ],
  };
}

/** Lent at the rate of a month's end, so that both sides cancel until the rate moves. @param rate euros for a pound */
function loanOf(
  trading: DemoBook,
  april: DemoBook,
  date: CalendarDate,
  rate: string,
): readonly LoanSide[] {
  const euros = plainDecimal(times(parseDecimal(LOAN)!, parseDecimal(rate)!));
  const [lent] = chartOf([['asset', 'Assets:Group', `${LENT} Loan to Marlstone Workshops`]]);
  const [owed] = chartOf([['liability', 'Liabilities', `${OWED} Loan from Quillhaven Trading`]]);
  const about = { date, reference: 'GL-1', description: 'Loan within the group' };
  const line = (account: string, side: 'debit' | 'credit', amount: string) => ({
    ...{ account, side, amount },
  });
  return [
    {
      ...{ book: trading.slug, account: lent!, cashFlow: 'investing' },
      entry: { ...about, lines: [line(LENT, 'debit', euros), line('1200', 'credit', euros)] },
    },
    {
      ...{ book: april.slug, account: owed!, cashFlow: 'financing' },
      entry: { ...about, lines: [line('1200', 'debit', LOAN), line(OWED, 'credit', LOAN)] },
    },
  ];
}
