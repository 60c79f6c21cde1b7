// Books for the oracle tests: what fast-check draws, and how it gets into a ledger: only through commands.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { accepted, type OpenBook } from '#tests/ledger/open-book.ts';

/** Base currencies of two, no and three decimals; first years that are whole, long, short and begin inside a month. */
const HOUSES = [
  { baseCurrency: 'EUR', startDate: '2024-01-01', firstYearEnd: '2024-12-31' },
  { baseCurrency: 'JPY', startDate: '2024-02-15', firstYearEnd: '2025-06-30' },
  { baseCurrency: 'KWD', startDate: '2024-01-20', firstYearEnd: '2024-03-31' },
  { baseCurrency: 'NOK', startDate: '2024-03-01', firstYearEnd: '2025-02-28' },
  { baseCurrency: 'EUR', startDate: '2024-01-31', firstYearEnd: '2024-09-30' },
] as const;

export const ACCOUNTS = [
  ['1000', 'Assets:Bank', 'asset'],
  ['1010', 'Assets:Bank:Savings', 'asset'],
  ['1500', 'Assets:Receivable', 'asset'],
  ['2000', 'Liabilities:Payable', 'liability'],
  ['2100', 'Liabilities:Loan', 'liability'],
  ['3000', 'Equity:Capital', 'equity'],
  ['4000', 'Income:Sales', 'income'],
  ['4010', 'Income:Sales:Abroad', 'income'],
  ['5000', 'Expenses:Rent', 'expense'],
  ['5100', 'Expenses:Wages', 'expense'],
] as const;

/** Codes of what the cash flow statement is about. */
export const CASH = ['1000', '1010'] as const;

/** Those with nothing below them: hledger's register of an account shows that as well. */
export const LEAVES = ACCOUNTS.filter(
  ([, path]) => !ACCOUNTS.some(([, other]) => other.startsWith(`${path}:`)),
);

/** Decimals of the units that lines come in; HOURS has no price ever. */
export const UNITS = { USD: 2, ISK: 0, VHT: 3, HOURS: 1 } as const;
type Unit = keyof typeof UNITS;

/** The months after the start in which entries lie: through June 2026. */
const LAST = 27;

const amount = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(1n, 9_999_999n) },
  { weight: 1, arbitrary: fc.constant(1n) },
  { weight: 1, arbitrary: fc.bigInt(10n ** 14n, 10n ** 15n - 1n) },
);

