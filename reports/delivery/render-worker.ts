// Runs in a worker thread: reads a body from the document store, draws it, and stores the file as it is made. The web
// thread sees neither rows nor bytes of what is being drawn.
import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { PassThrough, type Writable } from 'node:stream';
import { workerData } from 'node:worker_threads';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { writeCsv } from '#reports/render/csv.ts';
import { drawPack } from '#reports/render/draw-pack.ts';
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

/** Makes one file. @returns null when a body has gone (a newer one took its place). */
export default async function render(task: RenderTask): Promise<Made | null> {
  const { digest, template, format, book, parts } = task;
  try {
    const bytes = parts
      ? drawn((out) => drawPack({ digest, reports: () => opened(parts) }, out))
      : bytesOf(await open(digest), format);
    const file = await store.files.save({ digest, template, format }, book, bytes, parts);
    return { size: file.size, whole: file.parts === 1 ? await file.part(0) : null };
  } catch (fault) {
    if (fault instanceof BodyGone) return null;
    throw fault;
  }
}

class BodyGone extends Error {}

async function open(digest: string): Promise<ReportSource> {
  const body = await store.body(digest);
  if (!body) throw new BodyGone(`body ${digest} is not stored any more`);
  return { body, digest, rows: () => store.rowBatches(body) };
}

async function* opened(digests: readonly string[]): AsyncGenerator<ReportSource> {
  for (const digest of digests) yield await open(digest);
}

function bytesOf(source: ReportSource, format: RenderTask['format']): AsyncIterable<Uint8Array> {
  if (format === 'csv') return writeCsv(source);
  return format === 'xlsx' ? writeXlsx(source) : drawn((out) => drawPdf(source, out));
}

async function* drawn(draw: (out: Writable) => Promise<void>): AsyncIterable<Uint8Array> {
  const pipe = new PassThrough({ highWaterMark: 256 * 1024 });
  const drawing = draw(pipe).catch((fault: Error) => {
    pipe.destroy(fault);
  });
  yield* pipe;
  await drawing;
}
