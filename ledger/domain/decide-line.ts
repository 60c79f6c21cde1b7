// One asked line against the book: its account, its amount, and what an entry's lines may add up to.
import type { Account } from './account.ts';
import type { CalendarDate } from './calendar.ts';
import type { CurrencyCode } from './currency.ts';
import { type AskedDetails, type DetailFacts, decideDetails } from './decide-details.ts';
import type { Decimal } from './decimal.ts';
import type { Posting } from './journal-entry.ts';
import { decimalText, isTooLarge, type MinorUnits, parseAmount } from './money.ts';
import type { Refusal } from './refusals.ts';
import type { DefinedUnits } from './unit.ts';

export interface AskedLine extends AskedDetails {
  /** The account's code. */
  readonly account: string;
  readonly side: 'debit' | 'credit';
  /** Plain decimal, `1234.50`. */
  readonly amount: string;
  readonly memo?: string | undefined;
  /** Another unit than the base currency, which the amount is in. */
  readonly unit?: string | undefined;
  /** Base currency for one of it; or, in its place, what the line is worth in all. Neither: as the book's rates say. */
  readonly rate?: string | undefined;
  readonly baseAmount?: string | undefined;
}

/** What the book says that lines are decided by. */
export interface LineFacts extends DetailFacts {
  readonly base: CurrencyCode;
  /** Decimals of the base currency. */
  readonly exponent: number;
  /** The accounts that the lines name, by code. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Units that the book defined. */
  readonly units: DefinedUnits;
  /** The book's rate of a unit on a day: base currency for one of it; null before the first. */
  rateOn(unit: string, date: CalendarDate): Decimal | null;
  /** Takes what rounding leaves over. */
  readonly roundingAccount: Account | null;
}

/** A line in the base currency. */
export function decideBaseLine(
  line: AskedLine,
  index: number,
  date: CalendarDate,
  facts: LineFacts,
): Posting | Refusal {
  const account = openAccount(line, index, facts);
  if ('refusal' in account) return account.refusal;
  if (line.rate !== undefined || line.baseAmount !== undefined) {
    const field = `lines.${index}.${line.rate === undefined ? 'baseAmount' : 'rate'}`;
    return { code: 'rate-of-base-currency', field, currency: facts.base };
  }
  const amount = readAmount(line.amount, facts.exponent);
  if (typeof amount !== 'bigint') return { ...amount, field: `lines.${index}.amount` };
  const details = decideDetails(line, index, account.id, date, facts);
  if (details && 'code' in details) return details;
  const posting = { account: account.id, side: line.side, amount, memo: line.memo ?? '' };
  return details ? { ...posting, details } : posting;
}

/** The account that a line names. */
export function openAccount(
  { account: code }: AskedLine,
  index: number,
  { accounts }: LineFacts,
): Account | { readonly refusal: Refusal } {
  const field = `lines.${index}.account`;
  const account = accounts.get(code);
  if (!account) return { refusal: { code: 'account-unknown', field, account: code } };
  return account.closed ? { refusal: { code: 'account-closed', field, account: code } } : account;
}

/** An amount of a unit with so many decimals, of either sign or zero. */
export function readSignedAmount(text: string, decimals: number): MinorUnits | Refusal {
  const amount = parseAmount(text, decimals);
  if (amount === 'not-a-number') return { code: 'amount-not-a-number', amount: text };
  if (amount === 'too-many-decimals')
    return { code: 'amount-too-many-decimals', amount: text, decimals };
  return amount === 'too-large' ? { code: 'amount-too-large', amount: text } : amount;
}

/** A positive amount of a unit with so many decimals. */
export function readAmount(text: string, decimals: number): MinorUnits | Refusal {
  const amount = readSignedAmount(text, decimals);
  if (typeof amount !== 'bigint') return amount;
  if (amount === 0n) return { code: 'amount-zero' };
  return amount < 0n ? { code: 'amount-negative', amount: text } : amount;
}

/** Debits equal credits, and neither passes 18 digits; minor units. */
export function refuseTotals(debit: bigint, credit: bigint, exponent: number): Refusal | null {
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
