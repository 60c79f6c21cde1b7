// Single entries into one book at the peak, over HTTP with API keys, and a bare pg program that inserts the same rows
// with the same number of entries in a transaction.
import pg from 'pg';
import { documentsLevel } from '#server/entry/wait-until.ts';
import type { BenchHouse } from '../house/bench-house.ts';
import { importJournal, makeBook } from '../house/fill-book.ts';
import { runLoad, unservedText } from '../load/run-load.ts';
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
    const before = house ? usedBy(house) : null;
    const head = house ? await headOf(house, book.id) : 0;
    const load = await runLoad('entries into one book', {
      origin: bench.origin,
      connections: CONNECTIONS,
      requests: postings(bench, book, today()),
      pace: { kind: 'closed', awake: false },
      warmUpSeconds: bench.settleSeconds,
      seconds: bench.seconds * 2,
    });
    const rate = load.perSecond;
    const single: Row = {
      what: 'Single entries into one hot book over HTTP',
      figure: perSecond(rate),
      baseline: '–',
      ratio: null,
      target: `≥ ${grouped(TARGET)}/s`,
      reached: rate >= TARGET && load.unserved === 0,
      how: `closed loop, ${CONNECTIONS} connections, 2 lines each; p50 ${milliseconds(load.latency.p50)}, p99 ${milliseconds(load.latency.p99)}${unservedText(load)}`,
    };
    if (!house || !before) return [single];
    const used = usedSince(before, usedBy(house));
    const batch = await batchOf(house, book.id, head);
    // The bare program has the machine to itself: what the entries left to do would slow the baseline.
    await documentsLevel(house.side);
    const bare = await bareRate(house, book.id, batch, bench.seconds);
    return [
      {
        ...single,
        how: `${single.how}; ${batch} entries a transaction; processor, at least: ${used}`,
      },
      {
        what: 'The same against a bare pg program',
        figure: perSecond(rate),
        baseline: `${perSecond(bare.perSecond)} bare`,
        ratio: rate / bare.perSecond,
        target: `≥ ${TARGET_RATIO}`,
        reached: rate / bare.perSecond >= TARGET_RATIO && load.unserved === 0,
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

type Used = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Processor seconds by role and process. */
function usedBy(house: BenchHouse): Used {
  const roles = ['front-door', 'api', 'worker', 'postgres', 'documents'] as const;
  const ofRole = (role: (typeof roles)[number]) =>
    new Map(house.pids(role).map((pid) => [pid, cpuSeconds([pid])]));
  return new Map(roles.map((role) => [role, ofRole(role)]));
}

/** What was used since. At least: a process that has ended meanwhile (a backend of PostgreSQL) takes its time along. */
const usedSince = (before: Used, now: Used): string =>
  [...now]
    .map(([role, processes]) => {
      const known = before.get(role);
      const seconds = [...processes].reduce(
        (sum, [pid, used]) => sum + used - (known?.get(pid) ?? 0),
        0,
      );
      return `${role} ${seconds.toFixed(1)} s`;
    })
    .join(', ');

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
