// A report pack over node:http: /books/{book}/packs/{period}.zip, chosen reports of a period as files in one archive, all
// at one position of the book. `?format=` is pdf, xlsx or csv. `pack-pdf-handler.ts` gives the same reports as one PDF.
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { csvCell } from '#reports/render/csv.ts';
import { type ComingPart, writeZip } from '#reports/render/zip-file.ts';
import { type Problem, SAFE_HEADERS } from '#server/session/problem.ts';
import type { FileBytes } from './file-bytes.ts';
import { findTogether } from './find-together.ts';
import { type AskedPack, behind, noDocuments, readPack } from './pack-address.ts';
import { AGAIN_MS, LATER_MS, type PackParts, packRoute } from './pack-route.ts';
import type { ReadyFile, ReportSlot } from './report-slot.ts';
import { unlessGone } from './unless-gone.ts';

const FORMATS = ['pdf', 'xlsx', 'csv'] as const;
type PackFormat = (typeof FORMATS)[number];

interface Asked extends AskedPack {
  readonly format: PackFormat;
}

interface PackedFile {
  readonly head: ReportHead;
  readonly slot: ReportSlot;
  readonly ready: ReadyFile;
  readonly bytes: FileBytes;
}

/** The handler, for the front door's list. */
export const packHandler = (parts: PackParts) =>
  packRoute<Asked, Pack>(parts, {
    ending: 'zip',
    read: readAsked,
    find: (asked, patient) => collect(parts, asked, patient),
    async send(request, response, asked, pack) {
      for (const { ready, slot } of pack.files) parts.served(slot, ready);
      response.writeHead(200, {
        ...SAFE_HEADERS,
        'cache-control': 'private, no-store',
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${asked.book.slug}-${asked.period}.zip"`,
        'x-ledger-position': `${pack.position}`,
      });
      if (request.method === 'HEAD') response.end();
      else await pipeline(writeZip(partsOf(asked, pack)), response).catch(unlessGone);
    },
  });

function readAsked(book: BookCopy, text: string, query: URLSearchParams): Asked | Problem {
  const pack = readPack(book, text, query);
  if ('code' in pack) return pack;
  const format = FORMATS.find((known) => known === (query.get('format') ?? 'pdf'));
  return format ? { ...pack, format } : unknownFormat;
}

interface Pack {
  readonly position: number;
  readonly files: readonly PackedFile[];
}

/** The files of heads that were read together; when a body has gone meanwhile, from the beginning. */
async function collect(
  parts: PackParts,
  asked: Asked,
  patient: () => boolean,
): Promise<Pack | Problem> {
  const { book, period, reports } = asked;
  do {
    const at = await findTogether(parts.documents, parts.heads, book.id, period, reports);
    if (at && at.heads.length < reports.length) return noDocuments(period);
    const found = await Promise.all(
      (at?.heads ?? []).map((head) => fileOf(parts, asked, head, patient)),
    );
    const files = found.filter((file) => file !== null);
    if (at && files.length === reports.length) return { position: at.position, files };
    await sleep(AGAIN_MS);
  } while (patient());
  return behind;
}

/** This document's file and no other's. A document that keeps changing is drawn seldom: that is waited for. */
async function fileOf(
  { slots }: PackParts,
  { book, format, period }: Asked,
  head: ReportHead,
  patient: () => boolean,
): Promise<PackedFile | null> {
  const slot = slots.slot(book, { slug: book.slug, report: head.report, period, format }, period);
  while (patient()) {
    const answer = await slots.file(slot, head, true);
    if (answer === 'gone') return null;
    if ('ready' in answer) return { head, slot, ready: answer.ready, bytes: answer.bytes };
    await sleep(Math.min(answer.laterMs, LATER_MS));
  }
  return null;
}

/** A list of what is in it, then the files. */
function* partsOf({ format, period }: Asked, { files, position }: Pack): Iterable<ComingPart> {
  const named = files.map((file, at) => ({
    ...file,
    path: `${`${at + 1}`.padStart(2, '0')}-${file.head.report}-${period}.${format}`,
  }));
  const rows = named.map(({ head, path }) => [path, head.report, period, head.digest, position]);
  const lines = [['file', 'report', 'period', 'digest', 'book position'], ...rows];
  const text = lines.map((cells) => `${cells.map((cell) => csvCell(`${cell}`)).join(',')}\r\n`);
  yield { path: '00-contents.csv', content: one(Buffer.from(text.join(''))) };
  for (const { bytes, path } of named) {
    yield { path, content: 'whole' in bytes ? one(bytes.whole) : bytes.chunks() };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const unknownFormat: Problem = {
  status: 404,
  code: 'unknown-format',
  title: 'There is no such format',
  detail: `A pack has its reports as ${FORMATS.join(', ')}.`,
  field: 'format',
};
