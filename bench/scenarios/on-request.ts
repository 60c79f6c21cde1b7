// A report that is ready against one that is computed when asked for.
import { comparePeaks, peakText } from '../compare.ts';
import { asking, fetchReport } from '../requests.ts';
import { grouped, houseOf, type Scenario } from '../scenario.ts';
import { startProgram } from '../start-program.ts';

const TARGET = 100;
const POSTINGS = 100_000;
const CONNECTIONS = 4;

export const onRequest: Scenario = {
  name: 'on-request',
  needs: 'house',
  async run(bench) {
    const house = houseOf(bench);
    const book = await bench.sized(POSTINGS);
    const { path } = await fetchReport(bench, book.slug, 'pdf');
    const crud = await startProgram('crud-server.ts', [house.databaseUrl, book.slug, bench.month]);
    try {
      const requests = [asking(path, bench.reader)];
      const pids = house.pids('front-door');
      const ready = { what: 'ready', origin: bench.origin, requests, pids };
      // Enough to keep it busy; more would only wait there.
      const asked = { what: 'on request', origin: crud.origin, requests, pids: [crud.pid] };
      const peaks = await comparePeaks(
        [{ ...asked, connections: CONNECTIONS }, ready],
        2 * bench.seconds,
        false,
      );
      const ratio = peaks[1]!.perSecond / peaks[0]!.perSecond;
      return [
        {
          what: `PDF download against compute-on-read, ${grouped(POSTINGS)} postings`,
          figure: peakText(peaks[1]!),
          baseline: `${peakText(peaks[0]!)} computed and drawn on request`,
          ratio,
          target: `≥ ${TARGET} ×`,
          reached: ratio >= TARGET && peaks[1]!.unserved === 0,
          how: 'closed loop; the other side: prepared SQL over a table of posted lines with a covering index, pdfkit, 4 connections',
        },
      ];
    } finally {
      await crud.stop();
    }
  },
};
