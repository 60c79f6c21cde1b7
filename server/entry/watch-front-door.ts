// Everything that is counted about one front door, for operators (`/metrics`) and for the owners of each book.
import type { ReportFiles } from '#reports/delivery/file-bytes.ts';
import type { HeadSource } from '#reports/delivery/head-source.ts';
import type { LiveFeed } from '#reports/delivery/live-feed.ts';
import type { RenderPool } from '#reports/delivery/render-pool.ts';
import type { Changes } from '#reports/documents/changes.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { FrontDoorOptions } from '../front-door/front-door.ts';
import type { OperatorParts } from '../front-door/operators.ts';
import type { ActivityRecorder } from '../metrics/activity-recorder.ts';
import { metricsText } from '../metrics/cluster-metrics.ts';
import { frontDoorMetrics, routeOf } from '../metrics/front-door-metrics.ts';
import { startNotes } from '../metrics/note-process.ts';

export interface WatchedParts {
  readonly pool: Pick<RenderPool, 'made' | 'waiting'>;
  readonly feed: Pick<LiveFeed, 'listeners'>;
  readonly documents: Documents;
  readonly changes: Pick<Changes, 'ageMs' | 'trusted'>;
  readonly heads: Pick<HeadSource, 'counts'>;
  readonly files: Pick<ReportFiles, 'counts' | 'size'>;
  readonly activity: ActivityRecorder;
  /** The copy that is remembered of a book, if any. */
  knownBook(slug: string): BookCopy | null | undefined;
  fault(fault: unknown, what: string): void;
}

export interface WatchedFrontDoor {
  readonly answered: FrontDoorOptions['answered'];
  readonly text: OperatorParts['metrics'];
  readonly standing: OperatorParts['documents']['standing'];
  /** After the last answer: hands over what was counted. */
  close(): Promise<void>;
}

/** Begins to count, and to say that this process lives. */
export function watchFrontDoor(parts: WatchedParts): WatchedFrontDoor {
  const { pool, feed, documents, changes, heads, files, activity } = parts;
  const metrics = frontDoorMetrics({
    streamAgeMs: changes.ageMs,
    streamTrusted: changes.trusted,
    cacheBytes: files.size,
    caches: { heads: heads.counts, bytes: files.counts },
    renders: pool.made,
    renderQueue: pool.waiting,
    liveStreams: feed.listeners,
  });
  const write = documents.standing.noteProcess;
  const notes = startNotes({
    kind: 'front-door',
    renders: pool.waiting,
    write,
    fault: parts.fault,
  });
  return {
    answered(handler, path, served, status, ms) {
      metrics.answered(routeOf(handler, served?.format ?? path), status, ms);
      if (served) activity.download(served.book, status === 304 ? 'notModified' : 'sent', ms);
      else if (handler === 'report' && status >= 500) {
        const book = parts.knownBook(path.split('/')[2] ?? '');
        if (book) activity.download(book.id, 'failed', ms);
      }
    },
    text: metricsText(metrics.register),
    async standing() {
      const books = await documents.access.books();
      const [positions, processes, violated] = await Promise.all([
        documents.positions(books.map((book) => book.id)),
        documents.standing.processes(),
        documents.standing.violated(),
      ]);
      return { positions, processes, violated };
    },
    async close() {
      notes.stop();
      await activity.close();
    },
  };
}
