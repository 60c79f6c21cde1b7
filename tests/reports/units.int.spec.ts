// Documents of a book in several currencies, made by the worker: carried on, made anew and recomputed they are the same;
// and each account holds what hledger says of the same file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { presetLines } from '#ledger/domain/layout-presets.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { importFile } from '#tests/ledger/import-file.ts';
import { accepted, type OpenBook, openBook } from '#tests/ledger/open-book.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';

const hledger = onPath('hledger', searchPath());
const books: { book: OpenBook; documents: Documents }[] = [];
let book: OpenBook;
let documents: Documents;
beforeAll(async () => ({ book, documents } = await opened()), 60_000);
afterAll(async () => {
  for (const own of books) {
    await own.documents.close();
    await own.book.stop();
  }
});

async function opened() {
  const own = await openBook({ startDate: '2025-01-01', firstYearEnd: '2025-12-31' });
  const { dbName, mongoUrl } = own.rig;
  const opened = { book: own, documents: await openDocuments({ url: mongoUrl, dbName }) };
  books.push(opened);
  return opened;
}

const input = () => ({ store: book.store, documents, bookId: book.bookId });

async function report(name: string, period: string): Promise<ReportBody> {
  const head = await documents.head(book.bookId, name, period as PeriodKey);
  return (await documents.body(head!.digest))!;
}

const rowsOf = (body: ReportBody) =>
  body.rows.map(({ account, name, values }) =>
    [account ?? name, ...Object.values(values)].join(' '),
  );

const post = (date: string, lines: readonly object[]) =>
  book.commands.postJournalEntry(book.call(), { date, description: 'x', lines });

test('an entry in dollars moves the documents of its month and of those after it', async () => {
  accepted(
    await post('2026-02-10', [
      { account: '1000', side: 'debit', amount: '100.00', unit: 'USD', rate: '0.92' },
      { account: '4000', side: 'credit', amount: '92.00' },
    ]),
  );
  await recomputeBook(input());
  expect(rowsOf(await report('balances-by-unit', '2026-01'))).toEqual([]);
  expect(rowsOf(await report('balances-by-unit', '2026-02'))).toEqual([
    'USD',
    '1000 0.00 100.00 0.00 100.00 92.00',
    'Total USD 0.00 100.00 0.00 100.00 92.00',
  ]);
  accepted(
    await post('2026-01-10', [
      { account: '1000', side: 'credit', amount: '30.00', unit: 'USD', rate: '0.90' },
      { account: '5000', side: 'debit', amount: '27.00' },
    ]),
  );
  await recomputeBook(input());
  expect(rowsOf(await report('balances-by-unit', '2026-02'))[1]).toBe(
    '1000 -30.00 100.00 0.00 70.00 65.00',
  );
  expect(await reconcileBook(input())).toMatchObject({ differences: [] });
});

test('general ledger and journal show what lines move in their own unit', async () => {
  for (const name of ['general-ledger', 'journal']) {
    const page = await documents.page(await report(name, '2026-02'), 1);
    const memos = page!.rows.map(({ values }) => values['memo']);
    expect(memos, name).toContain('100.00 USD at 0.92');
  }
});

test('an entry without units leaves the document of units as it is', async () => {
  const before = await documents.head(book.bookId, 'balances-by-unit', '2026-02' as PeriodKey);
  accepted(
    await post('2026-02-11', [
      { account: '1000', side: 'debit', amount: '1.00' },
      { account: '4000', side: 'credit', amount: '1.00' },
    ]),
  );
  await recomputeBook(input());
  const after = await documents.head(book.bookId, 'balances-by-unit', '2026-02' as PeriodKey);
  expect(after?.digest).toBe(before?.digest);
});

