// The work sheet of a close: what stood on each account before adjusting entries, the adjustments of the year, and what stands
// there after them. Adjustments are the entries of that kind dated in the fiscal year until the period's end, and what takes
// such entries back; the year's closing entries are left out, as in the trial balance.
import { isResultAccount } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { sumColumns } from './account-tree.ts';
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
} from './book-ledger.ts';
import { closingsIn, figureOf, mustEqual, sumNamed } from './invariants.ts';
import { type Figure, type LinesBehind, resultBehind } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';

const PAIRS = [
  ['unadjusted', 'Before adjustments'],
  ['adjustment', 'Adjustments'],
  ['adjusted', 'Adjusted'],
] as const;

const COLUMNS: readonly ReportColumn[] = PAIRS.flatMap(([key, label]) => [
  { key: `${key}Debit`, label: `${label} debit`, kind: 'amount' as const },
  { key: `${key}Credit`, label: `${label} credit`, kind: 'amount' as const },
]);

export const adjustedTrialBalance: ReportDefinition = {
  name: 'adjusted-trial-balance',
  title: 'Trial balance with adjustments',
  question:
    'What every account stood at before adjusting entries, what they moved, and what stands now.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['adjustedDebit', 'adjustedCredit'], zeros: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'adjusted-debits-equal-credits',
      sentence: 'Debits equal credits: before adjustments, in them, and after them.',
      check({ body }) {
        const total = sumNamed(body, 'Total');
        for (const [key, label] of PAIRS) {
          const [debit, credit] = [`${key}Debit`, `${key}Credit`].map((own) =>
            figureOf(body, total, own),
          );
          mustEqual(body, `${label}: debits equal credits`, debit!, credit!);
        }
      },
    },
    {
      name: 'adjusted-is-the-trial-balances',
      sentence:
        'What stands after adjustments is the closing of the trial balance, account by account.',
      against: 'trial-balance',
      check({ body, other: balance }) {
        const closings = closingsIn(balance);
        for (const row of body.rows) {
          if (row.accountId === undefined) continue;
          const adjusted =
            figureOf(body, row, 'adjustedDebit') - figureOf(body, row, 'adjustedCredit');
          const closing = closings.get(row.accountId) ?? 0n;
          mustEqual(body, `${row.account} ${row.name}, adjusted`, adjusted, closing);
        }
      },
    },
  ],
};

function behindLine({ book, key, period, row }: Figure): LinesBehind[] | null {
  const start = monthOf(period.fiscalYear.from);
  const until = addMonths(lastMonth(period), 1);
  const sign = key.endsWith('Credit') ? -1 : 1;
  const account = book.accounts.find(({ id }) => id === row.accountId);
  if (!account) {
    return resultBehind(book, row, lastMonth(period))?.map((own) => ({ ...own, sign })) ?? null;
  }
  const accounts = [account.id];
  const ofYear = { sign, accounts, from: start, until, closingBefore: start } as const;
  if (key.startsWith('adjustment'))
    return [{ ...ofYear, adjusting: true, side: sign === 1 ? 'debit' : 'credit' }];
  const before = isResultAccount(account.type)
    ? []
    : [{ ...ofYear, from: null, until: start, closingBefore: null }];
  return [...before, key.startsWith('adjusted') ? ofYear : { ...ofYear, adjusting: false }];
}

/** A balance on its side. */
const sides = (balance: bigint): readonly [debit: bigint, credit: bigint] =>
  balance >= 0n ? [balance, 0n] : [0n, -balance];

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const lines = [...accountLines(ledger, period), ...earlierLine(ledger, period)];
  const values = (figures: readonly bigint[]) =>
    Object.fromEntries(COLUMNS.map(({ key }, at) => [key, money(ledger, figures[at]!)]));
  const total = sumColumns(lines, COLUMNS.length);
  const rows: ReportRow[] = [
    ...lines.map(({ figures, ...row }) => ({ ...row, values: values(figures) })),
    { ...NO_ACCOUNT, kind: 'total', name: 'Total', values: values(total) },
  ];
  return {
    ...frame(ledger, adjustedTrialBalance, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, total[4]!),
      credit: money(ledger, total[5]!),
    },
    notes: closingNotes(ledger, period),
  };
}

type Line = Omit<ReportRow, 'values'> & { readonly figures: readonly bigint[] };

function accountLines({ accounts, sums, table, zeros }: BookLedger, period: Period): Line[] {
  const start = monthOf(period.fiscalYear.from);
  const until = addMonths(lastMonth(period), 1);
  return accounts.flatMap(({ code, id, name, path, type }): Line[] => {
    const earlier = isResultAccount(type) ? 0n : net(table.between(id, null, start, 'all'));
    const adjusted = earlier + net(table.between(id, start, until, 'without-closing'));
    const moved = sums.adjustments.between(id, start, until, 'without-closing');
    if (!zeros && adjusted === 0n && moved.debit === 0n && moved.credit === 0n) return [];
    const figures = [
      ...sides(adjusted - net(moved)),
      moved.debit,
      moved.credit,
      ...sides(adjusted),
    ];
    return [{ kind: 'line', level: 0, account: code, path, name, accountId: id, figures }];
  });
}

function earlierLine(ledger: BookLedger, period: Period): Line[] {
  const earlier = earlierResult(ledger, monthOf(period.fiscalYear.from));
  if (earlier === 0n) return [];
  const figures = [...sides(earlier), 0n, 0n, ...sides(earlier)];
  return [{ ...NO_ACCOUNT, kind: 'line', name: EARLIER_RESULT, figures }];
}
