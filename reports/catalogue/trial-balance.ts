// The trial balance of a period inside one fiscal year: opening, movement and closing per account, each on its side.
// (1) Result accounts open at zero with the year. (2) What earlier years left unclosed stands in one row of equity
// without movement. (3) The year's own closing entries are left out. Debits equal credits in all three pairs.
import { isResultAccount } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  closingNotes,
  EARLIER_RESULT,
  earlierResult,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
  unitNotes,
} from './book-ledger.ts';
import { figureOf, mustEqual, rowNamed } from './invariants.ts';
import type { ReportBody, ReportColumn, ReportRow } from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'openingDebit', label: 'Opening debit', kind: 'amount' },
  { key: 'openingCredit', label: 'Opening credit', kind: 'amount' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
  { key: 'closingDebit', label: 'Closing debit', kind: 'amount' },
  { key: 'closingCredit', label: 'Closing credit', kind: 'amount' },
];

/** Debit minus credit before the period, and what moved on either side in it. */
interface Figures {
  readonly opening: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
}

type Line = Omit<ReportRow, 'values' | 'kind' | 'level'> & { readonly figures: Figures };

export const trialBalance: ReportDefinition = {
  name: 'trial-balance',
  title: 'Trial balance',
  question: 'Opening, movement and closing of every account; debits equal credits.',
  paged: false,
  periods: EVERY_PERIOD,
  fed: fedSinceBeginning,
  compute,
  check(_ledger, _period, body) {
    const value = (key: string) => figureOf(body, rowNamed(body, 'Total'), key);
    mustEqual(body, 'opening debits equal credits', value('openingDebit'), value('openingCredit'));
    mustEqual(body, 'debits equal credits', value('debit'), value('credit'));
    mustEqual(body, 'closing debits equal credits', value('closingDebit'), value('closingCredit'));
  },
};

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const lines = [...accountLines(ledger, period), ...earlierLine(ledger, period)];
  const totals = lines
    .map(({ figures }) => columnsOf(figures))
    .reduce(addColumns, Array(6).fill(0n));
  const values = (columns: readonly bigint[]) =>
    Object.fromEntries(COLUMNS.map(({ key }, at) => [key, money(ledger, columns[at]!)]));
  const rows: ReportRow[] = lines.map(({ figures, ...row }) => ({
    kind: 'line',
    level: 0,
    ...row,
    values: values(columnsOf(figures)),
  }));
  rows.push({
    kind: 'total',
    level: 0,
    account: null,
    path: null,
    name: 'Total',
    values: values(totals),
  });
  return {
    ...frame(ledger, trialBalance, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lines.length,
      debit: money(ledger, totals[4]!),
      credit: money(ledger, totals[5]!),
    },
    notes: [...unitNotes(ledger, period), ...closingNotes(ledger, period)],
  };
}

function accountLines(ledger: BookLedger, period: Period): Line[] {
  const start = monthOf(period.fiscalYear.from);
  const from = monthOf(period.from);
  const until = addMonths(lastMonth(period), 1);
  const lines: Line[] = [];
  for (const { id, code, path, name, type } of ledger.accounts) {
    const earlier = isResultAccount(type) ? 0n : net(ledger.table.between(id, null, start, 'all'));
    const opening = earlier + net(ledger.table.between(id, start, from, 'without-closing'));
    const movement = ledger.table.between(id, from, until, 'without-closing');
    if (opening === 0n && movement.debit === 0n && movement.credit === 0n) continue;
    lines.push({ account: code, path, name, accountId: id, figures: { opening, ...movement } });
  }
  return lines;
}

function earlierLine(ledger: BookLedger, period: Period): Line[] {
  const opening = earlierResult(ledger, monthOf(period.fiscalYear.from));
  if (opening === 0n) return [];
  return [
    {
      account: null,
      path: null,
      name: EARLIER_RESULT,
      figures: { opening, debit: 0n, credit: 0n },
    },
  ];
}

const addColumns = (sums: bigint[], columns: bigint[]): bigint[] =>
  sums.map((sum, at) => sum + columns[at]!);

function columnsOf({ opening, debit, credit }: Figures): bigint[] {
  const closing = opening + debit - credit;
  return [...sides(opening), debit, credit, ...sides(closing)];
}

const sides = (balance: bigint): [bigint, bigint] =>
  balance >= 0n ? [balance, 0n] : [0n, -balance];
