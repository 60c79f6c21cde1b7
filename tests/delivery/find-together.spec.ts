// Heads of several reports at one position: from memory where they are provably together, else from the store.
import { expect, test } from 'vitest';
import type { Month, PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { findTogether } from '#reports/delivery/find-together.ts';
import { createHeadSource } from '#reports/delivery/head-source.ts';
import type { HeadAt } from '#reports/documents/read-heads.ts';

const [BOOK, PERIOD] = [1, '2026-03' as PeriodKey];
const REPORTS = ['balance-sheet', 'trial-balance'];

const headAt = (report: string, asOf: number): ReportHead => ({
  ...{ report, period: PERIOD, digest: `${report}@${asOf}`, position: asOf, asOf },
  computedAt: '2026-04-01T00:00:00.000Z',
});

/** A store at position 5 whose heads were computed as of these. */
function store(asOf: Readonly<Record<string, number>>, trusted = true) {
  const asked = { heads: 0, together: 0 };
  const position = {
    ...{ book: BOOK, position: 5, hash: '', head: 5, through: '2026-03' as Month, generation: 1 },
    ...{ schemaVersion: 1, recomputes: 9, last: null, updatedAt: '' },
  };
  const heads = createHeadSource(
    async (wanted): Promise<HeadAt[]> => {
      asked.heads++;
      return wanted.map(({ report }) => {
        const own = asOf[report];
        return { position, head: own === undefined ? null : headAt(report, own) };
      });
    },
    async () => {},
    () => trusted,
  );
  if (trusted) heads.cache.trust();
  const documents = {
    async headsTogether() {
      asked.together++;
      return { position: 6, heads: REPORTS.map((report) => headAt(report, 6)) };
    },
  };
  return { asked, heads, find: () => findTogether(documents, heads, BOOK, PERIOD, REPORTS) };
}

test('are looked up together once, then taken from memory', async () => {
  const { asked, find } = store({ 'balance-sheet': 5, 'trial-balance': 3 });
  for (let time = 0; time < 3; time++) {
    const found = await find();
    expect(found?.position).toBe(5);
    expect(found?.heads.map(({ digest }) => digest)).toEqual([
      'balance-sheet@5',
      'trial-balance@3',
    ]);
  }
  // The first is asked for at once, the others together after it.
  expect(asked).toEqual({ heads: 2, together: 0 });
});

test('a head of a move that wasn’t told yet is given with no older one', async () => {
  const { asked, find, heads } = store({ 'balance-sheet': 6, 'trial-balance': 5 });
  expect((await find())?.position).toBe(6);
  expect(asked.together).toBe(1);
  // The move is told: from then on they are together.
  const move = { book: BOOK, position: 6, generation: null, recomputes: 10 };
  heads.cache.moved({ ...move, heads: [headAt('balance-sheet', 6)] });
  expect((await find())?.heads.map(({ digest }) => digest)).toEqual([
    ...['balance-sheet@6', 'trial-balance@5'],
  ]);
  expect(asked.together).toBe(1);
});

test.each([
  ['the change stream isn’t trusted', { 'balance-sheet': 5, 'trial-balance': 5 }, false],
  ['one isn’t there', { 'balance-sheet': 5 }, true],
])('the store is asked where %s', async (_where, asOf, trusted) => {
  const { asked, find } = store(asOf, trusted);
  expect((await find())?.position).toBe(6);
  expect(asked.together).toBe(1);
});
