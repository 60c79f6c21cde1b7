// Worker threads that make files: few, taken by the books in turn, and behind the web thread in priority, so that
// drawing never delays a download that is ready.
import { Piscina } from 'piscina';
import type { FileKey } from '#reports/documents/documents.ts';
import { CSV_TEMPLATE } from '#reports/render/csv.ts';
import { PDF_TEMPLATE } from '#reports/render/pdf-template.ts';
import { createFairQueue } from './fair-queue.ts';

export interface RenderThreadOptions {
  readonly mongoUrl: string;
  readonly dbName?: string;
  /** How far behind the threads stand, as `nice` counts it. */
  readonly niceness: number;
}

export interface RenderTask extends FileKey {
  readonly format: 'pdf' | 'csv';
  readonly book: number;
}

export interface RenderPool {
  /** Makes a file and stores it. @returns its size, or null when its body has gone. */
  render(task: RenderTask): Promise<number | null>;
  /** Files made since the start, and the time that took. */
  made(): { readonly count: number; readonly seconds: number };
  waiting(): number;
  close(): Promise<void>;
}

/** The address of a file made from a body. */
export const renderTask = (
  digest: string,
  format: RenderTask['format'],
  book: number,
): RenderTask => ({
  digest,
  template: `${format === 'pdf' ? PDF_TEMPLATE : CSV_TEMPLATE}`,
  format,
  book,
});

/** @param options where the threads find the document store, and how many there are. */
export function createRenderPool(
  options: RenderThreadOptions & {
    readonly threads: number;
    /** Told of each file made. */
    rendered(book: number): void;
  },
): RenderPool {
  const { threads, rendered, ...workerData } = options;
  const pool = new Piscina({
    filename: new URL('./render-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    workerData,
  });
  const queue = createFairQueue(threads);
  let count = 0;
  let seconds = 0;
  return {
    render: (task) =>
      queue.run(task.book, async () => {
        const started = performance.now();
        const size = (await pool.run(task)) as number | null;
        if (size !== null) {
          count++;
          rendered(task.book);
        }
        seconds += (performance.now() - started) / 1000;
        return size;
      }),
    made: () => ({ count, seconds }),
    waiting: queue.waiting,
    close: () => pool.destroy(),
  };
}
