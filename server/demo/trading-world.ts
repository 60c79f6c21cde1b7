// What the demo trading company knows while it lives: its ledger, its calendar, what customers owe, what it owes.
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import { type DemoEntry, type DemoLine, DraftLedger } from './draft-ledger.ts';
import type { Chance } from './random.ts';
import { chanceFrom } from './random.ts';
import { type Customer, customers, type Range, ranges } from './trading-names.ts';

/** VAT on everything sold at home and on most of what is bought, in basis points. */
export const VAT = 2_300;

export const ACCOUNTS = {
  bank: '1200',
  deposit: '1210',
  petty: '1230',
  till: '1240',
  cards: '1250',
  web: '1260',
  debtors: '1100',
  creditors: '2100',
  accruals: '2110',
  companyCard: '2120',
  vatSales: '2200',
  vatPurchases: '2210',
  vatPayable: '2220',
} as const;

/** An invoice sent and not yet paid. */
export interface Receivable {
  readonly customer: string;
  readonly reference: string;
  readonly invoiced: CalendarDate;
  amount: bigint;
  /** When the money comes; null when it never will. */
  readonly paid: CalendarDate | null;
}

/** A supplier's invoice booked and not yet paid. */
export interface Bill {
  readonly supplier: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly due: CalendarDate;
}

export interface World {
  readonly ledger: DraftLedger;
  readonly chance: Chance;
  readonly customers: readonly Customer[];
  readonly ranges: readonly Range[];
  readonly firstYear: number;
  /** More and smaller documents when the last of the three years has hardly begun: percent of the usual number. */
  readonly density: number;
  receivables: Receivable[];
  bills: Bill[];
  /** Entries somebody will find to be wrong, and when. */
  mistakes: { entry: DemoEntry; found: CalendarDate; reason: string }[];
  /** The rent and insurance still to be spread, in cents a month. */
  readonly spread: { rent: bigint; insurance: bigint };
}

export function newWorld(seed: number, firstYear: number, months: number): World {
  return {
    ledger: new DraftLedger(),
    chance: chanceFrom(seed),
    customers: customers(),
    ranges: ranges(),
    firstYear,
    density: Math.round(3_600 / months),
    receivables: [],
    bills: [],
    mistakes: [],
    spread: { rent: 950_000n, insurance: 118_000n },
  };
}

/** Demand in percent of an average month: kitchenware is given at Christmas. */
const SEASON = [80, 84, 93, 96, 99, 98, 91, 88, 102, 112, 129, 128];
const SHOP_SEASON = [78, 78, 88, 92, 95, 96, 93, 92, 96, 106, 128, 158];

const monthIndex = (date: CalendarDate | Month): number => +date.slice(5, 7) - 1;

/** Prices and volumes grow a little each year: percent of the first. */
export const growth = (world: World, date: CalendarDate | Month): number =>
  100 + (+date.slice(0, 4) - world.firstYear) * 7;

export const season = (world: World, date: CalendarDate | Month): number =>
  ((SEASON[monthIndex(date)] ?? 100) * growth(world, date)) / 100;

export const shopSeason = (world: World, date: CalendarDate | Month): number =>
  ((SHOP_SEASON[monthIndex(date)] ?? 100) * growth(world, date)) / 100;

/** How many documents come today, when so many come in an average month of 21 days. */
export function arrivals(world: World, perMonth: number): number {
  const expected = (perMonth * world.density) / 100 / 21;
  const whole = Math.floor(expected);
  return whole + (world.chance.happens(expected - whole) ? 1 : 0);
}

/** One line an account, in the order of first mention: what a bookkeeper would write. */
export function gathered(lines: readonly DemoLine[]): DemoLine[] {
  const byKey = new Map<string, DemoLine>();
  for (const line of lines) {
    const key = `${line.account} ${line.memo}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...line, amount: known.amount + line.amount } : line);
  }
  return [...byKey.values()];
}
