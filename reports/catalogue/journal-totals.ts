// The journal beside other periods: not its entries but what they debited and credited, by account. It is counted from the
// balances of the months, and its sums are held against those of the journal's pages.
import type { AccountId } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, lastMonth, money } from './book-ledger.ts';
import { type Figure, headingOver, type LinesBehind } from './lines-behind.ts';
import { lineCount, NO_ACCOUNT, type ReportColumn, type ReportRow } from './report.ts';
import type { Beside, StatedBody } from './report-definition.ts';

export const POSTED = 'posted';

const COLUMNS: readonly ReportColumn[] = [{ key: POSTED, label: 'Posted', kind: 'amount' }];

const SIDES = [
  { side: 'debit', heading: 'Debited', total: 'Total debited' },
  { side: 'credit', heading: 'Credited', total: 'Total credited' },
] as const;

export const journalTotals: Beside = {
  compute: (ledger, periods) => periods.map((period) => compute(ledger, period)),
  of: ({ controlTotals }) => SIDES.map(({ side, total }) => sumRow(total, controlTotals[side])),
  behind: { line: behindLine },
};

function compute(ledger: BookLedger, period: Period): StatedBody {
  const moved = new Map(
    ledger.accounts.map(({ id }): [AccountId, { debit: bigint; credit: bigint }] => {
      const until = addMonths(lastMonth(period), 1);
      return [id, ledger.table.between(id, monthOf(period.from), until, 'all')];
    }),
  );
  const totals = { debit: money(ledger, 0n), credit: money(ledger, 0n) };
  const rows = SIDES.flatMap(({ heading, side, total }): ReportRow[] => {
    const lines = ledger.accounts.flatMap(({ code, id, name, path }): ReportRow[] => {
      const amount = moved.get(id)![side];
      if (amount === 0n) return [];
      const of = { account: code, path, name, accountId: id };
      return [{ kind: 'line', level: 1, ...of, values: { [POSTED]: money(ledger, amount) } }];
    });
    const sum = [...moved.values()].reduce((all, own) => all + own[side], 0n);
    totals[side] = money(ledger, sum);
    return [
      { ...NO_ACCOUNT, kind: 'heading', name: heading, values: {} },
      ...lines,
      sumRow(total, totals[side]),
    ];
  });
  return {
    columns: COLUMNS,
    rows,
    controlTotals: { rows: lineCount(rows), ...totals },
    notes: ['What the entries of each period debited and credited, closing entries counted.'],
  };
}

const sumRow = (name: string, amount: string): ReportRow => ({
  ...{ ...NO_ACCOUNT, kind: 'subtotal', name },
  values: { [POSTED]: amount },
});

function behindLine({ at, body, period, row }: Figure): LinesBehind[] {
  const { name } = headingOver(body, at, 0).row;
  const { side } = SIDES.find(({ heading }) => heading === name)!;
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const lines = { accounts: [row.accountId!], from, until, closingBefore: null, side };
  return [{ sign: side === 'debit' ? 1 : -1, ...lines }];
}
