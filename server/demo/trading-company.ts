// The demo trading company: a limited wholesaler of kitchenware with a shop and a web shop, living through three
// fiscal years up to last month, day by day. Pure: the same `today` gives the same book.
import {
  addDays,
  addMonths,
  type CalendarDate,
  dateOf,
  lastDay,
  monthOf,
  monthsBetween,
} from '#ledger/domain/calendar.ts';
import type { DemoBook } from './demo-book.ts';
import { credit, debit } from './draft-ledger.ts';
import { foreignTrade } from './foreign-trade.ts';
import { latePostings } from './late-postings.ts';
import { tradingChart } from './trading-chart.ts';
import { keepMonth, returnVat } from './trading-months.ts';
import { spend } from './trading-overheads.ts';
import { buy } from './trading-purchases.ts';
import { sell } from './trading-sales.ts';
import { ACCOUNTS, newWorld, type World } from './trading-world.ts';
import { keepYear } from './trading-years.ts';
import { isWeekday, onOrAfter, workingDays } from './working-days.ts';

const SEED = 20_417;

/** Whole currency units; debit positive. What is owed by and to others and retained earnings come on top. */
const OPENING: readonly (readonly [account: string, amount: bigint])[] = [
  ['0010', 84_000n],
  ['0015', -29_400n],
  ['0020', 62_000n],
  ['0025', -23_250n],
  ['0030', 38_500n],
  ['0035', -17_400n],
  ['0040', 21_000n],
  ['0045', -9_750n],
  ['0050', 46_000n],
  ['0055', -19_200n],
  ['1001', 68_400n],
  ['1002', 62_150n],
  ['1003', 61_300n],
  ['1004', 56_700n],
  ['1005', 75_900n],
  ['1080', -5_050n],
  ['1110', -3_400n],
  ['1160', 2_360n],
  ['1180', 28_500n],
  ['1200', 214_600n],
  ['1210', 60_000n],
  ['1230', 400n],
  ['1240', 300n],
  ['2120', -2_140n],
  ['2150', -5_120n],
  ['2220', -37_900n],
  ['2230', -17_450n],
  ['2240', -3_160n],
  ['2260', -14_800n],
  ['2300', -238_000n],
  ['3000', -100_000n],
];

/** Deposits and tills are cash; what is counted down or provided for moved none. */
const CASH_FLOW: DemoBook['cashFlow'] = [
  ...(['1200', '1210', '1220', '1225', '1230', '1240', '1250', '1260'] as const).map(
    (code) => [code, 'cash'] as const,
  ),
  ...(['0015', '0025', '0035', '0045', '0055', '1080', '1110'] as const).map(
    (code) => [code, 'non-cash'] as const,
  ),
  ...(['0010', '0020', '0030', '0040', '0050'] as const).map(
    (code) => [code, 'investing'] as const,
  ),
  ...(['2270', '2280', '2300'] as const).map((code) => [code, 'financing'] as const),
];

/** What the IFRS layout tells apart. */
const TAGS: DemoBook['tags'] = [
  ['1180', 'non-current'],
  ['4900', 'finance-income'],
  ['4910', 'other-income'],
  ...(['6501', '6502', '6503', '6504', '6505'] as const).map(
    (code) => [code, 'depreciation'] as const,
  ),
  ['7001', 'finance-costs'],
  ['7100', 'income-tax'],
];

function openingDebts(world: World, first: CalendarDate): void {
  const { chance } = world;
  const before = String(+first.slice(2, 4) - 1).padStart(2, '0');
  for (let number = 0; number < 68; number++) {
    const customer = chance.pick(world.customers);
    const invoiced = addDays(first, -chance.int(3, 40));
    world.receivables.push({
      customer: customer.name,
      reference: `SI-${before}-0${1_004 + number * 3}`,
      invoiced,
      amount: chance.amount(1_100, 9_800),
      paid: onOrAfter(addDays(first, chance.int(2, 46))),
    });
  }
  for (let number = 0; number < 34; number++) {
    world.bills.push({
      supplier: chance.pick(chance.pick(world.ranges).suppliers),
      reference: `PI-${before}-00${411 + number * 2}`,
      amount: chance.amount(1_800, 12_500),
      due: onOrAfter(addDays(first, chance.int(1, 40))),
    });
  }
}

function open(world: World, first: CalendarDate): void {
  openingDebts(world, first);
  const lines = [
    ...OPENING.map(([account, amount]) => debit(account, amount * 100n, 'Brought forward')),
    ...world.receivables.map(({ amount, customer, invoiced, reference }) =>
      debit(ACCOUNTS.debtors, amount, 'Brought forward', {
        ...{ party: customer, document: reference, due: addDays(invoiced, 30) },
      }),
    ),
    ...world.bills.map(({ amount, due, reference, supplier }) =>
      credit(ACCOUNTS.creditors, amount, 'Brought forward', {
        ...{ party: supplier, document: reference, due },
      }),
    ),
  ];
  const difference = lines.reduce((sum, line) => sum + line.amount, 0n);
  lines.push(credit('3100', difference, 'Results of earlier years'));
  const day = isWeekday(first) ? first : onOrAfter(first);
  world.ledger.post(day, `OB-${first.slice(0, 4)}`, 'Opening balances', lines, 'opening');
}

function live(world: World, from: CalendarDate, to: CalendarDate): void {
  const results = () => world.ledger.balanceOf('4', '5', '6', '70');
  let [year, opening] = ['', 0n];
  for (const date of workingDays(from, to)) {
    if (date.slice(0, 4) !== year) [year, opening] = [date.slice(0, 4), results()];
    sell(world, date);
    buy(world, date);
    spend(world, date);
    keepMonth(world, date);
    keepYear(world, date, opening);
    returnVat(world, date);
  }
}

/** The book of the trading company as it stands on a day: three fiscal years up to the month before. */
export function tradingCompany(today: CalendarDate): DemoBook {
  const lastMonth = addMonths(monthOf(today), -1);
  const firstYear = +lastMonth.slice(0, 4) - 2;
  const locked = addMonths(lastMonth, -1);
  const first = dateOf(firstYear, 1, 1);
  const months = monthsBetween(monthOf(first), lastMonth);
  const world = newWorld(SEED, firstYear, months.length);
  open(world, first);
  live(world, first, lastDay(lastMonth));
  return {
    name: 'Quillhaven Trading',
    slug: 'quillhaven',
    baseCurrency: 'EUR',
    startDate: first,
    firstYearEnd: dateOf(firstYear, 12, 31),
    timeZone: 'Europe/Dublin',
    locale: 'en-IE',
    negatives: 'minus',
    legalName: 'Quillhaven Trading Limited',
    registrationNumber: '714 0268',
    address: '4 Millrace Quay\nDunavale\nCo. Rathmore',
    chart: tradingChart(),
    cashFlow: CASH_FLOW,
    layout: 'ifrs',
    tags: TAGS,
    entries: world.ledger.entries,
    reversals: world.ledger.reversals,
    lockedThrough: lastDay(locked),
    late: latePostings(locked),
    budgets: [
      { year: `${firstYear + 1}`, percent: '3' },
      { year: `${firstYear + 2}`, percent: '4.5' },
    ],
    closed: { year: `${firstYear}`, to: '3100' },
    foreign: foreignTrade(months, lastDay(locked)),
  };
}
