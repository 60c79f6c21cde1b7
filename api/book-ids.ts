// Which book a slug means, remembered for a while: a slug never changes, and who may do what is asked elsewhere, by the
// command in the ledger itself. An unknown slug is asked for again: the book may be there a moment later.
import { LRUCache } from 'lru-cache';
import type { BookCopy } from '#reports/documents/reader.ts';
import type { GivenRooms } from './api-rooms.ts';

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** As long as a session is trusted: a ledger restored from a backup may give the slug to another book. */
const TRUST_MS = 25_000;

export type BookId = (slug: string) => Promise<number | null>;

export function rememberBookIds(rooms: GivenRooms): BookId {
  const ids = new LRUCache<string, number>({ max: 10_000, ttl: TRUST_MS });
  return async (slug) => {
    const known = ids.get(slug);
    if (known !== undefined) return known;
    const book = await findBook(rooms, slug);
    if (book) ids.set(slug, book.id);
    return book?.id ?? null;
  };
}

/** The ledger knows first; its copy serves while it is down. */
export async function findBook(
  { documents, queries }: Pick<GivenRooms, 'documents' | 'queries'>,
  slug: string,
): Promise<BookCopy | null> {
  if (!SLUG.test(slug)) return null;
  try {
    return await queries.bookBySlug(slug);
  } catch (fault) {
    const copy = await documents.bookBySlug(slug).catch(() => null);
    if (copy) return copy;
    throw fault;
  }
}
