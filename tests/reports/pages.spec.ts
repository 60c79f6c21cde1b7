// Pages of the long reports: how they are cut, that an entry put in between gives what cutting everything gives and
// rewrites little, and how they read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cutting,
  climb,
  cutOf,
  type NodeBody,
  type PageBody,
  PageCutter,
  type PageEntry,
  type Stretch,
  stretchOf,
} from '#reports/catalogue/pages.ts';
import type { ReportRow } from '#reports/catalogue/report.ts';
import { pageOfReport, rowBatches } from '#reports/documents/read-pages.ts';
import { insertEntries, type ReadContents } from '#workers/recompute-insert.ts';
import { Book } from './written-book.ts';
import type { WrittenEntry } from './written-entries.ts';

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => from + at);

const entryOf = (number: number, day = 1, lines = 1): PageEntry => [
  `2024-01-${String(day).padStart(2, '0')}`,
  number,
  `Entry ${number}`,
  '',
  0,
  Array.from({ length: lines }, (_, at) => [1, at % 2 ? -1 : 1, `${number}.00`, '']),
];

/** Keeps what is made, and reads it again. */
class Shelf implements ReadContents {
  readonly texts = new Map<string, string>();
  readonly cutting: Cutting;
  reads = 0;

  constructor(headings: boolean) {
    const keep: Cutting['keep'] = ({ digest, json }) => this.texts.set(digest, json);
    this.cutting = { book: 1, of: 'journal', exponent: 2, headings, keep };
  }

  cut(entries: readonly PageEntry[]): Stretch | null {
    const cutter = new PageCutter(this.cutting);
    const order = entries.toSorted(([a, one], [b, two]) => (a < b ? -1 : a > b ? 1 : one - two));
    for (const entry of order) cutter.add(entry);
    return climb(this.cutting, cutter.finish());
  }

  insert(stretch: Stretch | null, entries: readonly PageEntry[], gone = new Set<string>()) {
    const order = entries.toSorted(([a, one], [b, two]) => (a < b ? -1 : a > b ? 1 : one - two));
    return insertEntries(this.cutting, this, stretch, order, (digest) => gone.add(digest));
  }

  async entries(pages: readonly Stretch[]): Promise<PageEntry[]> {
    this.reads += pages.length;
    return pages.flatMap(({ ref }) => [
      ...(JSON.parse(this.texts.get(ref.digest)!) as PageBody).entries,
    ]);
  }

  async stretches({ ref }: Stretch): Promise<Stretch[]> {
    this.reads++;
    const { stretches } = JSON.parse(this.texts.get(ref.digest)!) as NodeBody;
    return stretches.map((own) => stretchOf(own, 2));
  }

  /** Rows of all pages under a stretch, in order. */
  pageRows(stretch: Stretch): number[] {
    if (stretch.ref.level === 0) return [stretch.ref.rows];
    const { stretches } = JSON.parse(this.texts.get(stretch.ref.digest)!) as NodeBody;
    return stretches.flatMap((ref) => this.pageRows(stretchOf(ref, 2)));
  }
}

