// What must hold of the exposure to currencies, reckoned again from the figures that its rows print.
import type { AccountId } from '#ledger/domain/account.ts';
import { addMonths, monthOf } from '#ledger/domain/calendar.ts';
import { parseDecimal, roundedUnits, times } from '#ledger/domain/decimal.ts';
import { lastMonth, net } from './book-ledger.ts';
import { isRevalued } from './held-currencies.ts';
import { controlTotal, figureOf, mustEqual } from './invariants.ts';
import { minor } from './pages.ts';
import type { ReportBody, ReportRow } from './report.ts';
import type { Checked, Invariant } from './report-definition.ts';
import type { UnitTable } from './unit-table.ts';

export const TOTAL_EXPOSURE = 'Total net exposure';

const ADDED = ['base', 'worth', 'difference'] as const;

export const EXPOSURE_INVARIANTS: readonly Invariant[] = [
  {
    name: 'exposure-differs-by-gain-or-loss',
    sentence: 'In every row with a worth, worth less base amount is the gain or loss.',
    check({ body }) {
      for (const row of body.rows.filter(isValued)) {
        const gained = figureOf(body, row, 'worth') - figureOf(body, row, 'base');
        const rule = `worth less base amount of ${row.name} is its gain or loss`;
        mustEqual(body, rule, figureOf(body, row, 'difference'), gained);
      }
    },
  },
  {
    name: 'exposure-is-worth-its-rate',
    sentence: 'Every quantity at its rate is its worth.',
    check({ body, ledger: { units } }) {
      for (const { lines, unit } of sectionsOf(body)) {
        for (const row of lines.filter(isValued)) {
          const digits = minor(row.values['quantity'], units.decimals(unit));
          const rate = parseDecimal(row.values['rate'] ?? '0')!;
          const worth = times({ digits, scale: units.decimals(unit) }, rate);
          const rule = `${row.name} in ${unit} is worth its rate`;
          mustEqual(body, rule, figureOf(body, row, 'worth'), roundedUnits(worth, body.exponent));
        }
      }
    },
  },
  {
    name: 'exposures-add-up',
    sentence: 'Accounts add up to their currency’s net exposure, and currencies to the total.',
    check: checkSums,
  },
  {
    name: 'exposure-equals-balances-by-unit',
    sentence:
      'Quantities and base amounts are those of Balances by currency, closing entries counted.',
    against: 'balances-by-unit',
    check: checkBalances,
  },
];

/** A currency's rows. */
interface Section {
  readonly unit: string;
  readonly lines: readonly ReportRow[];
  readonly sum: ReportRow | undefined;
}

function sectionsOf({ rows }: ReportBody): Section[] {
  const starts = rows.flatMap(({ kind }, at) => (kind === 'heading' ? [at] : []));
  return starts.map((start, nth) => {
    const own = rows.slice(start + 1, starts[nth + 1]);
    const lines = own.filter(({ kind }) => kind === 'line');
    return { unit: rows[start]!.name, lines, sum: own.find(({ kind }) => kind === 'subtotal') };
  });
}

const isValued = ({ values }: ReportRow): boolean => values['worth'] !== undefined;

const sumOf = (body: ReportBody, rows: readonly ReportRow[], key: string): bigint =>
  rows.reduce((all, row) => all + figureOf(body, row, key), 0n);

function checkSums({ body, ledger: { units } }: Checked): void {
  const sections = sectionsOf(body);
  for (const { lines, sum, unit } of sections) {
    const decimals = units.decimals(unit);
    const quantity = lines.reduce((all, row) => all + minor(row.values['quantity'], decimals), 0n);
    const shown = minor(sum?.values['quantity'], decimals);
    mustEqual(body, `accounts add up to ${unit}`, shown, quantity, { decimals, unit });
    for (const key of ADDED) {
      const rule = `${key} of accounts add up to ${unit}`;
      mustEqual(body, rule, minor(sum?.values[key], body.exponent), sumOf(body, lines, key));
    }
  }
  const nets = sections.flatMap(({ sum }) => sum ?? []);
  const total = body.rows.find(({ kind }) => kind === 'total');
  for (const key of [...ADDED, 'tenth']) {
    const rule = `${key} of currencies add up to the total`;
    const shown = minor(total?.values[key], body.exponent);
    mustEqual(body, rule, shown, sumOf(body, nets.filter(isValued), key));
  }
  mustEqual(body, 'base amounts add up', controlTotal(body, 'debit'), sumOf(body, nets, 'base'));
}

/** Of one account and unit, in the unit's decimals and in minor units. */
interface Closing {
  readonly quantity: bigint;
  readonly base: bigint;
}

const NOTHING: Closing = { quantity: 0n, base: 0n };

function checkBalances(checked: Checked): void {
  const { body, ledger, other } = checked;
  const types = new Map(ledger.accounts.map((account) => [account.id, account]));
  const found = closingsIn(body, ledger.units, 'quantity');
  const stated = closingsIn(other, ledger.units, 'closing');
  for (const key of new Set([...found.keys(), ...stated.keys()])) {
    const [unit = '', id = ''] = key.split('/');
    const account = types.get(Number(id));
    const expected =
      account && isRevalued(account, unit)
        ? plus(stated.get(key) ?? NOTHING, closedOf(checked, account.id, unit))
        : NOTHING;
    const own = found.get(key) ?? NOTHING;
    const rule = `${account?.code} holds of ${unit} what Balances by currency says`;
    const measure = { decimals: ledger.units.decimals(unit), unit };
    mustEqual(body, rule, own.quantity, expected.quantity, measure);
    mustEqual(body, `${rule}, in ${body.currency}`, own.base, expected.base);
  }
}

const plus = (a: Closing, b: Closing): Closing => ({
  quantity: a.quantity + b.quantity,
  base: a.base + b.base,
});

/** What closing entries of the year moved: Balances by currency leaves them out, a revaluation doesn't. */
function closedOf({ ledger: { units }, period }: Checked, account: AccountId, unit: string) {
  const holding = units.holdings.find((own) => own.account === account && own.unit === unit);
  if (!holding) return NOTHING;
  const range = [monthOf(period.fiscalYear.from), addMonths(lastMonth(period), 1)] as const;
  const closed = (sums: UnitTable['quantity']) =>
    net(sums(holding, ...range, 'all')) - net(sums(holding, ...range, 'without-closing'));
  return { quantity: closed(units.quantity), base: closed(units.amount) };
}

/** By `unit/account`. */
const closingsIn = (body: ReportBody, units: UnitTable, key: string): Map<string, Closing> =>
  new Map(
    sectionsOf(body).flatMap(({ lines, unit }) =>
      lines.map((row) => [
        `${unit}/${row.accountId}`,
        {
          quantity: minor(row.values[key], units.decimals(unit)),
          base: figureOf(body, row, 'base'),
        },
      ]),
    ),
  );
