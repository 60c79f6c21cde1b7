// What comes round every month or quarter: wages and their taxes, rent, loan, clearing accounts, depreciation, VAT.
import { addMonths, type CalendarDate, type Month, monthOf } from '#ledger/domain/calendar.ts';
import { credit, type DemoLine, debit } from './draft-ledger.ts';
import { share } from './random.ts';
import { receiveBill } from './trading-purchases.ts';
import { ACCOUNTS, growth, VAT, type World } from './trading-world.ts';
import { dayOf, lastWorkingDay, weekday } from './working-days.ts';

/** Monthly pay of each department in the first year, in cents. */
const PAY: readonly (readonly [account: string, department: string, gross: bigint])[] = [
  ['6001', 'Warehouse, five people', 1_535_000n],
  ['6002', 'Shop, three people', 842_000n],
  ['6003', 'Sales, three people', 1_260_000n],
  ['6004', 'Office, three people', 1_078_000n],
  ['6005', 'Directors', 1_180_000n],
];

function wages(world: World, date: CalendarDate, month: Month): void {
  const { ledger } = world;
  const bonus = month.endsWith('-12') ? 10_600 : 10_000;
  const gross = PAY.map(([account, department, amount]) =>
    debit(account, share((amount * BigInt(growth(world, month) + 300)) / 400n, bonus), department),
  );
  const total = gross.reduce((sum, line) => sum + line.amount, 0n);
  const [insurance, pension] = [share(total, 1_105), share(total, 300)];
  const [withheld, own] = [share(total, 2_240), share(total, 300)];
  const net = total - withheld - own;
  ledger.post(date, `PR-${month}`, `Payroll ${month}`, [
    ...gross,
    debit('6010', insurance, 'Employer’s share'),
    debit('6015', pension, 'Employer’s share'),
    credit('2230', withheld + insurance, 'Tax and social insurance'),
    credit('2240', own + pension, 'Pension fund'),
    credit('2250', net, 'Net wages'),
  ]);
  pay(world, date, '2250', `Net wages ${month}`);
}

/** Pays the whole balance of a liability from the current account. */
export function pay(world: World, date: CalendarDate, account: string, description: string): void {
  const owed = -world.ledger.balance(account);
  if (owed <= 0n) return;
  const lines = [debit(account, owed, 'Settled'), credit(ACCOUNTS.bank, owed, 'Transfer')];
  world.ledger.post(date, world.ledger.next('BP', date), description, lines);
}

/** Moves a clearing account to the bank, less what the payment company keeps. */
function settle(
  world: World,
  date: CalendarDate,
  account: string,
  fee: number,
  from: string,
): void {
  const amount = world.ledger.balance(account);
  if (amount <= 0n) return;
  world.ledger.post(date, world.ledger.next('ST', date), `${from} settlement`, [
    debit(ACCOUNTS.bank, amount - share(amount, fee), 'Paid out'),
    debit('6245', share(amount, fee), 'Fees'),
    credit(account, amount, 'Cleared'),
  ]);
}

function clearing(world: World, date: CalendarDate): void {
  const { ledger } = world;
  const day = weekday(date);
  if (day === 1 || day === 4) settle(world, date, ACCOUNTS.cards, 95, 'Card terminal');
  if (day === 2) settle(world, date, ACCOUNTS.web, 165, 'Web payments');
  const takings = ledger.balance(ACCOUNTS.till) - 30_000n;
  if ((day === 3 || day === 5) && takings > 10_000n) {
    const lodged = (takings / 500n) * 500n;
    ledger.post(date, ledger.next('LG', date), 'Cash lodged at the bank', [
      debit(ACCOUNTS.bank, lodged, 'Night safe'),
      credit(ACCOUNTS.till, lodged, 'Shop till'),
    ]);
  }
  const missing = 40_000n - ledger.balance(ACCOUNTS.petty);
  if (day === 1 && missing > 24_000n) {
    ledger.post(date, ledger.next('PC', date), 'Petty cash topped up', [
      debit(ACCOUNTS.petty, missing, 'Imprest 400'),
      credit(ACCOUNTS.bank, missing, 'Cash drawn'),
    ]);
  }
}

const INSTALMENT = 546_000n;

function loan(world: World, date: CalendarDate): void {
  const owed = -world.ledger.balance('2300');
  const interest = (owed * 520n + 60_000n) / 120_000n;
  const principal = INSTALMENT - interest;
  world.ledger.post(date, world.ledger.next('BP', date), 'Term loan, monthly instalment', [
    debit('7001', interest, 'Interest 5.2 %'),
    debit('2300', principal > owed ? owed : principal, 'Principal'),
    credit(ACCOUNTS.bank, interest + (principal > owed ? owed : principal), 'Direct debit'),
  ]);
}

