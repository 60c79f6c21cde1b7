// Runs in a worker thread: reads a body from the document store, draws it, and stores the file as it is made. The web
// thread sees neither rows nor bytes of what is being drawn.
import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { PassThrough } from 'node:stream';
import { workerData } from 'node:worker_threads';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { writeCsv } from '#reports/render/csv.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { drawSpecimen } from '#reports/render/specimen.ts';
import { writeXlsx } from '#reports/render/xlsx.ts';
import type { Made, RenderTask, RenderThreadOptions } from './render-pool.ts';

const documents = (): Promise<Documents> => {
  // piscina hands its own things over in front of ours.
  const options = (
    Array.isArray(workerData) ? workerData.at(-1) : workerData
  ) as RenderThreadOptions;
  // Linux keeps a priority for each thread; elsewhere this would be the whole process.
  if (platform === 'linux') setPriority(options.niceness);
  return openDocuments({
    url: options.mongoUrl,
    ...(options.dbName === undefined ? {} : { dbName: options.dbName }),
  });
};

// What takes a while the first time is done before the first reader asks. A store that is away is met by who asks.
const store = await documents();
await Promise.all([store.ping().catch(() => undefined), drawSpecimen()]);

/** Makes one file. @returns null when the body has gone (a newer one took its place). */
export default async function render(task: RenderTask): Promise<Made | null> {
  const body = await store.body(task.digest);
  if (!body) return null;
  const source: ReportSource = { body, digest: task.digest, rows: () => store.rowBatches(body) };
  const { digest, template, format, book } = task;
  const file = await store.files.save({ digest, template, format }, book, bytesOf(source, format));
  return { size: file.size, whole: file.parts === 1 ? await file.part(0) : null };
}

async function* bytesOf(
  source: ReportSource,
  format: RenderTask['format'],
): AsyncIterable<Uint8Array> {
  if (format !== 'pdf') {
    yield* format === 'csv' ? writeCsv(source) : writeXlsx(source);
    return;
  }
  const pipe = new PassThrough({ highWaterMark: 256 * 1024 });
  const drawing = drawPdf(source, pipe).catch((fault: Error) => {
    pipe.destroy(fault);
  });
  yield* pipe;
  await drawing;
}
