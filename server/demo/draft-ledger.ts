// The journal that a demo company writes while it lives through its years: entries in order, and the balance
// of every account after each, so that the company can see its cash and its stock before it spends them.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import type { DemoDetails } from './trading-details.ts';
import { isWeekday } from './working-days.ts';

/** One line: debit positive, credit negative, in cents. */
export interface DemoLine {
  readonly account: string;
  readonly amount: bigint;
  readonly memo: string;
  readonly details?: DemoDetails;
}

export interface DemoEntry {
  readonly date: CalendarDate;
  readonly reference: string;
  readonly description: string;
  readonly kind: EntryKind;
  readonly lines: readonly DemoLine[];
}

/** An entry to be reversed once everything stands in the book. */
export interface DemoReversal {
  readonly reference: string;
  readonly date: CalendarDate;
  readonly reason: string;
}

export const debit = (
  account: string,
  amount: bigint,
  memo = '',
  details?: DemoDetails,
): DemoLine => ({ account, amount, memo, ...(details && { details }) });
export const credit = (
  account: string,
  amount: bigint,
  memo = '',
  details?: DemoDetails,
): DemoLine => debit(account, -amount, memo, details);

export class DraftLedger {
  readonly entries: DemoEntry[] = [];
  readonly reversals: DemoReversal[] = [];
  readonly #balances = new Map<string, bigint>();
  readonly #numbers = new Map<string, number>();

  /** Debit minus credit so far. */
  balance(account: string): bigint {
    return this.#balances.get(account) ?? 0n;
  }

  /** Debit minus credit of every account whose code begins with one of the prefixes. */
  balanceOf(...prefixes: string[]): bigint {
    let total = 0n;
    for (const [account, amount] of this.#balances) {
      if (prefixes.some((prefix) => account.startsWith(prefix))) total += amount;
    }
    return total;
  }

  /** The next reference of a series, such as `SI-24-00017`. */
  next(series: string, date: CalendarDate): string {
    const key = `${series}-${date.slice(2, 4)}`;
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    return `${key}-${String(number).padStart(5, '0')}`;
  }

  /** Writes an entry. Lines of nothing are left out; one that does not balance is a mistake of ours. */
  post(
    date: CalendarDate,
    reference: string,
    description: string,
    lines: readonly DemoLine[],
    kind: EntryKind = 'ordinary',
  ): DemoEntry {
    const entry = {
      date,
      reference,
      description,
      kind,
      lines: lines.filter((line) => line.amount !== 0n),
    };
    const difference = entry.lines.reduce((sum, line) => sum + line.amount, 0n);
    if (difference !== 0n) throw new Error(`${reference} is out of balance by ${difference}`);
    if (!isWeekday(date)) throw new Error(`${reference} is dated on a weekend: ${date}`);
    if (entry.lines.length < 2) return entry;
    this.entries.push(entry);
    for (const line of entry.lines) this.#move(line.account, line.amount);
    return entry;
  }

  /** Takes an entry back on a later day. */
  reverse(entry: DemoEntry, date: CalendarDate, reason: string): void {
    this.reversals.push({ reference: entry.reference, date, reason });
    for (const line of entry.lines) this.#move(line.account, -line.amount);
  }

  #move(account: string, amount: bigint): void {
    this.#balances.set(account, this.balance(account) + amount);
  }
}
