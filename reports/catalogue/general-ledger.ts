// The general ledger: per account its opening, its lines, its closing. Closing entries count here. Result accounts open
// at zero with the fiscal year; what earlier years left stands as one account without lines. The document names one
// stretch of lines per account; quarters and years share the pages of their months.
import { type Account, isResultAccount, normalSide, type Side } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
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
import { controlTotal, mustEqual } from './invariants.ts';
import { minor, type Stretch } from './pages.ts';
import type { Part, ReportBody, ReportColumn } from './report.ts';
import {
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
  fed: fedSinceBeginning,
  compute,
  check,
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

/** Openings and lines, counted through, end at the balances that the months' sums give. */
function check(ledger: BookLedger, period: Period, body: ReportBody): void {
  const closingOf = closingBalances(ledger, period);
  const parts = new Map(body.parts!.map((part) => [part.of?.accountId, part]));
  for (const account of ledger.accounts) {
    const natural = normalSide(account.type) === 'debit' ? 1n : -1n;
    const part = parts.get(account.id);
    const read = (text: string | undefined) => minor(text, body.exponent);
    const moved = read(part?.stretch?.debit) - read(part?.stretch?.credit);
    const found = read(part?.opening) + natural * moved;
    const expected = natural * closingOf(account);
    mustEqual(body, `pages of ${account.code} end at its balance`, found, expected);
  }
  const openings = body.parts!.map(({ normal, opening }) =>
    normal === 'debit' ? minor(opening, body.exponent) : -minor(opening, body.exponent),
  );
  const opening = openings.reduce((sum, own) => sum + own, 0n);
  mustEqual(body, 'opening debits equal credits', opening, 0n);
  const [debit, credit] = [controlTotal(body, 'debit'), controlTotal(body, 'credit')];
  mustEqual(body, 'debits equal credits', debit, credit);
}

/** The balances that a general ledger ends with, debit minus credit. */
function closingBalances(ledger: BookLedger, period: Period): (account: Account) => bigint {
  const start = monthOf(period.fiscalYear.from);
  const until = addMonths(lastMonth(period), 1);
  return ({ id, type }) =>
    net(ledger.table.between(id, isResultAccount(type) ? start : null, until, 'all'));
}
