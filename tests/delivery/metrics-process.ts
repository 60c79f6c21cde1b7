// A primary with three front doors that only count: each then reads /metrics' text, and the starter is told all three.
import cluster from 'node:cluster';
import { gatherMetrics, metricsText } from '#server/metrics/cluster-metrics.ts';
import { frontDoorMetrics } from '#server/metrics/front-door-metrics.ts';

const DOORS = 3;

if (cluster.isPrimary) gather();
else count(cluster.worker?.id ?? 0);

function gather(): void {
  gatherMetrics();
  const texts: string[] = [];
  let ready = 0;
  cluster.on('message', (_door, message: { readonly ready?: true; readonly said?: string }) => {
    if (message.ready && ++ready === DOORS) {
      for (const door of Object.values(cluster.workers ?? {})) door?.send('ask');
    }
    if (message.said === undefined) return;
    texts.push(message.said);
    if (texts.length === DOORS) process.send?.(texts);
  });
  for (let n = 0; n < DOORS; n++) cluster.fork();
  process.once('disconnect', () => process.exit());
}

/** The n-th front door answered n downloads. */
function count(n: number): void {
  const metrics = frontDoorMetrics({
    streamAgeMs: () => n * 1_000,
    streamTrusted: () => n > 1,
    cacheBytes: () => 1_000,
    caches: { heads: { hits: 10, misses: n }, bytes: { hits: 0, misses: 0 } },
    renders: () => ({ count: n, seconds: 0.5 }),
    renderQueue: () => 0,
    liveStreams: () => 0,
  });
  const text = metricsText(metrics.register);
  for (let download = 0; download < n; download++) metrics.answered('report.pdf', 200, 1);
  process.on('message', (message) => {
    if (message === 'ask') void text().then((said) => process.send?.({ said }));
  });
  process.send?.({ ready: true });
}
