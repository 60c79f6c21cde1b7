// The general ledger beside other periods: not its lines but what they end at, one row per account. It is counted from the
// balances of the months, so that no page is read for it, and held against what the pages of the ledger itself end at.
import { type AccountId, isResultAccount, normalSide } from '#ledger/domain/account.ts';
import { addMonths, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  EARLIER_RESULT,
  earlierResult,
  lastMonth,
  money,
  net,
} from './book-ledger.ts';
import { type Figure, type LinesBehind, resultBehind } from './lines-behind.ts';
import { closingOf } from './paged-rows.ts';
import { NO_ACCOUNT, type Part, type ReportColumn, type ReportRow } from './report.ts';
import type { Beside, StatedBody } from './report-definition.ts';

export const BALANCE = 'balance';

const COLUMNS: readonly ReportColumn[] = [{ key: BALANCE, label: 'Balance', kind: 'amount' }];

export const generalLedgerTotals: Beside = {
  compute: (ledger, periods) => periods.map((period) => compute(ledger, period)),
  of: (body, ledger) =>
    body.parts!.map((part) => rowOf(part.of!, money(ledger, closingOf(body, part)))),
  behind: { line: behindLine },
};

function compute(ledger: BookLedger, period: Period): StatedBody {
  const { accounts, table } = ledger;
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const earlier = -earlierResult(ledger, monthOf(period.fiscalYear.from));
  const moved = accounts.map(({ id }) => table.between(id, from, until, 'all'));
  const rows = accounts.flatMap(({ code, id, name, path, type }): ReportRow[] => {
    const start = firstMonth(type, period);
    const opening = net(table.between(id, start, from, 'all'));
    if (opening === 0n && !period.months.some((month) => table.isPosted(id, month))) return [];
    const closing = net(table.between(id, start, until, 'all'));
    const natural = normalSide(type) === 'debit' ? closing : -closing;
    return [rowOf({ account: code, path, name, accountId: id }, money(ledger, natural))];
  });
  const unmoved = { ...NO_ACCOUNT, name: EARLIER_RESULT };
  return {
    columns: COLUMNS,
    rows: earlier === 0n ? rows : [...rows, rowOf(unmoved, money(ledger, earlier))],
    controlTotals: {
      rows: rows.length,
      debit: money(ledger, sumOf(moved.map(({ debit }) => debit))),
      credit: money(ledger, sumOf(moved.map(({ credit }) => credit))),
    },
    notes: ['What the lines of each account end at, closing entries counted.'],
  };
}

/** Result accounts begin at zero each year. */
const firstMonth = (type: Parameters<typeof isResultAccount>[0], period: Period): Month | null =>
  isResultAccount(type) ? monthOf(period.fiscalYear.from) : null;

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((all, own) => all + own, 0n);

const rowOf = (of: NonNullable<Part['of']>, balance: string): ReportRow => ({
  ...{ kind: 'line', level: 0, ...of },
  values: { [BALANCE]: balance },
});

function behindLine({ book, period, row }: Figure): LinesBehind[] | null {
  const month = lastMonth(period);
  const account = book.accounts.find(({ id }) => id === row.accountId);
  if (!account) return resultBehind(book, row, month);
  const accounts: readonly AccountId[] = [account.id];
  const from = firstMonth(account.type, period);
  const sign = normalSide(account.type) === 'debit' ? 1 : -1;
  return [{ sign, accounts, from, until: addMonths(month, 1), closingBefore: null }];
}
