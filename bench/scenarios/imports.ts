// Imports: postings a second from accepted to posted, and single entries into a book while a large file is imported
// into the same book and becomes real in it.
import { filledBook, importJournal, makeBook } from '../house/fill-book.ts';
import { startLoad, unservedText, withoutErrors } from '../load/run-load.ts';
import { postings, today } from '../requests.ts';
import { grouped, houseOf, milliseconds, perSecond, type Row, type Scenario } from '../scenario.ts';

const TARGET = 50_000;
/** Less is over before it has a speed. */
const LEAST = 100_000;
const BESIDE_TARGET_MS = 250;
const BESIDE_RATE = 20;
const LONGEST_SECONDS = 900;

export const importSpeed: Scenario = {
  name: 'import',
  needs: 'house',
  async run(bench) {
    const rows: Row[] = [];
    for (const size of bench.sizes.filter((postings) => postings >= LEAST)) {
      const { imported } = await filledBook(houseOf(bench), size, bench.months);
      const rate = size / imported.seconds;
      rows.push({
        what: `Import of ${grouped(size)} postings`,
        figure: perSecond(rate),
        baseline: '–',
        ratio: null,
        target: `≥ ${grouped(TARGET)}/s`,
        reached: rate >= TARGET,
        how: `CSV over HTTP, 2 to 4 lines an entry, 100 accounts, 60 months; accepted to posted in ${imported.seconds.toFixed(1)} s, documents ${imported.documentSeconds.toFixed(1)} s later`,
      });
    }
    return rows;
  },
};

export const importBeside: Scenario = {
  name: 'import-beside',
  needs: 'house',
  async run(bench) {
    const house = houseOf(bench);
    const size = bench.quick ? 100_000 : 1_000_000;
    const book = await makeBook(
      house,
      `bench-beside-${Date.now().toString(36)}`,
      100,
      bench.months,
    );
    await importJournal(house, book, { postings: 10_000, seed: 1 });
    const posting = startLoad({
      origin: bench.origin,
      connections: 64,
      requests: postings(bench, book, today()),
      pace: { kind: 'open', perSecond: BESIDE_RATE, arrivals: 'poisson' },
      warmUpSeconds: 1,
      seconds: LONGEST_SECONDS,
    });
    let seconds: number;
    try {
      ({ seconds } = await importJournal(house, book, { postings: size, seed: 2 }));
    } finally {
      posting.stop();
    }
    const load = withoutErrors('entries beside an import', await posting.done);
    const { latency } = load;
    return [
      {
        what: `Single entries while ${grouped(size)} postings are imported into the same book, p99`,
        figure: milliseconds(latency.p99),
        baseline: '–',
        ratio: null,
        target: `≤ ${BESIDE_TARGET_MS} ms`,
        reached: latency.p99 <= BESIDE_TARGET_MS && load.unserved === 0,
        how: `open loop, ${BESIDE_RATE}/s until the documents show the import; p50 ${milliseconds(latency.p50)}, max ${milliseconds(latency.max)}, ${latency.count} entries${unservedText(load)}; the import took ${seconds.toFixed(1)} s`,
      },
    ];
  },
};
