// Recomputing on real databases: fast, only what was touched, in bursts, and the same again.

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { PositionDocument } from '#reports/documents/collections.ts';
import { type RecomputeInput, rebuildBook, recomputeBook } from '#workers/recompute.ts';
import { RecomputeMemory } from '#workers/recompute-memory.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { collectUnused } from '#workers/sweeper.ts';
import { digestsOf, FIRST_YEAR, type LedgerRig, madeUpEntries, startLedger } from './ledger-rig.ts';
import type { RigEntry } from './rig-rows.ts';

let rig: LedgerRig;
const input = (): RecomputeInput => ({
  store: rig.store,
  documents: rig.documents,
  bookId: rig.bookId,
});
const SALE = [
  [1, 5_00n],
  [61, -5_00n],
] as const;

beforeAll(async () => {
  rig = await startLedger(inject('databaseUrl'), inject('mongoUrl'));
  const cash = `update accounts set cash_flow = 'cash' where id in (1, 2)`;
  await rig.record('AccountClassified', cash);
  const controls = `update accounts set controls = 'receivables' where id in (3, 4)`;
  await rig.record('AccountDesignated', controls);
  await rig.post(madeUpEntries(10_000));
  await recomputeBook(input());
}, 120_000);
afterAll(() => rig?.close());

const bodyOf = async (report: 'balance-sheet' | 'trial-balance' | 'journal', period: string) => {
  const head = await rig.documents.head(rig.bookId, report, period as PeriodKey);
  return (await rig.documents.body(head!.digest))!;
};

/** Entries over all days of two years, the same in every run. */
let seed = 7;
const next = (below: number) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
function scattered(count: number, lines: number): RigEntry[] {
  return Array.from({ length: count }, () => {
    const month = `${FIRST_YEAR + next(2)}-${String(1 + next(12)).padStart(2, '0')}`;
    const [one, other] = [1 + next(5), 61 + next(5)];
    return {
      date: `${month}-${String(1 + next(28)).padStart(2, '0')}`,
      closing: next(50) === 0,
      lines: Array.from({ length: lines }, (_, at) =>
        at % 2 ? ([other, -7n * BigInt(lines)] as const) : ([one, 7n * BigInt(lines)] as const),
      ).concat(lines % 2 ? [[next(2) ? one : other, -7n * BigInt(lines)] as const] : []),
    };
  });
}

/** The position document as it is stored. */
async function positionDocument(): Promise<PositionDocument | null> {
  const client = new MongoClient(rig.mongoUrl);
  try {
    const all = client.db(rig.dbName).collection<PositionDocument>('positions');
    return await all.findOne({ _id: rig.bookId });
  } finally {
    await client.close();
  }
}

const textOf = ({ report, period, digest, position, asOf, computedAt }: ReportHead): string =>
  `${report} ${period} ${digest} ${position} ${asOf} ${Date.parse(computedAt)}`;

/** Reports of what a sale in the base currency, without party, dimension or budget, doesn't move. */
const OTHERS_FEED = new Set([
  ...['changes-after-close', 'party-statements', 'tax-return', 'budget', 'income-by-dimension'],
  ...[
    'balances-by-unit',
    'currency-exposure',
    'result-by-dimension',
    'aged-receivables',
    'aged-payables',
  ],
  ...['open-items', 'party-balances'],
]);

