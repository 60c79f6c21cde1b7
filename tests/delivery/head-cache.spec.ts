// The heads in memory, whatever way look-ups and the stream's news cross each other: what is given is never older than
// the position that is claimed for it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Month, PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { HeadCache, headKey, type Reading } from '#reports/delivery/head-cache.ts';
import type { BookMove } from '#reports/documents/changes.ts';
import type { HeadAt } from '#reports/documents/read-heads.ts';
import type { DocumentsPosition } from '#reports/documents/reader.ts';

const BOOK = 7;
const PERIODS = ['2026-01', '2026-02'] as PeriodKey[];

const headAt = (period: PeriodKey, asOf: number): ReportHead => ({
  ...{ report: 'trial-balance', period, digest: `${period}@${asOf}`, position: asOf, asOf },
  computedAt: new Date(asOf).toISOString(),
});
const keyOf = (period: PeriodKey) => headKey('trial-balance', period);
const wanted = (period: PeriodKey) => ({ book: BOOK, report: 'trial-balance', period }) as const;

/** A document store of one book: its moves in order, and what a look-up finds at each moment. */
class Store {
  position = 1;
  recomputes = 1;
  generation = 1;
  readonly heads = new Map(PERIODS.map((period) => [period, headAt(period, 1)]));
  /** By generation and period, the positions from which each head was current. */
  readonly history = new Map(PERIODS.map((period) => [`1/${period}`, [1]]));
  readonly told: BookMove[] = [];

  move(periods: readonly PeriodKey[], rebuild: boolean): void {
    this.position++;
    this.recomputes++;
    if (rebuild) this.generation++;
    for (const period of rebuild ? PERIODS : periods) {
      const known = this.history.get(`${this.generation}/${period}`) ?? [];
      this.history.set(`${this.generation}/${period}`, [...known, this.position]);
      this.heads.set(period, headAt(period, this.position));
    }
    this.told.push({
      book: BOOK,
      position: this.position,
      generation: rebuild ? this.generation : null,
      recomputes: this.recomputes,
      heads: rebuild ? [] : periods.map((period) => this.heads.get(period)!),
    });
  }

  /** The `asOf` that a head must have at least to be valid at a position. */
  least(period: PeriodKey, position: number): number {
    const all = [...this.history]
      .filter(([key]) => key.endsWith(`/${period}`))
      .flatMap(([, at]) => at);
    return Math.max(...all.filter((at) => at <= position));
  }

  positionNow(): DocumentsPosition {
    const { position, generation, recomputes } = this;
    return {
      ...{ book: BOOK, position, generation, recomputes, head: position },
      ...{ hash: '', through: '2026-03' as Month, last: null, updatedAt: '', schemaVersion: 1 },
    };
  }
}

interface LookUp {
  readonly period: PeriodKey;
  readonly reading: Reading;
  position: DocumentsPosition | null;
  found: HeadAt | null;
}

const period = fc.constantFrom(...PERIODS);
const step = fc.oneof(
  fc.record({
    do: fc.constant('move' as const),
    periods: fc.uniqueArray(period),
    rebuild: fc.nat(3),
  }),
  fc.record({ do: fc.constant('begin' as const), period }),
  fc.record({ do: fc.constantFrom('position', 'head', 'end'), nth: fc.nat(5) }),
  fc.record({ do: fc.constant('tell' as const) }),
  fc.record({ do: fc.constantFrom('lose', 'trust') }),
);

