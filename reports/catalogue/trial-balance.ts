// The trial balance of a period inside one fiscal year: opening, movement and closing per account, each on its side.
// (1) Result accounts open at zero with the year. (2) What earlier years left unclosed stands in one row of equity
// without movement. (3) The year's own closing entries are left out. Debits equal credits in all three pairs.
import { type AccountId, isResultAccount } from '#ledger/domain/account.ts';
import {
  addMonths,
  type FiscalYear,
  monthOf,
  monthPeriod,
  type Period,
} from '#ledger/domain/calendar.ts';
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
import { type Figure, type LinesBehind, movedIn, resultBehind } from './lines-behind.ts';
import type { ReportBody, ReportColumn, ReportRow } from './report.ts';
import {
  type Checked,
  EVERY_PERIOD,
  fedSinceBeginning,
  type ReportDefinition,
} from './report-definition.ts';

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
  views: { compared: ['closingDebit', 'closingCredit'], zeros: true, closing: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'debits-equal-credits',
      sentence: 'Debits equal credits: in the openings, the movements and the closings.',
      afterClosing: true,
      check({ body }) {
        const value = (key: string) => figureOf(body, rowNamed(body, 'Total'), key);
        const [opening, closing] = ['opening debits equal credits', 'closing debits equal credits'];
        mustEqual(body, opening, value('openingDebit'), value('openingCredit'));
        mustEqual(body, 'debits equal credits', value('debit'), value('credit'));
        mustEqual(body, closing, value('closingDebit'), value('closingCredit'));
      },
    },
    {
      name: 'opening-is-the-closing-before',
      sentence:
        'Every account opens where the month before closed; at the start of a year what its income and expenses left becomes the result of earlier years.',
      check: opensWhereItClosed,
    },
  ],
};

function behindLine({ book, key, period, row }: Figure): LinesBehind[] | null {
  const [from, to] = [monthOf(period.from), lastMonth(period)];
  const start = monthOf(period.fiscalYear.from);
  const sign = /credit$/i.test(key) ? -1 : 1;
  const account = book.accounts.find(({ id }) => id === row.accountId);
  if (!account) return resultBehind(book, row, to)?.map((lines) => ({ ...lines, sign })) ?? null;
  const accounts = [account.id];
  if (key === 'debit' || key === 'credit')
    return [{ sign, side: key, ...movedIn(accounts, from, to) }];
  const first = isResultAccount(account.type) ? start : null;
  const until = key.startsWith('opening') ? from : addMonths(to, 1);
  return [{ sign, accounts, from: first, until, closingBefore: start }];
}

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
    if (!ledger.zeros && opening === 0n && movement.debit === 0n && movement.credit === 0n)
      continue;
    lines.push({ account: code, path, name, accountId: id, figures: { opening, ...movement } });
  }
  return lines;
}

/** Holds the openings against the closings of the month before, which no closing entry of that year is in. */
function opensWhereItClosed({ ledger, period, body }: Checked): void {
  const { calendar } = ledger.facts;
  const from = monthOf(period.from);
  if (from <= monthOf(calendar.startDate)) return;
  const before = monthPeriod(calendar, addMonths(from, -1));
  const closings = new Map(
    accountLines(ledger, before).map(({ accountId, figures }) => [
      accountId,
      figures.opening + figures.debit - figures.credit,
    ]),
  );
  const rows = body.rows.filter(({ kind }) => kind === 'line');
  const openings = new Map(rows.map((row) => [row.accountId, openingOf(body, row)]));
  const newYear = from === monthOf(period.fiscalYear.from);
  let earlier = earlierResult(ledger, monthOf(before.fiscalYear.from));
  for (const { code, id, type } of ledger.accounts) {
    let expected = closings.get(id) ?? 0n;
    if (newYear) {
      expected += closedIn(ledger, id, before.fiscalYear);
      if (isResultAccount(type)) {
        earlier += expected;
        expected = 0n;
      }
    }
    mustEqual(body, `the opening of ${code}`, openings.get(id) ?? 0n, expected);
  }
  mustEqual(body, 'the result of earlier years', openings.get(undefined) ?? 0n, earlier);
}

const openingOf = (body: ReportBody, row: ReportRow): bigint =>
  figureOf(body, row, 'openingDebit') - figureOf(body, row, 'openingCredit');

/** What the closing entries of a year moved on an account, debit minus credit. */
function closedIn({ table }: BookLedger, id: AccountId, { from, to }: FiscalYear): bigint {
  const [start, until] = [monthOf(from), addMonths(monthOf(to), 1)];
  return (
    net(table.between(id, start, until, 'all')) -
    net(table.between(id, start, until, 'without-closing'))
  );
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
