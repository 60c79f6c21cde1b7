// The front door's memory after everything else: sampled while downloads of all small books go on, it must stay flat
// over the last half.
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchHouse } from '../house/bench-house.ts';
import { startLoad, unservedText, withoutErrors } from '../load/run-load.ts';
import { peakMb, residentMb } from '../machine.ts';
import { asking, reportPath } from '../requests.ts';
import { houseOf, type Scenario } from '../scenario.ts';

const RATE = 500;
const SAMPLE_MS = 500;
/** Between the two quarters of the last half. */
const TARGET = 1.05;
const REPORTS = ['balance-sheet', 'income-statement', 'trial-balance', 'general-ledger', 'journal'];

export const memory: Scenario = {
  name: 'memory',
  needs: 'house',
  async run(bench) {
    const house = houseOf(bench);
    const seconds = bench.quick ? 8 : 180;
    const requests = (await bench.crowd()).flatMap(({ slug, months }) =>
      REPORTS.flatMap((report) =>
        months.map((month) => asking(reportPath(slug, report, `${month}.pdf`), bench.reader)),
      ),
    );
    const load = startLoad({
      origin: bench.origin,
      connections: 64,
      requests,
      pace: { kind: 'open', perSecond: RATE, arrivals: 'poisson' },
      warmUpSeconds: 1,
      seconds,
    });
    const samples = await sampled(house, load.done);
    const asked = withoutErrors('downloads for memory', await load.done);
    const quarter = Math.floor(samples.length / 4);
    const before = mean(samples.slice(-2 * quarter, -quarter));
    const after = mean(samples.slice(-quarter));
    const peak = Math.max(...house.pids('front-door').map(peakMb));
    return [
      {
        what: 'Memory of the front door after all of it',
        figure: `${Math.round(after)} MB`,
        baseline: `${Math.round(before)} MB in the quarter before`,
        ratio: after / before,
        target: `≤ ${TARGET} ×: flat over the last half`,
        reached: after / before <= TARGET && asked.unserved === 0,
        how: `sampled every ${SAMPLE_MS / 1000} s over ${seconds} s of ${RATE} downloads/s of ${requests.length} files${unservedText(asked)}; the most in the whole run ${Math.round(peak)} MB`,
      },
    ];
  },
};

async function sampled(house: BenchHouse, until: Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  let over = false;
  const end = () => {
    over = true;
  };
  until.then(end, end);
  while (!over) {
    samples.push(residentMb(house.pids('front-door')));
    await sleep(SAMPLE_MS);
  }
  return samples;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
