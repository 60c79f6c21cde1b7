// What each customer and supplier stood at, what moved in the period and what is left: the ledger of parties under its
// control accounts. Amounts are positive on the account's normal side.
import { normalSide, opposite } from '#ledger/domain/account.ts';
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import {
  byParty,
  CONTROL_TOTALS,
  type ControlAccount,
  controlAccounts,
  controlNotes,
  controlsFed,
  WITHOUT_ITEM,
} from './control-accounts.ts';
import { figureOf, mustEqual, mustEqualAccounts, sumNamed } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, movedIn, stoodAt } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

const COLUMNS: readonly ReportColumn[] = [
  { key: 'opening', label: 'Opening', kind: 'amount' },
  { key: 'added', label: 'Invoiced', kind: 'amount' },
  { key: 'settled', label: 'Settled', kind: 'amount' },
  { key: 'closing', label: 'Closing', kind: 'amount' },
];
const KEYS = ['opening', 'added', 'settled', 'closing'] as const;

export const partyBalances: ReportDefinition = {
  name: 'party-balances',
  title: 'Customers and suppliers',
  question: 'What each customer and supplier stood at, what moved, and what is left.',
  paged: false,
  items: true,
  periods: EVERY_PERIOD,
  views: { compared: ['closing'] },
  fed: controlsFed(['receivables', 'payables']),
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'parties-close-at-opening-and-movement',
      sentence: 'Opening and what was invoiced, less what was settled, are the closing.',
      check({ body }) {
        for (const [, name] of CONTROL_TOTALS) {
          const total = sumNamed(body, name);
          const [opening, added, settled, closing] = KEYS.map((key) => figureOf(body, total, key));
          const moved = opening! + added! - settled!;
          mustEqual(body, `${name}: opening and movement are the closing`, moved, closing!);
        }
      },
    },
    {
      name: 'parties-equal-control-accounts',
      sentence: 'The closing equals the control accounts in the trial balance.',
      against: 'trial-balance',
      check(checked) {
        for (const [controls, name] of CONTROL_TOTALS) {
          const closing = figureOf(checked.body, sumNamed(checked.body, name), 'closing');
          mustEqualAccounts(checked, `${name} equals the control accounts`, closing, controls);
        }
      },
    },
  ],
};

function behindLine({ at, body, book, key, period, row }: Figure): LinesBehind[] | null {
  const account = book.accounts.find(({ id }) => id === headingOver(body, at, 0).row.accountId);
  if (!account) return null;
  const normal = normalSide(account.type);
  const sign = normal === 'debit' ? 1 : -1;
  const of = {
    accounts: [account.id],
    items: row.name === WITHOUT_ITEM ? ('rest' as const) : { party: row.partyId ?? 0 },
  };
  const [from, to] = [monthOf(period.from), lastMonth(period)];
  const stood = stoodAt(book, of.accounts, to);
  const moved = movedIn(of.accounts, from, to);
  if (key === 'opening') return [{ sign, ...stood, ...of, until: from }];
  if (key === 'closing') return [{ sign, ...stood, ...of }];
  if (key === 'added') return [{ sign, ...moved, ...of, side: normal }];
  return [{ sign: sign === 1 ? -1 : 1, ...moved, ...of, side: opposite(normal) }];
}

type Sums = ControlAccount['total'];

const NOTHING: Sums = { opening: 0n, added: 0n, settled: 0n, closing: 0n };
const plus = (a: Sums, b: Sums): Sums => ({
  opening: a.opening + b.opening,
  added: a.added + b.added,
  settled: a.settled + b.settled,
  closing: a.closing + b.closing,
});

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const values = (sums: Sums) =>
    Object.fromEntries(KEYS.map((key) => [key, money(ledger, sums[key])]));
  const line = (name: string, sums: Sums, partyId = 0): ReportRow[] =>
    KEYS.every((key) => sums[key] === 0n)
      ? []
      : [{ ...NO_ACCOUNT, kind: 'line', level: 1, name, partyId, values: values(sums) }];
  const closings: bigint[] = [];
  const rows = CONTROL_TOTALS.flatMap(([controls, title]): ReportRow[] => {
    const accounts = controlAccounts(ledger, controls, period);
    const total = accounts.map((own) => own.total).reduce(plus, NOTHING);
    closings.push(total.closing);
    return [
      ...accounts.flatMap((own): ReportRow[] => {
        const { code, id, name, path } = own.account;
        return [
          { ...NO_ACCOUNT, kind: 'heading', account: code, path, accountId: id, name, values: {} },
          ...byParty(ledger, own.items).flatMap(({ items, name: called, party }) =>
            line(called, items.reduce<Sums>(plus, NOTHING), party),
          ),
          ...line(WITHOUT_ITEM, own.rest),
          { ...NO_ACCOUNT, kind: 'subtotal', name: `Total ${name}`, values: values(own.total) },
        ];
      }),
      { ...NO_ACCOUNT, kind: 'total', name: title, values: values(total) },
    ];
  });
  return {
    ...frame(ledger, partyBalances, period, stamp),
    columns: COLUMNS,
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, closings[0]!),
      credit: money(ledger, closings[1]!),
    },
    notes: controlNotes(ledger),
  };
}
