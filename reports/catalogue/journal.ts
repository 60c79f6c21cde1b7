// The journal: every entry of the period with its lines, in the order of date and number. A header over one stretch of
// entries, with the names of the accounts that they are posted to.
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import { controlTotal, mustEqual } from './invariants.ts';
import { journalTotals, POSTED } from './journal-totals.ts';
import type { ReportBody, ReportColumn } from './report.ts';
import { EVERY_PERIOD, type LinesIndex, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
];

export const journal: ReportDefinition = {
  name: 'journal',
  title: 'Journal',
  question: 'Every journal entry of the period, in order.',
  paged: true,
  periods: EVERY_PERIOD,
  views: { compared: [POSTED] },
  beside: journalTotals,
  fed: ({ table }, { from, to }) => table.positionBetween(monthOf(from), monthOf(to)),
  compute,
  invariants: [
    {
      name: 'journal-debits-equal-credits',
      sentence: 'Debits equal credits.',
      check({ body }) {
        const [debit, credit] = [controlTotal(body, 'debit'), controlTotal(body, 'credit')];
        mustEqual(body, 'debits equal credits', debit, credit);
      },
    },
    {
      name: 'entries-add-up-to-the-balances',
      sentence: 'The entries add up to what the balances of all accounts moved.',
      check({ ledger, period, body }) {
        const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
        const moved = ledger.accounts.reduce(
          (sum, { id }) => sum + ledger.table.between(id, from, until, 'all').debit,
          0n,
        );
        mustEqual(body, 'its entries add up to the balances', controlTotal(body, 'debit'), moved);
      },
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp, lines: LinesIndex): ReportBody {
  const entries = lines.journal(period);
  const { accounts, table } = ledger;
  const posted = accounts.filter(({ id }) =>
    period.months.some((month) => table.isPosted(id, month)),
  );
  return {
    ...frame(ledger, journal, period, stamp),
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
