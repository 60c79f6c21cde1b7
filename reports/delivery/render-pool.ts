// Worker threads that make files, and the promise that a file is made once however many ask: whoever asks while it is
// being made waits for the same one.
import { Piscina } from 'piscina';
import type { FileKey } from '#reports/documents/documents.ts';
import { CSV_TEMPLATE } from '#reports/render/csv.ts';
import { PDF_TEMPLATE } from '#reports/render/pdf-template.ts';

export interface RenderThreadOptions {
  readonly mongoUrl: string;
  readonly dbName?: string;
}

export interface RenderTask extends FileKey {
  readonly format: 'pdf' | 'csv';
  readonly book: number;
}

export interface RenderPool {
  /** Makes a file and stores it. @returns its size, or null when its body has gone. */
  render(task: RenderTask): Promise<number | null>;
  /** Files made since the start. */
  readonly rendered: () => number;
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

/** @param options where the threads find the document store; `threads` is 2 unless told. */
export function createRenderPool(
  options: RenderThreadOptions & { readonly threads?: number },
): RenderPool {
  const { threads = 2, ...workerData } = options;
  const pool = new Piscina({
    filename: new URL('./render-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    maxQueue: 10_000,
    workerData,
  });
  const making = new Map<string, Promise<number | null>>();
  let rendered = 0;
  return {
    render(task) {
      const key = `${task.digest}.${task.template}.${task.format}`;
      const running = making.get(key);
      if (running) return running;
      const made = (pool.run(task) as Promise<number | null>)
        .then((size) => {
          if (size !== null) rendered++;
          return size;
        })
        .finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
    rendered: () => rendered,
    close: () => pool.destroy(),
  };
}
