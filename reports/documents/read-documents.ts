// The read side over MongoDB: each look-up is one find by ID. A head is read through the book's current generation,
// so that a switch of generation is seen whole.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportBody, ReportName } from '#reports/catalogue/report.ts';
import type { Collections } from './collections.ts';
import { headAddress, toHead, toPosition } from './head-address.ts';
import { unpackBody } from './pack.ts';
import { pageOfReport, rowBatches } from './read-pages.ts';
import type { DocumentsReader } from './reader.ts';

/** Heads moved last are for who watches the collection. */
const WITHOUT_MOVED = { projection: { moved: 0 } };

export function readDocuments(all: Collections): DocumentsReader {
  const generationOf = async (book: number): Promise<number | null> => {
    const stored = await all.positions.findOne({ _id: book }, { projection: { generation: 1 } });
    return stored?.generation ?? null;
  };
  const texts = (digests: readonly string[]) => readTexts(all, digests);
  return {
    bookBySlug: async (slug) => (await all.books.findOne({ slug }))?.value ?? null,
    book: async (bookId) => (await all.books.findOne({ _id: bookId }))?.value ?? null,
    person: async (userId) => (await all.people.findOne({ _id: userId }))?.value ?? null,
    apiKey: async (hash) => (await all.apiKeys.findOne({ _id: hash }))?.value ?? null,
    async position(bookId) {
      const stored = await all.positions.findOne({ _id: bookId }, WITHOUT_MOVED);
      return stored ? toPosition(stored) : null;
    },
    positions: async (bookIds) =>
      (await all.positions.find({ _id: { $in: [...bookIds] } }, WITHOUT_MOVED).toArray()).map(
        toPosition,
      ),
    async head(bookId: number, report: ReportName, period: PeriodKey) {
      const generation = await generationOf(bookId);
      if (generation === null) return null;
      const stored = await all.heads.findOne({
        _id: headAddress(bookId, generation, report, period),
      });
      return stored ? toHead(stored) : null;
    },
    async heads(bookId) {
      const generation = await generationOf(bookId);
      if (generation === null) return [];
      return (await all.heads.find({ book: bookId, generation }).toArray()).map(toHead);
    },
    async body(digest) {
      const json = (await texts([digest])).get(digest);
      return json === undefined ? null : (JSON.parse(json) as ReportBody);
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
