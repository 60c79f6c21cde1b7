// Month end: every manager downloads twelve reports within a minute, arriving by chance, while accountants still post
// into the month that the reports are of. The managers have downloaded the month before, as every month; nobody has
// fetched this month's: what isn't ready is felt here.
import { setTimeout as sleep } from 'node:timers/promises';
import { lastDay } from '#ledger/domain/calendar.ts';
import { type Chance, chanceFrom } from '#server/demo/random.ts';
import { everyOnce } from '../every-once.ts';
import type { BenchBook } from '../house/fill-book.ts';
import { managersOf } from '../house/people.ts';
import type { LoadRequest } from '../load/load-plan.ts';
import { runLoad, startLoad, unservedText, withoutErrors } from '../load/run-load.ts';
import { asking, inTurn, postings, reportPath } from '../requests.ts';
import { type Bench, grouped, milliseconds, type Scenario } from '../scenario.ts';

const TARGET_MS = 100;
const POSTS = 10;
const FILES = [
  ['balance-sheet', 'pdf'],
  ['income-statement', 'pdf'],
  ['trial-balance', 'pdf'],
  ['general-ledger', 'pdf'],
  ['balance-sheet', 'json'],
  ['trial-balance', 'csv'],
] as const;
const EACH = 12;
/** Until what people download is known to be in demand, and until it has been drawn. */
const NOTICED_MS = 6_500;

export const monthEnd: Scenario = {
  name: 'month-end',
  needs: 'reads',
  async run(bench) {
    const books = await bench.crowd();
    // The rate is the same in both: 12 000 downloads in a minute.
    const [count, seconds] = bench.quick ? [100, 6] : [1_000, 60];
    const requests = shuffled(chanceFrom(11), await downloadsOf(bench, count));
    const mayPost = bench.writers.length > 0;
    if (mayPost) await monthAsUsual(bench, books);
    const posting = mayPost
      ? startLoad({
          origin: bench.origin,
          connections: 32,
          requests: inTurn(books.map((book) => postings(bench, book, lastDay(bench.month)))),
          pace: { kind: 'open', perSecond: POSTS, arrivals: 'poisson' },
          warmUpSeconds: 0,
          seconds: seconds + 1,
        })
      : null;
    const load = await runLoad('month end', {
      origin: bench.origin,
      connections: 256,
      requests,
      pace: { kind: 'open', perSecond: requests.length / seconds, arrivals: 'poisson' },
      warmUpSeconds: 0,
      seconds,
    });
    const posted = posting && withoutErrors('posts at month end', await posting.done);
    const { latency } = load;
    return [
      {
        what: `Month end: ${grouped(count)} managers, ${EACH} reports each, ${books.length} books, within ${seconds} s, p99`,
        figure: milliseconds(latency.p99),
        baseline: '–',
        ratio: null,
        target: `≤ ${TARGET_MS} ms, no error`,
        reached: latency.p99 <= TARGET_MS && load.unserved + (posted?.unserved ?? 0) === 0,
        how: `open loop, Poisson, ${grouped(latency.count)} downloads, no error${unservedText(load)}; p50 ${milliseconds(latency.p50)}, max ${milliseconds(latency.max)}; generator late p99 ${milliseconds(load.generatorLate.p99)}; ${posted ? `${POSTS} entries/s into the same month, p99 ${milliseconds(posted.latency.p99)}${unservedText(posted)}` : 'nobody posts'}${bench.quick ? '; scaled down: a tenth of the managers in a tenth of the time' : ''}`,
      },
    ];
  },
};

/** The month until its end: last month's files are downloaded, and this month is posted into. */
async function monthAsUsual(bench: Bench, books: readonly BenchBook[]): Promise<void> {
  const before = bench.months.at(-2) ?? bench.month;
  const files = FILES.map(([report, format]) => [report, `${before}.${format}`] as const);
  await everyOnce(
    bench.origin,
    books.flatMap(({ slug }) =>
      files.map(([report, file]) => asking(reportPath(slug, report, file), bench.reader)),
    ),
  );
  await sleep(NOTICED_MS);
  const posts = books.flatMap((book) => postings(bench, book, lastDay(bench.month)).slice(0, 1));
  for (const { path, headers, body = '', expect } of posts) {
    const json = { ...headers, 'content-type': 'application/json' };
    const { status } = await fetch(`${bench.origin}${path}`, {
      method: 'POST',
      headers: json,
      body,
    });
    if (status !== expect) throw new Error(`${path} was answered ${status}`);
  }
  await sleep(NOTICED_MS);
}

/** Twelve reports for each manager: six of each of two books. On a given address all are those of its one book. */
async function downloadsOf(bench: Bench, count: number): Promise<LoadRequest[]> {
  const books = await bench.crowd();
  const managers = bench.house
    ? await managersOf(bench.house, count, books)
    : Array.from({ length: count }, () => ({ key: null, books: [books[0]!.slug, books[0]!.slug] }));
  return managers.flatMap(({ key, books: own }) =>
    own.flatMap((slug) =>
      FILES.map(([report, format]) =>
        asking(
          reportPath(slug, report, `${bench.month}.${format}`),
          key === null ? bench.reader : { authorization: `Bearer ${key}` },
        ),
      ),
    ),
  );
}

function shuffled<T>(chance: Chance, list: readonly T[]): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = chance.int(0, at);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
