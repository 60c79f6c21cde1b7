// A report pack as one PDF over node:http: /books/{book}/packs/{period}.pdf, chosen reports of a period at one position of
// the book. The file is drawn once, under a digest over those of its reports; of documents that keep changing the newest
// finished pack is given, as single files are.
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { packDigest } from '#reports/catalogue/seal.ts';
import type { Problem } from '#server/session/problem.ts';
import type { Drawable } from './draw-once.ts';
import type { FileBytes } from './file-bytes.ts';
import { findTogether } from './find-together.ts';
import { type AskedPack, behind, noDocuments, readPack } from './pack-address.ts';
import { AGAIN_MS, LATER_MS, type PackParts, packRoute } from './pack-route.ts';
import { answersAt, type ReadyFile, type ReportSlot, tagMatches } from './report-slot.ts';
import { unlessGone } from './unless-gone.ts';

interface FoundPack {
  readonly ready: ReadyFile;
  readonly bytes: FileBytes;
  /** What it is valid at. */
  readonly position: number;
}

/** The handler, for the front door's list. */
export const packPdfHandler = (parts: PackParts) => {
  const slotOf = ({ book, period, reports }: AskedPack) => parts.slots.pack(book, reports, period);
  return packRoute<AskedPack, FoundPack>(parts, {
    ending: 'pdf',
    read: readPack,
    find: (asked, patient) => findPack(parts, slotOf(asked), asked, patient),
    async send(request, response, asked, { bytes, position, ready }) {
      const slot = slotOf(asked);
      parts.served(slot, ready);
      const { notModified, ok } = answersAt(slot, ready, position);
      const tagged = tagMatches(request.headers['if-none-match'], ready.etag);
      response.writeHead(tagged ? 304 : 200, (tagged ? notModified : ok) as string[]);
      if (tagged || request.method === 'HEAD') response.end();
      else if ('whole' in bytes) response.end(bytes.whole);
      else await pipeline(bytes.chunks(), response).catch(unlessGone);
    },
  });
};

/** The documents may move on while their pack is looked for: then their heads are found again. */
async function findPack(
  { documents, heads, slots }: PackParts,
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
  const position = Math.max(...heads.map((head) => head.position));
  return { digest: packDigest(parts), parts, position };
}
