// Waiting for what other processes do.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerSide } from './open-ledger-side.ts';

const EVERY_MS = 100;
const ANSWER_MS = 60_000;
const LEVEL_MS = 300_000;

async function until(what: string, patienceMs: number, holds: () => Promise<boolean>) {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}.`);
    await sleep(EVERY_MS);
  }
}

/** Until an address answers with 200. */
export const answers = (url: string): Promise<void> =>
  until(url, ANSWER_MS, async () => {
    try {
      return (await fetch(url)).ok;
    } catch {
      // Nobody listens yet.
      return false;
    }
  });

/** Until the documents of every book are at its head. */
export const documentsLevel = ({ documents, store }: LedgerSide): Promise<void> =>
  until('the report documents', LEVEL_MS, async () => {
    const { rows } = await store.pool.query<{ id: number; head: number }>(
      'select id, head from books',
    );
    const positions = await documents.positions(rows.map(({ id }) => id));
    return rows.every(({ id, head }) =>
      positions.some(({ book, position }) => book === id && position >= head),
    );
  });
