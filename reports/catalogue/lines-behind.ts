// What stands behind the figures of a report: which lines of the journal each amount is the sum of. A report says it for
// the lines of its table (`behind` in its definition); what sums stand for is read off the table itself. So every amount
// leads to its entries, and their sum is that amount (held by tests for every report).
import { type AccountId, isResultAccount } from '#ledger/domain/account.ts';
import {
  addMonths,
  type CalendarDate,
  fiscalYearOf,
  lastDay,
  type Month,
  monthOf,
  type Period,
} from '#ledger/domain/calendar.ts';
import { type BookLedger, EARLIER_RESULT, RESULT_OF_YEAR } from './book-ledger.ts';
import type { ReportBody, ReportRow } from './report.ts';

/** Lines whose sum, debits less credits, is a figure or a part of it. */
export interface LinesBehind {
  /** 1: debits add to the figure; -1: credits do. */
  readonly sign: 1 | -1;
  readonly accounts: readonly AccountId[];
  /** Months from the first up to, not including, the last; null: since the beginning. */
  readonly from: Month | null;
  readonly until: Month;
  /** Closing entries count before this month alone; null: all of them. */
  readonly closingBefore: Month | null;
  /** Lines of closing entries alone. */
  readonly closing?: true;
  /** Lines of one side alone. */
  readonly side?: 'debit' | 'credit';
  /** Adjusting entries and what takes them back alone; false: all but these. */
  readonly adjusting?: boolean;
  /** Lines that name one of these values of dimensions. */
  readonly values?: readonly number[];
  /** Lines that name none of these. */
  readonly noneOf?: readonly number[];
  readonly tax?: { readonly code: number; readonly part: 'base' | 'tax' };
  /** Lines of items: of a party (0: nobody), of a document, as old as that; `rest`: lines that name neither. */
  readonly items?: ItemsBehind | 'rest';
  /** Lines in this currency or commodity. */
  readonly unit?: string;
  /** The figure is in that unit: its quantities are summed, in so many decimals. */
  readonly quantities?: true;
  /** Entries of these numbers. */
  readonly entries?: readonly number[];
  /** What entries received or paid in cash on these accounts, or gained on cash by rates alone (`cashMoves`). */
  readonly paid?: 'receipts' | 'payments' | 'exchange';
  /** Of a group: the member in whose book the lines are; absent: its own entries. */
  readonly member?: MemberBehind;
}

export interface MemberBehind {
  /** Id of its book. */
  readonly book: number;
  /**
   * What translates each account's sum: the rate of a month's end, or each month the average of its own (IAS 21.39–40);
   * null: its currency is the group's.
   */
  readonly rates: Month | 'averages' | null;
}

/** A month before all others. */
export const BEFORE_ANY = '0001-01' as Month;

export interface ItemsBehind {
  readonly party: number;
  /** Of one item: its document and unit (empty: the base currency). */
  readonly document?: string;
  readonly ofUnit?: string;
  /** Items due so many days before a day: from the first number to the last. */
  readonly overdue?: {
    readonly at: CalendarDate;
    readonly from: number | null;
    readonly to: number | null;
  };
  /** Items that aren't settled by the end of the months. */
  readonly open?: true;
}

/** What is known of the book besides its documents; balances of groups alone. */
export type BehindBook = Pick<
  BookLedger,
  'facts' | 'accounts' | 'dimensions' | 'taxCodes' | 'parties' | 'group' | 'table'
>;

/** An amount of a document. */
export interface Figure {
  readonly book: BehindBook;
  readonly body: ReportBody;
  readonly period: Period;
  readonly row: ReportRow;
  /** The row's place in the body. */
  readonly at: number;
  /** The column's. */
  readonly key: string;
}

/** Of a figure: the lines that it is the sum of; null: no entries stand behind it (a plan, a ratio). */
export type FindLines = (figure: Figure) => readonly LinesBehind[] | null;

export interface BehindFigures {
  /** Of rows of kind `line`. */
  readonly line: FindLines;
  /** Of sums that aren't those of the lines above them; undefined for others. */
  readonly sum?: (figure: Figure) => readonly LinesBehind[] | null | undefined;
  /** Columns of plans, and of what comes of them: no entries stand behind these. */
  readonly plans?: readonly string[];
}

/** What stands behind an amount of a report. */
export function linesBehind(
  { line, plans, sum }: BehindFigures,
  figure: Figure,
): readonly LinesBehind[] | null {
  const { body, key, row } = figure;
  if (row.kind === 'heading' || !row.values[key] || plans?.includes(key)) return null;
  if (row.kind === 'line') return line(figure);
  const own = sum?.(figure);
  if (own !== undefined) return own;
  const found: LinesBehind[] = [];
  for (const { at, sign } of addends(body, figure.at)) {
    const part = body.rows[at]!;
    if (!/[1-9]/.test(part.values[key] ?? '')) continue;
    const lines = line({ ...figure, row: part, at });
    if (!lines) return null;
    found.push(...lines.map((own) => (sign === 1 ? own : turned(own))));
  }
  return merged(found);
}

