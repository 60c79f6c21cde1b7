// May this journal entry be posted? Pure: what was asked and what the book says go in, postings or one refusal come out.
// Refusals come in the order of the checks below: the date, the number of lines, each line from the top, the balance.
import { addDays, type CalendarDate, parseDate } from './calendar.ts';
import { type AskedLine, decideBaseLine, type LineFacts, refuseTotals } from './decide-line.ts';
import { withTaxLines } from './decide-tax.ts';
import { decideUnitLines } from './decide-units.ts';
import { FEWEST_LINES, MOST_LINES, type Posting } from './journal-entry.ts';
import type { Refusal } from './refusals.ts';

export interface AskedEntry {
  readonly date: string;
  readonly lines: readonly AskedLine[];
}

/** What the book says about dates. */
export interface DateFacts {
  readonly startDate: CalendarDate;
  readonly lockedThrough: CalendarDate | null;
  /** Today in the book's time zone. */
  readonly today: CalendarDate;
}

export interface EntryFacts extends DateFacts, LineFacts {}

export type EntryDecision =
  | { readonly date: CalendarDate; readonly postings: readonly Posting[] }
  | { readonly refusal: Refusal };

/** The last day that may be posted on: a year ahead of today. */
export const latestDate = (today: CalendarDate): CalendarDate => {
  const sameDay = `${`${+today.slice(0, 4) + 1}`}${today.slice(4)}`;
  return parseDate(sameDay) ?? addDays(today, 365);
};

/** Whether a day may be posted on. @returns the refusal if not */
export function refuseDate(date: CalendarDate, facts: DateFacts): Refusal | null {
  const { startDate, lockedThrough, today } = facts;
  if (date < startDate)
    return { code: 'date-before-first-day', field: 'date', date, firstDay: startDate };
  const latest = latestDate(today);
  if (date > latest) return { code: 'date-too-far-ahead', field: 'date', date, latest };
  if (lockedThrough !== null && date <= lockedThrough)
    return { code: 'date-locked', field: 'date', date, firstOpenDay: addDays(lockedThrough, 1) };
  return null;
}

/** Decides an entry. Amounts of the postings are minor units of the base currency. */
export function decideEntry(asked: AskedEntry, facts: EntryFacts): EntryDecision {
  const date = parseDate(asked.date);
  if (date === null)
    return { refusal: { code: 'date-malformed', field: 'date', date: asked.date } };
  const wrongDate = refuseDate(date, facts);
  if (wrongDate) return { refusal: wrongDate };
  if (asked.lines.length < FEWEST_LINES)
    return { refusal: { code: 'too-few-lines', field: 'lines' } };
  if (asked.lines.length > MOST_LINES) return tooManyLines(asked.lines.length);
  const lines = withTaxLines(asked.lines, date, facts);
  if ('code' in lines) return { refusal: lines };
  if (lines.length > MOST_LINES) return tooManyLines(lines.length);
  const inUnits = lines.some(({ unit }) => unit !== undefined && unit !== facts.base);
  const decided = inUnits ? decideUnitLines(lines, date, facts) : decideLines(lines, date, facts);
  return 'code' in decided ? { refusal: decided } : { date, postings: decided };
}

const tooManyLines = (lines: number): EntryDecision => ({
  refusal: { code: 'too-many-lines', field: 'lines', lines },
});

function decideLines(
  lines: readonly AskedLine[],
  date: CalendarDate,
  facts: EntryFacts,
): readonly Posting[] | Refusal {
  const postings: Posting[] = [];
  let debit = 0n;
  let credit = 0n;
  for (const [index, line] of lines.entries()) {
    const decided = decideBaseLine(line, index, date, facts);
    if ('code' in decided) return decided;
    postings.push(decided);
    if (decided.side === 'debit') debit += decided.amount;
    else credit += decided.amount;
  }
  return refuseTotals(debit, credit, facts.exponent) ?? postings;
}
