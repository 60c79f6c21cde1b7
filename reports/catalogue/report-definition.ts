// What a report is: its name and titles, what feeds it, how it is computed and what must hold of it. Each report is one
// file that exports its definition; `registry.ts` lists them.
import type { AccountId } from '#ledger/domain/account.ts';
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import type { BookLedger, Stamp } from './book-ledger.ts';
import type { BehindFigures } from './lines-behind.ts';
import type { Stretch } from './pages.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { Views } from './view.ts';

/** What was posted in a period, by account for the general ledger; null for nothing. */
export interface LinesIndex {
  ledger(period: Period, account: AccountId): Stretch | null;
  journal(period: Period): Stretch | null;
  /** Of a control account, by party (0: none). */
  parties(period: Period, account: AccountId): ReadonlyMap<number, Stretch>;
}

/** The documents of one period that were computed together, by name; any may be absent when it wasn't touched. */
export type PeriodSet = Readonly<Partial<Record<string, ReportBody>>>;

/** The periods of most reports. */
export const EVERY_PERIOD: ReportDefinition['periods'] = ['month', 'quarter', 'year'];

/** Fed by all that was posted until the period's end. */
export const fedSinceBeginning: ReportDefinition['fed'] = ({ table }, { to }) =>
  table.positionBetween(null, monthOf(to));

/** What an invariant is checked on. */
export interface Checked {
  readonly ledger: BookLedger;
  readonly period: Period;
  readonly body: ReportBody;
  /** The document of the report that it is held against; the body itself where that is none. */
  readonly other: ReportBody;
}

/** What must hold of every document of a report before readers see it. */
export interface Invariant {
  /** Unlike that of any other report's, for ever: statistics are kept by it. */
  readonly name: string;
  /** What holds, for people. */
  readonly sentence: string;
  /** Name of the report that it is held against: it is checked where a set has both. */
  readonly against?: string;
  /** Whether it also holds where the year's closing entries count. */
  readonly afterClosing?: true;
  /** Compares by `mustEqual`, which ends it at the first figure that is wrong. */
  check(checked: Checked): void;
}

/** What a body states, without what it says of book and period. */
export type StatedBody = Pick<ReportBody, 'columns' | 'rows' | 'controlTotals' | 'notes'>;

/**
 * How a report stands beside other periods where that isn't the report as it is: of a list what it comes to, or rows
 * that periods would otherwise pick each by itself.
 */
export interface Beside {
  /** What each period states, from the newest; none of it in pages. */
  compute(ledger: BookLedger, periods: readonly Period[], stamp: Stamp): readonly StatedBody[];
  /** What came of a period and what was planned for it; absent: as in the report. */
  budget?(ledger: BookLedger, period: Period): readonly StatedBody[];
  /** What the report itself states of that, which the first column is held against; absent: its rows. */
  of?(report: ReportBody, ledger: BookLedger): readonly ReportRow[];
  /** Which lines its figures are the sums of; absent: those of the report. */
  readonly behind?: BehindFigures;
}

export interface ReportDefinition {
  /** As in addresses, for ever. */
  readonly name: string;
  readonly title: string;
  /** The question that it answers, for the list of reports. */
  readonly question: string;
  /** Whether its lines lie in pages of their own, which its body names. */
  readonly paged: boolean;
  /** Whether it is computed from items. */
  readonly items?: true;
  /** Whether it is computed from rates of currencies. */
  readonly rates?: true;
  /** Whether books that have other books as members alone have it. */
  readonly groups?: true;
  /** For which periods it exists; the fiscal year is always among them. */
  readonly periods: readonly Period['kind'][];
  /** How else it can be viewed; absent: only as it is. */
  readonly views?: Views;
  /** How it stands beside other periods; absent: as it is. */
  readonly beside?: Beside;
  /** Position of the last event among those that its figures come from; 0 for none. */
  fed(ledger: BookLedger, period: Period): number;
  compute(ledger: BookLedger, period: Period, stamp: Stamp, lines: LinesIndex): ReportBody;
  /** Which lines of the journal its figures are the sums of; absent: its rows are lines, or other reports' figures. */
  readonly behind?: BehindFigures;
  /** In the order in which they are listed. */
  readonly invariants: readonly Invariant[];
}
