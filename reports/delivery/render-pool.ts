// Worker threads that make files: few, taken by the books in turn, and behind the web thread in priority, so that
// drawing never delays a download that is ready.
import { Piscina } from 'piscina';
import type { FileKey } from '#reports/documents/documents.ts';
import { CSV_TEMPLATE } from '#reports/render/csv.ts';
import { PACK_TEMPLATE } from '#reports/render/pack-template.ts';
import { PDF_TEMPLATE } from '#reports/render/pdf-template.ts';
import { XLSX_TEMPLATE } from '#reports/render/xlsx-template.ts';
import { createFairQueue } from './fair-queue.ts';

export interface RenderThreadOptions {
  readonly mongoUrl: string;
  readonly dbName?: string;
  /** How far behind the threads stand, as `nice` counts it. */
  readonly niceness: number;
}

/** What is drawn: a document, or a pack of documents under a digest over theirs. */
export interface DrawnFrom {
  readonly digest: string;
  /** A pack: digests of its reports in order. */
  readonly parts?: readonly string[];
}

export interface RenderTask extends FileKey, DrawnFrom {
  /** `pack`: a PDF of several reports. */
  readonly format: 'pdf' | 'csv' | 'xlsx' | 'pack';
  readonly book: number;
}

/** A file that was made and stored; `whole` has its bytes where they are few. */
export interface Made {
  readonly size: number;
  readonly whole: Uint8Array | null;
}

export interface RenderPool {
  /** Makes a file and stores it. @returns null when its body, or one of a pack, has gone. */
  render(task: RenderTask): Promise<Made | null>;
  /** Files made since the start, and the time that took. */
  made(): { readonly count: number; readonly seconds: number };
  waiting(): number;
  close(): Promise<void>;
}

const TEMPLATES: Readonly<Record<RenderTask['format'], string>> = {
  pdf: `${PDF_TEMPLATE}`,
  csv: `${CSV_TEMPLATE}`,
  xlsx: `${XLSX_TEMPLATE}`,
  pack: `${PACK_TEMPLATE}-${PDF_TEMPLATE}`,
};

/** The address of a file made from a body, or from those of a pack. */
export const renderTask = (
  { digest, parts }: DrawnFrom,
  format: RenderTask['format'],
  book: number,
): RenderTask => ({
  ...{ digest, template: TEMPLATES[format], format, book },
  ...(parts === undefined ? {} : { parts }),
});

/** What is packed leaves buffers behind that only a collection frees: a small young generation collects often. */
export const SEMI_SPACE_MB = 4;
/** A thread draws one file while others wait for the document store. */
const AT_ONCE = 4;

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
    // Starting one, and its first file, take a second that nobody should wait for.
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: AT_ONCE,
    resourceLimits: { maxYoungGenerationSizeMb: 3 * SEMI_SPACE_MB },
    workerData,
  });
  const queue = createFairQueue(threads * AT_ONCE);
  let count = 0;
  let seconds = 0;
  return {
    render: (task) =>
      queue.run(task.book, async () => {
        const started = performance.now();
        const made = (await pool.run(task)) as Made | null;
        if (made) {
          count++;
          rendered(task.book);
        }
        seconds += (performance.now() - started) / 1000;
        return made;
      }),
    made: () => ({ count, seconds }),
    waiting: queue.waiting,
    close: () => pool.destroy(),
  };
}
