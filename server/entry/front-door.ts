// The front door's processes: each owns a share of the port's connections and reads from MongoDB only. One by itself,
// or as many as WEB_CONCURRENCY says, which a first process starts and starts again; none keeps what another needs.
import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServiceConfig, serviceConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { gatherMetrics } from '../metrics/cluster-metrics.ts';
import { goFirst } from '../step-back.ts';
import { assembleFrontDoor } from './assemble-front-door.ts';
import { runEntry, whenStopped } from './run-entry.ts';

const RESTART_MS = 1_000;
/** An answer takes microseconds, and somebody waits for it. */
const NICENESS = -8;

await runEntry(async () => {
  const config = serviceConfig();
  if (cluster.isPrimary && config.frontDoors > 1) startSeveral(config);
  else await startOne(config);
});

async function startOne(config: ServiceConfig): Promise<void> {
  goFirst(NICENESS);
  const log = createLog('front-door', config.logLevel);
  const behind = (port: number) => ({ host: '127.0.0.1', port });
  const door = await assembleFrontDoor({
    publicUrl: config.publicUrl,
    mongoUrl: config.mongoUrl,
    authSecret: config.authSecret,
    secureCookies: config.secureCookies,
    cacheBytes: config.cacheBytes,
    api: behind(config.apiPort),
    web: behind(config.webPort),
    fault: (err, what) => log.error({ err, what }, 'a request failed'),
    note: (what) => log.info(what),
  });
  const port = await door.listen(config.port, config.host);
  log.info({ port }, 'listening');
  whenStopped(() => door.close());
}

function startSeveral({ frontDoors, logLevel }: ServiceConfig): void {
  const log = createLog('front-door', logLevel);
  let stopping = false;
  gatherMetrics();
  cluster.on('exit', async (worker, code, signal) => {
    if (stopping) return;
    log.error({ pid: worker.process.pid, end: signal ?? code }, 'ended; starting another');
    await sleep(RESTART_MS);
    if (!stopping) cluster.fork();
  });
  for (let started = 0; started < frontDoors; started++) cluster.fork();
  whenStopped(async () => {
    stopping = true;
    const ends = Object.values(cluster.workers ?? {}).map(
      (worker) => new Promise((resolve) => worker!.once('exit', resolve)),
    );
    for (const worker of Object.values(cluster.workers ?? {})) worker!.process.kill('SIGTERM');
    await Promise.all(ends);
  });
}
