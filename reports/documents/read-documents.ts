// The read side over MongoDB: each look-up is one find by ID, or two. A head is read through the book's position, so that
// a move and a switch of generation are seen whole.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportBody } from '#reports/catalogue/report.ts';
import type { Collections } from './collections.ts';
import { toPosition } from './head-address.ts';
import { unpackBody } from './pack.ts';
import { headsOfBook, readHeads } from './read-heads.ts';
import { pageOfReport, rowBatches } from './read-pages.ts';
import type { DocumentsReader } from './reader.ts';

/** Twelve figures of a digest are shared by two bodies once in many millions of years. */
const MOST_ALIKE = 5;
/** Moves come some milliseconds apart at the most, two looks take less. */
const MOST_LOOKS = 20;
const WITHOUT_HEADS = { projection: { recent: 0 } };

export function readDocuments(all: Collections): DocumentsReader {
  const texts = (digests: readonly string[]) => readTexts(all, digests);
  return {
    bookBySlug: async (slug) => (await all.books.findOne({ slug }))?.value ?? null,
    book: async (bookId) => (await all.books.findOne({ _id: bookId }))?.value ?? null,
    person: async (userId) => (await all.people.findOne({ _id: userId }))?.value ?? null,
    apiKey: async (hash) => (await all.apiKeys.findOne({ _id: hash }))?.value ?? null,
    async position(bookId) {
      const stored = await all.positions.findOne({ _id: bookId }, WITHOUT_HEADS);
      return stored ? toPosition(stored) : null;
    },
    positions: async (bookIds) =>
      (await all.positions.find({ _id: { $in: [...bookIds] } }, WITHOUT_HEADS).toArray()).map(
        toPosition,
      ),
    async head(bookId: number, report: string, period: PeriodKey) {
      const [found] = await readHeads(all, [{ book: bookId, report, period }]);
      return found!.head;
    },
    async heads(bookId) {
      const stored = await all.positions.findOne({ _id: bookId });
      return stored ? headsOfBook(all, bookId, stored) : [];
    },
    async headsTogether(bookId, period, reports) {
      const wanted = reports.map((report) => ({ book: bookId, report, period }));
      for (let look = 0; look < MOST_LOOKS; look++) {
        const found = await readHeads(all, wanted);
        const before = found[0]?.position;
        const now = await all.positions.findOne({ _id: bookId }, WITHOUT_HEADS);
        if (!before || !now) return null;
        // A head is at least as new as its position: without a move between they are of one.
        if (toPosition(now).recomputes !== before.recomputes) continue;
        return { position: before.position, heads: found.flatMap(({ head }) => head ?? []) };
      }
      return null;
    },
    async body(digest) {
      const json = (await texts([digest])).get(digest);
      return json === undefined ? null : (JSON.parse(json) as ReportBody);
    },
    async storedBodies(bookId, beginning) {
      const range = { $gte: beginning, $lt: `${beginning}g` };
      const found = await all.bodies.find({ _id: range }).limit(MOST_ALIKE).toArray();
      return found
        .filter(({ book }) => book === bookId)
        .map((stored) => ({ digest: stored._id, body: JSON.parse(unpackBody(stored)) }))
        .filter(({ body }) => typeof body.report === 'string');
    },
    rowBatches: (body) => rowBatches(texts, body),
    page: (body, page) => pageOfReport(texts, body, page),
    importProgress: async (bookId) =>
      (await all.imports.find({ book: bookId }).toArray()).map((stored) => stored.value),
    async ping() {
      await all.db.command({ ping: 1 });
    },
  };
}

/** Texts of bodies by digest in one request; those not stored are left out. */
export async function readTexts(
  all: Collections,
  digests: readonly string[],
): Promise<Map<string, string>> {
  if (digests.length === 0) return new Map();
  const stored = await all.bodies.find({ _id: { $in: [...digests] } }).toArray();
  return new Map(stored.map((body) => [body._id, unpackBody(body)]));
}
