// One stream of news per open book: how far the ledger and the documents are, and how imports come on.
'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import type { ImportProgress } from '#reports/documents/reader.ts';
import { OWN_COOKIE } from './own-cookie.ts';

export interface LiveNews {
  /** Newest event of the book, as far as heard; own ones are known at once. */
  readonly head: number | null;
  /** Every document is valid at this position. */
  readonly documents: number | null;
  /** Imports heard of since the page opened, by id. */
  readonly imports: Readonly<Record<number, ImportProgress>>;
  readonly connected: boolean;
}

interface Live extends LiveNews {
  /** A command of this browser was recorded at a position. */
  readonly recorded: (position: number) => void;
}

const SILENCE: LiveNews = {
  head: null,
  documents: null,
  imports: {},
  connected: false,
};
const LiveContext = createContext<Live>({ ...SILENCE, recorded: () => undefined });

/** What was recorded from here is known here before the documents show it; after so long everybody hears that they are late. */
const OWN_MS = 10_000;

/** Tells the pages that are opened next. A browser that keeps no cookies hears of it with the news. */
async function keepOwn(slug: string, position: number): Promise<void> {
  const own = { name: OWN_COOKIE, value: `${position}`, path: `/books/${slug}` };
  const store = 'cookieStore' in window ? window.cookieStore : null;
  await store?.set({ ...own, expires: Date.now() + OWN_MS, sameSite: 'strict' }).catch(() => null);
}

export function LiveProvider({
  slug,
  own: known,
  children,
}: {
  slug: string;
  /** What this browser recorded lately, as its request said; 0: nothing. */
  own: number;
  children: ReactNode;
}) {
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
  const [own, setOwn] = useState(known);
  const recorded = useCallback(
    (position: number) => {
      setOwn((before) => Math.max(before, position));
      void keepOwn(slug, position);
    },
    [slug],
  );
  const head = Math.max(news.head ?? 0, own) || null;
  return <LiveContext value={{ ...news, head, recorded }}>{children}</LiveContext>;
}

/** The latest news of the open book. */
export const useLive = (): Live => useContext(LiveContext);
