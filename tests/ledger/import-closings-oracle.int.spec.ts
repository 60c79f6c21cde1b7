// Years of made-up journals, closed by hledger itself in the same file: every income statement is what hledger states for the
// file without its closing entries. Without hledger on the PATH this is skipped.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { documentsNow } from '#tests/reports/documents-now.ts';
import { finish, importFile } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

const hledger = onPath('hledger', searchPath());
const folder = mkdtempSync(join(tmpdir(), 'daybook-closings-'));
let home: OpenBook;
beforeAll(async () => {
  home = await openBook();
});
afterAll(async () => {
  await home?.stop();
});

const YEARS = ['2022', '2023', '2024'];
const OTHERS = ['Assets:Bank', 'Liabilities:Card', 'Equity:Owner'];
const RESULT = ['Income:Fees', 'Income:Sales', 'Expenses:Food', 'Expenses:Rent'];

const entry = fc.record({
  day: fc.constantFrom('01-01', '03-15', '07-31', '12-30', '12-31'),
  account: fc.constantFrom(...RESULT),
  other: fc.constantFrom(...OTHERS),
  cents: fc.integer({ min: 1, max: 9_999_999 }),
  back: fc.boolean(),
});
/** Entries of each year, and whether it is closed; an entry with an owner never is all that a year has. */
const years = fc.tuple(
  ...YEARS.map(() =>
    fc.record({
      entries: fc.array(entry, { minLength: 3, maxLength: 12 }),
      closed: fc.boolean(),
      firstInFile: fc.boolean(),
    }),
  ),
);

const plain = (day: string, cents: number, account: string, other: string): string =>
  `${day} entry\n    ${account}  ${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')} EUR\n    ${other}\n`;

const ask = (file: string, ...args: string[]): string =>
  execFileSync(hledger!, ['-f', file, ...args], { encoding: 'utf8' });

let nth = 0;
function written(parts: readonly string[]): string {
  const file = join(folder, `${nth++}.journal`);
  writeFileSync(file, parts.join('\n'));
  return file;
}

/** The journal with hledger's closing entry of each closed year, before or after that year's own entries. */
function closedBy(made: readonly { text: string; closed: boolean; firstInFile: boolean }[]) {
  const parts: string[] = [];
  let closings = 0;
  for (const [at, { closed, firstInFile, text }] of made.entries()) {
    const year = YEARS[at]!;
    const until = ['-e', `${+year + 1}-01-01`];
    const accounts = ['--close-acct', 'Equity:Retained earnings', '--close-desc', 'retained'];
    const asked = ['close', '--close', '-x', ...accounts, '^Income', '^Expenses'];
    const closing = closed ? ask(written([...parts, text]), ...asked, ...until) : '';
    if (closing.includes('EUR')) closings += 1;
    // Its assertions are true at the day's end only.
    parts.push(...(firstInFile ? [closing.replaceAll(' = 0.00 EUR', ''), text] : [text, closing]));
  }
  return { text: parts.join('\n'), closings };
}

/** What hledger says that result accounts moved in each year: income positive, as a statement has it. */
function statedBy(file: string): Map<string, bigint> {
  const rows = ask(
    ...([file, 'balance', '^Income', '^Expenses', '--yearly', '--flat', '--no-total'] as const),
    ...['--layout=tidy', '-O', 'csv', '-b', '2022-01-01', '-e', '2025-01-01'],
  );
  const stated = new Map<string, bigint>();
  for (const row of rows.trim().split('\n').slice(1)) {
    const [account = '', year = '', , , , amount = ''] = row.slice(1, -1).split('","');
    const cents = BigInt(amount.replace('.', ''));
    if (cents !== 0n) stated.set(`${year} ${account}`, account.startsWith('I') ? -cents : cents);
  }
  return stated;
}

async function emptyBook(): Promise<OpenBook> {
  const { commands, ownerId } = home;
  const actor = { userId: ownerId, via: 'session' } as const;
  const asked = { name: 'Closed', slug: `b${nth}`, baseCurrency: 'EUR', chart: 'empty' };
  const { id: bookId } = accepted(
    await commands.createBook(
      { actor, commandId: randomUUID() },
      { ...asked, startDate: '2022-01-01', firstYearEnd: '2022-12-31' },
    ),
  );
  const call: OpenBook['call'] = (commandId = randomUUID()) => ({
    ...{ actor, commandId, book: bookId },
  });
  return { ...home, bookId, call };
}

async function statements(book: OpenBook): Promise<Map<string, bigint>> {
  const paths = new Map(
    (await book.queries.chart(book.bookId)).map(({ code, path }) => [code, path]),
  );
  const stated = new Map<string, bigint>();
  const wanted = YEARS.map((year) => ['income-statement', year] as const);
  for (const { period, rows } of await documentsNow(book, wanted)) {
    const year = period.key;
    for (const { account, kind, values } of rows) {
      const cents = BigInt((values['period'] ?? '0').replace('.', '') || '0');
      if (kind === 'line' && cents !== 0n) stated.set(`${year} ${paths.get(account!)}`, cents);
    }
  }
  return stated;
}

test.skipIf(!hledger)(
  'income statements are those of the journal without what hledger closed',
  {
    timeout: 240_000,
  },
  async () => {
    let recognised = 0;
    await fc.assert(
      fc.asyncProperty(years, async (drawn) => {
        const made = drawn.map(({ closed, entries, firstInFile }, at) => {
          const rest = RESULT.map((account) =>
            plain(`${YEARS[at]}-06-01`, 12_345_67, account, 'Assets:Bank'),
          );
          const texts = entries.map(({ account, back, cents, day, other }) =>
            plain(`${YEARS[at]}-${day}`, back ? -cents : cents, account, other),
          );
          return { text: [...rest, ...texts].join('\n'), closed, firstInFile };
        });
        const { closings, text } = closedBy(made);
        const own = await emptyBook();
        const waiting = await importFile(own, 'hledger', text, { preview: true });
        expect(waiting.preview?.closing).toHaveLength(closings);
        accepted(await own.commands.confirmImport(own.call(), { id: waiting.id }));
        const done = await finish(own, waiting.id);
        expect(done).toMatchObject({ state: 'posted', errors: [] });
        recognised += closings;
        expect(await statements(own)).toEqual(statedBy(written(made.map((year) => year.text))));
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(recognised).toBeGreaterThan(0);
    const verdicts = await verifyBooks(home.store);
    expect(verdicts.filter(({ difference }) => difference !== null)).toEqual([]);
  },
);