test('what a revaluation made of cash stands apart, and is the same kept up to date and read anew', async () => {
  const memory = new RecomputeMemory();
  const effects = async (months: readonly string[]) => {
    await recomputeBook({ ...input(), memory });
    const found: string[] = [];
    for (const name of ['cash-flow', 'cash-flow-direct']) {
      for (const month of months) {
        const rows = rowsOf(await report(name, month));
        found.push(...rows.filter((row) => row.startsWith('Effect of exchange rates')));
      }
    }
    expect(await reconcileBook(input())).toMatchObject({ differences: [] });
    return found.map((row) => row.replace('Effect of exchange rates on cash ', ''));
  };
  const revalue = async (date: string, rate: string) => {
    accepted(
      await book.commands.recordRates(book.call(), { rates: [{ unit: 'USD', date, rate }] }),
    );
    const asked = { date, gains: '4000', losses: '5000' };
    accepted(await book.commands.revalueCurrencies(book.call(), asked));
  };
  const classified = (cashFlow: 'cash' | null) =>
    book.commands.classifyAccount(book.call(), { code: '1000', cashFlow });
  accepted(await classified('cash'));
  expect(await effects(['2026-02', '2026-03'])).toEqual([]);
  // 70.00 dollars that cost 65.00.
  await revalue('2026-02-28', '1.00');
  const risen = ['5.00 5.00', '-5.00 0.00'];
  expect(await effects(['2026-02', '2026-03'])).toEqual([...risen, ...risen]);
  // A month before: 30.00 dollars are owed to the bank, which cost 27.00.
  await revalue('2026-01-31', '0.80');
  const both = ['3.00 3.00', '2.00 5.00', '-5.00 0.00'];
  expect(await effects(['2026-01', '2026-02', '2026-03'])).toEqual([...both, ...both]);
  accepted(await classified(null));
  expect(await effects(['2026-01', '2026-02', '2026-03'])).toEqual([]);
  accepted(await classified('cash'));
  expect(await effects(['2026-02'])).toEqual(['2.00 5.00', '2.00 5.00']);
  // What is owed in dollars becomes as much: a gain and a loss of cash that leave nothing, in two activities.
  accepted(await book.commands.classifyAccount(book.call(), { code: '2000', cashFlow: 'cash' }));
  const lines = presetLines('ifrs', 'cash-flow');
  accepted(await book.commands.setStatementLayout(book.call(), { statement: 'cash-flow', lines }));
  accepted(await book.commands.tagAccount(book.call(), { code: '4000', tags: ['investing'] }));
  accepted(
    await post('2026-04-10', [
      { account: '5000', side: 'debit', amount: '65.00' },
      { account: '2000', side: 'credit', amount: '70.00', unit: 'USD', baseAmount: '65.00' },
    ]),
  );
  await effects([]);
  await revalue('2026-04-30', '1.00');
  expect(await effects(['2026-04'])).toEqual([]);
  const rows = rowsOf(await report('cash-flow', '2026-04'));
  expect(rows.slice(2, 8)).toEqual([
    'Exchange gains and losses on cash 5.00 5.00',
    'Cash from operating activities -65.00 -92.00',
    'Investing activities',
    '4000 5.00 98.00',
    'Exchange gains and losses on cash -5.00 -5.00',
    'Cash from investing activities 0.00 93.00',
  ]);
});

const ACCOUNTS = ['Assets:Bank', 'Assets:Fund', 'Equity:Capital', 'Income:Sales', 'Expenses:Rent'];
const UNITS = ['EUR', 'USD', 'JPY', 'VHT', 'HOURS'];
const DECIMALS: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0, VHT: 3, HOURS: 1 };

/** A line with its price, if it is in another unit and has one. */
const line = fc
  .record({
    account: fc.constantFrom(...ACCOUNTS),
    unit: fc.constantFrom(...UNITS),
    digits: fc.integer({ min: -999_999, max: 999_999 }).filter((digits) => Math.abs(digits) > 999),
    price: fc.integer({ min: 1, max: 99_999 }),
    how: fc.constantFrom('@', '@@', 'none'),
  })
  .map(({ account, digits, how, price, unit }) => {
    const scale = DECIMALS[unit]!;
    const amount = `${digits / 10 ** scale < 0 ? '-' : ''}${written(Math.abs(digits), scale)} ${unit}`;
    const priced =
      unit === 'EUR' || how === 'none' ? '' : ` ${how} ${written(price, how === '@' ? 4 : 2)} EUR`;
    return `    ${account}  ${amount}${priced}`;
  });

const written = (digits: number, scale: number): string => {
  const text = String(digits).padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
};

const journal = fc
  .array(
    fc.record({
      month: fc.integer({ min: 1, max: 12 }),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 20, maxLength: 40 },
  )
  .map((entries) =>
    entries
      .map(
        ({ lines, month }, nth) =>
          `2025-${String(month).padStart(2, '0')}-15 entry ${nth}\n${lines.join('\n')}\n    Equity:Rest\n`,
      )
      .join('\n'),
  );

test.skipIf(!hledger)(
  'each account holds of each unit what hledger says',
  async () => {
    await fc.assert(
      fc.asyncProperty(journal, async (text) => {
        ({ book, documents } = await opened());
        const done = await importFile(book, 'hledger', text);
        // What comes to less than half a cent is refused, and hledger keeps it.
        fc.pre(!done.errors.some(({ code }) => code === 'amount-worthless'));
        expect(done.errors).toEqual([]);
        await recomputeBook(input());
        expect(await reconcileBook(input())).toMatchObject({ differences: [] });
        const body = await report('balances-by-unit', '2025');
        let unit = '';
        const ours: string[] = [];
        for (const { kind, name, path, values } of body.rows) {
          if (kind === 'heading') unit = name;
          if (kind === 'line' && /[1-9]/.test(values['closing']!)) {
            ours.push(`${path} ${unit} ${plain(values['closing']!)}`);
          }
        }
        expect(ours.sort()).toEqual(theirs(text));
      }),
      { numRuns: 4 },
    );
  },
  120_000,
);

const plain = (amount: string): string =>
  amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;

/** What hledger says that accounts hold of other units than the euro. */
function theirs(text: string): string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'random.journal');
  writeFileSync(file, text);
  const args = ['-f', file, 'balance', '--flat', '--no-total', '--layout=bare', '-O', 'csv'];
  return execFileSync(hledger!, args, { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.slice(1, -1).split('","'))
    .filter(([, unit]) => unit !== 'EUR')
    .map(([path, unit, amount]) => `${path} ${unit} ${plain(amount!)}`)
    .sort();
}
