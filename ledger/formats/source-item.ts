// What every reader of other people's files yields: entries, accounts, assertions and notes, each with its line.
import type { AccountType } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import type { MinorUnits } from '#ledger/domain/money.ts';

/** What stops a file from being posted, and where. `line` and `column` count from 1. */
export interface SourceIssue {
  readonly type: 'issue';
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** A sentence for people: what is wrong and what to do. */
  readonly message: string;
}

/** One posting; `amount` in minor units of the base currency, positive is debit; zero is kept. */
export interface SourcePosting {
  readonly line: number;
  /** As written: a code or a full name. */
  readonly account: string;
  readonly amount: MinorUnits;
  readonly memo: string;
}

/** A balanced entry (elided amounts are filled in), two postings or more. */
export interface SourceEntry {
  readonly type: 'entry';
  readonly line: number;
  readonly date: CalendarDate;
  readonly kind: EntryKind;
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
  readonly amount: MinorUnits;
  readonly tolerance: MinorUnits;
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
  | SourceNote
  | SourceIssue;

export interface ReadOptions {
  /** The book's base currency, its symbol (`$`) and its number of decimals. */
  readonly currency: string;
  readonly exponent: number;
  /** The book's locale decides where a figure could mean two things (`1,234`). */
  readonly locale: string;
  /** A trial balance without dates is an opening entry of this day. */
  readonly openingDate?: CalendarDate;
  /** Where the difference of such a trial balance goes; without it a difference is an issue. */
  readonly differenceTo?: string;
}

/** Reads a file's text, chunk by chunk, with memory that doesn't grow with the file. */
export type FormatReader = (
  text: AsyncIterable<string>,
  options: ReadOptions,
) => AsyncIterable<SourceItem>;
