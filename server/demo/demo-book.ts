// A demo company as the book it becomes: settings, chart, journal, what is taken back, what is locked.
import type { CashFlow } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { Preset } from '#ledger/domain/layout-presets.ts';
import type { DemoEntry, DemoReversal } from './draft-ledger.ts';
import type { ForeignTrade } from './foreign-trade.ts';
import type { LatePostings } from './late-postings.ts';
import type { DemoAccount } from './trading-chart.ts';

export interface DemoBook {
  readonly name: string;
  readonly slug: string;
  readonly baseCurrency: string;
  readonly startDate: CalendarDate;
  readonly firstYearEnd: CalendarDate;
  readonly timeZone: string;
  readonly locale: string;
  readonly negatives: 'minus' | 'parentheses';
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly address: string;
  readonly chart: readonly DemoAccount[];
  /** Places of accounts in the cash flow statement, where it isn't that of their type. */
  readonly cashFlow: readonly (readonly [code: string, place: CashFlow])[];
  /** How its statements are laid out, and the tags that the layout picks accounts by. */
  readonly layout: Preset;
  readonly tags: readonly (readonly [code: string, tag: string])[];
  readonly entries: readonly DemoEntry[];
  readonly reversals: readonly DemoReversal[];
  readonly lockedThrough: CalendarDate;
  /** What was posted after that, before the days were locked again. */
  readonly late: LatePostings | null;
  /** What is posted entry by entry, in other currencies. */
  readonly foreign: ForeignTrade | null;
  /** A fiscal year that was closed, and the account that took its result. */
  readonly closed: { readonly year: string; readonly to: string } | null;
  /** Fiscal years that were planned as the year before them, so many per cent more. */
  readonly budgets: readonly { readonly year: string; readonly percent: string }[];
}
