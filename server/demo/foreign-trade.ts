// What the trading company does in dollars and pounds: it sells kitchenware to an American importer and buys knives in
// Sheffield, at the rates of the day, and its bank changes what is left. Pure.
import {
  addDays,
  type CalendarDate,
  firstDay,
  lastDay,
  type Month,
} from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type Chance, chanceFrom } from './random.ts';
import { chartOf, type DemoAccount } from './trading-chart.ts';
import { dayOf } from './working-days.ts';

const SEED = 55_103;

const ACCOUNTS = chartOf([
  ['asset', 'Assets:Debtors', '1105 Trade debtors, dollars'],
  ['asset', 'Assets:Bank and cash', '1220 Dollar account; 1225 Sterling account'],
  ['liability', 'Liabilities:Creditors', '2105 Trade creditors, sterling'],
  ['expense', 'Expenses:Finance and tax', '7050 Exchange differences and rounding'],
]);

export const ROUNDING_ACCOUNT = '7050';

/** Codes of the parties abroad. */
const IMPORTER = 'HPI';
const CUTLER = 'RIV';
export const PARTIES_ABROAD = [
  [IMPORTER, 'Harrow & Pike Imports'],
  [CUTLER, 'Rivelin Blades'],
] as const;

/** A line as the command takes it; with a unit it is in that, at a rate. */
export interface ForeignLine {
  readonly account: string;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
  readonly unit?: string;
  readonly rate?: string;
  readonly party?: string;
  readonly document?: string;
  readonly dueDate?: CalendarDate;
}

export interface ForeignEntry {
  readonly date: CalendarDate;
  readonly reference: string;
  readonly description: string;
  readonly lines: readonly ForeignLine[];
}

export interface ForeignTrade {
  readonly accounts: readonly DemoAccount[];
  readonly rates: readonly {
    readonly unit: string;
    readonly date: CalendarDate;
    readonly rate: string;
  }[];
  readonly entries: readonly ForeignEntry[];
  /** The month's end at which what is held is revalued. */
  readonly revaluedAt: CalendarDate;
}

/** Ten-thousandths of a euro for one. */
type Rates = Readonly<Record<'USD' | 'GBP', bigint>>;

/** @param months of the book, in order @param revaluedAt the end of one of them */
export function foreignTrade(months: readonly Month[], revaluedAt: CalendarDate): ForeignTrade {
  const trade = new Trade(chanceFrom(SEED));
  for (const month of months) trade.live(month);
  return { accounts: ACCOUNTS, rates: trade.rates, entries: trade.entries, revaluedAt };
}

/** An invoice that is open: cents of its currency, and the rate at which it stands in the books. */
interface Open {
  readonly cents: bigint;
  readonly rate: bigint;
  readonly reference: string;
}

