// One door to the catalogue: which positions feed a document, and the document itself.
import type { AccountId } from '#ledger/domain/account.ts';
import { type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { balanceSheet } from './balance-sheet.ts';
import { type BookLedger, lastMonth, type Stamp } from './book-ledger.ts';
import { generalLedger } from './general-ledger.ts';
import { firstMonthRead, incomeStatement } from './income-statement.ts';
import { journal } from './journal.ts';
import type { Stretch } from './pages.ts';
import type { ReportBody, ReportName } from './report.ts';
import { trialBalance } from './trial-balance.ts';

/** What was posted in a period, by account for the general ledger; null for nothing. */
export interface LinesIndex {
  ledger(period: Period, account: AccountId): Stretch | null;
  journal(period: Period): Stretch | null;
}

/** Position of the last event that touched what the document shows: its inputs or how it looks. */
export function feedPosition(ledger: BookLedger, report: ReportName, period: Period): number {
  const fed = ledger.table.positionBetween(firstMonthOf(ledger, report, period), lastMonth(period));
  return Math.max(fed, ledger.facts.presentationPosition);
}

function firstMonthOf(ledger: BookLedger, report: ReportName, period: Period): Month | null {
  if (report === 'income-statement') return firstMonthRead(ledger, period);
  return report === 'journal' ? monthOf(period.from) : null;
}

export function computeReport(
  ledger: BookLedger,
  report: ReportName,
  period: Period,
  stamp: Stamp,
  lines: LinesIndex,
): ReportBody {
  switch (report) {
    case 'trial-balance':
      return trialBalance(ledger, period, stamp);
    case 'balance-sheet':
      return balanceSheet(ledger, period, stamp);
    case 'income-statement':
      return incomeStatement(ledger, period, stamp);
    case 'general-ledger':
      return generalLedger(ledger, period, stamp, lines.ledger);
    case 'journal':
      return journal(ledger, period, stamp, lines.journal(period));
  }
}
