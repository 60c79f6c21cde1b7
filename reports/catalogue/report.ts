// The shape of a report document: a body by digest, a head by address, pages for the long reports. Screen, PDF, CSV
// and JSON are all made from one body, so they cannot disagree. Amounts are decimal strings in the currency's places.
import type { CalendarDate, Month, PeriodKey } from '#ledger/domain/calendar.ts';

/** Raised when the catalogue computes differently: the documents of every book are then made anew beside the old. */
export const SCHEMA_VERSION = 1;

export const REPORTS = [
  'trial-balance',
  'balance-sheet',
  'income-statement',
  'general-ledger',
  'journal',
] as const;
export type ReportName = (typeof REPORTS)[number];

export const REPORT_TITLES: Readonly<Record<ReportName, string>> = {
  'trial-balance': 'Trial balance',
  'balance-sheet': 'Balance sheet',
  'income-statement': 'Income statement',
  'general-ledger': 'General ledger',
  journal: 'Journal',
};

export type Negatives = 'minus' | 'parentheses';

/** What a page says about whose it is and how figures look. */
export interface BookTitle {
  readonly slug: string;
  readonly name: string;
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly address: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly negatives: Negatives;
}

export interface ReportPeriod {
  readonly key: PeriodKey;
  readonly kind: 'month' | 'quarter' | 'year';
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface ReportColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: 'text' | 'date' | 'amount' | 'entry';
}

/** One row. `values` holds decimal strings for amounts, `YYYY-MM-DD` for dates, the entry's number for entries. */
export interface ReportRow {
  readonly kind: 'heading' | 'line' | 'subtotal' | 'total';
  readonly level: number;
  /** The account's code, null where the row is no account. */
  readonly account: string | null;
  readonly path: string | null;
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  readonly accountId?: number;
  /** Number of the journal entry that the row shows. */
  readonly entry?: number;
}

/** A page of at most 500 rows, shared by the month, quarter and year that show it. */
export interface PageRef {
  readonly digest: string;
  readonly rows: number;
  /** Rows of kind `line` among them. */
  readonly lines: number;
  readonly month: Month;
  /** General ledger: whose lines these are. Journal: null. */
  readonly accountId: number | null;
  /** General ledger: balance before the first line, in the account's natural sign. Journal: zero. */
  readonly opening: string;
  /** The side on which the running balance grows. */
  readonly normal: 'debit' | 'credit';
  readonly debit: string;
  readonly credit: string;
}

/** A stretch of a paged report: rows of the header, then a page, then rows of the header. */
export interface Part {
  readonly before: readonly ReportRow[];
  readonly page: PageRef | null;
  readonly after: readonly ReportRow[];
}

export interface ControlTotals {
  /** Number of rows of kind `line`, pages included. */
  readonly rows: number;
  readonly debit: string;
  readonly credit: string;
}

export interface ReportBody {
  readonly schemaVersion: number;
  readonly report: ReportName;
  readonly title: string;
  readonly book: BookTitle;
  readonly period: ReportPeriod;
  readonly currency: string;
  readonly exponent: number;
  /** The last event that touched what this report shows. */
  readonly position: number;
  /** When that event was recorded, ISO 8601 in UTC. */
  readonly recordedAt: string;
  /** The period isn't locked: figures may still change. */
  readonly provisional: boolean;
  readonly columns: readonly ReportColumn[];
  /** Empty for paged reports, whose rows are in `parts`. */
  readonly rows: readonly ReportRow[];
  readonly parts?: readonly Part[];
  readonly controlTotals: ControlTotals;
  readonly notes: readonly string[];
}

export interface ReportHead {
  readonly report: ReportName;
  readonly period: PeriodKey;
  readonly digest: string;
  readonly position: number;
  /** The ledger position of the snapshot it was computed from. */
  readonly asOf: number;
  /** Clock of the worker, ISO 8601 in UTC. */
  readonly computedAt: string;
}
