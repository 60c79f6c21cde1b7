// Open items at the period's end: every invoice that isn't paid in full, with what was invoiced, what was settled and
// what is left, by control account and party. An account with more items than a reader could go through shows one line
// per party. What stands on a control account without party or document is a line of its own.
import { normalSide, opposite } from '#ledger/domain/account.ts';
import { type CalendarDate, daysBetween, type Period } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import {
  byParty,
  CONTROL_TOTALS,
  type ControlAccount,
  controlAccounts,
  controlNotes,
  controlsFed,
  partyNamed,
  type StandingItem,
  WITHOUT_ITEM,
} from './control-accounts.ts';
import { figureOf, mustEqual, mustEqualAccounts, sumNamed } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, stoodAt } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition, type StatedBody } from './report-definition.ts';

const MOST_ITEMS = 2_000;

const COLUMNS: readonly ReportColumn[] = [
  { key: 'date', label: 'Date', kind: 'date' },
  { key: 'due', label: 'Due', kind: 'date' },
  { key: 'overdue', label: 'Days overdue', kind: 'text' },
  { key: 'original', label: 'Invoiced', kind: 'amount' },
  { key: 'settled', label: 'Settled', kind: 'amount' },
  { key: 'open', label: 'Open', kind: 'amount' },
  { key: 'unit', label: 'In currency', kind: 'text' },
];

const OPEN = 'open';
const WITHOUT_DOCUMENT = 'Without a document';

export const openItems: ReportDefinition = {
  name: 'open-items',
  title: 'Open items',
  question: 'Which invoices are not paid in full, and what is left of each.',
  paged: false,
  items: true,
  periods: EVERY_PERIOD,
  views: { compared: [OPEN] },
  beside: { compute: statedBeside },
  fed: controlsFed(['receivables', 'payables']),
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'open-is-invoiced-less-settled',
      sentence: 'What was invoiced less what was settled is open.',
      check({ body }) {
        for (const [, name] of CONTROL_TOTALS) {
          const figure = (key: string) => figureOf(body, sumNamed(body, name), key);
          const rest = figure('original') - figure('settled');
          const rule = `${name} is what was invoiced less what was settled`;
          mustEqual(body, rule, rest, figure('open'));
        }
      },
    },
    {
      name: 'open-items-equal-control-accounts',
      sentence: 'What is open equals the control accounts in the trial balance.',
      against: 'trial-balance',
      check(checked) {
        for (const [controls, name] of CONTROL_TOTALS) {
          const open = figureOf(checked.body, sumNamed(checked.body, name), 'open');
          mustEqualAccounts(checked, `${name} equals the control accounts`, open, controls);
        }
      },
    },
  ],
};

function behindLine({ at, body, book, key, period, row }: Figure): LinesBehind[] | null {
  const account = book.accounts.find(({ id }) => id === headingOver(body, at, 0).row.accountId);
  if (!account) return null;
  const stood = stoodAt(book, [account.id], lastMonth(period));
  const normal = normalSide(account.type);
  const sign = normal === 'debit' ? 1 : -1;
  if (row.name === WITHOUT_ITEM && row.level === 1) return [{ sign, ...stood, items: 'rest' }];
  const party = partyNamed(book, row.level === 1 ? row.name : headingOver(body, at, 1).row.name);
  const item = {
    document: row.name === WITHOUT_DOCUMENT ? '' : row.name,
    ofUnit: row.values['unit']?.split(' ').at(-1) ?? '',
  };
  const items = { party, open: true as const, ...(row.level === 2 && item) };
  if (key === OPEN) return [{ sign, ...stood, items }];
  if (key === 'original') return [{ sign, ...stood, items, side: normal }];
  return [{ sign: sign === 1 ? -1 : 1, ...stood, items, side: opposite(normal) }];
}

/** A control account with those of its items that are open. */
interface OpenAccount {
  readonly own: ControlAccount;
  readonly open: readonly StandingItem[];
}

/** The control accounts at a period's end, in the order of `CONTROL_TOTALS`. */
const openAccounts = (ledger: BookLedger, period: Period): OpenAccount[][] =>
  CONTROL_TOTALS.map(([controls]) =>
    controlAccounts(ledger, controls, period).map((own) => ({
      own,
      open: own.items.filter(({ closing, quantity }) => closing !== 0n || quantity !== 0n),
    })),
  );

/** Ids of accounts with more open items than are listed. */
const longLists = (standing: readonly OpenAccount[][]): ReadonlySet<number> =>
  new Set(
    standing
      .flat()
      .filter(({ open }) => open.length > MOST_ITEMS)
      .map(({ own }) => own.account.id),
  );

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const standing = openAccounts(ledger, period);
  return {
    ...frame(ledger, openItems, period, stamp),
    ...statedOf(ledger, period, standing, longLists(standing)),
  };
}

