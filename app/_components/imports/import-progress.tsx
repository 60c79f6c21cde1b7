// Keeps the page of an import current: its bar moves with the news, and the page is read again when the state changes.
'use client';

import { Progress } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive } from '../live.tsx';

const ASK_AGAIN_MS = 1_500;

export function ImportWatch({
  id,
  state,
  done,
  total,
}: {
  id: number;
  state: string;
  done: number;
  total: number;
}) {
  const router = useRouter();
  const heard = useLive().imports[id];
  const shown = useRef(state);
  const now = heard ?? { state, done, total };
  const working = ['queued', 'running', 'posting'].includes(state);
  useEffect(() => {
    if (heard && heard.state !== shown.current) {
      shown.current = heard.state;
      router.refresh();
    }
  }, [heard, router]);
  useEffect(() => {
    // News may be late or lost; the page asks by itself as long as something is going on.
    if (!working) return;
    const timer = setInterval(() => router.refresh(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [working, router]);
  if (!working) return null;
  const part = now.total === 0 ? 0 : (now.done / now.total) * 100;
  return (
    <Progress
      value={now.state === 'posting' ? 100 : part}
      animated
      aria-label="Progress of the import"
      m={24}
    />
  );
}
