// One posting line of a plain text journal: `  ! Expenses:Food  $10.00 = $50.00  ; memo`.
import type { MinorUnits } from '#ledger/domain/money.ts';
import { type AmountFault, type AmountStyle, readJournalAmount } from './journal-amount.ts';

export interface ReadPosting {
  readonly account: string;
  /** Null: elided, whatever brings the entry to zero. */
  readonly amount: MinorUnits | null;
  readonly commodity: string;
  readonly memo: string;
  readonly assertion: { readonly amount: MinorUnits; readonly withSubAccounts: boolean } | null;
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
  const sign = /={1,2}\*?/.exec(rest);
  const amountText = (sign ? rest.slice(0, sign.index) : rest).trim();
  let amount: MinorUnits | null = null;
  let commodity = '';
  if (amountText !== '') {
    const read = readJournalAmount(amountText, style);
    if ('code' in read) return read;
    ({ amount, commodity } = read);
  }
  if (!sign) return { account, amount, commodity, memo: comment, assertion: null };
  if (amount === null) {
    const message = 'A balance is assigned instead of an amount: write the amount.';
    return { code: 'balance-assignment', message };
  }
  const asserted = readJournalAmount(rest.slice(sign.index + sign[0].length), style);
  if ('code' in asserted) return asserted;
  const assertion = { amount: asserted.amount, withSubAccounts: sign[0].endsWith('*') };
  return { account, amount, commodity, memo: comment, assertion };
}
