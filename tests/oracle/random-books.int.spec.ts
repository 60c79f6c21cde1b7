// Random books, posted through the commands, against hledger, Ledger and Beancount, which read our exports: every account of
// trial balance, balance sheet, income statement, balances by unit and general ledger, in periods drawn at random.
//   npm run oracle -- --books 1000 --seed 42       any number of books; without a seed it is drawn, and said
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccountType, isResultAccount } from '#ledger/domain/account.ts';
import { addDays, type Month, type Period } from '#ledger/domain/calendar.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { differences } from './compare-documents.ts';
import { ACCOUNTS, CASH, drawBooks, LEAVES } from './made-books.ts';
import { figure, minor, type Posted, posted } from './posted-books.ts';
import {
  accountRegister,
  hledgerFile,
  hledgerRows,
  movedByBeancount,
  movedByHledger,
  movedByLedger,
} from './three-programs.ts';

const BOOKS = Number(process.env['ORACLE_BOOKS'] ?? 100);
const SEED = Number(process.env['ORACLE_SEED'] ?? 2_026);
/** Half a second a book on two cores with nothing else to do; far more beside other work. */
const PATIENCE = 120_000 + BOOKS * 6_000;
/** Of every fourth book the worker publishes all documents: of that many more it would take minutes. */
const isPublished = (nth: number): boolean => BOOKS < 25 || nth % 4 === 0;
const has = (program: string) => onPath(program, searchPath()) !== null;

let home: OpenBook;
let documents: Documents;
const books: Posted[] = [];

