// What each account holds in currencies and commodities other than the book's: opening, movement and closing in the
// unit, and the base amount behind the closing (at the rates of the entries, not of today). Result accounts open at zero
// with the fiscal year; the year's closing entries are left out. A unit that nothing values shows no base amount.
import { isResultAccount } from '#ledger/domain/account.ts';
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type BookLedger, frame, lastMonth, money, net, type Stamp } from './book-ledger.ts';
import { controlTotal, figureOf, mustEqual } from './invariants.ts';
import { type Figure, headingOver, type LinesBehind, movedIn, stoodAt } from './lines-behind.ts';
import type { ReportBody, ReportColumn, ReportRow } from './report.ts';
import { EVERY_PERIOD, type ReportDefinition } from './report-definition.ts';
import { type Holding, holdingsByUnit } from './unit-table.ts';

const QUANTITIES = ['opening', 'debit', 'credit', 'closing'] as const;

export const balancesByUnit: ReportDefinition = {
  name: 'balances-by-unit',
  title: 'Balances by currency',
  question: 'What accounts hold in other currencies and commodities, and what stands behind it.',
  paged: false,
  periods: EVERY_PERIOD,
  views: { compared: ['closing'] },
  fed: ({ units }, { to }) => units.positionUntil(monthOf(to)),
  compute,
  behind: { line: behindLine },
  invariants: [
    {
      name: 'units-close-at-opening-and-movement',
      sentence: 'In every row opening and movement are the closing, in its own unit.',
      check({ body }) {
        for (const { kind, name, values } of body.rows) {
          if (kind === 'heading') continue;
          const figure = (key: string) => BigInt((values[key] ?? '').replace('.', ''));
          const moved = figure('opening') + figure('debit') - figure('credit');
          const decimals = values['closing']?.split('.')[1]?.length ?? 0;
          const rule = `opening and movement of ${name} are its closing`;
          mustEqual(body, rule, moved, figure('closing'), { decimals, unit: '' });
        }
      },
    },
    {
      name: 'base-amounts-of-units-add-up',
      sentence: 'The amounts in the base currency add up to the total.',
      check({ body }) {
        const lines = body.rows.filter(({ kind }) => kind === 'line');
        const sum = lines.reduce((all, row) => all + figureOf(body, row, 'base'), 0n);
        mustEqual(body, 'base amounts add up', sum, controlTotal(body, 'debit'));
      },
    },
  ],
};

function behindLine({ at, body, book, key, period, row }: Figure): LinesBehind[] | null {
  const account = book.accounts.find(({ id }) => id === row.accountId);
  if (!account) return null;
  const [from, to] = [monthOf(period.from), lastMonth(period)];
  const resultsFromStart = isResultAccount(account.type);
  const stood = stoodAt(book, [account.id], to, { resultsFromStart });
  const of = { unit: headingOver(body, at, 0).row.name };
  if (key === 'base') return [{ sign: 1, ...stood, ...of }];
  const units = { ...of, quantities: true as const };
  if (key === 'opening') return [{ sign: 1, ...stood, ...units, until: from }];
  if (key === 'closing') return [{ sign: 1, ...stood, ...units }];
  const side = key === 'debit' ? 'debit' : 'credit';
  const sign = key === 'debit' ? 1 : -1;
  return [{ sign, side, ...movedIn([account.id], from, to), ...units }];
}

interface Figures {
  /** Debit minus credit, in the unit's decimals. */
  readonly opening: bigint;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly closing: bigint;
  /** Minor units of the base currency, debit positive. */
  readonly base: bigint;
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const { currency } = ledger.facts;
  const columns: ReportColumn[] = [
    { key: 'opening', label: 'Opening', kind: 'amount' },
    { key: 'debit', label: 'Debit', kind: 'amount' },
    { key: 'credit', label: 'Credit', kind: 'amount' },
    { key: 'closing', label: 'Closing', kind: 'amount' },
    { key: 'base', label: `Closing ${currency}`, kind: 'amount' },
  ];
  let base = 0n;
  let lines = 0;
  const rows: ReportRow[] = [];
  for (const [unit, held] of holdingsByUnit(ledger.units, ledger.accounts)) {
    const own = held
      .map(({ account, holding }) => ({
        account,
        figures: figuresOf(ledger, period, holding, isResultAccount(account.type)),
      }))
      .filter(({ figures }) => Object.values(figures).some((figure) => figure !== 0n));
    if (own.length === 0) continue;
    const { decimals } = held[0]!.holding;
    const values = (figures: Figures) => ({
      ...Object.fromEntries(QUANTITIES.map((key) => [key, decimalText(figures[key], decimals)])),
      base: money(ledger, figures.base),
    });
    const plain = { account: null, path: null, level: 0 };
    rows.push({ kind: 'heading', ...plain, name: unit, values: {} });
    for (const { account, figures } of own) {
      const { code, id, name, path } = account;
      rows.push({
        ...{ kind: 'line', level: 1, account: code, path, name, accountId: id },
        values: values(figures),
      });
    }
    const total = own.map(({ figures }) => figures).reduce(plus);
    rows.push({ kind: 'subtotal', ...plain, name: `Total ${unit}`, values: values(total) });
    base += total.base;
    lines += own.length;
  }
  return {
    ...frame(ledger, balancesByUnit, period, stamp),
    columns,
    rows,
    controlTotals: { rows: lines, debit: money(ledger, base), credit: money(ledger, 0n) },
    notes: rows.length === 0 ? [`All that is posted is in ${currency}.`] : [],
  };
}

function figuresOf(
  { units }: BookLedger,
  period: Period,
  holding: Holding,
  opensAtZero: boolean,
): Figures {
  const start = monthOf(period.fiscalYear.from);
  const from = monthOf(period.from);
  const until = addMonths(lastMonth(period), 1);
  const before = (sums: typeof units.quantity) =>
    (opensAtZero ? 0n : net(sums(holding, null, start, 'all'))) +
    net(sums(holding, start, from, 'without-closing'));
  const { debit, credit } = units.quantity(holding, from, until, 'without-closing');
  const opening = before(units.quantity);
  const moved = net(units.amount(holding, from, until, 'without-closing'));
  return {
    ...{ opening, debit, credit },
    closing: opening + debit - credit,
    base: before(units.amount) + moved,
  };
}

const plus = (a: Figures, b: Figures): Figures => ({
  opening: a.opening + b.opening,
  debit: a.debit + b.debit,
  credit: a.credit + b.credit,
  closing: a.closing + b.closing,
  base: a.base + b.base,
});
