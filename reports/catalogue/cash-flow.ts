// The cash flow statement by the indirect method (IAS 7.18(b), 7.20): the result, what in it moved no cash, what is tied up
// in working capital, then investing and financing (IAS 7.16, 7.17). Every account but cash is in it once, so that it comes
// to the change in cash. What exchange rates alone made of cash (IAS 7.28) is taken off where its gains and losses stand and
// shown apart. The year's closing entries are left out: they move no cash.
import type { Period } from '#ledger/domain/calendar.ts';
import { sumColumns } from './account-tree.ts';
import { type BookLedger, net, type Stamp } from './book-ledger.ts';
import {
  CASH_COLUMNS,
  cashBehind,
  cashStatement,
  cashValues,
  gainedOn,
  mustBeTheChange,
  mustBeTheTrialBalances,
  spanOf,
  spansOf,
} from './cash-position.ts';
import { type Figure, headingOver, type LinesBehind } from './lines-behind.ts';
import { NO_ACCOUNT, type ReportBody } from './report.ts';
import { EVERY_PERIOD, fedSinceBeginning, type ReportDefinition } from './report-definition.ts';
import { accountsTogether, marginGroups, stateGroups } from './statement-rows.ts';

export const cashFlow: ReportDefinition = {
  name: 'cash-flow',
  title: 'Cash flow statement',
  question: 'Where cash came from and where it went: operations, investments, financing.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['period'], zeros: true },
  fed: fedSinceBeginning,
  compute,
  behind: { line: behindLine, sum: (figure) => cashBehind(figure) ?? undefined },
  invariants: [
    {
      name: 'cash-flow-is-the-change-in-cash',
      sentence:
        'Operations, investments, financing and the effect of exchange rates come to the change in cash.',
      check: mustBeTheChange,
    },
    {
      name: 'cash-is-the-trial-balances',
      sentence: 'Cash at the end equals the cash accounts in the trial balance.',
      against: 'trial-balance',
      check: mustBeTheTrialBalances,
    },
  ],
};

const TAKEN_OFF = 'Exchange gains and losses on cash';

function behindLine(figure: Figure): LinesBehind[] | null {
  const { at, body, book, key, period, row } = figure;
  const accounts =
    row.accountId === undefined
      ? accountsTogether(book, 'cash-flow', row.name).map(({ id }) => id)
      : [row.accountId];
  const [from, until] = spanOf(period, key);
  const months = { from, until, closingBefore: from };
  if (accounts.length > 0) return [{ sign: -1, accounts, ...months }];
  if (row.name !== TAKEN_OFF || row.level === 0) return cashBehind(figure);
  const { name } = headingOver(body, at, 0).row;
  const group = marginGroups(book, 'cash-flow').find((own) => own.name === name);
  const ids = group?.accounts.map(({ id }) => id) ?? [];
  return [{ sign: 1, accounts: ids, ...months, paid: 'exchange' }];
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const spans = spansOf(period);
  const values = cashValues(ledger);
  const groups = stateGroups(ledger, {
    statement: 'cash-flow',
    columns: CASH_COLUMNS.length,
    // Less on an asset is cash that came.
    of: ({ id }) =>
      spans.map(([from, until]) => -net(ledger.table.between(id, from, until, 'without-closing'))),
    values,
    more(_, accounts) {
      const sum = gainedOn(ledger, period, accounts).map((gained) => -gained);
      if (sum.every((amount) => amount === 0n)) return null;
      const row = { ...NO_ACCOUNT, kind: 'line', level: 1, name: TAKEN_OFF } as const;
      return { rows: [{ ...row, values: values(sum) }], sum };
    },
  });
  const flow = sumColumns(
    groups.map(({ sum }) => ({ figures: sum })),
    CASH_COLUMNS.length,
  );
  const above = groups.flatMap((group) => group.rows);
  return cashStatement(ledger, cashFlow, { above, flow, period, stamp });
}
