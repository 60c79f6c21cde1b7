// What must hold of a set of documents before readers see it. A broken invariant is a bug of ours or a damaged ledger:
// the set isn't moved and the fault says which document and by how much.
import { normalSide } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, lastMonth, RESULT_OF_YEAR } from './book-ledger.ts';
import { closingBalances } from './general-ledger.ts';
import { minor } from './pages.ts';
import type { ReportBody, ReportName, ReportRow } from './report.ts';

class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** The documents of one period that were computed together; any may be absent when it wasn't touched. */
export type PeriodSet = Partial<Record<ReportName, ReportBody>>;

/** @throws BrokenInvariant naming the document, the rule and the difference. */
export function checkInvariants(ledger: BookLedger, period: Period, set: PeriodSet): void {
  const trial = set['trial-balance'];
  const sheet = set['balance-sheet'];
  const income = set['income-statement'];
  if (trial) checkTrialBalance(trial);
  if (sheet) checkBalanceSheet(sheet);
  if (sheet && income) checkResult(sheet, income);
  if (set['general-ledger']) checkLedger(ledger, period, set['general-ledger']);
  if (set.journal) checkJournal(ledger, period, set.journal);
}

function checkTrialBalance(body: ReportBody): void {
  const value = (key: string) => amount(body, rowNamed(body, 'Total'), key);
  equal(body, 'opening debits equal credits', value('openingDebit'), value('openingCredit'));
  equal(body, 'debits equal credits', value('debit'), value('credit'));
  equal(body, 'closing debits equal credits', value('closingDebit'), value('closingCredit'));
}

function checkBalanceSheet(body: ReportBody): void {
  const [assets, funding] = [
    rowNamed(body, 'Total assets'),
    rowNamed(body, 'Total liabilities and equity'),
  ];
  for (const { key, label } of body.columns) {
    equal(body, `it balances at ${label}`, amount(body, assets, key), amount(body, funding, key));
  }
}

function checkResult(sheet: ReportBody, income: ReportBody): void {
  const result = amount(sheet, rowNamed(sheet, RESULT_OF_YEAR), 'amount');
  const yearToDate = amount(income, rowNamed(income, 'Result'), 'yearToDate');
  equal(income, "its year to date is the balance sheet's result", yearToDate, result);
}

/** Openings and lines, counted through, end at the balances that the months' sums give. */
function checkLedger(ledger: BookLedger, period: Period, body: ReportBody): void {
  const closingOf = closingBalances(ledger, period);
  const parts = new Map(body.parts!.map((part) => [part.of?.accountId, part]));
  for (const account of ledger.accounts) {
    const natural = normalSide(account.type) === 'debit' ? 1n : -1n;
    const part = parts.get(account.id);
    const read = (text: string | undefined) => minor(text, body.exponent);
    const moved = read(part?.stretch?.debit) - read(part?.stretch?.credit);
    const found = read(part?.opening) + natural * moved;
    const expected = natural * closingOf(account);
    equal(body, `pages of ${account.code} end at its balance`, found, expected);
  }
  equal(body, 'debits equal credits', total(body, 'debit'), total(body, 'credit'));
}

/** A journal shows what the balances of its months add up to. */
function checkJournal(ledger: BookLedger, period: Period, body: ReportBody): void {
  const until = addMonths(lastMonth(period), 1);
  const moved = ledger.accounts.reduce(
    (sum, { id }) => sum + ledger.table.between(id, monthOf(period.from), until, 'all').debit,
    0n,
  );
  equal(body, 'debits equal credits', total(body, 'debit'), total(body, 'credit'));
  equal(body, 'its entries add up to the balances', total(body, 'debit'), moved);
}

const total = (body: ReportBody, side: 'debit' | 'credit') =>
  minor(body.controlTotals[side], body.exponent);

const amount = (body: ReportBody, row: ReportRow, key: string) =>
  minor(row.values[key], body.exponent);

function rowNamed(body: ReportBody, name: string): ReportRow {
  // Headings and subtotals bear names that users gave.
  const row = body.rows.findLast(
    ({ kind, account, name: own }) =>
      account === null && own === name && (kind === 'total' || kind === 'line'),
  );
  if (!row) throw new BrokenInvariant(`${body.report} ${body.period.key} has no row "${name}"`);
  return row;
}

function equal(body: ReportBody, rule: string, found: bigint, expected: bigint): void {
  if (found === expected) return;
  throw new BrokenInvariant(
    `${body.report} ${body.period.key}: ${rule}: ${found} against ${expected} minor units of ${body.currency}`,
  );
}
