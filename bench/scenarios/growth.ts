// The same report of a small and of the largest book: what is ready doesn't grow with the ledger.
import { comparePeaks, generatorText, peakText, processorRatio } from '../compare.ts';
import { asking, fetchReport } from '../requests.ts';
import { grouped, houseOf, type Scenario } from '../scenario.ts';

const TARGET = 0.95;

export const growth: Scenario = {
  name: 'growth',
  needs: 'house',
  async run(bench) {
    const sizes = [bench.sizes[0]!, bench.sizes.at(-1)!];
    const pids = houseOf(bench).pids('front-door');
    const sides = [];
    for (const size of sizes) {
      const { slug } = await bench.sized(size);
      const { path } = await fetchReport(bench, slug, 'pdf');
      const requests = [asking(path, bench.reader)];
      sides.push({ what: `book of ${size}`, origin: bench.origin, requests, pids });
    }
    const peaks = await comparePeaks(sides, bench.seconds * 2, true);
    const ratio = peaks[1]!.perSecond / peaks[0]!.perSecond;
    const [small, large] = sizes.map((size) => `${grouped(size)} postings`);
    return [
      {
        what: `PDF download, book of ${large}`,
        figure: peakText(peaks[1]!),
        baseline: `${peakText(peaks[0]!)} at ${small}`,
        ratio,
        target: `≥ ${TARGET}`,
        reached: ratio >= TARGET && peaks[1]!.unserved === 0,
        how: `closed loop, 32 connections, one core each; ${processorRatio(peaks[0]!, peaks[1]!)}${generatorText(peaks)}`,
      },
    ];
  },
};
