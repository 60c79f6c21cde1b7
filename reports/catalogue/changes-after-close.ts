// What was posted into a period after its days had been locked: the entries, when they were recorded, and what they change
// by account. Auditors ask for it where a close was opened again (ISA 560.6, events after the date of the statements).
import { monthOf, type Period, todayIn } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, money, type Stamp } from './book-ledger.ts';
import { figureOf, mustEqual, sumNamed } from './invariants.ts';
import { closedDays, type LateEntries, MOST_LISTED } from './late-table.ts';
import { type Figure, type LinesBehind, movedIn } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

const CHANGE = 'change';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'recorded', label: 'Recorded', kind: 'date' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
  { key: CHANGE, label: 'Change', kind: 'amount' },
];

const TOTAL = 'Total change';

export const changesAfterClose: ReportDefinition = {
  name: 'changes-after-close',
  title: 'Changes after close',
  question: 'What was posted into days that had been locked before, and what it changed.',
  paged: false,
  periods: EVERY_PERIOD,
  fed: ({ late }, { months }) => late.positionIn(months),
  views: { compared: [CHANGE] },
  beside: {
    compute: (ledger, periods, stamp) =>
      periods.map((period) => besides(compute(ledger, period, stamp))),
    of: (body) => besides(body).rows,
  },
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'late-debits-equal-credits',
      sentence: 'Debits equal credits, and changes add up to nothing.',
      check({ body }) {
        if (body.rows.length === 0) return;
        const total = sumNamed(body, TOTAL);
        const [debit, credit] = [figureOf(body, total, 'debit'), figureOf(body, total, 'credit')];
        mustEqual(body, 'debits equal credits', debit, credit);
        const changes = body.rows
          .filter(({ accountId }) => accountId !== undefined)
          .reduce((sum, row) => sum + figureOf(body, row, 'change'), 0n);
        mustEqual(body, 'changes add up to nothing', changes, 0n);
      },
    },
  ],
};

/** Of an account: its lines in the entries above; null where not all of these are listed. */
function behindLine({ body, key, period, row }: Figure): LinesBehind[] | null {
  const entries = body.rows.flatMap(({ entry, values: { date = '' } }) =>
    entry === undefined || date < period.from || date > period.to ? [] : [entry],
  );
  if (row.accountId === undefined || entries.length >= MOST_LISTED) return null;
  const moved = movedIn([row.accountId], monthOf(period.from), monthOf(period.to));
  const lines = { ...moved, closingBefore: null, entries };
  if (key === CHANGE) return [{ sign: 1, ...lines }];
  return [
    { ...lines, ...(key === 'debit' ? { sign: 1, side: 'debit' } : { sign: -1, side: 'credit' }) },
  ];
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const late = ledger.late.in(period.months);
  const rows = late.count === 0 ? [] : rowsOf(ledger, late);
  const moved = debitOf(late);
  return {
    ...frame(ledger, changesAfterClose, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, moved),
      credit: money(ledger, moved),
    },
    notes: notesOf(ledger, period, late),
  };
}

const debitOf = ({ sums }: LateEntries): bigint =>
  [...sums.values()].reduce((all, { debit }) => all + debit, 0n);

function rowsOf(ledger: BookLedger, late: LateEntries): ReportRow[] {
  const { timeZone } = ledger.facts.title;
  const entries = late.listed.map(({ date, description, number, recordedAt }, at): ReportRow => {
    const amount = money(ledger, late.amounts[at]!);
    const recorded = todayIn(timeZone, Date.parse(recordedAt));
    return {
      ...{ ...NO_ACCOUNT, kind: 'line', level: 1, name: description, entry: number },
      values: { date, entry: `${number}`, recorded, debit: amount, credit: amount },
    };
  });
  const accounts = ledger.accounts.flatMap(({ code, id, name, path }): ReportRow[] => {
    const sum = late.sums.get(id);
    if (!sum) return [];
    const values = {
      debit: money(ledger, sum.debit),
      credit: money(ledger, sum.credit),
      change: money(ledger, sum.debit - sum.credit),
    };
    return [{ kind: 'line', level: 1, account: code, path, name, values, accountId: id }];
  });
  const total = money(ledger, debitOf(late));
  return [
    { ...NO_ACCOUNT, kind: 'heading', name: 'Entries', values: {} },
    ...entries,
    { ...NO_ACCOUNT, kind: 'heading', name: 'What they change', values: {} },
    ...accounts,
    {
      ...{ ...NO_ACCOUNT, kind: 'total', name: TOTAL },
      values: { debit: total, credit: total, change: money(ledger, 0n) },
    },
  ];
}

/** Beside other periods an entry stands with its amount in its own period, an account with what changed in each. */
function besides(body: ReportBody): ReportBody {
  return {
    ...body,
    columns: body.columns.filter(({ key, kind }) => kind !== 'amount' || key === CHANGE),
    rows: body.rows.map((row): ReportRow => {
      const { credit: _, debit, ...values } = row.values;
      return row.entry === undefined
        ? { ...row, values }
        : { ...row, values: { ...values, [CHANGE]: debit! } };
    }),
    notes: body.notes.map((note) => `${body.period.key}: ${note}`),
  };
}

function notesOf(
  { facts, late: { locks } }: BookLedger,
  period: Period,
  late: LateEntries,
): string[] {
  const day = (recordedAt: string) => todayIn(facts.title.timeZone, Date.parse(recordedAt));
  const own = closedDays(locks).find(({ through }) => through >= period.from);
  if (!own) return ['No day of the period has been locked yet.'];
  const lock = locks.find(({ position }) => position === own.position)!;
  const opened = locks.filter(
    ({ lockedThrough, position, reason }) =>
      reason !== null &&
      position > own.position &&
      (lockedThrough === null || lockedThrough < period.to),
  );
  return [
    `Locked first on ${day(lock.recordedAt)}, through ${own.through}.`,
    ...opened.map(({ reason, recordedAt }) => `Opened again on ${day(recordedAt)}: ${reason}`),
    ...(late.count > late.listed.length
      ? [`${late.count} entries; the first ${late.listed.length} are listed, all are counted.`]
      : []),
  ];
}
