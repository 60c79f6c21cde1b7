// Books whose names and texts are made of whatever hurts, written for hledger and Beancount: Daybook's reader finds the
// same book to the letter, hledger the same balances, and bean-check has nothing to complain of. Tools that are not on the
// PATH are skipped, and `npm test` says so.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCOUNT_TYPES } from '#ledger/domain/account.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { ENTRY_KINDS } from '#ledger/domain/journal-entry.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { readBeancount } from '#ledger/formats/beancount.ts';
import { readHledger } from '#ledger/formats/journal.ts';
import type { SourceAccount, SourceItem } from '#ledger/formats/source-item.ts';
import { writeBeancount } from '#ledger/formats/write-beancount.ts';
import { writeHledger } from '#ledger/formats/write-hledger.ts';
import type { WrittenBook, WrittenEntry } from '#ledger/formats/written-book.ts';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';

const hledger = onPath('hledger', searchPath());
const beanCheck = onPath('bean-check', searchPath());
const folder = mkdtempSync(join(tmpdir(), 'daybook-exports-'));

const SIGNS =
  '; | * ! = == @ @@ # ~ " \\ ( ) [ ] { } < > : , . - \u3000 \u00a0 \u2028 \u2029 \ufeff · \\n';
const WORDS = [
  ...SIGNS.split(' '),
  ...['date:', 'date: 2024-01-01', 'date2:x', '[2024-01-01]', '[=1/2]', '2024-01-01', '10 EUR'],
  ...['(INV-1)', 'kind: closing', 'memo: "x"', 'number: 1', 'code: 1000', '½', 'Ⅷ', '现金', '𝒜'],
  ...['Bank', 'rent', '1000', 'ǆ', 'ß', 'Ø', 'Ж', '﷽', ' ', '  ', 'n\u0303'],
];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constant('x'.repeat(1_500)),
);
/** What reaches the tables from files: anything but NUL, with ends of lines. */
const text = fc
  .oneof(anyText, fc.constantFrom('a\nb', 'a\r\nb', '\ta', 'a\t;b', ' a', 'a '))
  .map((said) => said.replaceAll('\0', ''));
/** Part of an account's name. */
const partOf = (said: fc.Arbitrary<string>) =>
  said
    .map((name) => name.replace(/[\p{Cc}:]/gu, '').trim())
    .filter((name) => name !== '' && name.length <= 60);
const anyPart = partOf(anyText);
/** Versions of Beancount know different letters: names for it are made of those that all know. */
const commonPart = partOf(
  fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
    .map((words) => words.join('')),
);

const accountsOf = (part: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(
      fc.record({
        path: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(':')),
        name: part,
        code: fc.stringMatching(/^[a-zØ0-9.-]{1,6}$/),
        type: fc.constantFrom(...ACCOUNT_TYPES),
        closed: fc.boolean(),
        isCash: fc.boolean(),
      }),
      { minLength: 2, maxLength: 7, selector: ({ code }) => code },
    )
    .map((made) => made.filter(({ path }, at) => made.findIndex((o) => o.path === path) === at))
    .filter((made) => made.length > 1)
    .map((made) => made.map((one, at) => ({ ...one, id: at + 1 })));

const entry = fc.record({
  date: fc.constantFrom('2024-02-29', '2024-03-01', '2025-12-31'),
  kind: fc.constantFrom(...ENTRY_KINDS),
  reference: text.map((said) => said.trim()),
  description: text.filter((said) => said !== ''),
  amount: fc.oneof(fc.constantFrom(0n, 1n, 10n ** 18n - 1n), fc.bigInt(0n, 10n ** 9n)),
  from: fc.nat(),
  to: fc.nat(),
  memos: fc.tuple(text, text),
  reverses: fc.option(fc.integer({ min: 1, max: 99 })),
});
const bookOf = (part: fc.Arbitrary<string>) =>
  fc
    .record({
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
      name: part,
      accounts: accountsOf(part),
      entries: fc.array(entry, { minLength: 1, maxLength: 8 }),
    })
    .map(({ accounts, currency, entries, name }) => {
      const exponent = exponentOf(currency as CurrencyCode);
      const at = (nth: number) => accounts[nth % accounts.length]!.id;
      const book: WrittenBook = {
        ...{ name, currency, exponent, position: 7, startDate: '2024-01-01' },
        ...{ accounts, units: [], rates: [] },
      };
      const made = entries.map(({ amount, from, memos, to, ...rest }, nth): WrittenEntry => {
        const line = (account: number, signed: bigint, memo: string) => ({
          ...{ account, amount: decimalText(signed, exponent), memo, details: null, units: null },
        });
        return {
          ...rest,
          number: nth + 1,
          closing: rest.kind === 'closing',
          recordedAt: '2026-11-27T00:00:00.000Z',
          lines: [line(at(from), amount, memos[0]), line(at(to), -amount, memos[1])],
        };
      });
      return { book, entries: made };
    });
