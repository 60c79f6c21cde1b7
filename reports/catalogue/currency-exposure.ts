// Exposure to other currencies at a period's end: what assets and liabilities hold of each, the base amount behind it, what
// it is worth at the closing rate, and the gain or loss that a revaluation at that day would post (IAS 21.23(a), 21.28;
// IFRS 7.33–34(a)). Liabilities stand below zero, so the sum of a currency is its net exposure; a tenth of its worth is
// what 10 % on its rate change the result by (IFRS 7.40(a)).
import { addMonths, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { plainDecimal, roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { Worth } from '#ledger/domain/revalue.ts';
import { type BookLedger, frame, lastMonth, money, type Stamp } from './book-ledger.ts';
import { EXPOSURE_INVARIANTS, TOTAL_EXPOSURE } from './currency-exposure-checks.ts';
import { type CurrencyHoldings, heldCurrencies, worthsOf } from './held-currencies.ts';
import { type Figure, headingOver, type LinesBehind } from './lines-behind.ts';
import {
  lineCount,
  NO_ACCOUNT,
  type ReportBody,
  type ReportColumn,
  type ReportRow,
} from './report.ts';
import { EVERY_PERIOD, type ReportDefinition, type StatedBody } from './report-definition.ts';

const WORTH = 'worth';

export const currencyExposure: ReportDefinition = {
  name: 'currency-exposure',
  title: 'Currency exposure and revaluation',
  question: 'What is held and owed in other currencies, and what revaluing it would gain or lose.',
  paged: false,
  rates: true,
  periods: EVERY_PERIOD,
  views: { compared: [WORTH] },
  beside: { compute: statedBeside },
  fed: (ledger, period) =>
    Math.max(
      ledger.units.positionUntil(monthOf(period.to)),
      ...heldCurrencies(ledger, period).map(({ rate }) => rate?.position ?? 0),
    ),
  compute,
  behind: { line: behindLine, plans: ['rate', WORTH, 'difference', 'tenth'] },
  invariants: EXPOSURE_INVARIANTS,
};

function behindLine({ at, body, key, period, row }: Figure): LinesBehind[] {
  const until = addMonths(lastMonth(period), 1);
  const lines = { accounts: [row.accountId!], from: null, until, closingBefore: null };
  const unit = headingOver(body, at, 0).row.name;
  return [{ sign: 1, ...lines, unit, ...(key === 'quantity' && { quantities: true }) }];
}

/** Minor units of the base currency, debit positive. */
interface Sums extends Worth {
  readonly base: bigint;
  readonly tenth: bigint;
}

/** A currency with the rows that show it. */
interface Shown {
  readonly currency: CurrencyHoldings;
  readonly rows: readonly ReportRow[];
  readonly base: bigint;
  /** Null where nothing says what it is worth. */
  readonly sums: Sums | null;
}

function compute(ledger: BookLedger, period: Period, stamp: Stamp): ReportBody {
  const shown = shownIn(ledger, period);
  const valued = shown.flatMap(({ sums }) => sums ?? []);
  const rows = shown.flatMap((own) => own.rows);
  if (valued.length > 0) {
    const values = sumValues(ledger, valued.reduce(plus));
    rows.push({ kind: 'total', ...NO_ACCOUNT, name: TOTAL_EXPOSURE, values });
  }
  const base = shown.reduce((all, own) => all + own.base, 0n);
  return {
    ...frame(ledger, currencyExposure, period, stamp),
    columns: columnsOf(ledger),
    rows,
    controlTotals: {
      rows: lineCount(rows),
      debit: money(ledger, base),
      credit: money(ledger, 0n),
    },
    notes: notesOf(ledger, period, shown),
  };
}

const shownIn = (ledger: BookLedger, period: Period): Shown[] =>
  heldCurrencies(ledger, period).map((currency) => shownOf(ledger, currency));

const columnsOf = ({ facts: { currency } }: BookLedger): ReportColumn[] => [
  { key: 'quantity', label: 'Held', kind: 'amount' },
  { key: 'base', label: `Stands at ${currency}`, kind: 'amount' },
  { key: 'rate', label: `Rate in ${currency}`, kind: 'amount' },
  { key: 'rateDay', label: 'Rate of', kind: 'date' },
  { key: WORTH, label: `Worth ${currency}`, kind: 'amount' },
  { key: 'difference', label: 'Gain or loss', kind: 'amount' },
  { key: 'tenth', label: '10 % of worth', kind: 'amount' },
];

/** Beside other periods stands what is held and owed, at the closing rate of each. */
function statedBeside(ledger: BookLedger, periods: readonly Period[], stamp: Stamp): StatedBody[] {
  const bodies = periods.map((period) => compute(ledger, period, stamp));
  const isHeld = bodies.some(({ rows }) => rows.length > 0);
  return bodies.map((body, at) => ({
    ...body,
    columns: body.columns.filter(({ key }) => key === WORTH),
    rows: body.rows.map((row): ReportRow => {
      const { worth } = row.values;
      return { ...row, values: worth === undefined ? {} : { [WORTH]: worth } };
    }),
    notes: isHeld
      ? [WORTH_NOTE, ...withoutRate(ledger, periods[at]!, shownIn(ledger, periods[at]!))]
      : body.notes,
  }));
}

function shownOf(ledger: BookLedger, currency: CurrencyHoldings): Shown {
  const { decimals, held, rate, unit } = currency;
  const { exponent } = ledger.facts;
  const worths = worthsOf(currency, exponent);
  const closing = rate && { rate: plainDecimal(rate.rate), rateDay: rate.day };
  const lines = held.map(({ account, base, quantity }, at): ReportRow => {
    const { code, id, name, path } = account;
    const worth = worths?.[at];
    return {
      ...{ kind: 'line', level: 1, account: code, path, name, accountId: id },
      values: {
        ...{ quantity: decimalText(quantity, decimals), base: money(ledger, base) },
        ...closing,
        ...(worth && worthValues(ledger, worth)),
      },
    };
  });
  const quantity = held.reduce((all, own) => all + own.quantity, 0n);
  const base = held.reduce((all, own) => all + own.base, 0n);
  const sums = worths && sumsOf(base, worths);
  const values = {
    quantity: decimalText(quantity, decimals),
    ...(sums ? sumValues(ledger, sums) : { base: money(ledger, base) }),
  };
  const heading: ReportRow = { kind: 'heading', ...NO_ACCOUNT, name: unit, values: {} };
  const net: ReportRow = { kind: 'subtotal', ...NO_ACCOUNT, name: `Net ${unit}`, values };
  return { currency, rows: [heading, ...lines, net], base, sums };
}

function sumsOf(base: bigint, worths: readonly Worth[]): Sums {
  const worth = worths.reduce((all, own) => all + own.worth, 0n);
  const difference = worths.reduce((all, own) => all + own.difference, 0n);
  return { base, worth, difference, tenth: roundedQuotient(worth, 10n) };
}

const plus = (a: Sums, b: Sums): Sums => ({
  base: a.base + b.base,
  worth: a.worth + b.worth,
  difference: a.difference + b.difference,
  tenth: a.tenth + b.tenth,
});

const worthValues = (ledger: BookLedger, { difference, worth }: Worth) => ({
  worth: money(ledger, worth),
  difference: money(ledger, difference),
});

const sumValues = (ledger: BookLedger, sums: Sums) => ({
  base: money(ledger, sums.base),
  ...worthValues(ledger, sums),
  tenth: money(ledger, sums.tenth),
});

const NET_NOTE =
  'Liabilities are below zero: what is left of a currency is the net exposure to it.';
const WORTH_NOTE = `What is held and owed, at the closing rate of each period. ${NET_NOTE}`;

function notesOf(ledger: BookLedger, period: Period, shown: readonly Shown[]): string[] {
  const { currency } = ledger.facts;
  if (shown.length === 0) return [`Assets and liabilities hold no currency but ${currency}.`];
  return [
    NET_NOTE,
    `A gain is above zero: what a revaluation at ${period.to} would post. Were a currency 10 % dearer in ${currency}, the result would be higher by a tenth of its worth, and lower were it 10 % cheaper.`,
    ...withoutRate(ledger, period, shown),
  ];
}

/** The note that names what has no rate, where there is such. */
function withoutRate(ledger: BookLedger, { to }: Period, shown: readonly Shown[]): string[] {
  const without = shown
    .filter(({ sums }) => sums === null)
    .map((own) => `${own.currency.unit} (${money(ledger, own.base)} stands behind it)`);
  return without.length > 0
    ? [
        `Without a rate by ${to}, and so without a worth and not in the total: ${without.join(', ')}.`,
      ]
    : [];
}