/** What the current account does not need earns interest on the deposit account. */
function putAside(world: World, date: CalendarDate): void {
  const spare = world.ledger.balance(ACCOUNTS.bank) - 26_000_000n;
  if (spare < 5_000_000n) return;
  const amount = (spare / 2_500_000n) * 2_500_000n;
  world.ledger.post(date, world.ledger.next('BP', date), 'Transfer to deposit account', [
    debit(ACCOUNTS.deposit, amount, 'Put aside'),
    credit(ACCOUNTS.bank, amount, 'Put aside'),
  ]);
}

/** Cost account, depreciation account, expense account, months of life. */
const ASSETS: readonly (readonly [string, string, string, bigint])[] = [
  ['0010', '0015', '6501', 120n],
  ['0020', '0025', '6502', 96n],
  ['0030', '0035', '6503', 84n],
  ['0040', '0045', '6504', 42n],
  ['0050', '0055', '6505', 72n],
];

function monthEnd(world: World, date: CalendarDate, month: Month): void {
  const { ledger, spread } = world;
  const worn = ASSETS.flatMap(([cost, worn, expense, life]): DemoLine[] => {
    const left = ledger.balance(cost) + ledger.balance(worn);
    const amount = ledger.balance(cost) / life;
    const step = amount > left ? left : amount;
    return [debit(expense, step, 'Straight line'), credit(worn, step, 'Straight line')];
  });
  ledger.post(date, `DEP-${month}`, `Depreciation ${month}`, worn, 'adjusting');
  ledger.post(
    date,
    `PRE-${month}`,
    `Prepayments used in ${month}`,
    [
      debit('6101', spread.rent, 'Rent of the month'),
      credit('1150', spread.rent, 'Paid quarterly'),
      debit('6435', spread.insurance, 'Insurance of the month'),
      credit('1160', spread.insurance, 'Paid in March'),
    ],
    'adjusting',
  );
  const charges = world.chance.amount(62, 118);
  ledger.post(date, `BC-${month}`, 'Bank charges', [
    debit('6460', charges, 'Fees of the month'),
    credit(ACCOUNTS.bank, charges, 'Charged'),
  ]);
  if (+month.slice(5) % 3 === 0) {
    const interest = share(ledger.balance(ACCOUNTS.deposit), 48);
    ledger.post(date, `INT-${month}`, 'Deposit interest of the quarter', [
      debit(ACCOUNTS.deposit, interest, 'Interest'),
      credit('4900', interest, 'Interest'),
    ]);
  }
}

/** Two months' VAT, last thing on their last day: what was charged less what was paid is owed, both accounts are at zero. */
export function returnVat(world: World, date: CalendarDate): void {
  const month = monthOf(date);
  if (+month.slice(5) % 2 !== 0 || lastWorkingDay(month) !== date) return;
  const charged = -world.ledger.balance(ACCOUNTS.vatSales);
  const paid = world.ledger.balance(ACCOUNTS.vatPurchases);
  world.ledger.post(date, `VAT-${month}`, `VAT return, ${addMonths(month, -1)} and ${month}`, [
    debit(ACCOUNTS.vatSales, charged, 'VAT on sales'),
    credit(ACCOUNTS.vatPurchases, paid, 'VAT on purchases'),
    credit(ACCOUNTS.vatPayable, charged - paid, 'To be paid by the 23rd'),
  ]);
}

/** The entries of the calendar that fall on this working day; month-end entries come last, after the day's business. */
export function keepMonth(world: World, date: CalendarDate): void {
  const month = monthOf(date);
  const on = (day: number) => dayOf(month, day) === date;
  clearing(world, date);
  if (on(10)) pay(world, date, '2240', 'Pension contributions');
  if (on(15)) loan(world, date);
  if (on(28)) putAside(world, date);
  if (on(18)) pay(world, date, ACCOUNTS.companyCard, 'Company card statement');
  if (on(22) && +month.slice(5) % 2 === 1) pay(world, date, ACCOUNTS.vatPayable, 'VAT paid');
  if (on(23)) pay(world, date, '2230', 'Payroll taxes of last month');
  if (on(25)) wages(world, date, month);
  if (on(2) && +month.slice(5) % 3 === 1) {
    const rent = debit('1150', world.spread.rent * 3n, 'Rent, quarter in advance');
    receiveBill(world, date, 'Millrace Estates', [rent], 7, VAT);
  }
  if (on(4) && month.endsWith('-03')) {
    const premium = debit('1160', world.spread.insurance * 12n, 'Business insurance, one year');
    receiveBill(world, date, 'Penhallow Brokers', [premium], 21, 0);
  }
  if (lastWorkingDay(month) === date) monthEnd(world, date, month);
}