/** Beside other periods every item stands with what was open of it at the end of each; by party where one has too many. */
function statedBeside(ledger: BookLedger, periods: readonly Period[]): StatedBody[] {
  const standing = periods.map((period) => openAccounts(ledger, period));
  const shortened = longLists(standing.flat());
  return periods.map((period, at) => {
    const stated = statedOf(ledger, period, standing[at]!, shortened);
    return {
      ...stated,
      columns: stated.columns
        .filter(({ key }) => key !== 'overdue')
        .map((column) => (column.key === 'unit' ? { ...column, label: 'Currency' } : column)),
      rows: stated.rows.map((row): ReportRow => {
        const { overdue: _, unit, ...values } = row.values;
        const code = unit?.split(' ').at(-1);
        return { ...row, values: code === undefined ? values : { ...values, unit: code } };
      }),
    };
  });
}

/** @param shortened ids of accounts that show one line per party */
function statedOf(
  ledger: BookLedger,
  period: Period,
  standing: readonly OpenAccount[][],
  shortened: ReadonlySet<number>,
): StatedBody {
  const sides = CONTROL_TOTALS.map(([, name], at) => {
    const accounts = standing[at]!;
    const sum = accounts.map(({ own }) => openSums(own)).reduce(plus, NOTHING);
    const rows = accounts.flatMap((own) =>
      accountRows(ledger, own, shortened.has(own.own.account.id), period.to),
    );
    const total = { ...NO_ACCOUNT, kind: 'total', name, values: sumValues(ledger, sum) } as const;
    return { sum, rows: [...rows, total] };
  });
  const rows = sides.flatMap((side) => side.rows);
  return {
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, sides[0]!.sum.open),
      credit: money(ledger, sides[1]!.sum.open),
    },
    notes: [
      ...controlNotes(ledger),
      ...(shortened.size > 0
        ? [`Accounts with more than ${MOST_ITEMS} open items show one line per party.`]
        : []),
    ],
  };
}

interface OpenSums {
  readonly original: bigint;
  readonly open: bigint;
}

const NOTHING: OpenSums = { original: 0n, open: 0n };
const plus = (a: OpenSums, b: OpenSums): OpenSums => ({
  original: a.original + b.original,
  open: a.open + b.open,
});

const itemSums = ({ closing, original }: StandingItem): OpenSums => ({ original, open: closing });
const restSums = ({ rest }: ControlAccount): OpenSums => ({
  original: rest.closing,
  open: rest.closing,
});

/** Of what is open alone: items that were settled are no part of it. */
const openSums = (own: ControlAccount): OpenSums =>
  own.items
    .filter(({ closing, quantity }) => closing !== 0n || quantity !== 0n)
    .map(itemSums)
    .reduce(plus, restSums(own));

const sumValues = (ledger: BookLedger, { open, original }: OpenSums): Record<string, string> => ({
  original: money(ledger, original),
  settled: money(ledger, original - open),
  open: money(ledger, open),
});

function accountRows(
  ledger: BookLedger,
  { open, own }: OpenAccount,
  shortened: boolean,
  at: CalendarDate,
): ReportRow[] {
  const { account, rest } = own;
  const of = { account: account.code, path: account.path, accountId: account.id };
  const sum = openSums(own);
  const parties = byParty(ledger, open).flatMap(({ items, name }): ReportRow[] => {
    const total = sumValues(ledger, items.map(itemSums).reduce(plus));
    if (shortened) return [{ ...NO_ACCOUNT, kind: 'line', level: 1, name, values: total }];
    return [
      { ...NO_ACCOUNT, kind: 'heading', level: 1, name, values: {} },
      ...items.map((item) => itemRow(ledger, item, at)),
      { ...NO_ACCOUNT, kind: 'subtotal', level: 1, name: `Total ${name}`, values: total },
    ];
  });
  const without = {
    ...NO_ACCOUNT,
    kind: 'line',
    level: 1,
    name: WITHOUT_ITEM,
  } as const;
  return [
    { ...NO_ACCOUNT, ...of, kind: 'heading', name: account.name, values: {} },
    ...parties,
    ...(rest.closing === 0n ? [] : [{ ...without, values: sumValues(ledger, restSums(own)) }]),
    {
      ...NO_ACCOUNT,
      kind: 'subtotal',
      name: `Total ${account.name}`,
      values: sumValues(ledger, sum),
    },
  ];
}

function itemRow(ledger: BookLedger, own: StandingItem, at: CalendarDate): ReportRow {
  const { due, firstDate, item, quantity } = own;
  const overdue = daysBetween(due, at);
  return {
    ...{ ...NO_ACCOUNT, kind: 'line', level: 2, name: item.document || WITHOUT_DOCUMENT },
    values: {
      ...{ date: firstDate, due, overdue: overdue > 0 ? `${overdue}` : '' },
      ...sumValues(ledger, itemSums(own)),
      unit: item.unit === '' ? '' : `${decimalText(quantity, item.decimals)} ${item.unit}`,
    },
  };
}
