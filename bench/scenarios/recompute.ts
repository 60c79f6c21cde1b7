// What one entry costs the documents, alone on the machine: of today and five years back, in the smallest and in the
// largest book. From the 201 until the document is served with the entry's position.
import { setTimeout as sleep } from 'node:timers/promises';
import { firstDay } from '#ledger/domain/calendar.ts';
import type { BenchBook } from '../house/fill-book.ts';
import { postings, reportPath, today } from '../requests.ts';
import { type Bench, grouped, milliseconds, type Scenario } from '../scenario.ts';

/** Equal but for chance. */
const TARGET_RATIO = 1.25;
const BACK_DATED_TARGET_MS = 1_000;

/** Longer than a busy book's rest: every entry finds its book level. */
const PAUSE_MS = 150;

interface Times {
  readonly median: number;
  readonly max: number;
}

export const recompute: Scenario = {
  name: 'recompute',
  needs: 'house',
  async run(bench) {
    const [small, large] = [bench.sizes[0]!, bench.sizes.at(-1)!];
    const [smallBook, largeBook] = [await bench.sized(small), await bench.sized(large)];
    const times = bench.quick ? 12 : 40;
    const base = await timesOf(bench, smallBook, today(), times);
    const now = await timesOf(bench, largeBook, today(), times);
    const back = await timesOf(bench, largeBook, firstDay(largeBook.months[0]!), times);
    const ratio = now.median / base.median;
    return [
      {
        what: `One entry until its documents are current, ${grouped(large)} postings`,
        figure: milliseconds(now.median),
        baseline: `${milliseconds(base.median)} at ${grouped(small)}`,
        ratio,
        target: `≤ ${TARGET_RATIO} ×`,
        reached: ratio <= TARGET_RATIO,
        how: `median of ${times}, each by itself; max ${milliseconds(now.max)} against ${milliseconds(base.max)}`,
      },
      {
        what: `A back-dated entry over ${largeBook.months.length} months, ${grouped(large)} postings`,
        figure: milliseconds(back.max),
        baseline: '–',
        ratio: null,
        target: `≤ ${BACK_DATED_TARGET_MS} ms`,
        reached: back.max <= BACK_DATED_TARGET_MS,
        how: `the slowest of ${times}; median ${milliseconds(back.median)}`,
      },
    ];
  },
};

async function timesOf(bench: Bench, book: BenchBook, day: string, count: number): Promise<Times> {
  const entries = postings(bench, book, day);
  const document = `${bench.origin}${reportPath(book.slug, 'trial-balance', `${today().slice(0, 7)}.json`)}`;
  const took: number[] = [];
  for (let at = 0; at < count; at++) {
    const { path, headers, body } = entries[at % entries.length]!;
    await sleep(PAUSE_MS);
    const posted = await fetch(`${bench.origin}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: body!,
    });
    const { position } = (await posted.json()) as { position: number };
    if (posted.status !== 201) throw new Error(`${path} was answered ${posted.status}`);
    const began = performance.now();
    const shown = await fetch(`${document}?minPosition=${position}`, { headers: bench.reader });
    await shown.arrayBuffer();
    took.push(performance.now() - began);
    if (shown.status !== 200) throw new Error(`${document} was answered ${shown.status}`);
  }
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(took.length / 2)]!, max: took.at(-1)! };
}
