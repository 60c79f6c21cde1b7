// `npm run bench`: starts a Daybook of its own, fills books through the real import, runs the scenarios one after
// another, prints a table and writes docs/PERFORMANCE.md. A missed target is said; an error or a wrong answer ends it
// with 1.
import { runEntry, whenStopped } from '#server/entry/run-entry.ts';
import { documentsLevel } from '#server/entry/wait-until.ts';
import { openBenchHouse } from './house/bench-house.ts';
import { benchAt, benchAtHome } from './make-bench.ts';
import { type BenchOptions, readOptions } from './options.ts';
import type { Bench, Row, Scenario } from './scenario.ts';
import { json, notModified, pdf } from './scenarios/against-bare.ts';
import { detailed } from './scenarios/detailed.ts';
import { freshness } from './scenarios/freshness.ts';
import { group } from './scenarios/group.ts';
import { growth } from './scenarios/growth.ts';
import { hotBook } from './scenarios/hot-book.ts';
import { importBeside, importSpeed } from './scenarios/imports.ts';
import { memory } from './scenarios/memory.ts';
import { monthEnd } from './scenarios/month-end.ts';
import { onRequest } from './scenarios/on-request.ts';
import { paper } from './scenarios/paper.ts';
import { recompute } from './scenarios/recompute.ts';
import { whilePosting } from './scenarios/while-posting.ts';
import { terminalRow } from './table.ts';
import { writePerformance } from './write-performance.ts';

const SCENARIOS: readonly Scenario[] = [
  pdf,
  notModified,
  json,
  onRequest,
  growth,
  whilePosting,
  freshness,
  recompute,
  detailed,
  group,
  hotBook,
  importSpeed,
  importBeside,
  monthEnd,
  paper,
  memory,
];

/** Those that were asked for and make sense there. */
function chosen({ only, address }: BenchOptions): readonly Scenario[] {
  return SCENARIOS.filter(({ name, needs }) => {
    if (only !== null && !only.includes(name)) return false;
    if (address === null || needs === 'reads') return true;
    return needs === 'posts' && address.post;
  });
}

await runEntry(async () => {
  const names = SCENARIOS.map(({ name }) => name);
  const options = readOptions(process.argv.slice(2), names);
  const began = performance.now();
  const house = options.address ? null : await openBenchHouse(options.keep);
  whenStopped(async () => house?.stop());
  try {
    const bench = options.address
      ? await benchAt(options.address, options.quick)
      : await benchAtHome(house!, options.quick);
    const { rows, failed } = await runAll(bench, chosen(options));
    if (house && options.only === null && !failed)
      console.log(`\nWritten: ${await writePerformance(house, options.quick, rows)}`);
    if (failed) process.exitCode = 1;
  } finally {
    await house?.stop();
  }
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s in all`);
  process.exit();
});

/** One after another; one that fails is said and the next goes on. */
async function runAll(bench: Bench, scenarios: readonly Scenario[]) {
  const rows: Row[] = [];
  let failed = false;
  for (const [at, { name, run }] of scenarios.entries()) {
    console.log(`\n[${at + 1}/${scenarios.length}] ${name}`);
    try {
      for (const row of await run(bench)) {
        rows.push(row);
        console.log(terminalRow(row));
      }
    } catch (fault) {
      failed = true;
      console.error(`✗ ${name} failed:`, fault);
    }
    // What one scenario left to do is not the next one's.
    if (bench.house) await documentsLevel(bench.house.side);
  }
  return { rows, failed };
}
