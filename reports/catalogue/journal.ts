// The journal: every entry of the period with its lines, in the order of date and number. A header over the pages of
// its months.
import type { Month, Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, money, type Stamp } from './book-ledger.ts';
import type { PageStub } from './pages.ts';
import type { Part, ReportBody, ReportColumn } from './report.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
];

export function journal(
  ledger: BookLedger,
  period: Period,
  stamp: Stamp,
  pagesOf: (month: Month) => readonly PageStub[],
): ReportBody {
  const pages = period.months.flatMap((month) => [...pagesOf(month)]);
  const debit = money(
    ledger,
    pages.reduce((sum, page) => sum + page.debit, 0n),
  );
  const credit = money(
    ledger,
    pages.reduce((sum, page) => sum + page.credit, 0n),
  );
  const opening = money(ledger, 0n);
  const parts: Part[] = pages.map((page) => ({
    before: [],
    page: {
      ...page,
      ...{ opening, normal: 'debit' },
      debit: money(ledger, page.debit),
      credit: money(ledger, page.credit),
    },
    after: [],
  }));
  const plain = { level: 0, account: null, path: null };
  parts.push({
    before: [],
    page: null,
    after: [{ kind: 'total', ...plain, name: 'Total', values: { debit, credit } }],
  });
  return {
    ...frame(ledger, 'journal', period, stamp),
    columns: COLUMNS,
    rows: [],
    parts,
    controlTotals: { rows: pages.reduce((sum, page) => sum + page.lines, 0), debit, credit },
    notes: [],
  };
}
