// A report pack as one PDF over node:http: /books/{book}/packs/{period}.pdf, chosen reports of a period at one position of
// the book. The file is drawn once, under a digest over those of its reports; of documents that keep changing the newest
// finished pack is given, as single files are.
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { DocumentsReader } from '#reports/documents/reader.ts';
import type { Problem } from '#server/session/problem.ts';
import { sendProblem } from '#server/session/send-problem.ts';
import { authorise } from './authorise.ts';
import type { DeliveryParts } from './deliver-report.ts';
import type { Drawable } from './draw-once.ts';
import type { FileBytes } from './file-bytes.ts';
import { findTogether } from './find-together.ts';
import { type AskedPack, behind, noDocuments, readPack } from './pack-address.ts';
import { answersAt, type ReadyFile, type ReportSlot, tagMatches } from './report-slot.ts';
import { unlessGone } from './unless-gone.ts';

const ADDRESS = /^\/books\/([^/]+)\/packs\/([^/]+)\.pdf$/;
const AGAIN_MS = 50;
const LATER_MS = 200;
/** So long a pack is waited for: with the longest ledgers in it, it takes some seconds to draw. */
const PATIENCE_MS = 30_000;

type PackPdfParts = Omit<DeliveryParts, 'documents' | 'files' | 'waitMs'> & {
  readonly documents: Pick<DocumentsReader, 'headsTogether'>;
};

interface FoundPack {
  readonly ready: ReadyFile;
  readonly bytes: FileBytes;
  /** What it is valid at. */
  readonly position: number;
}

/** The handler, for the front door's list. */
export const packPdfHandler = (parts: PackPdfParts) => ({
  name: 'pack',
  matches: (path: string): boolean => ADDRESS.test(path),
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    { path, query }: { readonly path: string; readonly query: URLSearchParams },
  ): Promise<void> {
    const [, slug = '', text = ''] = ADDRESS.exec(path) ?? [];
    const who = await authorise(parts, parts.sessions, request.headers, slug, 'report.read');
    if ('code' in who) return sendProblem(response, who);
    const asked = readPack(who.book, text, query);
    if ('code' in asked) return sendProblem(response, asked);
    const slot = parts.slots.pack(asked.book, asked.reports, asked.period);
    const until = performance.now() + PATIENCE_MS;
    const patient = () => performance.now() < until && !response.destroyed;
    const found = await findPack(parts, slot, asked, patient);
    if ('code' in found) return sendProblem(response, found);
    const { bytes, position, ready } = found;
    parts.served(slot, ready);
    const { notModified, ok } = answersAt(slot, ready, position);
    const tagged = tagMatches(request.headers['if-none-match'], ready.etag);
    response.writeHead(tagged ? 304 : 200, (tagged ? notModified : ok) as string[]);
    if (tagged || request.method === 'HEAD') response.end();
    else if ('whole' in bytes) response.end(bytes.whole);
    else await pipeline(bytes.chunks(), response).catch(unlessGone);
  },
});

/** The documents may move on while their pack is looked for: then their heads are found again. */
async function findPack(
  { documents, heads, slots }: PackPdfParts,
  slot: ReportSlot,
  { book, period, reports }: AskedPack,
  patient: () => boolean,
): Promise<FoundPack | Problem> {
  do {
    const at = await findTogether(documents, heads, book.id, period, reports);
    if (at && at.heads.length < reports.length) return noDocuments(period);
    let laterMs = AGAIN_MS;
    if (at) {
      const answer = await slots.file(slot, packOf(at.heads), false);
      if (answer !== 'gone' && 'ready' in answer) {
        const { bytes, current, ready } = answer;
        return { ready, bytes, position: current ? at.position : ready.position };
      }
      if (answer !== 'gone') laterMs = Math.min(answer.laterMs, LATER_MS);
    }
    await sleep(laterMs);
  } while (patient());
  return behind;
}

/** Its digest is over those of its reports in their order; its position is that of the newest. */
function packOf(heads: readonly ReportHead[]): Drawable {
  const parts = heads.map(({ digest }) => digest);
  const digest = createHash('sha256')
    .update(`pack ${parts.join(' ')}`)
    .digest('hex');
  return { digest, parts, position: Math.max(...heads.map(({ position }) => position)) };
}
