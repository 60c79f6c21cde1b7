// What lies under stretches, as far as it was read or made a short while ago: a book that is posted to again and again
// rewrites the same last pages, and needn't ask the document store for them each time.
import { LRUCache } from 'lru-cache';
import {
  type Content,
  type NodeBody,
  type PageBody,
  type PageEntry,
  type Stretch,
  stretchOf,
} from '#reports/catalogue/pages.ts';
import type { Sealed } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import type { ReadContents } from './recompute-insert.ts';

/** Letters of JSON; the objects take about three times as much. */
const MOST_KEPT = 24_000_000;

/** Contents by digest, the least recently used forgotten. */
export class ContentsCache {
  readonly #contents = new LRUCache<string, Content>({ maxSize: MOST_KEPT });

  put({ digest, json }: Sealed, content: Content): void {
    this.#contents.set(digest, content, { size: json.length });
  }

  /** Reads through the cache. @param exponent of the book's currency. */
  reader(documents: Pick<Documents, 'bodyTexts'>, exponent: number): ReadContents {
    return {
      entries: async (pages) => {
        const read = (text: string) => (JSON.parse(text) as PageBody).entries;
        return (await this.#all(documents, pages, read)).flat() as PageEntry[];
      },
      stretches: async (node) => {
        const read = (text: string) =>
          (JSON.parse(text) as NodeBody).stretches.map((ref) => stretchOf(ref, exponent));
        const [stretches] = await this.#all(documents, [node], read);
        return stretches as readonly Stretch[];
      },
    };
  }

  async #all(
    documents: Pick<Documents, 'bodyTexts'>,
    stretches: readonly Stretch[],
    read: (text: string) => Content,
  ): Promise<Content[]> {
    const digests = stretches.map(({ ref }) => ref.digest);
    const found = new Map(digests.map((digest) => [digest, this.#contents.get(digest)]));
    const missing = digests.filter((digest) => !found.get(digest));
    for (const [digest, json] of await documents.bodyTexts(missing)) {
      const content = read(json);
      found.set(digest, content);
      this.put({ digest, json }, content);
    }
    return digests.map((digest) => {
      const content = found.get(digest);
      if (!content) throw new Error(`page ${digest} is missing among the stored documents`);
      return content;
    });
  }
}