class Trade {
  readonly rates: ForeignTrade['rates'][number][] = [];
  readonly entries: ForeignEntry[] = [];
  readonly #chance: Chance;
  #rate: Rates = { USD: 9_200n, GBP: 11_650n };
  #sold: Open | null = null;
  #bought: Open | null = null;
  #number = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  live(month: Month): void {
    this.#fix(firstDay(month));
    this.#collect(dayOf(month, 9));
    this.#pay(dayOf(month, 12));
    this.#fix(addDays(firstDay(month), 14));
    this.#sell(dayOf(month, 17));
    this.#buy(dayOf(month, 21));
    if (month.endsWith('12') || month.endsWith('06')) this.#fix(lastDay(month));
  }

  /** The central bank's rates of a day wander by a per cent at most. */
  #fix(date: CalendarDate): void {
    const wander = (rate: bigint) =>
      (rate * BigInt(10_000 + this.#chance.int(-100, 100))) / 10_000n;
    this.#rate = { USD: wander(this.#rate.USD), GBP: wander(this.#rate.GBP) };
    for (const unit of ['USD', 'GBP'] as const) {
      this.rates.push({ unit, date, rate: decimalText(this.#rate[unit], 4) });
    }
  }

  #sell(date: CalendarDate): void {
    const cents = this.#chance.amount(4_000, 11_000);
    const reference = this.#reference('SX', date);
    this.#sold = { cents, rate: this.#rate.USD, reference };
    this.#post(date, reference, 'Harrow & Pike Imports, Boston', [
      {
        ...inUnit('1105', 'debit', cents, 'USD', this.#rate.USD),
        ...invoiced(IMPORTER, reference, date),
      },
      inEuros('4050', 'credit', worth(cents, this.#rate.USD)),
    ]);
  }

  #collect(date: CalendarDate): void {
    if (!this.#sold) return;
    const { cents, rate, reference } = this.#sold;
    this.#sold = null;
    this.#post(date, `R-${reference}`, 'Harrow & Pike Imports, Boston', [
      inUnit('1220', 'debit', cents, 'USD', this.#rate.USD),
      { ...inUnit('1105', 'credit', cents, 'USD', rate), party: IMPORTER, document: reference },
      ...difference(worth(cents, this.#rate.USD) - worth(cents, rate)),
    ]);
    // Most of it is changed at once, at a little less than the bank's own rate.
    const sold = (cents * 4n) / 5n;
    const paid = (this.#rate.USD * 997n) / 1_000n;
    this.#post(date, `X-${reference}`, 'Dollars changed', [
      inEuros('1200', 'debit', worth(sold, paid)),
      inUnit('1220', 'credit', sold, 'USD', this.#rate.USD),
      ...difference(worth(sold, paid) - worth(sold, this.#rate.USD)),
    ]);
  }

  #buy(date: CalendarDate): void {
    const cents = this.#chance.amount(2_000, 6_000);
    const reference = this.#reference('PX', date);
    this.#bought = { cents, rate: this.#rate.GBP, reference };
    this.#post(date, reference, 'Rivelin Blades, Sheffield', [
      inEuros('5003', 'debit', worth(cents, this.#rate.GBP)),
      {
        ...inUnit('2105', 'credit', cents, 'GBP', this.#rate.GBP),
        ...invoiced(CUTLER, reference, date),
      },
    ]);
  }

  #pay(date: CalendarDate): void {
    if (!this.#bought) return;
    const { cents, rate, reference } = this.#bought;
    this.#bought = null;
    const bought = cents + 25_000n;
    this.#post(date, `X-${reference}`, 'Sterling bought', [
      inUnit('1225', 'debit', bought, 'GBP', this.#rate.GBP),
      inEuros('1200', 'credit', worth(bought, this.#rate.GBP)),
    ]);
    this.#post(date, `P-${reference}`, 'Rivelin Blades, Sheffield', [
      { ...inUnit('2105', 'debit', cents, 'GBP', rate), party: CUTLER, document: reference },
      inUnit('1225', 'credit', cents, 'GBP', this.#rate.GBP),
      ...difference(worth(cents, rate) - worth(cents, this.#rate.GBP)),
    ]);
  }

  #reference(series: string, date: CalendarDate): string {
    this.#number += 1;
    return `${series}-${date.slice(2, 4)}-${String(this.#number).padStart(4, '0')}`;
  }

  #post(
    date: CalendarDate,
    reference: string,
    description: string,
    lines: readonly ForeignLine[],
  ): void {
    this.entries.push({ date, reference, description, lines });
  }
}

const invoiced = (party: string, document: string, date: CalendarDate) => ({
  ...{ party, document, dueDate: addDays(date, 30) },
});

/** Cents of the euro for cents of a currency, half away from zero. */
const worth = (cents: bigint, rate: bigint): bigint => (cents * rate + 5_000n) / 10_000n;

const inUnit = (
  account: string,
  side: ForeignLine['side'],
  cents: bigint,
  unit: string,
  rate: bigint,
): ForeignLine => ({
  account,
  side,
  amount: decimalText(cents, 2),
  unit,
  rate: decimalText(rate, 4),
});

const inEuros = (account: string, side: ForeignLine['side'], cents: bigint): ForeignLine => ({
  account,
  side,
  amount: decimalText(cents, 2),
});

/** The line that takes an exchange difference. @param gain in cents; a loss is below zero */
const difference = (gain: bigint): ForeignLine[] =>
  gain === 0n
    ? []
    : [inEuros(ROUNDING_ACCOUNT, gain > 0n ? 'credit' : 'debit', gain > 0n ? gain : -gain)];