beforeAll(async () => {
  home = await openBook();
  const { dbName, mongoUrl } = home.rig;
  documents = await openDocuments({ url: mongoUrl, dbName });
  const drawn = drawBooks(BOOKS, SEED);
  const next = drawn.entries();
  const lane = async () => {
    for (const [nth, made] of next)
      books.push(await posted(home, documents, { nth, publish: isPublished(nth) }, made));
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}, PATIENCE);
afterAll(async () => {
  await documents?.close();
  await home?.stop();
});

function expectNone(found: readonly string[]): void {
  const again = `npm run oracle -- --books ${BOOKS} --seed ${SEED}`;
  expect(found.slice(0, 20), `${found.length} differences; ${again}`).toEqual([]);
}

test('every book was drawn and posted', () => {
  expect(books).toHaveLength(BOOKS);
});

test('hledger gives the figures of our documents', { timeout: PATIENCE }, async ({ skip }) => {
  skip(!has('hledger'), 'hledger is not installed');
  expectNone(differences(books, 'hledger', await movedByHledger(hledgerFile(books))));
});

test('Ledger gives them', { timeout: PATIENCE }, async ({ skip }) => {
  skip(!has('ledger'), 'Ledger is not installed');
  expectNone(differences(books, 'Ledger', await movedByLedger(books)));
});

test('Beancount gives them', { timeout: PATIENCE }, async ({ skip }) => {
  skip(!has('bean-query'), 'Beancount is not installed');
  expectNone(differences(books, 'Beancount', await movedByBeancount(books)));
});

test.skipIf(!has('hledger')).each([
  ['balancesheet', ['asset', 'liability']],
  ['incomestatement', ['income', 'expense']],
] as const)('hledger %s', { timeout: PATIENCE }, async (report, types) => {
  const closing = report === 'incomestatement' ? ['not:tag:kind=closing'] : [];
  const rows = await hledgerRows(hledgerFile(books), report, ['--cost', ...closing]);
  const said = new Map(
    rows.map(([account, month, , , unit, amount]) => [`${account} ${month} ${unit}`, amount]),
  );
  expect(said.size).toBeGreaterThan(BOOKS);
  expectNone(books.flatMap((book) => statementDifferences(book, types, said)));
});

// hledger counts as a movement of cash whatever is booked on it: what rates made of it is told by the entries' descriptions.
test.skipIf(!has('hledger')).each([
  ['Change in cash', []],
  ['Effect of exchange rates on cash', ['desc:revaluation of currencies']],
] as const)('hledger cashflow: %s', { timeout: PATIENCE }, async (row, query) => {
  const rows = await hledgerRows(hledgerFile(books), 'cashflow', [
    ...['--cost', 'not:tag:kind=closing', ...query],
  ]);
  const said = new Map(
    rows.map(([account, month, , , unit, amount]) => [`${account} ${month} ${unit}`, amount]),
  );
  const paths = ACCOUNTS.filter(([code]) => CASH.some((own) => own === code));
  const moved = [...said.values()].filter((amount) => /[1-9]/.test(amount ?? ''));
  expect(moved.length).toBeGreaterThan(BOOKS / 10);
  expectNone(
    books.flatMap(({ bodies, exponent, made, nth, periods }) =>
      periods.flatMap(({ key, months }) => {
        const theirs = paths
          .flatMap(([, path]) => months.map((month) => `b${nth}:${path} ${month}`))
          .map((place) => minor(said.get(`${place} ${made.house.baseCurrency}`), exponent))
          .reduce((sum, amount) => sum + amount, 0n);
        const stated = bodies.get(`cash-flow/${key}`)!.rows.find(({ name }) => name === row);
        const ours = minor(stated?.values['period'], exponent);
        return ours === theirs ? [] : [`book ${nth} ${key}: ${ours} ${theirs}`];
      }),
    ),
  );
});

/** hledger has no way to leave out the closing entries of one year: what they moved is added to our side. */
function statementDifferences(
  book: Posted,
  types: readonly AccountType[],
  said: ReadonlyMap<string, string | undefined>,
): string[] {
  const base = book.made.house.baseCurrency;
  const found: string[] = [];
  for (const period of book.periods) {
    for (const [code, path, type] of ACCOUNTS) {
      if (!types.includes(type)) continue;
      const at = (month: Month) =>
        minor(said.get(`b${book.nth}:${path} ${month} ${base}`), book.exponent);
      const months = period.months;
      const result = isResultAccount(type);
      const theirs = result
        ? months.reduce((sum, month) => sum + at(month), 0n)
        : at(months.at(-1)!);
      const body = book.bodies.get(
        `${result ? 'income-statement' : 'balance-sheet'}/${period.key}`,
      )!;
      const ours = minor(figure(body, code, result ? 'period' : 'amount'), book.exponent);
      const own = result ? 0n : closingOf(book, period, path);
      const signed = type === 'liability' ? -own : own;
      if (ours + signed !== theirs)
        found.push(`book ${book.nth} ${code} ${period.key}: ${ours} ${theirs}`);
    }
  }
  return found;
}

/** What closing entries of a period's year moved on an account, from the lines of the exported file. */
function closingOf(book: Posted, { fiscalYear, to }: Period, path: string): bigint {
  let sum = 0n;
  for (const entry of book.hledger.split('\n\n')) {
    const [head = '', ...lines] = entry.split('\n');
    const date = head.slice(0, 10);
    if (!head.includes('; kind: closing') || date < fiscalYear.from || date > to) continue;
    for (const line of lines) {
      const [account, amount = '', unit, , worth] = line.trim().split(/\s+/);
      if (account !== path) continue;
      if (unit === book.made.house.baseCurrency) sum += minor(amount, book.exponent);
      else if (worth) sum += (amount.startsWith('-') ? -1n : 1n) * minor(worth, book.exponent);
    }
  }
  return sum;
}

test('running balances are those of hledger aregister', { timeout: PATIENCE }, async ({ skip }) => {
  skip(!has('hledger'), 'hledger is not installed');
  const found: string[] = [];
  let compared = 0;
  for (const book of books.filter(({ nth }) => isPublished(nth))) {
    const period = book.periods.find(({ kind }) => kind !== 'month') ?? book.periods[0]!;
    const { account: drawn } = book.made;
    // Of the accounts from the one that was drawn on, the first that has lines then.
    let [leaf, ours] = [LEAVES[drawn]!, [] as Awaited<ReturnType<typeof runningBalances>>];
    for (const own of [...LEAVES.slice(drawn), ...LEAVES.slice(0, drawn)]) {
      [leaf, ours] = [own, await runningBalances(book, period, own[0], own[2])];
      if (ours.length > 0) break;
    }
    const [code, path, type] = leaf;
    const range = ['-b', period.fiscalYear.from, '-e', addDays(period.to, 1)];
    const register = (await accountRegister(book.hledger, path, range)).map(
      ([date, ...amounts]) => [date, ...amounts.map((one) => balanceIn(one, book))] as const,
    );
    // hledger carries a result account on from year to year.
    const [, change = 0n, balance = 0n] = register[0] ?? [];
    const before = isResultAccount(type) ? balance - change : 0n;
    const theirs = register
      .filter(([date]) => date >= period.from)
      .map(([date, , after]) => [date, (after ?? 0n) - before] as const);
    compared += theirs.length;
    const text = (rows: readonly (readonly [string, bigint])[]) =>
      rows.map((row) => row.join(' ')).join(', ');
    if (text(ours) !== text(theirs))
      found.push(`book ${book.nth} ${code} ${period.key}: ${text(ours)} / ${text(theirs)}`);
  }
  if (BOOKS >= 25) expect(compared).toBeGreaterThan(BOOKS / 10);
  expectNone(found);
});

/** The part of a balance that is in base currency. */
function balanceIn(text: string, { exponent, made }: Posted): bigint {
  const parts = text.split(', ').map((part) => part.split(' '));
  const own = parts.find(([, unit]) => unit === made.house.baseCurrency);
  return minor(own?.[0], exponent);
}

/** Date and balance after each entry, debit positive, that the general ledger shows. */
async function runningBalances(book: Posted, period: Period, code: string, type: AccountType) {
  const sign = type === 'asset' || type === 'expense' ? 1n : -1n;
  const after = new Map<string, [string, bigint]>();
  let inAccount = false;
  const body = book.bodies.get(`general-ledger/${period.key}`)!;
  for await (const rows of documents.rowBatches(body)) {
    for (const { account, entry, kind, values } of rows) {
      if (kind === 'heading') inAccount = account === code;
      if (!inAccount || entry === undefined) continue;
      after.set(String(entry), [values['date']!, sign * minor(values['balance'], book.exponent)]);
    }
  }
  return [...after.values()];
}
