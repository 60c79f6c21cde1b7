// A list of lines as a table of balances, as it stands beside other periods: what the lines of each account, or of each party on
// it, end at, closing entries counted.
import type { Account } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import { closingOf } from './paged-rows.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { ReportDefinition } from './report-definition.ts';

/** A row and its balance, in minor units, on the account's own side. */
export type BalanceOf = Pick<ReportRow, 'account' | 'path' | 'name' | 'accountId' | 'partyId'> & {
  readonly balance: bigint;
};

interface Balances {
  /** Those whose lines the list has: control totals are what they moved in the period. */
  readonly accounts: readonly Account[];
  readonly rows: readonly BalanceOf[];
  readonly notes: readonly string[];
}

/** The table, with one column `balance`. */
export function balancesBody(
  ledger: BookLedger,
  definition: Pick<ReportDefinition, 'name' | 'title'>,
  period: Period,
  stamp: Stamp,
  { accounts, notes, rows }: Balances,
): ReportBody {
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const moved = accounts.map(({ id }) => ledger.table.between(id, from, until, 'all'));
  const sum = (side: 'debit' | 'credit') =>
    money(
      ledger,
      moved.reduce((all, own) => all + own[side], 0n),
    );
  return {
    ...frame(ledger, definition, period, stamp),
    columns: [{ key: 'balance', label: 'Balance', kind: 'amount' }],
    rows: rows.map(({ balance, ...of }) => ({
      ...{ kind: 'line', level: 0, ...of },
      values: { balance: money(ledger, balance) },
    })),
    controlTotals: { rows: rows.length, debit: sum('debit'), credit: sum('credit') },
    notes: [
      'Balances at the end, closing entries counted: what the lines of each end at.',
      ...notes,
    ],
  };
}

/** What the pages of a list end at, by code and name. */
export const closingsOf = (body: ReportBody): ReadonlyMap<string, bigint> =>
  new Map(
    body.parts!.flatMap((part) =>
      part.of?.accountId === undefined
        ? []
        : [[`${part.of.account} ${part.of.name}`, closingOf(body, part)] as const],
    ),
  );
