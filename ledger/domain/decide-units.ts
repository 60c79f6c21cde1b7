// The lines of an entry of which some are in other units than the base currency: converted at the rate or the amount
// that was given, else at the book's rate of the day; what rounding leaves over becomes a line of its own.
import type { CalendarDate } from './calendar.ts';
import { decideDetails } from './decide-details.ts';
import {
  type AskedLine,
  type LineFacts,
  openAccount,
  readAmount,
  refuseTotals,
} from './decide-line.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import type { Posting } from './journal-entry.ts';
import type { LineDetails } from './line-details.ts';
import { decimalText, type MinorUnits, minorUnits } from './money.ts';
import type { Refusal } from './refusals.ts';
import { decimalsOf } from './unit.ts';
import { type Price, type UnvaluedLine, type ValueFault, valueLines } from './value-lines.ts';

export const ROUNDING_MEMO = 'Rounding difference';

/** Decides the lines of an entry of this day. */
export function decideUnitLines(
  lines: readonly AskedLine[],
  date: CalendarDate,
  facts: LineFacts,
): readonly Posting[] | Refusal {
  const unvalued: UnvaluedLine[] = [];
  const accounts: number[] = [];
  const details: (LineDetails | null)[] = [];
  for (const [index, line] of lines.entries()) {
    const account = openAccount(line, index, facts);
    if ('refusal' in account) return account.refusal;
    const read = readLine(line, index, facts);
    if ('code' in read) return read;
    const more = decideDetails(line, index, account.id, date, facts);
    if (more && 'code' in more) return more;
    accounts.push(account.id);
    details.push(more);
    unvalued.push(read);
  }
  const { base, exponent, units } = facts;
  const rateOf = (unit: string) => facts.rateOn(unit, date);
  const valued = valueLines(unvalued, { base, exponent, units, rateOf });
  if ('code' in valued) return refusalOf(valued, exponent);
  const postings: Posting[] = valued.lines.map(({ amount, units: moved }, index) => {
    const { side, memo = '' } = lines[index]!;
    const size = minorUnits(amount < 0n ? -amount : amount);
    const more = details[index];
    return {
      ...{ account: accounts[index]!, side, amount: size, memo },
      ...(moved && { units: moved }),
      ...(more && { details: more }),
    };
  });
  if (valued.residue !== 0n) {
    const rounding = roundingPosting(valued.residue, facts);
    if ('code' in rounding) return rounding;
    postings.push(rounding);
  }
  const sum = (side: Posting['side']) =>
    postings.reduce((total, own) => (own.side === side ? total + own.amount : total), 0n);
  return refuseTotals(sum('debit'), sum('credit'), exponent) ?? postings;
}

/** The line that takes what rounding left over. @param residue minor units, debit positive */
function roundingPosting(
  residue: bigint,
  { roundingAccount, exponent }: LineFacts,
): Posting | Refusal {
  if (roundingAccount === null || roundingAccount.closed) {
    const difference = decimalText(residue < 0n ? -residue : residue, exponent);
    return { code: 'rounding-account-missing', field: 'lines', difference };
  }
  return {
    account: roundingAccount.id,
    side: residue > 0n ? 'credit' : 'debit',
    amount: (residue > 0n ? residue : -residue) as MinorUnits,
    memo: ROUNDING_MEMO,
  };
}

function readLine(line: AskedLine, index: number, facts: LineFacts): UnvaluedLine | Refusal {
  const at = (name: string) => `lines.${index}.${name}`;
  const unit = line.unit ?? facts.base;
  const decimals = unit === facts.base ? facts.exponent : decimalsOf(unit, facts.units);
  if (decimals === null) return { code: 'unit-unknown', field: at('unit'), unit };
  const amount = readAmount(line.amount, decimals);
  if (typeof amount !== 'bigint') return { ...amount, field: at('amount') };
  const price = readPrice(line, index, facts);
  if (price && 'code' in price) return price;
  const digits = line.side === 'debit' ? amount : -amount;
  return { unit, quantity: { digits, scale: decimals }, price };
}

function readPrice(
  { baseAmount, rate, unit }: AskedLine,
  index: number,
  { base, exponent }: LineFacts,
): Price | Refusal | null {
  const at = (name: string) => `lines.${index}.${name}`;
  if (rate === undefined && baseAmount === undefined) return null;
  const field = at(rate === undefined ? 'baseAmount' : 'rate');
  if (unit === undefined || unit === base) {
    return { code: 'rate-of-base-currency', field, currency: base };
  }
  if (rate !== undefined && baseAmount !== undefined)
    return { code: 'rate-and-base-amount', field };
  if (rate !== undefined) {
    const value = parseRate(rate);
    return value ? { of: 'each', unit: base, value } : { code: 'rate-malformed', field, rate };
  }
  const amount = readAmount(baseAmount!, exponent);
  if (typeof amount !== 'bigint') return { ...amount, field };
  return { of: 'all', unit: base, value: { digits: amount, scale: exponent } };
}

/** A plain decimal above zero. */
export function parseRate(text: string): Decimal | null {
  const rate = parseDecimal(text);
  return rate && rate.digits > 0n ? rate : null;
}

function refusalOf(fault: ValueFault, exponent: number): Refusal {
  switch (fault.code) {
    case 'unit-unknown':
      return { code: fault.code, field: `lines.${fault.at}.unit`, unit: fault.unit };
    case 'amount-too-many-decimals': {
      const { amount, code, decimals } = fault;
      return { code, field: `lines.${fault.at}.amount`, amount, decimals };
    }
    case 'amount-worthless':
      return { code: fault.code, field: `lines.${fault.at}.amount`, amount: fault.amount };
    case 'unit-out-of-balance':
      return { code: fault.code, field: 'lines', unit: fault.unit, difference: fault.difference };
    case 'out-of-balance': {
      const { code, difference } = fault;
      const heavier = difference > 0n ? 'debit' : 'credit';
      const off = decimalText(difference > 0n ? difference : -difference, exponent);
      return { code, field: 'lines', difference: off, heavier };
    }
  }
}