const anyBook = bookOf(anyPart);
type Written = typeof anyBook extends fc.Arbitrary<infer T> ? T : never;

const FORMATS = {
  hledger: { write: writeHledger, read: readHledger },
  beancount: { write: writeBeancount, read: readBeancount },
} as const;

async function fileOf(format: keyof typeof FORMATS, { book, entries }: Written): Promise<string> {
  async function* batches() {
    yield entries.slice(0, 3);
    yield entries.slice(3);
  }
  let file = '';
  for await (const piece of FORMATS[format].write(book, batches())) file += piece;
  return file;
}

async function readBack(format: keyof typeof FORMATS, file: string, { book }: Written) {
  async function* pieces() {
    for (let at = 0; at < file.length; at += 100) yield file.slice(at, at + 100);
  }
  const { currency, exponent } = book;
  const items: SourceItem[] = [];
  for await (const item of FORMATS[format].read(pieces(), { currency, exponent, locale: 'en' })) {
    items.push(item);
  }
  return items;
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
const inMinorUnits = (amount: string) => BigInt(amount.replace('.', ''));

/** The book as the reader must find it. */
function expected({ book, entries }: Written) {
  const paths = new Map(book.accounts.map(({ id, path }) => [id, path]));
  return {
    accounts: book.accounts
      .map(({ code, name, path, type }) => ({ path, code, name, accountType: type }))
      .sort(byPath),
    entries: entries.map(({ date, description, kind, lines, reference }) => ({
      ...{ date, description, kind, reference },
      postings: lines.map(({ account, amount, memo }) => [
        ...[paths.get(account), inMinorUnits(amount), memo],
      ]),
    })),
  };
}

function found(items: readonly SourceItem[]) {
  return {
    accounts: items
      .filter((item): item is SourceAccount => item.type === 'account')
      .map(({ accountType, code, name, path }) => ({
        ...{ path, code, accountType },
        name: name ?? path.slice(path.lastIndexOf(':') + 1),
      }))
      .sort(byPath),
    entries: items
      .filter((item) => item.type === 'entry')
      .map(({ date, description, kind, postings, reference }) => ({
        ...{ date, description, kind, reference },
        postings: postings.map(({ account, amount, memo }) => [account, amount, memo]),
      })),
  };
}

test.each(['hledger', 'beancount'] as const)('%s: read back to the letter', async (format) => {
  await fc.assert(
    fc.asyncProperty(anyBook, async (made) => {
      const file = await fileOf(format, made);
      const items = await readBack(format, file, made);
      expect(items.filter(({ type }) => type === 'issue' || type === 'note')).toEqual([]);
      expect(found(items)).toEqual(expected(made));
    }),
    { numRuns: 400 },
  );
});

/** Balances by the account's code, which the file says beside its name. */
function byHledger(file: string, exponent: number): Map<string, bigint> {
  const path = join(folder, 'book.journal');
  writeFileSync(path, file);
  const codes = new Map(
    [...file.matchAll(/^account (.*?) {2}; type: ., code: ([^,\s]+)/gmsu)].map(([, name, code]) => [
      name!,
      code!,
    ]),
  );
  const options = ['balance', '--flat', '--no-total', '--empty', '-O', 'csv'];
  const out = execFileSync(hledger!, ['-f', path, ...options], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const rows = out.split('\n').filter(Boolean).slice(1);
  return new Map(
    rows.map((row) => {
      const [, name = '', amount = ''] = /^"(.*)","([^"]*)"$/su.exec(row) ?? [];
      const [whole = '0', decimals = ''] = amount.replace(/[^\d.-]/g, '').split('.');
      const balance = BigInt(whole + decimals.padEnd(exponent, '0'));
      return [codes.get(name.replaceAll('""', '"')) ?? `of no account: ${name}`, balance];
    }),
  );
}

test.skipIf(!hledger)('hledger has the same balances', async () => {
  await fc.assert(
    fc.asyncProperty(anyBook, async (made) => {
      const wanted = new Map<string, bigint>();
      for (const { account, amount } of made.entries.flatMap(({ lines }) => lines)) {
        const { code } = made.book.accounts.find(({ id }) => id === account)!;
        wanted.set(code, (wanted.get(code) ?? 0n) + inMinorUnits(amount));
      }
      const theirs = byHledger(await fileOf('hledger', made), made.book.exponent);
      expect(new Map([...theirs].sort())).toEqual(new Map([...wanted].sort()));
    }),
    { numRuns: 60 },
  );
});

test.skipIf(!beanCheck)('bean-check complains of nothing', async () => {
  await fc.assert(
    fc.asyncProperty(bookOf(commonPart), async (made) => {
      const path = join(folder, 'book.beancount');
      writeFileSync(path, await fileOf('beancount', made));
      execFileSync(beanCheck!, [path], { encoding: 'utf8', stdio: 'pipe' });
    }),
    { numRuns: 20, endOnFailure: true },
  );
});
