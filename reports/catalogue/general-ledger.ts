// The general ledger: per account its opening, its lines, its closing. Closing entries count here. Result accounts open
// at zero with the fiscal year; what earlier years left stands as one account without lines. The document names one
// stretch of lines per account; quarters and years share the pages of their months.
import { isResultAccount, normalSide, type Side } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  EARLIER_RESULT,
  earlierResult,
  frame,
  lastMonth,
  money,
  net,
  netClosed,
  type Stamp,
} from './book-ledger.ts';
import { BALANCE, generalLedgerTotals } from './general-ledger-totals.ts';
import { closingsIn, controlTotal, mustEqual } from './invariants.ts';
import { closingOf } from './paged-rows.ts';
import { minor, type Stretch } from './pages.ts';
import type { Part, ReportBody, ReportColumn } from './report.ts';
import {
  type Checked,
  EVERY_PERIOD,
  fedSinceBeginning,
  type LinesIndex,
  type ReportDefinition,
} from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
  { key: 'balance', label: 'Balance', kind: 'amount' },
];

/** One account's part of the ledger. */
interface Section {
  readonly of: NonNullable<Part['of']>;
  readonly normal: Side;
  /** Debit minus credit. */
  readonly opening: bigint;
  readonly lines: Stretch | null;
}

export const generalLedger: ReportDefinition = {
  name: 'general-ledger',
  title: 'General ledger',
  question: 'Every line of every account with its running balance.',
  paged: true,
  periods: EVERY_PERIOD,
  views: { compared: [BALANCE] },
  beside: generalLedgerTotals,
  fed: fedSinceBeginning,
  compute,
  invariants: [
    {
      name: 'ledger-debits-equal-credits',
      sentence: 'Debits equal credits: in the openings and in the lines.',
      check({ body }) {
        const opening = body.parts!.reduce(
          (sum, part) =>
            sum + (part.normal === 'debit' ? 1n : -1n) * minor(part.opening, body.exponent),
          0n,
        );
        mustEqual(body, 'opening debits equal credits', opening, 0n);
        const [debit, credit] = [controlTotal(body, 'debit'), controlTotal(body, 'credit')];
        mustEqual(body, 'debits equal credits', debit, credit);
      },
    },
    {
      name: 'ledger-ends-at-the-trial-balance',
      sentence: 'The lines of every account end at its line of the trial balance.',
      against: 'trial-balance',
      check: endsAtTrialBalance,
    },
  ],
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp, lines: LinesIndex): ReportBody {
  const from = monthOf(period.from);
  const yearFrom = monthOf(period.fiscalYear.from);
  const sections = [
    ...ledger.accounts.map((account): Section => {
      const { id, code, path, name, type } = account;
      const start = isResultAccount(type) ? yearFrom : null;
      return {
        of: { account: code, path, name, accountId: id },
        normal: normalSide(type),
        opening: net(ledger.table.between(id, start, from, 'all')),
        lines: lines.ledger(period, id),
      };
    }),
    earlierSection(ledger, period),
  ].filter(({ opening, lines }) => opening !== 0n || lines !== null);
  const sum = (side: Side) =>
    money(
      ledger,
      sections.reduce((total, { lines }) => total + (lines?.[side] ?? 0n), 0n),
    );
  // Each opening balance is a line too.
  const rows = sections.reduce(
    (count, { lines }) => count + (lines?.ref.lines ?? 0),
    sections.length,
  );
  return {
    ...frame(ledger, generalLedger, period, stamp),
    columns: COLUMNS,
    rows: [],
    parts: sections.map(({ of, normal, opening, lines }) => ({
      of,
      opening: money(ledger, normal === 'debit' ? opening : -opening),
      normal,
      stretch: lines?.ref ?? null,
    })),
    controlTotals: { rows, debit: sum('debit'), credit: sum('credit') },
    notes: [],
  };
}

const earlierSection = (ledger: BookLedger, period: Period): Section => ({
  of: { account: null, path: null, name: EARLIER_RESULT },
  normal: 'credit',
  opening: earlierResult(ledger, monthOf(period.fiscalYear.from)),
  lines: null,
});

/** Openings and lines, counted through, end at the trial balance, which the year's closing entries aren't in. */
function endsAtTrialBalance({ ledger, period, body, other: balance }: Checked): void {
  const closings = closingsIn(balance);
  const [start, until] = [monthOf(period.fiscalYear.from), addMonths(lastMonth(period), 1)];
  const isClosed = ledger.table.hasClosing(start, until);
  const parts = new Map(body.parts!.map((part) => [part.of?.accountId, part]));
  for (const { code, id, type } of ledger.accounts) {
    const natural = normalSide(type) === 'debit' ? 1n : -1n;
    const part = parts.get(id);
    const found = part ? closingOf(body, part) : 0n;
    const closed = isClosed ? netClosed(ledger, id, period) : 0n;
    const expected = natural * ((closings.get(id) ?? 0n) + closed);
    mustEqual(body, `pages of ${code} end at its trial balance`, found, expected);
  }
}
