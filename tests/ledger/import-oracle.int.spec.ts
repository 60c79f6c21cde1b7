// Journals made up at random, read by Daybook and by hledger: the same balance on every account, to the cent. Without
// hledger on the PATH this is skipped, and `npm test` says so.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { importFile } from './import-file.ts';
import { type OpenBook, openBook } from './open-book.ts';

const hledger = onPath('hledger', searchPath());
let book: OpenBook;
beforeAll(async () => {
  book = await openBook({ baseCurrency: 'USD', locale: 'en-US' });
});
afterAll(() => book?.stop());

const ACCOUNTS = [
  'Assets:Cash',
  'Assets:Bank:Main',
  'Liabilities:Card',
  'Income:Fees',
  'Expenses:Food',
  'Expenses:Food:Out',
];

/** An amount written in one of the ways that people do. */
const written = fc
  .tuple(
    fc.integer({ min: -99_999_999, max: 99_999_999 }),
    fc.constantFrom('$', '-$', 'USD', 'after', 'plain'),
  )
  .map(([cents, style]) => {
    const sign = cents < 0 ? '-' : '';
    const whole = Math.floor(Math.abs(cents) / 100).toString();
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    const decimals = String(Math.abs(cents) % 100).padStart(2, '0');
    if (style === '$') return `$${sign}${grouped}.${decimals}`;
    if (style === '-$') return `${sign}$${grouped}.${decimals}`;
    if (style === 'USD') return `$${sign}${whole}.${decimals}`;
    return style === 'after' ? `${sign}$${whole}.${decimals}` : `$ ${sign}${grouped}.${decimals}`;
  });

const entry = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 9 }),
  separator: fc.constantFrom('-', '/', '.'),
  mark: fc.constantFrom('', '* ', '! '),
  code: fc.constantFrom('', '(INV-1) ', '(7) '),
  lines: fc.array(fc.tuple(fc.constantFrom(...ACCOUNTS), written), { minLength: 1, maxLength: 5 }),
  rest: fc.constantFrom(...ACCOUNTS),
});

const journal = fc.array(entry, { minLength: 5, maxLength: 60 }).map((entries) =>
  entries
    .map(({ code, day, lines, mark, month, rest, separator }, nth) => {
      const postings = lines.map(([account, amount]) => `    ${account}  ${amount}  ; line`);
      return `2026${separator}${month}${separator}${day} ${mark}${code}Entry ${nth} ; note\n${postings.join('\n')}\n    ${rest}\n`;
    })
    .join('\n'),
);

const inCents = (text: string) => BigInt(text.replace(/[$,.\s]/g, ''));

function byHledger(file: string): Map<string, bigint> {
  const out = execFileSync(
    hledger!,
    ['-f', file, 'bal', '-N', '--flat', '-E', '-O', 'csv', '-c', '$1,000.00'],
    { encoding: 'utf8' },
  );
  return new Map(
    [...out.matchAll(/^"([^"]+)","([^"]*)"$/gm)]
      .slice(1)
      .map(([, account, amount]) => [account!, amount === '0' ? 0n : inCents(amount!)]),
  );
}

async function balances(): Promise<Map<string, bigint>> {
  const accounts = await book.queries.accountBalances(book.bookId);
  return new Map(accounts.map(({ path, balance }) => [path, inCents(balance)]));
}

test.skipIf(!hledger)(
  'every account of a made-up journal has the balance that hledger finds',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daybook-oracle-'));
    let nth = 0;
    await fc.assert(
      fc.asyncProperty(journal, async (text) => {
        const file = join(folder, `${nth++}.journal`);
        writeFileSync(file, text);
        const before = await balances();
        const done = await importFile(book, 'hledger', text, { again: true });
        expect(done.errors).toEqual([]);
        const after = await balances();
        const wanted = byHledger(file);
        expect(wanted.size).toBeGreaterThan(0);
        for (const [account, balance] of wanted) {
          expect((after.get(account) ?? 0n) - (before.get(account) ?? 0n), account).toBe(balance);
        }
      }),
      { numRuns: 15 },
    );
  },
);