test('a head that is given is at least as new as the position that is claimed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const store = new Store();
      const cache = new HeadCache();
      cache.trust();
      let trusted = true;
      const lookUps: LookUp[] = [];
      for (const now of steps) {
        if (now.do === 'move' && 'periods' in now) store.move(now.periods, now.rebuild === 0);
        if (now.do === 'begin' && 'period' in now) {
          const reading = cache.beginReading(BOOK);
          lookUps.push({ period: now.period, reading, position: null, found: null });
        }
        const lookUp = 'nth' in now ? lookUps[now.nth % Math.max(1, lookUps.length)] : undefined;
        if (lookUp && now.do === 'position') lookUp.position ??= store.positionNow();
        if (lookUp?.position && now.do === 'head') {
          // A head of a generation that was replaced meanwhile is still found there.
          const same = lookUp.position.generation === store.generation;
          const head = same ? store.heads.get(lookUp.period)! : null;
          lookUp.found ??= { position: lookUp.position, head };
        }
        if (lookUp?.found && now.do === 'end') {
          cache.endReading(lookUp.reading, wanted(lookUp.period), lookUp.found);
          lookUps.splice(lookUps.indexOf(lookUp), 1);
        }
        if (now.do === 'tell') {
          const move = store.told.shift();
          if (move && trusted) cache.moved(move);
        }
        if (now.do === 'lose') {
          cache.distrust();
          trusted = false;
        }
        if (now.do === 'trust' && !trusted) {
          // A stream that is opened anew begins with what happens from now on.
          store.told.length = 0;
          cache.trust();
          trusted = true;
        }
        for (const each of PERIODS) {
          const given = cache.peek(BOOK, keyOf(each));
          if (given)
            expect(given.head.asOf).toBeGreaterThanOrEqual(store.least(each, given.position));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('an older look-up does not take the place of newer news', () => {
  const store = new Store();
  const cache = new HeadCache();
  cache.trust();
  const reading = cache.beginReading(BOOK);
  const old: HeadAt = { position: store.positionNow(), head: store.heads.get(PERIODS[0]!)! };
  store.move([PERIODS[0]!], false);
  cache.moved(store.told.shift()!);
  cache.endReading(reading, wanted(PERIODS[0]!), old);
  expect(cache.peek(BOOK, keyOf(PERIODS[0]!))).toMatchObject({ position: 2, head: { asOf: 2 } });
});

test('a look-up ahead of the stream: nothing older is given afterwards', () => {
  const store = new Store();
  const cache = new HeadCache();
  cache.trust();
  const lookUp = (period: (typeof PERIODS)[number]) =>
    cache.endReading(cache.beginReading(BOOK), wanted(period), {
      position: store.positionNow(),
      head: store.heads.get(period)!,
    });
  lookUp(PERIODS[0]!);
  lookUp(PERIODS[1]!);
  store.move([PERIODS[0]!], false);
  lookUp(PERIODS[0]!);
  expect(cache.peek(BOOK, keyOf(PERIODS[0]!))).toMatchObject({ position: 2, head: { asOf: 2 } });
  expect(cache.peek(BOOK, keyOf(PERIODS[1]!))).toBeNull();
  expect(cache.moved(store.told.shift()!)).toEqual([]);
  expect(cache.peek(BOOK, keyOf(PERIODS[0]!))).toMatchObject({ position: 2, head: { asOf: 2 } });
});

test('a missed move empties what is known of the book', () => {
  const store = new Store();
  const cache = new HeadCache();
  cache.trust();
  for (const each of PERIODS) {
    const found = { position: store.positionNow(), head: store.heads.get(each)! };
    cache.endReading(cache.beginReading(BOOK), wanted(each), found);
  }
  store.move([PERIODS[0]!], false);
  store.move([PERIODS[1]!], false);
  cache.moved(store.told[1]!);
  expect(cache.peek(BOOK, keyOf(PERIODS[0]!))).toBeNull();
  expect(cache.peek(BOOK, keyOf(PERIODS[1]!))).toMatchObject({ position: 3, head: { asOf: 3 } });
});

test('a look-up in a generation that was replaced meanwhile is not remembered', () => {
  const store = new Store();
  const cache = new HeadCache();
  cache.trust();
  const reading = cache.beginReading(BOOK);
  const old: HeadAt = { position: store.positionNow(), head: store.heads.get(PERIODS[0]!)! };
  store.move([], true);
  cache.moved(store.told.shift()!);
  cache.endReading(reading, wanted(PERIODS[0]!), old);
  expect(cache.peek(BOOK, keyOf(PERIODS[0]!))).toBeNull();
});

test('a head without a digest says that there is none any more, until it is made again', () => {
  const cache = new HeadCache();
  cache.trust();
  const [period] = PERIODS as [PeriodKey];
  const told = (recomputes: number, head: ReportHead) =>
    cache.moved({ book: BOOK, position: 5, generation: null, recomputes, heads: [head] });
  const reading = cache.beginReading(BOOK);
  const position = { position: 5, generation: 1, recomputes: 1 } as DocumentsPosition;
  cache.endReading(reading, wanted(period), { position, head: headAt(period, 5) });
  expect(cache.peek(BOOK, keyOf(period))?.head.asOf).toBe(5);
  told(2, { ...headAt(period, 5), digest: '' });
  expect(cache.peek(BOOK, keyOf(period))).toBeNull();
  told(3, headAt(period, 5));
  expect(cache.peek(BOOK, keyOf(period))?.head.digest).toBe(`${period}@5`);
});
