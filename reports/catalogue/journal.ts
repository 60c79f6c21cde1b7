// The journal: every entry of the period with its lines, in the order of date and number. A header over one stretch of
// entries, with the names of the accounts that they are posted to.
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import { controlTotal, mustEqual } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, movedIn } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type LinesIndex, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'entry', label: 'Entry', kind: 'entry' },
  { key: 'reference', label: 'Reference', kind: 'text' },
  { key: 'memo', label: 'Memo', kind: 'text' },
  { key: 'debit', label: 'Debit', kind: 'amount' },
  { key: 'credit', label: 'Credit', kind: 'amount' },
];

/** How a summary calls what was posted on each side. */
const SIDES = [
  { side: 'debit', heading: 'Debits', total: 'Total debits' },
  { side: 'credit', heading: 'Credits', total: 'Total credits' },
] as const;

export const journal: ReportDefinition = {
  name: 'journal',
  title: 'Journal',
  question: 'Every journal entry of the period, in order.',
  paged: true,
  periods: EVERY_PERIOD,
  views: { compared: ['amount'] },
  fed: ({ table }, { from, to }) => table.positionBetween(monthOf(from), monthOf(to)),
  compute,
  summary: {
    compute: computeSums,
    behind: { line: behindSum },
    stated: (body) => new Map(SIDES.map(({ side, total }) => [total, controlTotal(body, side)])),
  },
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

/** What the entries of the period debited and credited, by account. */
function computeSums(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const values = (amount: bigint) => ({ amount: money(ledger, amount) });
  const moved = ledger.accounts.map(({ code, id, name, path }) => ({
    ...{ account: code, path, name, accountId: id },
    ...{ sums: ledger.table.between(id, from, until, 'all') },
  }));
  const [debit, credit] = (['debit', 'credit'] as const).map((side) =>
    moved.reduce((all, { sums }) => all + sums[side], 0n),
  );
  const rows = SIDES.flatMap(({ heading, side, total }): ReportRow[] => [
    { ...NO_ACCOUNT, kind: 'heading', name: heading, values: {} },
    ...moved.flatMap(({ sums, ...of }): ReportRow[] =>
      sums[side] === 0n ? [] : [{ kind: 'line', level: 1, ...of, values: values(sums[side]) }],
    ),
    {
      ...{ ...NO_ACCOUNT, kind: 'total', name: total },
      values: values(side === 'debit' ? debit! : credit!),
    },
  ]);
  return {
    ...frame(ledger, journal, period, stamp),
    columns: [{ key: 'amount', label: 'Amount', kind: 'amount' }],
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, debit!),
      credit: money(ledger, credit!),
    },
    notes: ['What the entries of the period debited and credited, by account.'],
  };
}

function behindSum({ at, body, period, row }: Figure): LinesBehind[] {
  const { name } = headingOver(body, at, 0).row;
  const { side } = SIDES.find(({ heading }) => heading === name)!;
  const moved = movedIn([row.accountId!], monthOf(period.from), lastMonth(period));
  return [{ sign: side === 'debit' ? 1 : -1, ...moved, closingBefore: null, side }];
}

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
