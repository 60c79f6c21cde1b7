// A book and its entries as writers of files take them, and the amount of a line, which both write in the same way.

import type { AccountType } from '#ledger/domain/account.ts';
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';

export interface WrittenBook {
  readonly name: string;
  readonly currency: string;
  /** Decimals of the base currency. */
  readonly exponent: number;
  readonly position: number;
  /** First day of the book. */
  readonly startDate: string;
  readonly accounts: readonly {
    readonly id: number;
    readonly code: string;
    readonly name: string;
    readonly path: string;
    readonly type: AccountType;
    readonly closed: boolean;
    /** Counted as cash in the cash flow statement. */
    readonly isCash: boolean;
  }[];
  readonly units: readonly { readonly code: string; readonly decimals: number }[];
  readonly rates: readonly {
    readonly unit: string;
    readonly date: string;
    readonly rate: string;
  }[];
}

export interface WrittenEntry {
  readonly number: number;
  /** When it was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string;
  /** Number of the entry that it reverses. */
  readonly reverses: number | null;
  readonly date: string;
  readonly kind: EntryKind;
  /** A closing entry, or the reversal of one. */
  readonly closing: boolean;
  readonly reference: string;
  readonly description: string;
  readonly lines: readonly {
    readonly account: number;
    /** Decimal text, debit positive. */
    readonly amount: string;
    readonly memo: string;
    /** What it names by the book's codes; null when nothing more. */
    readonly details: AskedDetails | null;
    /** Quantities in decimal text without sign. */
    readonly units: {
      readonly unit: string;
      readonly quantity: string;
      readonly cost: { readonly unit: string; readonly quantity: string } | null;
    } | null;
  }[];
}

/**
 * A line's amount: in its own unit with what it is worth in all, or with its cost, or alone where nothing values it; else in
 * the base currency. A revaluation moves no quantity: its line is one of the base currency.
 * @param named how the file calls a unit
 */
export function writtenAmount(
  { amount, units }: WrittenEntry['lines'][number],
  currency: string,
  named: (unit: string) => string,
): string {
  if (!units || !/[1-9]/.test(units.quantity)) return `${amount} ${currency}`;
  const { cost, quantity, unit } = units;
  const credit = amount.startsWith('-');
  const own = `${credit ? '-' : ''}${quantity} ${named(unit)}`;
  const worth = credit ? amount.slice(1) : amount;
  if (/[1-9]/.test(worth)) return `${own} @@ ${worth} ${currency}`;
  return cost ? `${own} @@ ${cost.quantity} ${named(cost.unit)}` : own;
}
