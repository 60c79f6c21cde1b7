// One posting line of a plain text journal: `  ! Expenses:Food  $10.00 = $50.00  ; memo`.
import type { Decimal } from '#ledger/domain/decimal.ts';
import type { DraftPosting } from './complete-entry.ts';
import {
  type AmountFault,
  type AmountStyle,
  type ReadAmount,
  readJournalAmount,
} from './journal-amount.ts';
import { readExact } from './own-text.ts';
import { readPricedAmount } from './priced-amount.ts';

export interface ReadPosting extends Omit<DraftPosting, 'line'> {
  /** As written; empty for nothing. */
  readonly commodity: string;
  readonly assertion: {
    readonly unit: string;
    readonly amount: Decimal;
    readonly alone: boolean;
    readonly withSubAccounts: boolean;
  } | null;
}

const POSTING_DATE = /\[\d{0,4}[-/.=\d]+\]|(?:^|[\s,])date2?:\s*\d/;

/** Splits at the first `;` that begins a comment: at the start or after white space. */
export function splitComment(text: string): { body: string; comment: string } {
  const at = /(^|\s);/.exec(text);
  if (!at) return { body: text.trimEnd(), comment: '' };
  const cut = at.index + at[1]!.length;
  return { body: text.slice(0, cut).trimEnd(), comment: text.slice(cut + 1).trim() };
}

/** Whether a comment gives a posting a date of its own, which Daybook's entries don't have. */
export const hasPostingDate = (comment: string): boolean => POSTING_DATE.test(comment);

/** @param text the line without its indentation */
export function readPosting(text: string, style: AmountStyle): ReadPosting | AmountFault {
  const { body, comment } = splitComment(text);
  if (hasPostingDate(comment)) {
    return { code: 'posting-date', message: 'A posting has a date of its own: split the entry.' };
  }
  const unmarked = body.replace(/^[*!]\s*/, '');
  const gap = /\s{2,}|\t/.exec(unmarked);
  const account = (gap ? unmarked.slice(0, gap.index) : unmarked).trim();
  const rest = gap ? unmarked.slice(gap.index).trim() : '';
  if (/^[([]/.test(account)) {
    return {
      code: 'virtual-posting',
      message: `${account} is a virtual posting; make it a real one.`,
    };
  }
  if (account.startsWith('<')) {
    return { code: 'not-understood', message: `${account} is a deferred posting.` };
  }
  const sign = /={1,2}\*?/.exec(rest.replace(/\{[^}]*\}/g, (lot) => ' '.repeat(lot.length)));
  const amountText = (sign ? rest.slice(0, sign.index) : rest).trim();
  const read = amountText === '' ? null : readPricedAmount(amountText, style, false);
  if (read && 'code' in read) return read;
  const assertion = sign
    ? readAssertion(rest.slice(sign.index + sign[0].length), sign[0], read, style)
    : null;
  if (assertion && 'code' in assertion) return assertion;
  return {
    account,
    quantity: read?.quantity ?? null,
    unit: read?.unit ?? style.currency,
    price: read?.price ?? null,
    commodity: read?.commodity ?? '',
    memo: [read?.beside ?? '', readExact('memo', comment) ?? comment].filter(Boolean).join(' · '),
    assertion,
  };
}

function readAssertion(
  text: string,
  sign: string,
  amount: ReadAmount | null,
  style: AmountStyle,
): NonNullable<ReadPosting['assertion']> | AmountFault {
  if (amount === null) {
    const message = 'A balance is assigned instead of an amount: write the amount.';
    return { code: 'balance-assignment', message };
  }
  // Balances are asserted of units; what they cost (`= 5 VHT @ 10 USD`) says nothing about them.
  const asserted = readJournalAmount(text.replace(/\s*[@{].*$/, ''), style);
  if ('code' in asserted) return asserted;
  return {
    unit: asserted.unit,
    amount: asserted.quantity,
    alone: sign.startsWith('=='),
    withSubAccounts: sign.endsWith('*'),
  };
}
