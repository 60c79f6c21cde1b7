// 1 000 downloads a second while 200 entries a second are posted into 20 books, against the same downloads in quiet.
// Half of the files show the month that is posted into, so they change all the time; half don't.
import { comparePeaks, peakText } from '../compare.ts';
import { everyOnce } from '../every-once.ts';
import type { LoadRequest } from '../load/load-plan.ts';
import { runLoad, startLoad, unservedText, withoutErrors } from '../load/run-load.ts';
import { asking, inTurn, postings, reportPath, today } from '../requests.ts';
import { type Bench, milliseconds, type Row, type Scenario } from '../scenario.ts';

const DOWNLOADS = 1_000;
const POSTS = 200;
const BOOKS = 20;
const TARGET = 2;

export const whilePosting: Scenario = {
  name: 'while-posting',
  needs: 'posts',
  async run(bench) {
    const books = (await bench.crowd()).slice(0, BOOKS);
    const month = today().slice(0, 7);
    const files = [
      ['balance-sheet', `${month}.pdf`],
      ['balance-sheet', `${bench.month}.pdf`],
      ['income-statement', `${month}.json`],
      ['trial-balance', `${bench.month}.pdf`],
    ] as const;
    const downloads = files.flatMap(([report, file]) =>
      books.map(({ slug }) => asking(reportPath(slug, report, file), bench.reader)),
    );
    await everyOnce(bench.origin, downloads);
    const posts = inTurn(books.map((book) => postings(bench, book, today())));
    return compare(bench, downloads, posts);
  },
};

async function compare(
  bench: Bench,
  downloads: readonly LoadRequest[],
  posts: readonly LoadRequest[],
): Promise<Row[]> {
  const { origin, seconds, settleSeconds } = bench;
  const open = { origin, requests: downloads, connections: 256, warmUpSeconds: 1, seconds };
  const pace = { kind: 'open', perSecond: DOWNLOADS, arrivals: 'poisson' } as const;
  const pids = bench.house?.pids('front-door') ?? [];
  const peakSide = { what: 'downloads', origin, requests: downloads, pids };
  const quiet = await runLoad('downloads in quiet', { ...open, pace });
  const [quietPeak] = await comparePeaks([peakSide], seconds, false);
  const posting = startLoad({
    ...open,
    requests: posts,
    pace: { kind: 'open', perSecond: POSTS, arrivals: 'even' },
    warmUpSeconds: settleSeconds,
    seconds: 600,
  });
  let busy: typeof quiet;
  let busyPeak: typeof quietPeak;
  try {
    await new Promise((resolve) => setTimeout(resolve, settleSeconds * 1000));
    busy = await runLoad('downloads while posting', { ...open, pace });
    [busyPeak] = await comparePeaks([peakSide], seconds, false);
  } finally {
    posting.stop();
  }
  const posted = withoutErrors('posts beside downloads', await posting.done);
  const ratio = busy.latency.p99 / quiet.latency.p99;
  const postText = `posts p99 ${milliseconds(posted.latency.p99)}${unservedText(posted)}`;
  return [
    {
      what: `${DOWNLOADS} downloads/s while ${POSTS} entries/s are posted into ${BOOKS} books, p99`,
      figure: milliseconds(busy.latency.p99),
      baseline: `${milliseconds(quiet.latency.p99)} in quiet`,
      ratio,
      target: `≤ ${TARGET} ×`,
      reached: ratio <= TARGET && busy.unserved + posted.unserved === 0,
      how: `open loop, Poisson; p50 ${milliseconds(busy.latency.p50)} against ${milliseconds(quiet.latency.p50)}, max ${milliseconds(busy.latency.max)}${unservedText(busy)}; the generator itself late p99 ${milliseconds(busy.generatorLate.p99)} against ${milliseconds(quiet.generatorLate.p99)}; ${postText}`,
    },
    {
      what: 'The same at the peak',
      figure: peakText(busyPeak!),
      baseline: `${peakText(quietPeak!)} in quiet`,
      ratio: busyPeak!.perSecond / quietPeak!.perSecond,
      target: 'reported',
      reached: null,
      how: 'closed loop, 32 connections; posting goes on beside it on the same cores',
    },
  ];
}