const entry = fc.record({
  month: fc.nat(LAST),
  day: fc.constantFrom(1, 2, 15, 27, 28, 31),
  kind: fc.constantFrom('ordinary', 'ordinary', 'opening', 'adjusting', 'closing'),
  accounts: fc.array(fc.nat(ACCOUNTS.length - 1), { minLength: 3, maxLength: 3 }),
  amounts: fc.tuple(amount, amount),
  unit: fc.constantFrom<(Unit | null)[]>(null, null, null, 'USD', 'ISK', 'VHT', 'HOURS'),
  priced: fc.constantFrom('rate', 'whole'),
  rate: fc.integer({ min: 101, max: 99_999 }),
  reversed: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

const madeBook = fc.record({
  house: fc.constantFrom(...HOUSES),
  entries: fc.array(entry, { minLength: 6, maxLength: 24 }),
  closes: fc.boolean(),
  late: fc.array(entry, { maxLength: 3 }),
  /** Months at whose ends currencies are revalued, each to its rate. */
  revaluations: fc.array(
    fc.record({ month: fc.nat(LAST), rate: fc.integer({ min: 101, max: 99_999 }) }),
    { maxLength: 2 },
  ),
  /** Which of its periods are looked at. */
  periods: fc.array(fc.nat(9_999), { minLength: 4, maxLength: 4 }),
  /** Whose register is compared: one of `LEAVES`. */
  account: fc.nat(LEAVES.length - 1),
});
export type MadeBook = typeof madeBook extends fc.Arbitrary<infer T> ? T : never;

/** The same books for the same seed. */
export const drawBooks = (count: number, seed: number): MadeBook[] =>
  fc.sample(madeBook, { numRuns: count, seed });

/** Opens the book in a ledger and posts all that it is made of; entries come in no order of days. */
export async function postBook(home: OpenBook, made: MadeBook): Promise<OpenBook> {
  const actor = { userId: home.ownerId, via: 'session' } as const;
  const input = { name: 'Made', slug: randomUUID(), chart: 'empty', ...made.house };
  const created = { actor, commandId: randomUUID() };
  const { id } = accepted(await home.commands.createBook(created, input));
  const call = (commandId: string = randomUUID()) => ({ actor, book: id, commandId });
  const { commands } = home;
  for (const [code, path, type] of ACCOUNTS) {
    accepted(await commands.openAccount(call(), { code, name: path, path, type }));
  }
  for (const code of CASH) {
    accepted(await commands.classifyAccount(call(), { code, cashFlow: 'cash' }));
  }
  for (const code of ['VHT', 'HOURS'] as const) {
    accepted(await commands.defineUnit(call(), { code, decimals: UNITS[code] }));
  }
  const post = async (drawn: Entry) => {
    const { number } = accepted(await commands.postJournalEntry(call(), commandOf(drawn, made)));
    if (drawn.reversed) accepted(await commands.reverseEntry(call(), { number, reason: 'wrong' }));
  };
  for (const drawn of made.entries) await post(drawn);
  for (const { month, rate } of made.revaluations) {
    const date = dateOf({ day: 31, month }, made.house.startDate);
    const rates = ['USD', 'ISK'].map((unit) => {
      return { unit, date, rate: decimalText(BigInt(rate), 2) };
    });
    accepted(await commands.recordRates(call(), { rates }));
    const answer = await commands.revalueCurrencies(call(), {
      ...{ date, gains: '4010', losses: '5100' },
    });
    if (!answer.ok && answer.refusal.code !== 'nothing-to-revalue') accepted(answer);
  }
  if (made.closes) {
    const answer = await commands.closeYear(call(), {
      ...{ year: made.house.firstYearEnd.slice(0, 4), to: '3000' },
    });
    if (!answer.ok && answer.refusal.code !== 'nothing-to-close') accepted(answer);
  }
  for (const drawn of made.late) await post(drawn);
  return { ...home, bookId: id, call };
}

/** One of four shapes: base currency; a unit worth an amount; a unit at a rate on both sides; a unit without worth. */
function commandOf(drawn: Entry, { house }: MadeBook) {
  const { kind, unit, amounts } = drawn;
  const exponent = exponentOf(house.baseCurrency as CurrencyCode);
  const base = (value: bigint) => decimalText(value, exponent);
  const line = (nth: number, side: 'debit' | 'credit', more: object) => ({
    ...{ account: ACCOUNTS[drawn.accounts[nth]!]![0], side },
    ...more,
  });
  const shaped = { date: dateOf(drawn, house.startDate), description: 'Made', kind };
  if (unit === null) {
    const total = base(amounts[0] + amounts[1]);
    const debits = amounts.map((one, nth) => line(nth, 'debit', { amount: base(one) }));
    return { ...shaped, lines: [...debits, line(2, 'credit', { amount: total })] };
  }
  const own = { unit, amount: decimalText((amounts[0] % 10_000_000n) + 1_000n, UNITS[unit]) };
  const rate = decimalText(BigInt(drawn.rate), 2);
  if (unit === 'HOURS' || drawn.priced === 'rate') {
    const both = unit === 'HOURS' ? own : { ...own, rate };
    return { ...shaped, lines: [line(0, 'debit', both), line(1, 'credit', both)] };
  }
  const worth = base(amounts[1]);
  return {
    ...shaped,
    lines: [line(0, 'credit', { ...own, baseAmount: worth }), line(1, 'debit', { amount: worth })],
  };
}

function dateOf({ day, month }: Pick<Entry, 'day' | 'month'>, start: string): string {
  const at = new Date(Date.UTC(2024, 2 + month + 1, 0));
  const date = `${at.toISOString().slice(0, 8)}${String(Math.min(day, at.getUTCDate())).padStart(2, '0')}`;
  return date < start ? start : date;
}
