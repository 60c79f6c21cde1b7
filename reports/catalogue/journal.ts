// The journal: every entry of the period with its lines, in the order of date and number. A header over one stretch of
// entries, with the names of the accounts that they are posted to.
import type { Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, money, type Stamp } from './book-ledger.ts';
import type { Stretch } from './pages.ts';
import type { ReportBody, ReportColumn } from './report.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
];

/** @param entries what was posted in the period, null for nothing. */
export function journal(
  ledger: BookLedger,
  period: Period,
  stamp: Stamp,
  entries: Stretch | null,
): ReportBody {
  const { accounts, table } = ledger;
  const posted = accounts.filter(({ id }) =>
    period.months.some((month) => table.isPosted(id, month)),
  );
  return {
    ...frame(ledger, 'journal', period, stamp),
    columns: COLUMNS,
    rows: [],
    parts: [
      { of: null, opening: money(ledger, 0n), normal: 'debit', stretch: entries?.ref ?? null },
    ],
    accounts: posted.map(({ id, code, path, name }) => [id, code, path, name]),
    controlTotals: {
      rows: entries?.ref.lines ?? 0,
      debit: money(ledger, entries?.debit ?? 0n),
      credit: money(ledger, entries?.credit ?? 0n),
    },
    notes: [],
  };
}
