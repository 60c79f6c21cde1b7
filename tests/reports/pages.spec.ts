// Pages of the long reports: how they are cut, that a slipped-in entry leaves the others alone, and how they read.
import { describe, expect, it } from 'vitest';
import type { Month } from '#ledger/domain/calendar.ts';
import { ledgerPages, type PostingLine } from '#reports/catalogue/pages.ts';
import type { ReportRow } from '#reports/catalogue/report.ts';
import { pageOfReport, rowBatches } from '#reports/documents/read-pages.ts';
import { Book, type WrittenEntry } from './written-book.ts';

const SOURCE = { book: 1, exponent: 2, month: '2024-01' as Month };

const posting = (entry: number, day = 1): PostingLine => ({
  ...{
    account: 1,
    date: `2024-01-${String(day).padStart(2, '0')}`,
    entry,
    side: 'debit',
    amount: 100n,
  },
  ...{ memo: '', reference: '', description: `Entry ${entry}` },
});

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => from + at);

describe('cutting', () => {
  it('keeps pages to 500 rows, and an entry of 10 000 lines on as many as it needs', () => {
    const { stubs } = ledgerPages(
      SOURCE,
      1,
      Array.from({ length: 10_000 }, () => posting(7)),
    );
    expect(stubs.map(({ rows }) => rows)).toEqual(Array(20).fill(500));
  });

  it('rewrites one page when an entry slips in between', () => {
    const before = numbers(1, 3_000).map((number) => posting(number, 1 + Math.floor(number / 200)));
    const after = before.toSpliced(1_234, 0, { ...posting(3_001), date: before[1_234]!.date });
    const digests = new Set(ledgerPages(SOURCE, 1, before).stubs.map(({ digest }) => digest));
    const changed = ledgerPages(SOURCE, 1, after).stubs.filter(
      ({ digest }) => !digests.has(digest),
    );
    expect(digests.size).toBeGreaterThan(10);
    expect(changed).toHaveLength(1);
  });
});

const entries: WrittenEntry[] = numbers(1, 1_500).map((number) => ({
  date: `2024-01-${String(1 + (number % 28)).padStart(2, '0')}`,
  description: `Sale ${number}`,
  lines: [
    { account: 1, side: 'debit', amount: BigInt(number) },
    { account: 2, side: 'credit', amount: BigInt(number) },
  ],
}));
const book = new Book({ accounts: '1000 asset Bank\n4000 income Sales', entries });
const texts = async (digests: readonly string[]) =>
  new Map(digests.map((digest) => [digest, book.bodies.get(digest)!.json]));

describe('reading', () => {
  it('runs the balance through all pages of an account to its closing', async () => {
    const body = book.report('general-ledger', '2024-01');
    const rows: ReportRow[] = [];
    for await (const batch of rowBatches(texts, body)) {
      expect(batch.length).toBeLessThanOrEqual(503);
      rows.push(...batch);
    }
    const bank = rows.slice(0, rows.findIndex(({ kind }) => kind === 'subtotal') + 1);
    expect(bank).toHaveLength(1_503);
    expect(bank.at(-2)!.values.balance).toBe('11257.50');
    expect(bank.at(-1)!.values).toMatchObject({ debit: '11257.50', balance: '11257.50' });
    expect(rows.filter(({ kind }) => kind === 'line')).toHaveLength(body.controlTotals.rows);
    expect(rows.at(-1)).toMatchObject({
      kind: 'total',
      values: { debit: '11257.50', credit: '11257.50' },
    });
  });

  it('shows a liability or income account growing on its credit side', async () => {
    const body = book.report('general-ledger', '2024');
    const last = (await pageOfReport(texts, body, (await pageOfReport(texts, body, 1))!.pages))!;
    expect(last.rows.at(-2)).toMatchObject({
      name: 'Closing balance',
      values: { balance: '11257.50' },
    });
  });

  it('lists every entry of the journal once, lines under their heading, in the order of dates', async () => {
    const rows: ReportRow[] = [];
    for await (const batch of rowBatches(texts, book.report('journal', '2024-01')))
      rows.push(...batch);
    const headings = rows.filter(({ kind }) => kind === 'heading');
    expect(headings).toHaveLength(1_500);
    expect(headings.map(({ values }) => values.date)).toEqual(
      headings.map(({ values }) => values.date).sort(),
    );
    expect(rows[1]).toMatchObject({ account: '1000', name: 'Bank', values: { debit: '0.28' } });
  });

  it('cuts the same pages for everyone, and says how many there are', async () => {
    const body = book.report('journal', '2024-01');
    const first = (await pageOfReport(texts, body, 1))!;
    expect(first.rows.length).toBeLessThanOrEqual(500);
    expect(await pageOfReport(texts, body, first.pages + 1)).toBeNull();
    const empty = book.report('journal', '2024-05');
    expect(await pageOfReport(texts, empty, 1)).toMatchObject({ page: 1, pages: 1 });
  });
});