const turned = (lines: LinesBehind): LinesBehind => ({
  ...lines,
  sign: lines.sign === 1 ? -1 : 1,
});

/** Lines that differ by their accounts alone are taken together. */
function merged(all: readonly LinesBehind[]): LinesBehind[] {
  const alike = Map.groupBy(all, ({ accounts: _, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].map((group) => ({
    ...group[0]!,
    accounts: [...new Set(group.flatMap(({ accounts }) => accounts))],
  }));
}

interface Span {
  /** Place of the heading that a sum closes; -1: it has none. */
  readonly heading: number;
  readonly at: number;
}

const spansOf = new WeakMap<ReportBody, readonly Span[]>();

/** Every sum of a body with the heading that it closes. */
function sumSpans(body: ReportBody): readonly Span[] {
  const known = spansOf.get(body);
  if (known) return known;
  const open: { at: number; level: number }[] = [];
  const spans = body.rows.flatMap(({ kind, level }, at): Span[] => {
    if (kind === 'line') return [];
    const least = kind === 'heading' ? level : level + 1;
    while (open.length > 0 && open.at(-1)!.level >= least) open.pop();
    if (kind === 'heading') {
      open.push({ at, level });
      return [];
    }
    const own = open.at(-1);
    if (own?.level !== level) return [{ heading: -1, at }];
    open.pop();
    return [{ heading: own.at, at }];
  });
  spansOf.set(body, spans);
  return spans;
}

/** Whether a row stands under a group that is shown as costs. */
export const isDeducted = (body: ReportBody, at: number): boolean =>
  sumSpans(body).some(
    (span) =>
      span.heading >= 0 && span.heading < at && at <= span.at && body.rows[span.at]!.deducted,
  );

/** The lines that a sum adds up: those under its heading, else those since the total before it. */
function addends(body: ReportBody, sum: number): { readonly at: number; readonly sign: 1 | -1 }[] {
  const { heading } = sumSpans(body).find(({ at }) => at === sum)!;
  const before = body.rows.findLastIndex(({ kind }, at) => at < sum && kind === 'total');
  const first = heading >= 0 ? heading : before;
  const within = isDeducted(body, sum);
  return body.rows.flatMap(({ kind }, at) =>
    kind === 'line' && at > first && at < sum
      ? [{ at, sign: !within && isDeducted(body, at) ? (-1 as const) : (1 as const) }]
      : [],
  );
}

/** The heading at a level that a row stands under, with its place. */
export function headingOver(
  { rows }: ReportBody,
  at: number,
  level: number,
): { readonly row: ReportRow; readonly at: number } {
  const place = rows.findLastIndex(
    (row, own) => own < at && row.kind === 'heading' && row.level === level,
  );
  return { row: rows[place]!, at: place };
}

/** First month of the fiscal year that a month lies in. */
const yearOf = ({ facts }: BehindBook, month: Month): Month =>
  monthOf(fiscalYearOf(facts.calendar, lastDay(month)).from);

/** What accounts moved in months, the last included, without the year's closing entries. */
export const movedIn = (
  accounts: readonly AccountId[],
  from: Month,
  to: Month,
): Omit<LinesBehind, 'sign'> => ({
  accounts,
  from,
  until: addMonths(to, 1),
  closingBefore: from,
});

/** What stood on accounts at the end of a month: those that begin at zero each year from its start. */
export const stoodAt = (
  book: BehindBook,
  accounts: readonly AccountId[],
  month: Month,
  { resultsFromStart = false } = {},
): Omit<LinesBehind, 'sign'> => {
  const start = yearOf(book, month);
  return {
    accounts,
    from: resultsFromStart ? start : null,
    until: addMonths(month, 1),
    closingBefore: start,
  };
};

const resultAccounts = ({ accounts }: BehindBook): AccountId[] =>
  accounts.filter(({ type }) => isResultAccount(type)).map(({ id }) => id);

/** Of the lines that no account stands behind: the results of the year to a month, and of the years before. */
export function resultBehind(
  book: BehindBook,
  { name }: Pick<ReportRow, 'name'>,
  month: Month,
): LinesBehind[] | null {
  const accounts = resultAccounts(book);
  const start = yearOf(book, month);
  if (name === RESULT_OF_YEAR) return [{ sign: -1, ...movedIn(accounts, start, month) }];
  if (name !== EARLIER_RESULT) return null;
  return [{ sign: -1, accounts, from: null, until: start, closingBefore: start }];
}
