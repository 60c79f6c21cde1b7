// One stream of news per open book: how far the ledger and the documents are, and how imports come on.
'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ImportProgress } from '#reports/documents/reader.ts';

export interface LiveNews {
  /** Newest event of the book, as far as heard. */
  readonly head: number | null;
  /** Every document is valid at this position. */
  readonly documents: number | null;
  /** Imports heard of since the page opened, by id. */
  readonly imports: Readonly<Record<number, ImportProgress>>;
  readonly connected: boolean;
}

const SILENCE: LiveNews = {
  head: null,
  documents: null,
  imports: {},
  connected: false,
};
const LiveContext = createContext<LiveNews>(SILENCE);

export function LiveProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const [news, setNews] = useState<LiveNews>(SILENCE);
  useEffect(() => {
    const source = new EventSource(`/books/${slug}/live`);
    source.onopen = () => setNews((known) => ({ ...known, connected: true }));
    source.onerror = () => setNews((known) => ({ ...known, connected: false }));
    source.addEventListener('position', (event) => {
      const { head, documents } = JSON.parse(event.data) as {
        head: number;
        documents: number;
      };
      setNews((known) => ({ ...known, head, documents, connected: true }));
    });
    source.addEventListener('import', (event) => {
      const progress = JSON.parse(event.data) as ImportProgress;
      setNews((known) => ({
        ...known,
        imports: { ...known.imports, [progress.id]: progress },
      }));
    });
    return () => source.close();
  }, [slug]);
  return <LiveContext value={news}>{children}</LiveContext>;
}

/** The latest news of the open book. */
export const useLive = (): LiveNews => useContext(LiveContext);
