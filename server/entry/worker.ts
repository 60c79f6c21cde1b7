// The worker's process: recomputes documents, draws files ahead, posts imports. Any number of these may run.

import { prerender } from '#reports/delivery/prerender.ts';
import { createRenderPool } from '#reports/delivery/render-pool.ts';
import { runImport } from '#workers/import.ts';
import { startImportSweeper } from '#workers/import-sweeper.ts';
import { recomputeBook } from '#workers/recompute.ts';
import { startSweeper } from '#workers/sweeper.ts';
import { serviceConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { receiveWakeUps } from '../queue/wake-ups.ts';
import { openLedgerSide } from './open-ledger-side.ts';
import { runEntry, whenStopped } from './run-entry.ts';

await runEntry(async () => {
  const config = serviceConfig();
  const log = createLog('worker', config.logLevel);
  const side = await openLedgerSide(config, log);
  const { store, documents, notify } = side;
  const pool = createRenderPool({ mongoUrl: config.mongoUrl, threads: 1 });
  const recompute = {
    store,
    documents,
    log,
    afterMove: async (book: number, heads: Parameters<typeof prerender>[2]) => {
      await prerender({ documents, pool }, book, heads);
    },
  };
  const address = {
    databaseUrl: config.databaseUrl,
    redisUrl: config.redisUrl,
    fault: (err: unknown, what: string) => log.warn({ err, what }, 'left to the sweeper'),
  };
  const receivers = [
    receiveWakeUps(address, 'book', async (bookId) => {
      await recomputeBook({ ...recompute, bookId });
    }),
    receiveWakeUps(address, 'import', async (importId) => {
      await runImport({ store, notify, log }, importId);
    }),
  ];
  const sweeper = startSweeper(recompute);
  const importSweeper = startImportSweeper({ store, notify, log });
  log.info('working');
  whenStopped(async () => {
    await Promise.all([
      ...receivers.map((receiver) => receiver.close()),
      sweeper.stop(),
      importSweeper.stop(),
    ]);
    await pool.close();
    await side.close();
  });
});
