// One stream of news per open book: how far the ledger and the documents are, and how imports come on.
'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { z } from 'zod';
import type { ImportProgress } from '#reports/documents/reader.ts';
import { useKeptState } from './kept-state.ts';

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
const Own = z.object({ position: z.number(), at: z.number() });
const reviveOwn = (kept: unknown) => {
  const own = Own.parse(kept);
  return Date.now() - own.at < OWN_MS ? own : null;
};

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
  const [own, setOwn] = useKeptState(`daybook:own:${slug}`, { position: 0, at: 0 }, reviveOwn);
  const recorded = useCallback(
    (position: number) => setOwn({ position, at: Date.now() }),
    [setOwn],
  );
  const head = Math.max(news.head ?? 0, own.position) || null;
  return <LiveContext value={{ ...news, head, recorded }}>{children}</LiveContext>;
}

/** The latest news of the open book. */
export const useLive = (): Live => useContext(LiveContext);