describe('a book of 10 000 entries', () => {
  it('has every document at the ledger’s head, equal to what all postings give', async () => {
    const { documents, differences } = await reconcileBook(input());
    expect(differences).toEqual([]);
    expect(documents).toBe((await rig.documents.heads(rig.bookId)).length);
  });

  it('is current within a second of a posting', async () => {
    const times: number[] = [];
    for (let day = 10; day < 20; day++) {
      const head = await rig.post([{ date: `${FIRST_YEAR}-12-${day}`, lines: SALE }]);
      const started = performance.now();
      await recomputeBook(input());
      times.push(performance.now() - started);
      expect((await rig.documents.position(rig.bookId))!.position).toBe(head);
    }
    expect(times.sort((a, b) => a - b)[5]).toBeLessThan(1_000);
  });

  it('computes only what a posting touched, and all later months of a back-dated one', async () => {
    const before = new Map(
      (await rig.documents.heads(rig.bookId)).map((head) => [
        `${head.report}/${head.period}`,
        head,
      ]),
    );
    const head = await rig.post([{ date: `${FIRST_YEAR}-03-31`, lines: SALE }]);
    await recomputeBook(input());
    for (const now of await rig.documents.heads(rig.bookId)) {
      const earlier = before.get(`${now.report}/${now.period}`)!;
      const through = (await rig.documents.body(now.digest))!.period.to;
      const untouched =
        through < `${FIRST_YEAR}-03-31` ||
        OTHERS_FEED.has(now.report) ||
        (now.report === 'income-by-month' && now.period !== `${FIRST_YEAR}`) ||
        (now.report === 'journal' &&
          ![`${FIRST_YEAR}`, `${FIRST_YEAR}-03`, `${FIRST_YEAR}-Q1`].includes(now.period));
      if (untouched) expect(now).toEqual(earlier);
      else expect([now.position, now.digest]).not.toEqual([earlier.position, earlier.digest]);
      if (now.report === 'balance-sheet' && !untouched) expect(now.position).toBe(head);
    }
  });

  it('makes the same documents again when it is rebuilt', async () => {
    const before = await digestsOf(rig);
    const { generation } = (await rig.documents.position(rig.bookId))!;
    await rebuildBook(input());
    expect((await rig.documents.position(rig.bookId))!.generation).toBe(generation + 1);
    expect(await digestsOf(rig)).toEqual(before);
  });

  it('drops what nothing points to, keeps what was downloaded, and still reads whole', async () => {
    const kept = (await rig.documents.head(
      rig.bookId,
      'general-ledger',
      `${FIRST_YEAR}-12` as PeriodKey,
    ))!.digest;
    await rig.documents.keep({ book: rig.bookId, report: 'general-ledger' }, [kept]);
    await rig.post([{ date: `${FIRST_YEAR}-12-28`, lines: SALE }]);
    await recomputeBook(input());
    const ended = AbortSignal.abort();
    expect(await collectUnused({ ...input(), graceMs: -1_000 }, ended)).toBe(0);
    expect(await collectUnused({ ...input(), graceMs: -1_000 })).toBeGreaterThan(0);
    const old = (await rig.documents.body(kept))!;
    const heads = await rig.documents.heads(rig.bookId);
    const bodies = await Promise.all(heads.map(({ digest }) => rig.documents.body(digest)));
    for (const body of [old, ...bodies]) {
      let lines = 0;
      for await (const rows of rig.documents.rowBatches(body!)) {
        lines += rows.filter(({ kind }) => kind === 'line').length;
      }
      expect(lines).toBe(body!.controlTotals.rows);
    }
  }, 60_000);

  it('puts entries of all days and sizes in where cutting everything puts them', async () => {
    const before = (await rig.documents.position(rig.bookId))!.generation;
    for (const [count, lines] of [
      [1, 3_000],
      [40, 2],
      [3, 700],
      [150, 3],
    ] as const) {
      await rig.post(scattered(count, lines));
      await recomputeBook(input());
      // What is remembered and what is stored lead to the same.
      await rig.post(scattered(count, 2));
      await recomputeBook({ ...input(), memory: new RecomputeMemory() });
    }
    await rig.postImport(scattered(300, 4));
    await recomputeBook(input());
    const digests = await digestsOf(rig);
    expect((await rig.documents.position(rig.bookId))!.generation).toBe(before);
    expect((await reconcileBook(input())).differences).toEqual([]);
    await rebuildBook(input());
    expect(await digestsOf(rig)).toEqual(digests);
  }, 120_000);

  it('cuts months anew that a large import came to', async () => {
    await rig.postImport(scattered(2_000, 4));
    await recomputeBook(input());
    expect((await reconcileBook(input())).differences).toEqual([]);
    await rig.post([{ date: `${FIRST_YEAR}-07-07`, lines: SALE }]);
    await recomputeBook(input());
    expect((await reconcileBook(input())).differences).toEqual([]);
  }, 120_000);

  it('tells in the update of the position which heads it moved, and how it went', async () => {
    const before = (await positionDocument())!;
    const head = await rig.post([{ date: `${FIRST_YEAR}-11-30`, lines: SALE }]);
    await recomputeBook(input());
    const { recomputes, recent, last, lastNumber } = (await positionDocument())!;
    expect(recomputes).toBe(before.recomputes + 1);
    expect(lastNumber).toBe(before.lastNumber + 1);
    const heads = await rig.documents.heads(rig.bookId);
    const moved = heads.filter(({ asOf }) => asOf === head);
    expect(recent!.slice(0, moved.length).sort()).toEqual(moved.map(textOf).sort());
    for (const text of recent!) expect(heads.map(textOf)).toContain(text);
    expect(last.documents).toBe(moved.length);
    expect(last.ms).toBeGreaterThanOrEqual(0);
    expect(last.lagMs).toBeLessThan(60_000);
    await rebuildBook(input());
    expect((await positionDocument())!).toMatchObject({ recomputes: recomputes + 1, recent: [] });
  });

  it('keeps the heads of a large move, which leave the position some at a time with the moves after it', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const recentAfter = async (date: string) => {
      await rig.post([{ date, lines: SALE }]);
      await recomputeBook(input());
      return (await positionDocument())!.recent!.length;
    };
    await recentAfter(today);
    // From January on everything moves.
    const counts = [await recentAfter(`${FIRST_YEAR}-01-15`)];
    while (counts.at(-1)! > 64) {
      if (counts.length === 3) expect((await reconcileBook(input())).differences).toEqual([]);
      counts.push(await recentAfter(today));
      const [before, now] = counts.slice(-2) as [number, number];
      expect(now).toBeLessThan(before);
      // No move writes more than 64 heads that it didn't move.
      expect(now).toBeGreaterThanOrEqual(before - 64);
    }
    expect(counts.length).toBeGreaterThan(5);
    expect(await recentAfter(today)).toBe(counts.at(-1));
    expect((await reconcileBook(input())).differences).toEqual([]);
  });

  it('takes ten bursts of 100 entries with far fewer than 1 000 recomputes', async () => {
    const before = (await rig.documents.position(rig.bookId))!.recomputes;
    let head = 0;
    for (let burst = 0; burst < 10; burst++) {
      const working: Promise<unknown>[] = [];
      for (let at = 0; at < 100; at++) {
        head = await rig.post([{ date: `${FIRST_YEAR}-12-24`, lines: SALE }]);
        if (at % 10 === 0) working.push(recomputeBook(input()));
      }
      await Promise.all(working);
    }
    await recomputeBook(input());
    const { position, recomputes } = (await rig.documents.position(rig.bookId))!;
    expect(position).toBe(head);
    expect(recomputes - before).toBeLessThan(700);
  }, 300_000);

  it('prints new names everywhere after an account was renamed', async () => {
    const change = `update accounts set name = 'Łódź', path = 'Łódź' where id = 1`;
    const head = await rig.record('AccountRenamed', change);
    await recomputeBook(input());
    for (const { position } of await rig.documents.heads(rig.bookId)) expect(position).toBe(head);
    const body = await bodyOf('journal', `${FIRST_YEAR}-03`);
    const names = new Set<string>();
    for await (const rows of rig.documents.rowBatches(body))
      for (const { name } of rows) names.add(name);
    expect(names).toContain('Łódź');
    expect(names).not.toContain('Account 1');
    expect((await reconcileBook(input())).differences).toEqual([]);
  });
});
