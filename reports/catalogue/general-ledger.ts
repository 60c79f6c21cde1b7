// The general ledger: per account its opening, the pages of its months, its closing. Closing entries count here. Result
// accounts open at zero with the fiscal year; what earlier years left stands as one account without lines.
// Quarters and years point to the pages of their months.
import {
  type Account,
  type AccountId,
  isResultAccount,
  normalSide,
  type Side,
} from '#ledger/domain/account.ts';
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  EARLIER_RESULT,
  earlierResult,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
} from './book-ledger.ts';
import type { PageStub } from './pages.ts';
import type { Part, ReportBody, ReportColumn, ReportRow } from './report.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
  { key: 'balance', label: 'Balance', kind: 'amount' },
];

/** The pages of an account in a month, in order. */
export type PagesOf = (month: Month, account: AccountId) => readonly PageStub[];

/** One account's stretch of the ledger. */
interface Stretch {
  readonly row: Pick<ReportRow, 'account' | 'path' | 'name' | 'accountId'>;
  readonly normal: Side;
  /** Debit minus credit. */
  readonly opening: bigint;
  readonly pages: readonly PageStub[];
}

export function generalLedger(
  ledger: BookLedger,
  period: Period,
  stamp: Stamp,
  pagesOf: PagesOf,
): ReportBody {
  const stretches = [
    ...ledger.accounts.map((account) => accountStretch(ledger, period, account, pagesOf)),
    earlierStretch(ledger, period),
  ].filter(({ opening, pages }) => opening !== 0n || pages.length > 0);
  const pages = stretches.flatMap((stretch) => stretch.pages);
  const debit = money(
    ledger,
    pages.reduce((sum, page) => sum + page.debit, 0n),
  );
  const credit = money(
    ledger,
    pages.reduce((sum, page) => sum + page.credit, 0n),
  );
  const total: ReportRow = {
    ...{ kind: 'total', level: 0, account: null, path: null, name: 'Total' },
    values: { debit, credit },
  };
  const lines = pages.reduce((sum, page) => sum + page.lines, stretches.length);
  return {
    ...frame(ledger, 'general-ledger', period, stamp),
    columns: COLUMNS,
    rows: [],
    parts: [
      ...stretches.flatMap((stretch) => parts(ledger, period, stretch)),
      { before: [], page: null, after: [total] },
    ],
    controlTotals: { rows: lines, debit, credit },
    notes: [],
  };
}

function accountStretch(
  ledger: BookLedger,
  period: Period,
  { id, code, path, name, type }: Account,
  pagesOf: PagesOf,
): Stretch {
  const start = isResultAccount(type) ? monthOf(period.fiscalYear.from) : null;
  return {
    row: { account: code, path, name, accountId: id },
    normal: normalSide(type),
    opening: net(ledger.table.between(id, start, monthOf(period.from), 'all')),
    pages: period.months.flatMap((month) => pagesOf(month, id)),
  };
}

const earlierStretch = (ledger: BookLedger, period: Period): Stretch => ({
  row: { account: null, path: null, name: EARLIER_RESULT },
  normal: 'credit',
  opening: earlierResult(ledger, monthOf(period.fiscalYear.from)),
  pages: [],
});

function parts(
  ledger: BookLedger,
  period: Period,
  { row, normal, opening, pages }: Stretch,
): Part[] {
  const natural = (balance: bigint) => money(ledger, normal === 'debit' ? balance : -balance);
  const heading: ReportRow = { kind: 'heading', level: 0, ...row, values: {} };
  const plain = { level: 1, account: null, path: null };
  const openingRow: ReportRow = {
    ...{ kind: 'line', ...plain, name: 'Opening balance' },
    values: { date: period.from, balance: natural(opening) },
  };
  const result: Part[] = [];
  let balance = opening;
  let [debit, credit] = [0n, 0n];
  for (const { debit: pageDebit, credit: pageCredit, ...page } of pages) {
    const amounts = { debit: money(ledger, pageDebit), credit: money(ledger, pageCredit) };
    result.push({
      before: [],
      page: { ...page, opening: natural(balance), normal, ...amounts },
      after: [],
    });
    balance += pageDebit - pageCredit;
    debit += pageDebit;
    credit += pageCredit;
  }
  const closingRow: ReportRow = {
    ...{ kind: 'subtotal', ...plain, name: 'Closing balance' },
    values: {
      date: period.to,
      debit: money(ledger, debit),
      credit: money(ledger, credit),
      balance: natural(balance),
    },
  };
  if (result.length === 0)
    return [{ before: [heading, openingRow], page: null, after: [closingRow] }];
  result[0] = { ...result[0]!, before: [heading, openingRow] };
  result[result.length - 1] = { ...result.at(-1)!, after: [closingRow] };
  return result;
}

/** The balances that a general ledger ends with, debit minus credit, by account: what the invariants compare. */
export const closingBalance = (ledger: BookLedger, period: Period, account: Account): bigint => {
  const start = isResultAccount(account.type) ? monthOf(period.fiscalYear.from) : null;
  return net(ledger.table.between(account.id, start, addMonths(lastMonth(period), 1), 'all'));
};
