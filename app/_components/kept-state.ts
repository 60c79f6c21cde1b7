// State that survives a reload: kept in the browser under a key, read after the page has come alive.
'use client';

import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';

/**
 * @param revive makes the state of what was kept; whatever it throws on, or null, is forgotten
 * @returns the state, its setter, and whether what was kept has been read
 */
export function useKeptState<State>(
  key: string,
  initial: State,
  revive: (kept: unknown) => State | null,
): [State, Dispatch<SetStateAction<State>>, boolean] {
  const [state, setState] = useState(initial);
  const [ready, setReady] = useState(false);
  const reviver = useRef(revive);
  useEffect(() => {
    try {
      const kept = localStorage.getItem(key);
      const revived = kept === null ? null : reviver.current(JSON.parse(kept));
      if (revived !== null) setState(revived);
    } catch {
      localStorage.removeItem(key);
    }
    setReady(true);
  }, [key]);
  useEffect(() => {
    if (!ready) return;
    try {
      localStorage.setItem(key, JSON.stringify(state));
    } catch {
      // The browser keeps nothing (full, or forbidden): the page works, a reload forgets.
    }
  }, [key, ready, state]);
  return [state, setState, ready];
}