describe('cutting', () => {
  it('cuts before one entry in 64, whatever steps the numbers take', () => {
    for (const step of [1, 2, 64, 100, 256, 1_000]) {
      const cuts = numbers(0, 64_000).filter((at) => cutOf(1 + at * step) > 0).length;
      expect(cuts).toBeGreaterThan(850);
      expect(cuts).toBeLessThan(1_150);
    }
  });

  it('keeps pages to 250 rows, and an entry of 10 000 lines on as many as it needs', () => {
    const shelf = new Shelf(true);
    expect(shelf.pageRows(shelf.cut([entryOf(7, 1, 10_000)])!)).toEqual([
      ...Array(40).fill(250),
      1,
    ]);
  });

  it('keeps the nodes small, and little to rewrite for an entry in between', async () => {
    const shelf = new Shelf(false);
    const before = shelf.cut(
      numbers(1, 100_000).map((number) => entryOf(number, 1 + (number % 28))),
    )!;
    expect(before.ref).toMatchObject({ rows: 100_000, lines: 100_000 });
    const made = new Set(shelf.texts.keys());
    const gone = new Set<string>();
    const after = await shelf.insert(before, [entryOf(100_001, 14)], gone);
    expect(after.ref.rows).toBe(100_001);
    const fresh = [...shelf.texts].filter(([digest]) => !made.has(digest));
    expect(fresh.length).toBeLessThanOrEqual(gone.size);
    expect(shelf.reads).toBeLessThan(12);
    expect(fresh.reduce((sum, [, json]) => sum + json.length, 0)).toBeLessThan(120_000);
  });

  it('gives the same, byte for byte, however entries come in', async () => {
    const drawn = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      // Large entries on one account, and mostly small ones.
      lines: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 1, max: 4 }) },
        { weight: 1, arbitrary: fc.integer({ min: 200, max: 900 }) },
      ),
    });
    const books = fc.record({
      headings: fc.boolean(),
      first: fc.integer({ min: 1, max: 1_000_000 }),
      entries: fc.array(drawn, { minLength: 1, maxLength: 900, size: 'max' }),
      batches: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(books, async ({ headings, first, entries, batches }) => {
        const all = entries.map(({ day, lines }, at) => entryOf(first + at, day, lines));
        const shelf = new Shelf(headings);
        let stretch: Stretch | null = null;
        for (let start = 0, at = 0; start < all.length; at++) {
          const count = batches[at % batches.length]!;
          stretch = await shelf.insert(stretch, all.slice(start, start + count));
          start += count;
        }
        expect(stretch).toEqual(new Shelf(headings).cut(all));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
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
let asked = 0;
const texts = async (digests: readonly string[]) => {
  asked += digests.length;
  return new Map(digests.map((digest) => [digest, book.bodies.get(digest)!.json]));
};

async function allRows(...[report, period]: Parameters<Book['report']>): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for await (const batch of rowBatches(texts, book.report(report, period))) {
    expect(batch.length).toBeLessThanOrEqual(1_250);
    rows.push(...batch);
  }
  return rows;
}

describe('reading', () => {
  it('runs the balance through all pages of an account to its closing', async () => {
    const body = book.report('general-ledger', '2024-01');
    const rows = await allRows('general-ledger', '2024-01');
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
    const rows = await allRows('journal', '2024-01');
    const headings = rows.filter(({ kind }) => kind === 'heading');
    expect(headings).toHaveLength(1_500);
    expect(headings.map(({ values }) => values.date)).toEqual(
      headings.map(({ values }) => values.date).sort(),
    );
    expect(rows[1]).toMatchObject({ account: '1000', name: 'Bank', values: { debit: '0.28' } });
  });

  it.each([
    ['journal', '2024-01'],
    ['general-ledger', '2024'],
  ] as const)(
    'cuts the same pages of a %s for everyone, together all of it',
    async (report, key) => {
      const body = book.report(report, key);
      const first = (await pageOfReport(texts, body, 1))!;
      const rows: ReportRow[] = [];
      for (let page = 1; page <= first.pages; page++) {
        asked = 0;
        const shown = (await pageOfReport(texts, body, page))!;
        expect(shown.rows.length).toBeGreaterThan(0);
        expect(shown.rows.length).toBeLessThanOrEqual(750);
        // No page reads those before it.
        expect(asked).toBeLessThan(30);
        rows.push(...shown.rows);
      }
      expect(rows).toEqual(await allRows(report, key));
      expect(await pageOfReport(texts, body, first.pages + 1)).toBeNull();
    },
  );

  it('has one page of a month in which nothing happened', async () => {
    const empty = book.report('journal', '2024-05');
    expect(await pageOfReport(texts, empty, 1)).toMatchObject({ page: 1, pages: 1 });
  });
});
