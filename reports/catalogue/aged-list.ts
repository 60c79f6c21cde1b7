// Aged receivables and payables: what each party owes or is owed at the period's end, by how long it is overdue, counted
// in days from an item's due date (where no line names one, from its first day). What stands on a control account without
// party or document has no age and stands first. The lists equal their control accounts. Items in other currencies are
// shown again in these, by the same ages. Ages matter to expected losses (IFRS 9.B5.5.35, a provision matrix).
import type { Controls } from '#ledger/domain/account.ts';
import { type CalendarDate, daysBetween, type Period } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import {
  byParty,
  CONTROL_TOTALS,
  type ControlAccount,
  controlAccounts,
  controlsFed,
  partyNamed,
  type StandingItem,
  WITHOUT_ITEM,
} from './control-accounts.ts';
import { figureOf, mustEqual, mustEqualAccounts, rowNamed } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, stoodAt } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';

/** Ages in days overdue: each column up to and including so many. */
const AGES = [
  { key: 'notDue', label: 'Not due', upTo: 0 },
  { key: 'to30', label: '1–30 days', upTo: 30 },
  { key: 'to60', label: '31–60 days', upTo: 60 },
  { key: 'to90', label: '61–90 days', upTo: 90 },
  { key: 'over90', label: 'Over 90 days', upTo: Number.POSITIVE_INFINITY },
] as const;

const OF_WHICH = 'Of which in ';

const COLUMNS: readonly ReportColumn[] = [
  ...AGES.map(({ key, label }): ReportColumn => ({ key, label, kind: 'amount' })),
  { key: 'total', label: 'Total', kind: 'amount' },
];

function agedList(controls: Controls, title: string, question: string): ReportDefinition {
  const [, totalName] = CONTROL_TOTALS.find(([kind]) => kind === controls)!;
  const definition: ReportDefinition = {
    ...{ name: `aged-${controls}`, title, question },
    paged: false,
    items: true,
    periods: EVERY_PERIOD,
    views: { compared: ['total'] },
    fed: controlsFed([controls]),
    compute,
    behind: { line: (figure) => behindLine(figure, controls) },
    invariants: [
      {
        name: `aged-${controls}-add-up`,
        sentence: 'The ages add up to the total.',
        check({ body }) {
          const total = rowNamed(body, totalName);
          const ages = AGES.reduce((sum, { key }) => sum + figureOf(body, total, key), 0n);
          mustEqual(body, 'its ages add up to the total', ages, figureOf(body, total, 'total'));
        },
      },
      {
        name: `aged-${controls}-equal-control-accounts`,
        sentence: `The total equals the control accounts of ${controls} in the trial balance.`,
        against: 'trial-balance',
        check(checked) {
          const whole = figureOf(checked.body, rowNamed(checked.body, totalName), 'total');
          mustEqualAccounts(checked, 'it equals its control accounts', whole, controls);
        },
      },
    ],
  };
  function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
    const accounts = controlAccounts(ledger, controls, period);
    const rows = accounts.flatMap((own) => accountRows(ledger, own, period.to));
    const total = plus(accounts.map((own) => agesOf(own, period.to)));
    rows.push(
      {
        ...NO_ACCOUNT,
        kind: 'total',
        name: totalName,
        values: valuesOf(total, ledger.facts.exponent),
      },
      ...unitRows(ledger, accounts, period.to),
    );
    return {
      ...frame(ledger, definition, period, stamp),
      columns: COLUMNS,
      rows,
      controlTotals: {
        rows: lineCount(rows),
        debit: money(
          ledger,
          total.reduce((sum, age) => sum + age, 0n),
        ),
        credit: money(ledger, 0n),
      },
      notes:
        accounts.length > 0 ? [] : [`No account is named as the control account of ${controls}.`],
    };
  }
  return definition;
}

export const agedReceivables = agedList(
  'receivables',
  'Aged receivables',
  'What customers owe, and for how long it is overdue.',
);
export const agedPayables = agedList(
  'payables',
  'Aged payables',
  'What is owed to suppliers, and for how long it is overdue.',
);

