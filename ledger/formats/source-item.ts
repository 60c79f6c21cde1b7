// What every reader of other people's files yields: entries, accounts, assertions and notes, each with its line.
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { AskedDetails } from '#ledger/domain/decide-details.ts';
import type { Decimal } from '#ledger/domain/decimal.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import type { MinorUnits } from '#ledger/domain/money.ts';
import type { UnvaluedLine } from '#ledger/domain/value-lines.ts';

/** What stops a file from being posted, and where. `line` and `column` count from 1. */
export interface SourceIssue {
  readonly type: 'issue';
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** A sentence for people: what is wrong and what to do. */
  readonly message: string;
}

/**
 * One posting; `amount` in minor units of the base currency, positive is debit; zero is kept. One in another unit has its
 * quantity and price in `units`, and no amount.
 */
export interface SourcePosting {
  readonly line: number;
  /** As written: a code or a full name. */
  readonly account: string;
  readonly amount: MinorUnits;
  readonly memo: string;
  readonly units?: UnvaluedLine;
  /** Whom it is with, what it opens or settles, what it is counted under: by the book's codes. */
  readonly details?: AskedDetails;
  /** Codes that the book hasn't and nobody adds are left out and told, where other files are refused for them. */
  readonly detailsIfKnown?: true;
}

/** A balanced entry (elided amounts are filled in), two postings or more. */
export interface SourceEntry {
  readonly type: 'entry';
  readonly line: number;
  readonly date: CalendarDate;
  /** Null: the file doesn’t say. */
  readonly kind: EntryKind | null;
  readonly reference: string;
  readonly description: string;
  readonly postings: readonly SourcePosting[];
}

/** An account that the file declares. */
export interface SourceAccount {
  readonly type: 'account';
  readonly line: number;
  readonly path: string;
  readonly code?: string;
  readonly name?: string;
  readonly accountType?: AccountType;
}

/**
 * A balance that must be so. `after` says at which moment: `day-start` before all entries of `date` (Beancount);
 * `day-order` after the posting `posting` (0-based) of the entry read last, in order of dates and then of the file
 * (hledger); `file-order` after that posting in the file's order (Ledger).
 */
export interface SourceAssertion {
  readonly type: 'assertion';
  readonly line: number;
  readonly account: string;
  /** Of what the account holds of this unit. */
  readonly unit: string;
  readonly amount: Decimal;
  readonly tolerance: Decimal;
  /** Whether it must hold nothing of any other unit (hledger's `==`). */
  readonly alone: boolean;
  readonly withSubAccounts: boolean;
  readonly date: CalendarDate;
  readonly after: 'day-start' | 'day-order' | 'file-order';
  readonly posting: number;
}

/** Beancount's `pad`: fills `account` from `source` so that its next assertion holds. */
export interface SourcePad {
  readonly type: 'pad';
  readonly line: number;
  readonly date: CalendarDate;
  readonly account: string;
  readonly source: string;
}

/** A commodity that the file declares, with the decimals that its sample shows. */
export interface SourceUnit {
  readonly type: 'unit';
  readonly line: number;
  readonly code: string;
  readonly decimals: number;
}

/** What one of a unit is worth from a day on, in a unit that may be the base currency. */
export interface SourceRate {
  readonly type: 'rate';
  readonly line: number;
  readonly unit: string;
  readonly date: CalendarDate;
  readonly rate: Decimal;
  readonly of: string;
}

/** What the file calls a customer or supplier that lines may name. */
export interface SourceParty {
  readonly type: 'party';
  readonly line: number;
  readonly code: string;
  readonly name: string;
  /** Null: the file doesn’t say. */
  readonly role: 'customer' | 'supplier' | null;
}

/** What the file calls a value of a dimension that lines may name. */
export interface SourceValue {
  readonly type: 'dimension-value';
  readonly line: number;
  /** Code of the dimension. */
  readonly dimension: string;
  readonly dimensionName: string;
  readonly code: string;
  readonly name: string;
}

/** Something the preview tells, as "`$` is read as USD". */
export interface SourceNote {
  readonly type: 'note';
  readonly line: number;
  readonly message: string;
}

export type SourceItem =
  | SourceEntry
  | SourceAccount
  | SourceAssertion
  | SourcePad
  | SourceUnit
  | SourceRate
  | SourceParty
  | SourceValue
  | SourceNote
  | SourceIssue;

export interface ReadOptions {
  /** The book's base currency, its symbol (`$`) and its number of decimals. */
  readonly currency: string;
  readonly exponent: number;
  /** The book's locale decides where a figure could mean two things (`1,234`). */
  readonly locale: string;
  /** A trial balance without dates is an opening entry of this day; so are a SAF-T file's opening balances. */
  readonly openingDate?: CalendarDate;
  /** The account where a difference of opening balances goes; without it a difference is an issue. */
  readonly openingDifference?: string;
}

/** Reads a file's text, chunk by chunk, with memory that doesn't grow with the file. */
export type FormatReader = (
  text: AsyncIterable<string>,
  options: ReadOptions,
) => AsyncIterable<SourceItem>;
