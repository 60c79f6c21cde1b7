// The front door's counters.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveFeed } from '#reports/delivery/live-feed.ts';
import type { RenderPool } from '#reports/delivery/render-pool.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { DocumentsPosition } from '#reports/documents/reader.ts';

export interface CountedParts {
  readonly pool: RenderPool;
  readonly feed: LiveFeed;
  readonly documents: Documents;
}

export function countFrontDoor({ pool, feed, documents }: CountedParts) {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const seconds = new Histogram({
    name: 'daybook_request_seconds',
    help: 'Time from request to the end of its answer',
    labelNames: ['handler'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const answers = new Counter({
    name: 'daybook_requests_total',
    help: 'Answered requests',
    labelNames: ['handler', 'status'],
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('daybook_files_rendered', 'Report files made by this process', () => pool.made().count);
  gauge('daybook_live_streams', 'Open live streams', feed.listeners);
  return {
    text: () => register.metrics(),
    answered(handler: string, _path: string, status: number, milliseconds: number) {
      if (handler !== 'live') seconds.observe({ handler }, milliseconds / 1000);
      answers.inc({ handler, status: `${status}` });
    },
    async recomputes() {
      const books = await documents.access.books();
      const positions = await documents.positions(books.map((book) => book.id));
      const sum = (value: (position: DocumentsPosition) => number) =>
        positions.reduce((total, position) => total + value(position), 0);
      return {
        books: positions.length,
        recomputes: sum((position) => position.recomputes),
        behind: sum((position) => position.head - position.position),
      };
    },
  };
}
