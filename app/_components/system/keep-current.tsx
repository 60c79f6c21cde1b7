// Fetches the page again every two seconds while somebody looks at it, one fetch at a time.
'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';

const EVERY_MS = 2_000;

export function KeepCurrent() {
  const router = useRouter();
  const [fetching, startFetching] = useTransition();
  useEffect(() => {
    if (fetching) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') startFetching(() => router.refresh());
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [fetching, router]);
  return null;
}
