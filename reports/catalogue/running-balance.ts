// The running balance of a ledger page: counted when it is read, from the page's opening, so that a back-dated entry
// rewrites the headers of later months but none of their pages.
import { decimalText, parseAmount } from '#ledger/domain/money.ts';
import type { PageRef, ReportRow } from './report.ts';

/** The page's rows with `balance` added, in the account's natural sign. Journal pages come back as they are. */
export function withRunningBalance(
  rows: readonly ReportRow[],
  page: PageRef,
  exponent: number,
): readonly ReportRow[] {
  if (page.accountId === null) return rows;
  let balance = minor(page.opening, exponent);
  return rows.map((row) => {
    const debit = minor(row.values.debit, exponent);
    const credit = minor(row.values.credit, exponent);
    balance += page.normal === 'debit' ? debit - credit : credit - debit;
    return { ...row, values: { ...row.values, balance: decimalText(balance, exponent) } };
  });
}

/** Reads an amount that the catalogue wrote; nothing stands for zero. */
export function minor(text: string | undefined, exponent: number): bigint {
  if (text === undefined || text === '') return 0n;
  const amount = parseAmount(text, exponent);
  if (typeof amount === 'string') throw new Error(`not an amount of ours: ${text}`);
  return amount;
}
