// The cash flow statement by the direct method (IAS 7.18(a), 7.19): gross receipts and payments by the accounts that entries
// move beside cash, under the activities of the cash flow layout; of an entry only what cash stands for (`paid-lines.ts`).
// Transfers between cash accounts are none (IAS 7.9), nor is what exchange rates alone made of cash, which is shown apart (IAS
// 7.28). An invoice paid later counts when it is paid, as a receipt from debtors.
import type { Account } from '#ledger/domain/account.ts';
import type { Period } from '#ledger/domain/calendar.ts';
import { accountList, sumColumns, type TreeLine } from './account-tree.ts';
import type { BookLedger, Stamp } from './book-ledger.ts';
import {
  CASH_COLUMNS,
  CHANGE,
  cashBehind,
  cashStatement,
  cashValues,
  changeIn,
  EFFECT,
  effectIn,
  mustBeTheChange,
  spanOf,
  spansOf,
} from './cash-position.ts';
import { mustEqual } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind } from './lines-behind.ts';
import { NO_ACCOUNT, type ReportBody, type ReportRow } from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';
import { marginGroups } from './statement-rows.ts';

const RECEIPTS = 'Receipts';

export const cashFlowDirect: ReportDefinition = {
  name: 'cash-flow-direct',
  title: 'Cash flow statement, direct method',
  question: 'What was received and paid, and for what.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['period'], zeros: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine, sum: (figure) => cashBehind(figure) ?? undefined },
  invariants: [
    {
      name: 'receipts-and-payments-are-the-change-in-cash',
      sentence: 'Receipts, payments and the effect of exchange rates come to the change in cash.',
      check: mustBeTheChange,
    },
    {
      name: 'both-methods-agree',
      sentence:
        'The change in cash and the effect of exchange rates on it are those of the indirect method.',
      against: 'cash-flow',
      check({ body, other }) {
        for (const { key } of CASH_COLUMNS) {
          mustEqual(body, `${CHANGE}, ${key}`, changeIn(body, key), changeIn(other, key));
          mustEqual(body, `${EFFECT}, ${key}`, effectIn(body, key), effectIn(other, key));
        }
      },
    },
  ],
};

function behindLine(figure: Figure): LinesBehind[] | null {
  const { at, body, key, period, row } = figure;
  if (row.accountId === undefined) return cashBehind(figure);
  const [from, until] = spanOf(period, key);
  const paid = headingOver(body, at, 1).row.name === RECEIPTS ? 'receipts' : 'payments';
  return [{ sign: -1, accounts: [row.accountId], from, until, closingBefore: from, paid }];
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const activities = marginGroups(ledger, 'cash-flow').map(({ accounts, total, ...own }) => {
    const receipts = linesOf(ledger, period, accounts, 'receipts');
    const payments = linesOf(ledger, period, accounts, 'payments');
    const sum = sumColumns([...receipts, ...payments], CASH_COLUMNS.length);
    return { ...own, total, receipts, payments, sum };
  });
  const flow = sumColumns(
    activities.map(({ sum }) => ({ figures: sum })),
    CASH_COLUMNS.length,
  );
  const row = (kind: ReportRow['kind'], name: string, figures?: readonly bigint[]): ReportRow => ({
    ...{ ...NO_ACCOUNT, kind, name },
    values: figures ? cashValues(ledger)(figures) : {},
  });
  const above = activities.flatMap(({ name, payments, receipts, sum, total }) => [
    row('heading', name),
    ...sideRows(ledger, RECEIPTS, receipts),
    ...sideRows(ledger, 'Payments', payments),
    row('subtotal', total, sum),
  ]);
  return cashStatement(ledger, cashFlowDirect, { above, flow, period, stamp });
}

/** What credits on the accounts brought in, or what debits took. */
function linesOf(
  { sums }: BookLedger,
  period: Period,
  accounts: readonly Account[],
  side: 'receipts' | 'payments',
): TreeLine[] {
  const spans = spansOf(period);
  return accounts.map((account) => ({
    account,
    figures: spans.map(([from, until]) => {
      const moved = sums.cash.between(account.id, from, until, 'without-closing');
      return side === 'receipts' ? moved.credit : -moved.debit;
    }),
  }));
}

function sideRows(ledger: BookLedger, name: string, lines: readonly TreeLine[]): ReportRow[] {
  const values = cashValues(ledger);
  const rows = accountList(lines, 2, values, { zeros: ledger.zeros });
  if (rows.length === 0) return [];
  const plain = { ...NO_ACCOUNT, level: 1 };
  const sum = sumColumns(lines, CASH_COLUMNS.length);
  return [
    { ...plain, kind: 'heading', name, values: {} },
    ...rows,
    { ...plain, kind: 'subtotal', name: `Total ${name.toLowerCase()}`, values: values(sum) },
  ];
}
