// What must hold of documents before readers see them. A broken invariant is a bug of ours or a damaged ledger: the set
// isn't moved and the fault says which document, which rule and by how much.
import { type Controls, normalSide } from '#ledger/domain/account.ts';
import type { BookLedger } from './book-ledger.ts';
import { minor } from './pages.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { PeriodSet } from './report-definition.ts';

class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** A total of a document, in minor units. */
export const controlTotal = (body: ReportBody, side: 'debit' | 'credit'): bigint =>
  minor(body.controlTotals[side], body.exponent);

/** A figure of a row, in minor units. */
export const figureOf = (body: ReportBody, row: ReportRow, key: string): bigint =>
  minor(row.values[key], body.exponent);

/** The row of this name that is no account's: a total or a line. @throws BrokenInvariant when there is none */
export function rowNamed(body: ReportBody, name: string): ReportRow {
  // Headings and subtotals bear names that users gave.
  const row = body.rows.findLast(
    ({ kind, account, name: own }) =>
      account === null && own === name && (kind === 'total' || kind === 'line'),
  );
  if (!row) throw new BrokenInvariant(`${body.report} ${body.period.key} has no row "${name}"`);
  return row;
}

/** A sum of ours at the margin, where accounts and headings never stand. @throws BrokenInvariant when there is none */
export function sumNamed(body: ReportBody, name: string): ReportRow {
  const row = body.rows.findLast((own) => own.level === 0 && own.name === name);
  if (!row) throw new BrokenInvariant(`${body.report} ${body.period.key} has no sum "${name}"`);
  return row;
}

/** @throws BrokenInvariant unless two figures in minor units are the same */
export function mustEqual(body: ReportBody, rule: string, found: bigint, expected: bigint): void {
  if (found === expected) return;
  throw new BrokenInvariant(
    `${body.report} ${body.period.key}: ${rule}: ${found} against ${expected} minor units of ${body.currency}`,
  );
}

/**
 * Holds a sum against the control accounts in the period's trial balance, where that was computed as well.
 * @param found minor units, positive on the accounts' side
 * @throws BrokenInvariant
 */
export function mustEqualAccounts(
  body: ReportBody,
  rule: string,
  found: bigint,
  { accounts }: BookLedger,
  set: PeriodSet,
  controls: Controls,
): void {
  const balance = set['trial-balance'];
  if (!balance) return;
  let sum = 0n;
  for (const account of accounts) {
    if (account.controls !== controls) continue;
    const row = balance.rows.find(
      ({ accountId, kind }) => accountId === account.id && kind === 'line',
    );
    if (!row) continue;
    const debit = figureOf(balance, row, 'closingDebit') - figureOf(balance, row, 'closingCredit');
    sum += normalSide(account.type) === 'debit' ? debit : -debit;
  }
  mustEqual(body, rule, found, sum);
}
