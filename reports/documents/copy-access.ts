// Copies of what reading needs to know about people, keys, books and running imports. The ledger is the truth; the
// worker writes these after each change and repairs them in its rounds.
import type { Collections } from './collections.ts';
import type { AccessCopies } from './documents.ts';

const UPSERT = { upsert: true } as const;

export const accessCopies = (all: Collections): AccessCopies => ({
  async putBook(value) {
    await all.books.updateOne({ _id: value.id }, { $set: { slug: value.slug, value } }, UPSERT);
  },
  async putPerson(value) {
    await all.people.updateOne({ _id: value.id }, { $set: { value } }, UPSERT);
  },
  async putApiKey(hash, value) {
    await all.apiKeys.updateOne({ _id: hash }, { $set: { value } }, UPSERT);
  },
  async putImport(value) {
    await all.imports.updateOne({ _id: value.id }, { $set: { book: value.book, value } }, UPSERT);
  },
  people: async () => (await all.people.find().toArray()).map((stored) => stored.value),
  apiKeys: async () =>
    new Map((await all.apiKeys.find().toArray()).map((stored) => [stored._id, stored.value])),
  books: async () => (await all.books.find().toArray()).map((stored) => stored.value),
  imports: async (ids) =>
    (await all.imports.find({ _id: { $in: [...ids] } }).toArray()).map((stored) => stored.value),
});
