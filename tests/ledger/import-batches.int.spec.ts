// However many postings a statement takes: the same rows, the same digest, the same sums and the same faults.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageImport } from '#ledger/commands/stage-import.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { readCsv } from '#ledger/formats/csv.ts';
import { readHledger } from '#ledger/formats/journal.ts';
import { bytesOf } from './import-file.ts';
import { accepted, type OpenBook, openBook } from './open-book.ts';

let book: OpenBook;
let importId: number;
beforeAll(async () => {
  book = await openBook();
  importId = accepted(
    await book.commands.startImport(book.call(), {
      format: 'csv',
      fileName: 'batches.csv',
      options: {},
      file: bytesOf('date\n'),
    }),
  ).id;
});
afterAll(() => book?.stop());

const READ = { currency: 'EUR', exponent: 2, locale: 'en-IE' };
const READERS = { csv: readCsv, hledger: readHledger };

/** What staging a text leaves, without the ids that sequences gave. */
async function stagedBy(format: keyof typeof READERS, text: string, batchSize: number) {
  const client = await book.store.pool.connect();
  try {
    await client.query('begin');
    const facts = {
      book: book.bookId,
      importId,
      exponent: 2,
      startDate: '2026-01-01' as CalendarDate,
      lockedThrough: null,
      today: '2026-12-31' as CalendarDate,
      types: {},
      firstYearEnd: '2026-12-31' as CalendarDate,
      closingEntries: 'recognise' as const,
      createAccounts: true,
      createParties: false,
      createValues: false,
      preview: false,
      batchSize,
      currency: READ.currency,
    };
    async function* pieces() {
      yield text;
    }
    const staged = await stageImport(client, facts, () => READERS[format](pieces(), READ));
    const { rows } = await client.query(
      `select e.ordinal, e.entry_date::text, e.kind, e.closing, e.reference, e.description, p.line,
         coalesce(a.path, 'new ' || dense_rank() over (order by p.account_id)) as account, p.side, p.amount, p.memo
       from journal_entries e join postings p on p.entry_id = e.id left join accounts a on a.id = p.account_id
       where e.import_id = $1 order by e.ordinal, p.line`,
      [importId],
    );
    const { digest, newAccounts, sums, ...rest } = staged;
    const known = newAccounts.length === 0;
    const named = newAccounts.map(({ id: _, ...account }) => account);
    return {
      rows,
      rest,
      named,
      sums: sums.map(({ account: _, ...sum }) => sum),
      digest: known && digest,
    };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const ENTRY = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 12 }),
  closing: fc.boolean(),
  text: fc.constantFrom('Rent', 'Back\\slash', 'A\ttab', '\\.', '\\N', 'Café €', ''),
  amounts: fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 6 }),
});
type Entry = typeof ENTRY extends fc.Arbitrary<infer T> ? T : never;

const cents = (units: number) =>
  `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}`;

const csvOf = (entries: readonly Entry[], odd: boolean): string => {
  const rows = entries.flatMap(({ amounts, closing, day, month, text }, nth) => {
    const date = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const row = (account: string, debit: string, credit: string) =>
      `${date},R${nth},${text},${account},${debit},${credit},${closing ? 'closing' : ''},${text}`;
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return [
      ...amounts.map((amount) => row('1000', cents(amount), '')),
      row('4000', '', cents(total)),
    ];
  });
  if (odd) rows.push('2026-03-01,X,x,1000,1.00,,,');
  return `date,reference,description,account,debit,credit,kind,memo\n${rows.join('\n')}\n`;
};

test('CSV', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ENTRY, { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (entries, odd, batchSize) => {
        const text = csvOf(entries, odd);
        const inBatches = await stagedBy('csv', text, batchSize);
        expect(inBatches).toEqual(await stagedBy('csv', text, 100_000));
        expect(inBatches.rest.issueCount).toBe(odd ? 1 : 0);
      },
    ),
    { numRuns: 25 },
  );
});

test('a journal with new accounts and assertions', async () => {
  const entry = (nth: number) =>
    `2026-05-0${1 + (nth % 9)} e${nth}\n  Assets:Box${nth % 7}  1 EUR\n  Equity:Capital${nth === 20 ? '  -1 EUR = -99 EUR' : ''}\n`;
  const text = Array.from({ length: 40 }, (_, nth) => entry(nth)).join('\n');
  const whole = await stagedBy('hledger', text, 100_000);
  for (const batchSize of [1, 2, 7, 30]) {
    expect(await stagedBy('hledger', text, batchSize)).toEqual(whole);
  }
  expect(whole.rest).toMatchObject({ issueCount: 1, issues: [{ code: 'assertion-failed' }] });
});
