// Single entries into one book at the peak, over HTTP with API keys, and a bare pg program that inserts the same rows
// with the same number of entries in a transaction.
import pg from 'pg';
import type { BenchHouse } from '../house/bench-house.ts';
import { importJournal, makeBook } from '../house/fill-book.ts';
import { runLoad } from '../load/run-load.ts';
import { cpuSeconds } from '../machine.ts';
import { postings, today } from '../requests.ts';
import {
  type Bench,
  grouped,
  milliseconds,
  perSecond,
  type Row,
  type Scenario,
} from '../scenario.ts';
import { runProgram } from '../start-program.ts';

const CONNECTIONS = 96;
const TARGET = 2_000;
const TARGET_RATIO = 0.5;
const START_POSTINGS = 10_000;

export const hotBook: Scenario = {
  name: 'hot-book',
  needs: 'posts',
  async run(bench) {
    const { house } = bench;
    const book = house ? await hotBookOf(bench, house) : await bench.sized(0);
    const before = house ? await usedBy(house) : null;
    const head = house ? await headOf(house, book.id) : 0;
    const load = await runLoad('entries into one book', {
      origin: bench.origin,
      connections: CONNECTIONS,
      requests: postings(bench, book, today()),
      pace: { kind: 'closed' },
      warmUpSeconds: 2,
      seconds: bench.seconds * 2,
    });
    const rate = load.perSecond;
    const single: Row = {
      what: 'Single entries into one hot book over HTTP',
      figure: perSecond(rate),
      baseline: '–',
      ratio: null,
      target: `≥ ${grouped(TARGET)}/s`,
      reached: rate >= TARGET,
      how: `closed loop, ${CONNECTIONS} connections, 2 lines each; p50 ${milliseconds(load.latency.p50)}, p99 ${milliseconds(load.latency.p99)}`,
    };
    if (!house || !before) return [single];
    const used = await usedBy(house);
    const cores = used.map(([role, cpu], at) => `${role} ${Math.round(cpu - before[at]![1])} s`);
    const batch = await batchOf(house, book.id, head);
    const bare = await bareRate(house, book.id, batch, bench.seconds);
    return [
      {
        ...single,
        how: `${single.how}; ${batch} entries a transaction; processor: ${cores.join(', ')}`,
      },
      {
        what: 'The same against a bare pg program',
        figure: perSecond(rate),
        baseline: `${perSecond(bare.perSecond)} bare`,
        ratio: rate / bare.perSecond,
        target: `≥ ${TARGET_RATIO}`,
        reached: rate / bare.perSecond >= TARGET_RATIO,
        how: `the same rows, ${batch} entries a transaction, one connection`,
      },
    ];
  },
};

const hotBookOf = (bench: Bench, house: BenchHouse) =>
  house.once('hot-book', async () => {
    const made = await makeBook(house, 'bench-hot', 100, bench.months.slice(-12));
    await importJournal(house, made, { postings: START_POSTINGS, seed: 1 });
    return { ...made, postings: START_POSTINGS };
  });

async function usedBy(house: BenchHouse): Promise<(readonly [string, number])[]> {
  const roles = ['front-door', 'api', 'worker', 'postgres', 'documents'] as const;
  return roles.map((role) => [role, cpuSeconds(house.pids(role))] as const);
}

async function onDatabase<T>(
  { databaseUrl }: BenchHouse,
  query: string,
  values: readonly number[],
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(query, [...values])).rows[0] as T;
  } finally {
    await client.end();
  }
}

const headOf = async (house: BenchHouse, book: number): Promise<number> =>
  (await onDatabase<{ head: number }>(house, 'select head from books where id = $1', [book])).head;

/** How many entries shared a transaction: the rows say which one wrote them. */
async function batchOf(house: BenchHouse, book: number, after: number): Promise<number> {
  const sql = `select (count(*)::float / count(distinct xmin::text)) as size from events
    where book_id = $1 and position > $2`;
  return Math.max(
    1,
    Math.round((await onDatabase<{ size: number }>(house, sql, [book, after])).size),
  );
}

/** The bare program prints how many entries a second it inserted. */
const bareRate = ({ databaseUrl }: BenchHouse, book: number, batch: number, seconds: number) =>
  runProgram<{ perSecond: number; cpuSeconds: number }>('bare-writer.ts', [
    ...[databaseUrl, `${book}`, `${batch}`, `${seconds}`],
  ]);
