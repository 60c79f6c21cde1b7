// Finds imports that nobody works on (a wake-up was lost, a worker was killed) and runs them, past the queue.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ImportWork, runImport } from './import.ts';

const EVERY_MS = 1_000;

const LATE = `
  select id from imports i
  where state in ('queued', 'running', 'posting')
    or (state in ('abandoned', 'rejected') and exists (select from import_chunks c where c.import_id = i.id))
  order by id limit 20`;

/** One import at a time, in the order in which they were accepted. */
export function startImportSweeper(work: ImportWork): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const running = (async () => {
    while (!stopped.signal.aborted) {
      try {
        const { rows } = await work.store.pool.query<{ id: number }>(LATE);
        for (const { id } of rows) {
          if (stopped.signal.aborted) break;
          await runImport(work, id);
        }
      } catch (err) {
        work.log.warn({ err }, 'imports: tried again in a second');
      }
      await sleep(EVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
