// From a commit to its document being served, while 200 entries a second go into 20 books: after each 201 the document
// is asked for with `minPosition`, and the time until its answer is taken. Once with a small book among the 20, once
// with a large one; in the full run at lower rates too, which say where the machine's end is.
import type { BenchBook } from '../house/fill-book.ts';
import type { LoadPlan } from '../load/load-plan.ts';
import { type MeasuredLoad, startLoad, unservedText, withoutErrors } from '../load/run-load.ts';
import { inTurn, postings, reportPath, today } from '../requests.ts';
import { type Bench, grouped, milliseconds, type Row, type Scenario } from '../scenario.ts';

const POSTS = 200;
const LOWER = [100, 50];
const BOOKS = 20;
const TARGET_MS = 250;
const LARGE = 1_000_000;

export const freshness: Scenario = {
  name: 'freshness',
  needs: 'posts',
  async run(bench) {
    const small = bench.sizes[0]!;
    const large = bench.sizes.findLast((size) => size <= LARGE) ?? small;
    const rows: Row[] = [];
    for (const size of new Set([small, large])) rows.push(await atSize(bench, size, POSTS));
    if (!bench.quick) for (const rate of LOWER) rows.push(await atSize(bench, small, rate));
    return rows;
  },
};

async function atSize(bench: Bench, size: number, rate: number): Promise<Row> {
  const book = await bench.sized(size);
  const others = (await bench.crowd()).filter(({ slug }) => slug !== book.slug).slice(0, BOOKS - 1);
  const share = rate / (others.length + 1);
  const beside = others.length === 0 ? null : startLoad(planOf(bench, others, rate - share));
  const watched = startLoad(planOf(bench, [book], share));
  const one = withoutErrors(`posts into ${book.slug}`, await watched.done);
  const all = beside && withoutErrors('posts into the other books', await beside.done);
  const asked = rate === POSTS;
  const worst = Math.max(one.follow.p99, all?.follow.p99 ?? 0);
  return {
    what: `From commit to served, ${rate} entries/s into ${others.length + 1} books, one of ${grouped(size)} postings, p99`,
    figure: milliseconds(worst),
    baseline: '–',
    ratio: null,
    target: asked ? `≤ ${TARGET_MS} ms` : 'reported',
    reached: asked ? worst <= TARGET_MS && one.unserved + (all?.unserved ?? 0) === 0 : null,
    how: `open loop, even; that book: ${timesOf(one)}${all ? `; the others: ${timesOf(all)}` : ''}`,
  };
}

const planOf = (bench: Bench, books: readonly BenchBook[], rate: number): LoadPlan => ({
  origin: bench.origin,
  connections: 128,
  requests: inTurn(
    books.map((book) => {
      const document = reportPath(book.slug, 'trial-balance', `${today().slice(0, 7)}.json`);
      return postings(bench, book, today(), `${document}?minPosition={position}`);
    }),
  ),
  pace: { kind: 'open', perSecond: rate, arrivals: 'even' },
  warmUpSeconds: bench.settleSeconds,
  seconds: bench.seconds * 2,
});

const timesOf = (load: MeasuredLoad): string => {
  const { follow, followFromSend, latency } = load;
  return `p50 ${milliseconds(follow.p50)}, p99 ${milliseconds(follow.p99)}, max ${milliseconds(follow.max)} (from sending the entry p99 ${milliseconds(followFromSend.p99)}; the post itself p99 ${milliseconds(latency.p99)}; ${follow.count} entries${unservedText(load)})`;
};
