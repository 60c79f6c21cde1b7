// The worker's process: recomputes documents, draws files ahead, posts imports. Any number of these may run.
import { drawOnce } from '#reports/delivery/draw-once.ts';
import { reportFiles } from '#reports/delivery/file-bytes.ts';
import { renderAhead } from '#reports/delivery/render-ahead.ts';
import { createRenderPool } from '#reports/delivery/render-pool.ts';
import { runImport } from '#workers/import.ts';
import { startImportSweeper } from '#workers/import-sweeper.ts';
import { ledgerStanding } from '#workers/ledger-standing.ts';
import { recomputeOnce } from '#workers/recompute.ts';
import { startSweeper } from '#workers/sweeper.ts';
import { startTakingMembers } from '#workers/take-members.ts';
import { serviceConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { recordActivity } from '../metrics/activity-recorder.ts';
import { startNotes } from '../metrics/note-process.ts';
import { receiveWakeUps } from '../queue/wake-ups.ts';
import { giveWay, stepBack } from '../step-back.ts';
import { openLedgerSide } from './open-ledger-side.ts';
import { runEntry, whenStopped } from './run-entry.ts';

/** What is drawn ahead is read back once, by others: nothing to keep here. */
const DRAWN_BYTES = 2_000_000;

/** Behind the front door, the API and the pages. */
const NICENESS = 10;
/** Books wait for their databases most of the time; nobody sees a report change more often than ten times a second. */
const BOOKS = { atOnce: 4, restMs: 100, share: 1 / 2, mostRestMs: 250 };
const IMPORTS = { atOnce: 2, restMs: 0, share: 1, mostRestMs: 0 };

await runEntry(async () => {
  stepBack(NICENESS);
  giveWay();
  const config = serviceConfig();
  const log = createLog('worker', config.logLevel);
  const side = await openLedgerSide(config, log);
  const { store, documents, notify } = side;
  const unnoted = (err: unknown, what: string) => log.warn({ err, what }, 'not noted');
  const activity = recordActivity(documents.activity.add, unnoted);
  const { rendered } = activity;
  const pool = createRenderPool({ mongoUrl: config.mongoUrl, threads: 1, niceness: 10, rendered });
  const leftUndrawn = (err: unknown, what: string) =>
    log.warn({ err, what }, 'left to be drawn when it is asked for');
  const draw = drawOnce({
    drawings: documents.drawings,
    files: reportFiles(documents.files, DRAWN_BYTES),
    pool,
    fault: leftUndrawn,
  });
  const ahead = renderAhead(documents.drawings, draw, leftUndrawn);
  const recompute = {
    ...{ store, documents, log },
    ...{ moved: activity.recomputed, afterMove: ahead.moved },
  };
  const address = {
    databaseUrl: config.databaseUrl,
    redisUrl: config.redisUrl,
    fault: (err: unknown, what: string) => log.warn({ err, what }, 'left to the sweeper'),
  };
  const receivers = [
    receiveWakeUps(address, 'book', {
      ...BOOKS,
      async work(bookId) {
        const { state } = await recomputeOnce({ ...recompute, bookId });
        return state === 'behind' || state === 'busy';
      },
    }),
    receiveWakeUps(address, 'import', {
      ...IMPORTS,
      async work(importId) {
        await runImport({ store, notify, log }, importId);
        return false;
      },
    }),
  ];
  const sweeper = startSweeper(recompute);
  const importSweeper = startImportSweeper({ store, notify, log });
  const taking = startTakingMembers({ store, notify, log });
  const notes = startNotes({
    kind: 'worker',
    renders: pool.waiting,
    ledger: () => ledgerStanding({ store, documents, wakeUpDepth: side.wakeUpDepth }),
    write: documents.standing.noteProcess,
    fault: unnoted,
  });
  log.info('working');
  whenStopped(async () => {
    notes.stop();
    await Promise.all([
      ...receivers.map((receiver) => receiver.close()),
      sweeper.stop(),
      importSweeper.stop(),
      taking.stop(),
      ahead.stop(),
    ]);
    await pool.close();
    await activity.close();
    await side.close();
  });
});