function behindLine(figure: Figure, controls: Controls): LinesBehind[] | null {
  const { at, body, book, key, period, row } = figure;
  const { accountId, name: heading } = headingOver(body, at, 0).row;
  const unit = accountId === undefined ? heading.slice(OF_WHICH.length) : null;
  const accounts = book.accounts
    .filter((own) => (unit === null ? own.id === accountId : own.controls === controls))
    .map(({ id }) => id);
  const place = AGES.findIndex((age) => age.key === key);
  const stood = {
    sign: controls === 'receivables' ? (1 as const) : (-1 as const),
    ...stoodAt(book, accounts, lastMonth(period)),
  };
  if (row.name === WITHOUT_ITEM) return place > 0 ? null : [{ ...stood, items: 'rest' }];
  const overdue = {
    at: period.to,
    from: place <= 0 ? null : AGES[place - 1]!.upTo + 1,
    to: place < 0 || place === AGES.length - 1 ? null : AGES[place]!.upTo,
  };
  const items = { party: partyNamed(book, row.name), overdue, open: true } as const;
  return [{ ...stood, items, ...(unit !== null && { unit, quantities: true as const }) }];
}

/** One amount per age. */
type Ages = readonly bigint[];

const NO_AGES: Ages = AGES.map(() => 0n);

const plus = (all: readonly Ages[]): Ages =>
  all.reduce((sums, own) => sums.map((sum, at) => sum + own[at]!), NO_AGES);

function placed(item: StandingItem, amount: bigint, at: CalendarDate): Ages {
  const overdue = daysBetween(item.due, at);
  const place = AGES.findIndex(({ upTo }) => overdue <= upTo);
  return AGES.map((_, own) => (own === place ? amount : 0n));
}

const valuesOf = (ages: Ages, decimals: number): Record<string, string> => ({
  ...Object.fromEntries(AGES.map(({ key }, at) => [key, decimalText(ages[at]!, decimals)])),
  total: decimalText(
    ages.reduce((sum, age) => sum + age, 0n),
    decimals,
  ),
});

const restOf = ({ rest }: ControlAccount): Ages =>
  AGES.map((_, at) => (at === 0 ? rest.closing : 0n));

const agesOf = (own: ControlAccount, at: CalendarDate): Ages =>
  plus([restOf(own), ...own.items.map((item) => placed(item, item.closing, at))]);

function accountRows(ledger: BookLedger, own: ControlAccount, at: CalendarDate): ReportRow[] {
  const { exponent } = ledger.facts;
  const { account, items, rest } = own;
  const open = items.filter(({ closing }) => closing !== 0n);
  const line = (name: string, ages: Ages): ReportRow => ({
    ...{ ...NO_ACCOUNT, kind: 'line', level: 1, name },
    values: valuesOf(ages, exponent),
  });
  const of = { account: account.code, path: account.path, accountId: account.id };
  return [
    { ...NO_ACCOUNT, ...of, kind: 'heading', name: account.name, values: {} },
    ...byParty(ledger, open).map((party) =>
      line(party.name, plus(party.items.map((item) => placed(item, item.closing, at)))),
    ),
    ...(rest.closing === 0n ? [] : [line(WITHOUT_ITEM, restOf(own))]),
    {
      ...NO_ACCOUNT,
      kind: 'subtotal',
      name: `Total ${account.name}`,
      values: valuesOf(agesOf(own, at), exponent),
    },
  ];
}

/** What is open in other currencies, in these. */
function unitRows(
  ledger: BookLedger,
  accounts: readonly ControlAccount[],
  at: CalendarDate,
): ReportRow[] {
  const open = accounts
    .flatMap(({ items }) => items)
    .filter(({ item, quantity }) => item.unit !== '' && quantity !== 0n);
  const units = [...Map.groupBy(open, ({ item }) => item.unit)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return units.flatMap(([unit, items]): ReportRow[] => {
    const { decimals } = items[0]!.item;
    const ages = (own: readonly StandingItem[]) =>
      valuesOf(plus(own.map((item) => placed(item, item.quantity, at))), decimals);
    return [
      { ...NO_ACCOUNT, kind: 'heading', name: `${OF_WHICH}${unit}`, values: {} },
      ...byParty(ledger, items).map(
        (party): ReportRow => ({
          ...NO_ACCOUNT,
          kind: 'line',
          level: 1,
          name: party.name,
          values: ages(party.items),
        }),
      ),
      { ...NO_ACCOUNT, kind: 'subtotal', name: `Total ${unit}`, values: ages(items) },
    ];
  });
}
