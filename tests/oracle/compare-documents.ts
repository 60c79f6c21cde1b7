// Our documents against what a program says that accounts moved: the rules of each report, written once more from the books'
// point of view, on the program's figures.
import { type AccountType, isResultAccount } from '#ledger/domain/account.ts';
import { addDays, type Month, monthOf, type Period } from '#ledger/domain/calendar.ts';
import { ACCOUNTS, UNITS } from './made-books.ts';
import { figure, minor, type Posted } from './posted-books.ts';
import type { Moved } from './three-programs.ts';

type Sum = (
  path: string,
  from: Month | null,
  until: Month,
  counting: 'all' | 'open' | 'closing',
  unit?: string,
) => bigint;

/** Adds up months of a book that a program gave. Without a unit: base amounts. */
function sums(book: Posted, moved: readonly Moved[]): Sum {
  const base = book.made.house.baseCurrency;
  const byPlace = Map.groupBy(moved, ({ cost, path, unit }) => `${path} ${cost} ${unit}`);
  return (path, from, until, counting, unit) => {
    const decimals = unit ? UNITS[unit as keyof typeof UNITS] : book.exponent;
    let sum = 0n;
    for (const { amount, closing, month } of byPlace.get(`${path} ${!unit} ${unit ?? base}`) ??
      []) {
      if (month >= until || (from !== null && month < from)) continue;
      if (counting === 'all' || closing === (counting === 'closing'))
        sum += minor(amount, decimals);
    }
    return sum;
  };
}

/** What stands on an account before a month: result accounts begin anew with the year, its own closing entries don't count. */
function standing(
  sum: Sum,
  path: string,
  type: AccountType,
  year: Month,
  until: Month,
  unit?: string,
) {
  const earlier = isResultAccount(type) ? 0n : sum(path, null, year, 'all', unit);
  return earlier + sum(path, year, until, 'open', unit);
}

/** Every difference between a program and our documents, in words. */
export function differences(
  books: readonly Posted[],
  program: string,
  moved: readonly Moved[],
): string[] {
  const found: string[] = [];
  const byBook = Map.groupBy(moved, ({ nth }) => nth);
  for (const book of books) {
    const sum = sums(book, byBook.get(book.nth) ?? []);
    for (const period of book.periods) {
      const differ = (report: string, what: string, ours: bigint, theirs: bigint) => {
        if (ours === theirs) return;
        found.push(
          `book ${book.nth} ${report}/${period.key} ${what}: ${ours}, ${program} ${theirs}`,
        );
      };
      compareBalances(book, period, sum, differ);
      compareUnits(book, period, sum, differ);
    }
  }
  return found;
}

type Differ = (report: string, what: string, ours: bigint, theirs: bigint) => void;

function compareBalances(book: Posted, period: Period, sum: Sum, differ: Differ): void {
  const read = (report: string, code: string, key: string) =>
    minor(figure(book.bodies.get(`${report}/${period.key}`)!, code, key), book.exponent);
  const year = monthOf(period.fiscalYear.from);
  const [from, until] = [monthOf(period.from), monthOf(addDays(period.to, 1))];
  let [earlier, result] = [0n, 0n];
  for (const [code, path, type] of ACCOUNTS) {
    const balance = (month: Month) => standing(sum, path, type, year, month);
    const trial = (key: string) => read('trial-balance', code, key);
    const [opening, closing] = [balance(from), balance(until)];
    differ(
      'trial-balance',
      `${code} opening`,
      trial('openingDebit') - trial('openingCredit'),
      opening,
    );
    differ(
      'trial-balance',
      `${code} movement`,
      trial('debit') - trial('credit'),
      closing - opening,
    );
    differ(
      'trial-balance',
      `${code} closing`,
      trial('closingDebit') - trial('closingCredit'),
      closing,
    );
    const sign = type === 'asset' || type === 'expense' ? 1n : -1n;
    if (isResultAccount(type)) {
      const stated = (key: string) => read('income-statement', code, key);
      differ('income-statement', code, stated('period'), sign * (closing - opening));
      differ('income-statement', `${code} to date`, stated('yearToDate'), sign * closing);
      earlier -= sum(path, null, year, 'all');
      result -= closing;
    } else differ('balance-sheet', code, read('balance-sheet', code, 'amount'), sign * closing);
  }
  const sheet = book.bodies.get(`balance-sheet/${period.key}`)!;
  const named = (name: string) =>
    minor(sheet.rows.find((row) => row.name === name)?.values['amount'], book.exponent);
  differ('balance-sheet', 'earlier years', named('Result of earlier years'), earlier);
  differ('balance-sheet', 'result', named('Result of the year'), result);
}

function compareUnits(book: Posted, period: Period, sum: Sum, differ: Differ): void {
  const { rows } = book.bodies.get(`balances-by-unit/${period.key}`)!;
  const year = monthOf(period.fiscalYear.from);
  const [from, until] = [monthOf(period.from), monthOf(addDays(period.to, 1))];
  const ours = new Map<string, Readonly<Record<string, string>>>();
  let unit = '';
  for (const { account, kind, name, values } of rows) {
    if (kind === 'heading') unit = name;
    if (kind === 'line') ours.set(`${unit} ${account}`, values);
  }
  for (const [own, decimals] of Object.entries(UNITS)) {
    for (const [code, path, type] of ACCOUNTS) {
      const said = ours.get(`${own} ${code}`) ?? {};
      const read = (key: string) => minor(said[key], decimals);
      const balance = (month: Month) => standing(sum, path, type, year, month, own);
      differ('balances-by-unit', `${code} ${own} opening`, read('opening'), balance(from));
      differ('balances-by-unit', `${code} ${own} closing`, read('closing'), balance(until));
    }
  }
}
