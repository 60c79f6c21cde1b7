// A journal entry: dated lines on accounts that balance to zero in the book's base currency.
import { type AccountId, opposite, type Side } from './account.ts';
import type { CalendarDate } from './calendar.ts';
import type { LineDetails } from './line-details.ts';
import type { MinorUnits } from './money.ts';

export const ENTRY_KINDS = ['ordinary', 'opening', 'adjusting', 'closing', 'reversal'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const FEWEST_LINES = 2;
export const MOST_LINES = 10_000;

/** What a line moves in a unit other than the base currency, on the posting's side. */
export interface UnitAmount {
  readonly unit: string;
  /** In the unit's own decimals, zero or more. */
  readonly quantity: bigint;
  /** Base currency for one of it, as it was given or looked up; null where a total was given or no rate is known. */
  readonly rate: string | null;
  /** What it was priced at in a unit that has no rate either: that unit balances by this. */
  readonly cost: { readonly unit: string; readonly quantity: bigint } | null;
}

/**
 * One line of an entry. `amount` is in minor units of the base currency, zero or more. A line with `units` and an amount
 * of zero has no base amount, because no rate is known.
 */
export interface Posting {
  readonly account: AccountId;
  readonly side: Side;
  readonly amount: MinorUnits;
  readonly memo: string;
  readonly units?: UnitAmount;
  readonly details?: LineDetails;
}

export interface JournalEntry {
  /** Gapless in its book, 1, 2, 3 … */
  readonly number: number;
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  /** A closing entry, or the reversal of one: left out of that year's statements (design §4). */
  readonly closing: boolean;
  readonly reference: string;
  readonly description: string;
  /** Number of the entry that this one reverses. */
  readonly reverses: number | null;
  readonly lines: readonly Posting[];
}

/** The same lines with their sides exchanged. */
export const reversedLines = (postings: readonly Posting[]): Posting[] =>
  postings.map((posting) => ({ ...posting, side: opposite(posting.side) }));
