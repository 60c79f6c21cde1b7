// How fresh the page is, and the thing that keeps it so: when the documents move, the page fetches the newer one.
'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useLive } from '../live.tsx';
import { momentText } from '../locale.ts';
import classes from './freshness.module.css';

export function Freshness({
  position,
  head,
  computedAt,
  shownPosition,
  locale,
  timeZone,
}: {
  /** Where the book's documents stood when this page was made. */
  position: number | null;
  head: number | null;
  computedAt: string | null;
  /** The ledger position printed on the document shown. */
  shownPosition: number | null;
  locale: string;
  timeZone: string;
}) {
  const live = useLive();
  const router = useRouter();
  const newest = Math.max(live.documents ?? 0, position ?? 0);
  const stale = newest > (position ?? 0);
  useEffect(() => {
    if (!stale || newest === 0) return;
    // Bursts of changes make one fetch; a page in the background waits for its reader.
    const timer = setTimeout(() => router.refresh(), 50);
    return () => clearTimeout(timer);
  }, [newest, stale, router]);
  const behind = Math.max(live.head ?? 0, head ?? 0) > newest;
  const updating = behind || stale || position === null;
  return (
    <span className={classes.badge} data-state={updating ? 'updating' : 'fresh'} role="status">
      <i aria-hidden />
      {updating ? 'Updating…' : 'Up to date'}
      {shownPosition === null ? null : (
        <span className={classes.detail}>
          position {shownPosition}
          {computedAt ? ` · computed ${momentText(computedAt, locale, timeZone)}` : ''}
        </span>
      )}
    </span>
  );
}
