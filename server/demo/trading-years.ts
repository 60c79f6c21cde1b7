// What comes round once a year: investments, dividends, corporation tax, and the adjustments of the year end.
import {
  addMonths,
  type CalendarDate,
  firstDay,
  type Month,
  monthOf,
} from '#ledger/domain/calendar.ts';
import { credit, debit } from './draft-ledger.ts';
import { share } from './random.ts';
import { pay } from './trading-months.ts';
import { receiveBill } from './trading-purchases.ts';
import { ACCOUNTS, type World } from './trading-world.ts';
import { dayOf, lastWorkingDay, onOrAfter } from './working-days.ts';

const TAX_RATE = 1_250;

/** What is bought to last, by month and year of the demo (0 the first). */
const INVESTMENTS: readonly (readonly [
  year: number,
  month: string,
  account: string,
  what: string,
  euros: bigint,
])[] = [
  [0, '04', '0040', 'Six laptops and a server', 9_800n],
  [0, '09', '0020', 'Pallet racking, aisle 4', 16_400n],
  [1, '02', '0050', 'Delivery van', 31_500n],
  [1, '06', '0030', 'Shop counter and shelving', 12_750n],
  [2, '03', '0020', 'Electric stacker', 14_900n],
  [2, '05', '0040', 'Till system and screens', 7_600n],
];

function invest(world: World, date: CalendarDate, month: Month): void {
  const year = +month.slice(0, 4) - world.firstYear;
  for (const [inYear, inMonth, account, what, euros] of INVESTMENTS) {
    if (inYear !== year || !month.endsWith(`-${inMonth}`)) continue;
    receiveBill(world, date, 'Stellwerk Equipment', [debit(account, euros * 100n, what)], 30);
  }
}

/** The dividend of the year: declared when the accounts are approved, a quarter of it withheld for tax. */
function declareDividend(world: World, date: CalendarDate): void {
  const year = +date.slice(0, 4) - world.firstYear;
  const dividend = 9_000_000n + BigInt(year) * 2_500_000n;
  world.ledger.post(date, `DIV-${date.slice(0, 4)}`, 'Dividend declared by the general meeting', [
    debit('3200', dividend, 'Final dividend'),
    credit('2280', dividend - share(dividend, 2_500), 'To shareholders'),
    credit('2270', share(dividend, 2_500), 'Withholding tax 25 %'),
  ]);
}

/** Result of the calendar year so far, before tax; profit positive. */
const profitSince = (world: World, opening: bigint): bigint =>
  -(world.ledger.balanceOf('4', '5', '6', '70') - opening);

/** The last working day of December, after everything else of the year. */
function yearEnd(world: World, date: CalendarDate, opening: bigint): void {
  const { ledger, chance } = world;
  const year = date.slice(0, 4);
  const adjust = (name: string, description: string, lines: Parameters<typeof ledger.post>[3]) =>
    ledger.post(date, `ADJ-${year}-${name}`, description, lines, 'adjusting');
  const lost = world.ranges.map((range) => ({
    account: `100${range.digit}`,
    amount: share(ledger.balance(`100${range.digit}`), chance.int(15, 70)),
  }));
  adjust('COUNT', 'Stock count: differences written off', [
    debit(
      '5080',
      lost.reduce((sum, { amount }) => sum + amount, 0n),
      'Shrinkage',
    ),
    ...lost.map(({ account, amount }) => credit(account, amount, 'Counted against book')),
  ]);
  const slow = share(ledger.balanceOf('1001', '1002', '1003', '1004', '1005'), 160);
  const slowChange = slow + ledger.balance('1080');
  adjust('SLOW', 'Provision for slow-moving stock', [
    debit('5080', slowChange, 'To 1.6 % of stock'),
    credit('1080', slowChange, 'To 1.6 % of stock'),
  ]);
  const gone = world.receivables.filter((item) => item.paid === null);
  world.receivables = world.receivables.filter((item) => item.paid !== null);
  for (const item of gone) {
    const vat = (item.amount * 2_300n) / 12_300n;
    adjust(`WO-${item.reference}`, `Bad debt written off, ${item.customer}`, [
      debit('6250', item.amount - vat, item.reference),
      debit(ACCOUNTS.vatSales, vat, 'Bad debt relief'),
      credit(ACCOUNTS.debtors, item.amount, item.reference, {
        ...{ party: item.customer, document: item.reference },
      }),
    ]);
  }
  const doubtful = share(ledger.balance(ACCOUNTS.debtors), 120) + ledger.balance('1110');
  adjust('DOUBT', 'Provision for doubtful debts', [
    debit('6250', doubtful, 'To 1.2 % of debtors'),
    credit('1110', doubtful, 'To 1.2 % of debtors'),
  ]);
  const holiday = chance.amount(4_100, 6_300) + ledger.balance('2150');
  adjust('HOL', 'Holiday pay not yet taken', [
    debit('6001', holiday, 'Change of the year'),
    credit('2150', holiday, 'Days outstanding at year end'),
  ]);
  const audit = adjust('AUDIT', `Audit of ${year}, accrued`, [
    debit('6440', 860_000n, 'Fee agreed'),
    credit(ACCOUNTS.accruals, 860_000n, 'Fee agreed'),
  ]);
  const energy = chance.amount(900, 1_700);
  const power = adjust('POWER', 'Electricity used and not yet billed', [
    debit('6110', energy, 'Meter read at year end'),
    credit(ACCOUNTS.accruals, energy, 'Meter read at year end'),
  ]);
  const rebate = share(ledger.balance('1002'), 250);
  adjust('REBATE', 'Annual rebate, Haldon Stoneware', [
    debit(ACCOUNTS.bank, rebate, 'Transfer'),
    credit('4910', rebate, 'Volume bonus'),
  ]);
  const january = onOrAfter(firstDay(addMonths(monthOf(date), 1)));
  world.mistakes.push(
    {
      entry: audit,
      found: january,
      reason: `Accrual of ${year} reversed, the invoice follows`,
    },
    {
      entry: power,
      found: january,
      reason: `Accrual of ${year} reversed, the bill follows`,
    },
  );
  const tax = share(profitSince(world, opening), TAX_RATE);
  if (tax > 0n) {
    adjust('TAX', `Corporation tax ${year}`, [
      debit('7100', tax, 'Charge of the year, 12.5 %'),
      credit('2260', tax, 'To be paid in September'),
    ]);
  }
}

/** The yearly entries that fall on this working day. @param opening all result accounts when the year began. */
export function keepYear(world: World, date: CalendarDate, opening: bigint): void {
  const month = monthOf(date);
  const on = (text: string, day: number) =>
    month.endsWith(`-${text}`) && dayOf(month, day) === date;
  if (dayOf(month, 9) === date) invest(world, date, month);
  if (on('02', 20))
    receiveBill(world, date, 'Aldous & Pryce Auditors', [debit('6440', 860_000n, 'Audit fee')], 30);
  if (on('06', 12)) declareDividend(world, date);
  if (on('06', 26)) pay(world, date, '2280', 'Dividend paid to shareholders');
  if (on('07', 14)) pay(world, date, '2270', 'Dividend withholding tax');
  if (on('09', 21)) pay(world, date, '2260', 'Corporation tax, balance of last year');
  if (month.endsWith('-12') && lastWorkingDay(month) === date) yearEnd(world, date, opening);
}
