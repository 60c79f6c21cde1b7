// The shape of a report document: a body by digest, a head by address, pages for the long reports. Screen, PDF, XLSX,
// CSV and JSON are all made from one body, so they cannot disagree. Amounts are decimal strings in the currency's places.
import type { CalendarDate, PeriodKey } from '#ledger/domain/calendar.ts';

/** Raised when the catalogue computes differently: the documents of every book are then made anew beside the old. */
export const SCHEMA_VERSION = 8;

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
  /** Whose row it is, of customers and suppliers; 0: nobody's. */
  readonly partyId?: number;
  /** Number of the journal entry that the row shows. */
  readonly entry?: number;
  /** A subtotal of costs, shown above zero, which the sums below take off. */
  readonly deducted?: true;
}

/** The part of a row that is no account's, at the margin. */
export const NO_ACCOUNT = { account: null, path: null, level: 0 } as const;

/** Whether lines stand in sections, each with its opening, running and closing balance. */
export const hasBalances = ({ parts }: Pick<ReportBody, 'parts'>): boolean =>
  parts?.every(({ of }) => of !== null) ?? false;

/** How many rows are lines, as control totals say. */
export const lineCount = (rows: readonly ReportRow[]): number =>
  rows.filter(({ kind }) => kind === 'line').length;

/**
 * Rows stored apart under their digest, shared by the month, quarter and year that show them: a page of rows, or a
 * node that lists such stretches in order. So a header names one stretch per account, however long the ledger is.
 */
export interface StretchRef {
  readonly digest: string;
  /** 0: a page of rows; above: a node over stretches of lower levels. */
  readonly level: number;
  /** Rows shown, those of kind `line` among them, and their sums. */
  readonly rows: number;
  readonly lines: number;
  readonly debit: string;
  readonly credit: string;
  /** Date and number of its first entry. */
  readonly date: string;
  readonly entry: number;
  /** How strong a cut it begins with (see `cutOf`); 0 where an entry goes on from the page before. */
  readonly cut: number;
}

/** The lines of one account in a general ledger, of one account and party in statements, or all of a journal's. */
export interface Part {
  /** Whose lines these are; code and path are null for the result of earlier years. Journal: null. */
  readonly of: Pick<ReportRow, 'account' | 'path' | 'name' | 'accountId' | 'partyId'> | null;
  /** The balance before the first line, in the account's natural sign. Journal: zero. */
  readonly opening: string;
  /** The side on which the running balance grows. */
  readonly normal: 'debit' | 'credit';
  readonly stretch: StretchRef | null;
}

/** An account as a journal's lines print it. */
export type AccountName = readonly [id: number, code: string, path: string, name: string];

/** A chart over the table: rows as bars and as lines along some of its columns. */
export interface ReportChart {
  readonly title: string;
  /** Keys, from left to right. */
  readonly columns: readonly string[];
  /** Places of the rows among the body's. */
  readonly bars: readonly number[];
  readonly lines: readonly number[];
}

export interface ControlTotals {
  /** Number of rows of kind `line`, pages included. */
  readonly rows: number;
  readonly debit: string;
  readonly credit: string;
}

export interface ReportBody {
  readonly schemaVersion: number;
  /** Its name, as in addresses. */
  readonly report: string;
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
  /** Journal: what its lines call the accounts, so that a new name rewrites no page. */
  readonly accounts?: readonly AccountName[];
  /** Statements of parties: ids of the accounts whose lines they show, those without a line too. */
  readonly controlAccounts?: readonly number[];
  readonly charts?: readonly ReportChart[];
  readonly controlTotals: ControlTotals;
  readonly notes: readonly string[];
}

export interface ReportHead {
  readonly report: string;
  readonly period: PeriodKey;
  /** Empty: the document is kept no more. */
  readonly digest: string;
  readonly position: number;
  /** The ledger position of the snapshot it was computed from. */
  readonly asOf: number;
  /** Clock of the worker, ISO 8601 in UTC. */
  readonly computedAt: string;
}
