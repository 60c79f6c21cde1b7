// What happens to a book, drawn at random: entries, changes of what stands around them, locks, and moments at which its documents are
// published.
import fc from 'fast-check';
import { addMonths, firstDay, lastDay, monthOf, todayIn } from '#ledger/domain/calendar.ts';
import type { Preset } from '#ledger/domain/layout-presets.ts';
import type { Statement } from '#ledger/domain/statement-layout.ts';

/** Documents reach to the present month: a book that began sixteen months ago has as many whenever the test runs. */
const FIRST = addMonths(monthOf(todayIn('UTC', Date.now())), -15);
export const CALENDAR = { startDate: firstDay(FIRST), firstYearEnd: lastDay(addMonths(FIRST, 11)) };

const amount = fc.integer({ min: 1, max: 99_999 }).map((cents) => (cents / 100).toFixed(2));
const day = fc
  .record({ month: fc.integer({ min: 0, max: 15 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, day: own }) => `${addMonths(FIRST, month)}-${String(own).padStart(2, '0')}`);
const word = fc.constantFrom('Łódź', 'Bank & Co', 'Übrige', 'A', 'zwölf');
const CODES = ['1000', '1100', '2000', '3000', '4000', '5000'] as const;
const code = fc.constantFrom(...CODES);
const posting = fc.record({
  kind: fc.constant('post' as const),
  ...{ day, amount, account: fc.constantFrom('1100', '5000', '1000'), other: code },
  side: fc.constantFrom('debit' as const, 'credit' as const),
  party: fc.constantFrom('ada', 'bob', undefined),
  document: fc.constantFrom('A1', 'A2', undefined),
  due: fc.option(day, { nil: undefined }),
  centre: fc.constantFrom('north', 'south', 'late', undefined),
  entry: fc.constantFrom('ordinary', 'ordinary', 'adjusting', 'closing'),
  unit: fc.constantFrom('USD', 'VHT', null, null, null),
  taxed: fc.boolean(),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant('rename' as const), code, name: word }),
  fc.record({
    kind: fc.constant('retype' as const),
    code,
    type: fc.constantFrom('asset', 'equity', 'liability', 'income', 'expense'),
  }),
  fc.record({
    kind: fc.constant('classify' as const),
    code,
    cashFlow: fc.constantFrom('cash', 'investing', null),
  }),
  fc.record({
    ...{ kind: fc.constant('tag' as const), code },
    tags: fc.constantFrom([], ['current'], ['current', 'x']),
  }),
  fc.record({
    kind: fc.constant('layout' as const),
    layout: fc.constantFrom<readonly [Statement, Preset]>(
      ['balance-sheet', 'ifrs'],
      ['income-statement', 'small-company'],
      ['cash-flow', 'by-type'],
      ['cash-flow', 'ifrs'],
    ),
  }),
  fc.record({
    kind: fc.constant('designate' as const),
    controls: fc.constantFrom('receivables', null),
  }),
  fc.record({ kind: fc.constant('lock' as const), day }),
  fc.record({ kind: fc.constant('reopen' as const) }),
  fc.record({
    kind: fc.constant('settings' as const),
    name: word,
    negatives: fc.constantFrom('minus', 'parentheses'),
    locale: fc.constantFrom('en-IE', 'de-DE'),
    timeZone: fc.constantFrom('Europe/Oslo', 'Pacific/Auckland'),
  }),
  fc.record({ kind: fc.constant('value' as const), name: word }),
  fc.record({ kind: fc.constant('later-value' as const) }),
  fc.record({ kind: fc.constant('open' as const) }),
  fc.record({ kind: fc.constant('tax' as const), name: word, baseBox: fc.constantFrom('1', '3') }),
  fc.record({ kind: fc.constant('party' as const), closed: fc.boolean() }),
  fc.record({ kind: fc.constant('close-year' as const) }),
  fc.record({
    ...{ kind: fc.constant('rate' as const), day, rate: fc.constantFrom('0.9', '0.925', '1') },
    unit: fc.constantFrom('USD', 'GBP'),
  }),
  fc.record({
    kind: fc.constant('plan' as const),
    ...{ day, amount, account: fc.constantFrom('4000', '5000') },
    centre: fc.constantFrom('north', undefined),
  }),
  fc.record({
    kind: fc.constant('revalue' as const),
    day,
    rate: fc.constantFrom('0.8', '1.1', '1.3'),
  }),
);
/** What happens to a book. */
export const step = fc.oneof(
  { weight: 8, arbitrary: posting },
  { weight: 4, arbitrary: change },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('publish' as const, 'reverse' as const) }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A month that ends with dollars in cash at another rate than they came at. */
const revalued = (month: number, rate: '0.8' | '1.1' | '1.3'): Step[] => {
  const own = { day: `${addMonths(FIRST, month)}-10`, unit: 'USD' as const };
  const posted = {
    ...own,
    kind: 'post' as const,
    account: '1000' as const,
    other: '3000' as const,
  };
  const rest = { party: undefined, document: undefined, due: undefined, centre: undefined };
  return [
    { ...posted, ...rest, amount: '50.00', side: 'debit', entry: 'ordinary', taxed: false },
    { kind: 'revalue', day: own.day, rate },
    { kind: 'publish' },
  ];
};

/** Months with an effect of exchange rates, whatever is drawn after them. */
export const REVALUED: readonly Step[] = [
  ...revalued(1, '1.1'),
  ...revalued(3, '0.8'),
  ...revalued(5, '1.3'),
  ...revalued(7, '1.1'),
  ...revalued(9, '0.8'),
];
