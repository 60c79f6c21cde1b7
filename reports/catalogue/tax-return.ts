// The tax return by its boxes: what was taxed and the tax of each tax code, with the accounts behind them, in the box that
// the code names. Output tax and its base are positive on the credit side, input tax and its base on the debit side. Tax
// that stands on a code's account without a code (payments of the tax, corrections) is no part of the return.
import { type AccountId, compareCodes } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import {
  type BookLedger,
  frame,
  lastMonth,
  money,
  net,
  type Stamp,
  type TaxCode,
} from './book-ledger.ts';
import type { DetailKind } from './detail-table.ts';
import { figureOf, mustEqual, sumNamed } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, movedIn } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [{ key: 'amount', label: 'Amount', kind: 'amount' }];
const PAYABLE = 'Output tax less input tax';

export const taxReturn: ReportDefinition = {
  name: 'tax-return',
  title: 'Tax return',
  question: 'What goes into each box of the tax return, and the accounts behind it.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['amount'] },
  fed: ({ details }, { from, to }) =>
    details.positionBetween(['tax', 'tax-base'], monthOf(from), monthOf(to)),
  compute,
  behind: { line: behindLine, sum: behindSum },
  invariants: [
    {
      name: 'boxes-are-the-sums-of-their-codes',
      sentence: 'Every box is the sum of what its tax codes moved on the accounts.',
      check({ ledger, period, body }) {
        for (const { box, amount } of boxesOf(ledger, period)) {
          const found = figureOf(body, sumNamed(body, totalOf(box)), 'amount');
          mustEqual(body, `box ${box}`, found, amount);
        }
      },
    },
  ],
};

const totalOf = (box: string): string => `Box ${box}`;

function behindLine({ at, body, book, period, row }: Figure): LinesBehind[] | null {
  const called = headingOver(body, at, 1).row.name;
  for (const code of book.taxCodes) {
    for (const kind of ['tax-base', 'tax'] as const) {
      if (nameOf(code, kind) !== called) continue;
      const tax = { code: code.id, part: kind === 'tax' ? ('tax' as const) : ('base' as const) };
      const sign = code.kind === 'input' ? 1 : -1;
      const moved = movedIn([row.accountId!], monthOf(period.from), lastMonth(period));
      return [{ sign, ...moved, closingBefore: null, tax }];
    }
  }
  return null;
}

/** All tax, output less input. */
function behindSum({ book, period, row }: Figure): LinesBehind[] | undefined {
  if (row.name !== PAYABLE || row.kind !== 'total') return undefined;
  const accounts = book.accounts.map(({ id }) => id);
  const moved = movedIn(accounts, monthOf(period.from), lastMonth(period));
  return book.taxCodes.map(({ id: code }) => ({
    ...{ sign: -1, ...moved, closingBefore: null, tax: { code, part: 'tax' } },
  }));
}

interface Share {
  readonly code: TaxCode;
  readonly kind: DetailKind;
  readonly account: AccountId;
  /** Minor units, positive on the code's side. */
  readonly amount: bigint;
}

interface Box {
  readonly box: string;
  readonly shares: readonly Share[];
  readonly amount: bigint;
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const boxes = boxesOf(ledger, period);
  const values = (amount: bigint) => ({ amount: money(ledger, amount) });
  const taxOf = (kind: TaxCode['kind']) =>
    boxes
      .flatMap(({ shares }) => shares)
      .filter((share) => share.kind === 'tax' && share.code.kind === kind)
      .reduce((sum, { amount }) => sum + amount, 0n);
  const [output, input] = [taxOf('output'), taxOf('input')];
  const accounts = new Map(ledger.accounts.map((account) => [account.id, account]));
  const rows = boxes.flatMap(({ amount, box, shares }): ReportRow[] => [
    { ...NO_ACCOUNT, kind: 'heading', name: totalOf(box), values: {} },
    ...[...Map.groupBy(shares, ({ code }) => code)].flatMap(([code, own]): ReportRow[] => [
      { ...NO_ACCOUNT, kind: 'heading', level: 1, name: nameOf(code, own[0]!.kind), values: {} },
      ...own.map((share): ReportRow => {
        const { code: account, id, name, path } = accounts.get(share.account)!;
        const of = { account, path, name, accountId: id };
        return { kind: 'line', level: 2, ...of, values: values(share.amount) };
      }),
    ]),
    { ...NO_ACCOUNT, kind: 'subtotal', name: totalOf(box), values: values(amount) },
  ]);
  rows.push({ ...NO_ACCOUNT, kind: 'total', name: PAYABLE, values: values(output - input) });
  return {
    ...frame(ledger, taxReturn, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, input),
      credit: money(ledger, output),
    },
    notes: ledger.taxCodes.length === 0 ? ['The book has no tax codes.'] : [],
  };
}

const nameOf = ({ code, name }: TaxCode, kind: DetailKind): string =>
  `${code} ${name}, ${kind === 'tax' ? 'tax' : 'taxed'}`;

/** Boxes in order, those that nothing went into left out. */
function boxesOf({ accounts, details, taxCodes }: BookLedger, period: Period): Box[] {
  const [from, until] = [monthOf(period.from), addMonths(lastMonth(period), 1)];
  const shares = taxCodes.flatMap((code) =>
    (['tax-base', 'tax'] as const).flatMap((kind) =>
      accounts.flatMap(({ id }): (Share & { readonly box: string })[] => {
        const debit = net(details.between(kind, code.id, id, from, until, 'all'));
        const amount = code.kind === 'input' ? debit : -debit;
        const box = kind === 'tax' ? code.taxBox : code.baseBox;
        return amount === 0n ? [] : [{ box, code, kind, account: id, amount }];
      }),
    ),
  );
  return [...Map.groupBy(shares, ({ box }) => box)]
    .sort(([a], [b]) => compareCodes(a, b))
    .map(([box, own]) => ({
      box,
      shares: own,
      amount: own.reduce((sum, { amount }) => sum + amount, 0n),
    }));
}
