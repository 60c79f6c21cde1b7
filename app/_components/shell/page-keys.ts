// Keys that the open page listens to, so that `?` can list them.
'use client';

import { useEffect } from 'react';

type PageKey = readonly [keys: string, meaning: string];

const shown = new Set<readonly PageKey[]>();

/** Lists these keys under `?` while the calling component is on the page. Pass a constant. */
export function usePageKeys(keys: readonly PageKey[]): void {
  useEffect(() => {
    shown.add(keys);
    return () => {
      shown.delete(keys);
    };
  }, [keys]);
}

/** The keys of the open page. */
export const pageKeys = (): PageKey[] => [...shown].flat();
