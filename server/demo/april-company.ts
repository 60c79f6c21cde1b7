// The second demo book: a small company that lets workshops, whose fiscal year begins in April.
import {
  addMonths,
  type CalendarDate,
  dateOf,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
} from '#ledger/domain/calendar.ts';
import type { DemoBook } from './demo-book.ts';
import { credit, DraftLedger, debit } from './draft-ledger.ts';
import { type Chance, chanceFrom, share } from './random.ts';
import { chartOf } from './trading-chart.ts';
import { dayOf, lastWorkingDay, onOrAfter } from './working-days.ts';

const SEED = 8_131;

const CHART = chartOf([
  [
    'asset',
    'Assets',
    '0100 Workshops, Marl Lane; 0110 Workshops, depreciation; 1000 Rents receivable; 1050 Prepaid insurance; 1200 Current account',
  ],
  [
    'liability',
    'Liabilities',
    '2000 Suppliers; 2050 Tenants’ deposits; 2100 Corporation tax payable; 2300 Mortgage',
  ],
  ['equity', 'Equity', '3000 Share capital; 3100 Retained earnings; 3200 Dividends declared'],
  ['income', 'Income', '4000 Rents; 4010 Service charges; 4900 Other income'],
  [
    'expense',
    'Expenses',
    '5000 Repairs; 5010 Insurance; 5020 Electricity of common parts; 5030 Cleaning and grounds; 5040 Management fee; 5050 Accountancy; 5060 Bank charges; 5070 Mortgage interest; 5080 Depreciation; 5090 Corporation tax',
  ],
]);

const TENANTS: readonly (readonly [name: string, rent: bigint])[] = [
  ['Fenwright Joinery', 112_000n],
  ['Ash & Ember Pottery', 84_500n],
  ['Pike Lane Cycles', 76_000n],
  ['Tallow Candle Works', 69_500n],
  ['Hobb Upholstery', 91_000n],
  ['Greyfield Print Studio', 98_500n],
];

const REPAIRS = [
  'Gutter cleared, unit 3',
  'Door closer replaced',
  'Roof light sealed',
  'Boundary fence',
  'Drain unblocked',
];

/** One month of the landlord: rents out and in, what the buildings cost, the mortgage, depreciation. */
function keepMonth(ledger: DraftLedger, chance: Chance, month: Month): void {
  const first = dayOf(month, 3);
  for (const [tenant, rent] of TENANTS) {
    const service = share(rent, 850);
    const invoice = ledger.next('RI', first);
    ledger.post(first, invoice, `Rent ${month}, ${tenant}`, [
      debit('1000', rent + service, tenant),
      credit('4000', rent, 'Rent'),
      credit('4010', service, 'Service charge'),
    ]);
    ledger.post(
      dayOf(month, chance.int(6, 19)),
      ledger.next('RC', first),
      `Received from ${tenant}`,
      [debit('1200', rent + service, 'Transfer'), credit('1000', rent + service, invoice)],
    );
  }
  const bank = (day: number, account: string, text: string, amount: bigint) =>
    ledger.post(dayOf(month, day), ledger.next('BP', first), text, [
      debit(account, amount, text),
      credit('1200', amount, 'Transfer'),
    ]);
  bank(12, '5020', 'Electricity of common parts', chance.amount(95, 210));
  bank(16, '5030', 'Cleaning and grounds', 24_000n);
  bank(20, '5040', 'Management fee', 38_500n);
  if (chance.happens(0.7))
    bank(chance.int(5, 24), '5000', chance.pick(REPAIRS), chance.amount(80, 1_150));
  if (month.endsWith('-06')) bank(9, '1050', 'Buildings insurance, one year', 288_000n);
  if (month.endsWith('-07')) bank(14, '5050', 'Annual accounts', 165_000n);
  if (month.endsWith('-09')) bank(22, '3200', 'Dividend', 1_200_000n);
  const interest = (-ledger.balance('2300') * 465n + 60_000n) / 120_000n;
  ledger.post(dayOf(month, 15), ledger.next('BP', first), 'Mortgage instalment', [
    debit('5070', interest, 'Interest 4.65 %'),
    debit('2300', 152_000n - interest, 'Principal'),
    credit('1200', 152_000n, 'Direct debit'),
  ]);
  const end = lastWorkingDay(month);
  ledger.post(
    end,
    `DEP-${month}`,
    `Depreciation and insurance of ${month}`,
    [
      debit('5080', 62_500n, 'Buildings, 2 % a year'),
      credit('0110', 62_500n, 'Buildings, 2 % a year'),
      debit('5010', 24_000n, 'Insurance of the month'),
      credit('1050', 24_000n, 'Insurance of the month'),
    ],
    'adjusting',
  );
  ledger.post(end, `BC-${month}`, 'Bank charges', [
    debit('5060', 1_450n, 'Fees'),
    credit('1200', 1_450n, 'Charged'),
  ]);
}

/** The book of the workshops as it stands on a day: from April two fiscal years back up to last month. */
export function aprilCompany(today: CalendarDate): DemoBook {
  const lastMonth = addMonths(monthOf(today), -1);
  const thisYear = +lastMonth.slice(0, 4) - (lastMonth.slice(5) < '04' ? 1 : 0);
  const first = dateOf(thisYear - 1, 4, 1);
  const ledger = new DraftLedger();
  const chance = chanceFrom(SEED);
  ledger.post(
    onOrAfter(first),
    `OB-${first.slice(0, 4)}`,
    'Opening balances',
    [
      debit('0100', 37_500_000n, 'Cost'),
      credit('0110', 3_750_000n, 'To date'),
      debit('1050', 48_000n, 'Two months'),
      debit('1200', 2_864_000n, 'Statement'),
      credit('2050', 1_063_000n, 'Two months’ rent each'),
      credit('2300', 19_400_000n, 'Statement'),
      credit('3000', 10_000_000n, '100 000 shares'),
      credit('3100', 6_199_000n, 'Results of earlier years'),
    ],
    'opening',
  );
  for (const month of monthsBetween(monthOf(first), lastMonth)) keepMonth(ledger, chance, month);
  return {
    name: 'Marlstone Workshops',
    slug: 'marlstone',
    baseCurrency: 'GBP',
    startDate: first,
    firstYearEnd: dateOf(thisYear, 3, 31),
    timeZone: 'Europe/London',
    locale: 'en-GB',
    negatives: 'parentheses',
    legalName: 'Marlstone Workshops Limited',
    registrationNumber: '08113 204',
    address: 'Unit 1, Marl Lane\nHolmsbury',
    chart: CHART,
    entries: ledger.entries,
    reversals: ledger.reversals,
    lockedThrough: lastDay(addMonths(lastMonth, -1)),
    late: null,
    layout: 'by-type',
    tags: [],
    cashFlow: [
      ['1200', 'cash'],
      ['0110', 'non-cash'],
      ['0100', 'investing'],
      ['2300', 'financing'],
    ],
    foreign: null,
    closed: null,
    budgets: [],
  };
}
