// May this journal entry be posted? Pure: what was asked and what the book says go in, postings or one refusal come out.
// Refusals come in the order of the checks below: the date, the number of lines, each line from the top, the balance.
import type { Account } from './account.ts';
import { addDays, type CalendarDate, parseDate } from './calendar.ts';
import type { Posting } from './journal-entry.ts';
import { FEWEST_LINES, MOST_LINES } from './journal-entry.ts';
import { decimalText, isTooLarge, type MinorUnits, parseAmount } from './money.ts';
import type { Refusal } from './refusals.ts';

export interface AskedLine {
  /** The account's code. */
  readonly account: string;
  readonly side: 'debit' | 'credit';
  /** Plain decimal, `1234.50`. */
  readonly amount: string;
  readonly memo?: string | undefined;
}

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

export interface EntryFacts extends DateFacts {
  /** Decimals of the base currency. */
  readonly exponent: number;
  /** The accounts that the lines name, by code. */
  readonly accounts: ReadonlyMap<string, Account>;
}

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
  const count = asked.lines.length;
  if (count < FEWEST_LINES) return { refusal: { code: 'too-few-lines', field: 'lines' } };
  if (count > MOST_LINES)
    return { refusal: { code: 'too-many-lines', field: 'lines', lines: count } };
  const postings: Posting[] = [];
  let debit = 0n;
  let credit = 0n;
  for (const [index, line] of asked.lines.entries()) {
    const decided = decideLine(line, index, facts);
    if ('code' in decided) return { refusal: decided };
    postings.push(decided);
    if (decided.side === 'debit') debit += decided.amount;
    else credit += decided.amount;
  }
  const wrongTotal = refuseTotals(debit, credit, facts.exponent);
  return wrongTotal ? { refusal: wrongTotal } : { date, postings };
}

function refuseTotals(debit: bigint, credit: bigint, exponent: number): Refusal | null {
  const larger = debit > credit ? debit : credit;
  if (isTooLarge(larger)) {
    return { code: 'amount-too-large', field: 'lines', amount: decimalText(larger, exponent) };
  }
  if (debit === credit) return null;
  const difference = debit > credit ? debit - credit : credit - debit;
  return {
    code: 'out-of-balance',
    field: 'lines',
    difference: decimalText(difference, exponent),
    heavier: debit > credit ? 'debit' : 'credit',
  };
}

function decideLine(line: AskedLine, index: number, facts: EntryFacts): Posting | Refusal {
  const at = (name: string) => `lines.${index}.${name}`;
  const account = facts.accounts.get(line.account);
  if (!account) return { code: 'account-unknown', field: at('account'), account: line.account };
  if (account.closed)
    return { code: 'account-closed', field: at('account'), account: line.account };
  const amount = readAmount(line.amount, facts.exponent);
  if (typeof amount !== 'bigint') return { ...amount, field: at('amount') };
  return { account: account.id, side: line.side, amount, memo: line.memo ?? '' };
}

function readAmount(text: string, exponent: number): MinorUnits | Refusal {
  const amount = parseAmount(text, exponent);
  if (amount === 'not-a-number') return { code: 'amount-not-a-number', amount: text };
  if (amount === 'too-many-decimals')
    return { code: 'amount-too-many-decimals', amount: text, decimals: exponent };
  if (amount === 'too-large') return { code: 'amount-too-large', amount: text };
  if (amount === 0n) return { code: 'amount-zero' };
  return amount < 0n ? { code: 'amount-negative', amount: text } : amount;
}
