// Entries on their way: each with the command id made here, kept until its answer, so that a lost connection, a reload
// or a second press posts it once. They are sent one after the other, so that numbers follow the order of typing.
'use client';

import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { type EntryInput, postEntry } from '../../_actions/entries.ts';
import { newCommandId } from '../command-id.ts';
import { useKeptState } from '../kept-state.ts';
import { useLive } from '../live.tsx';

export interface SentEntry {
  readonly commandId: string;
  readonly entry: EntryInput;
  readonly state: 'posting' | 'posted' | 'refused';
  readonly number?: number;
  readonly reason?: string;
}

const Kept = z.array(
  z.object({
    commandId: z.string(),
    entry: z.object({
      date: z.string(),
      description: z.string(),
      reference: z.string(),
      kind: z.string(),
      lines: z.array(
        z.object({
          account: z.string(),
          side: z.enum(['debit', 'credit']),
          amount: z.string(),
          memo: z.string(),
        }),
      ),
    }),
    state: z.enum(['posting', 'posted', 'refused']),
    number: z.number().optional(),
    reason: z.string().optional(),
  }),
);

const SHOWN = 30;
const AGAIN_MS = 2_000;

export interface Outbox {
  /** Newest first. */
  readonly sent: readonly SentEntry[];
  readonly send: (entry: EntryInput) => void;
  /** Takes an entry out of the list. */
  readonly drop: (commandId: string) => void;
}

export function useOutbox(slug: string): Outbox {
  const [sent, setSent, ready] = useKeptState<readonly SentEntry[]>(
    `daybook:sent:${slug}`,
    [],
    (kept) => Kept.parse(kept) as readonly SentEntry[],
  );
  const { recorded } = useLive();
  const sending = useRef(false);
  const next = sent.findLast(({ state }) => state === 'posting');
  useEffect(() => {
    if (!ready || !next || sending.current) return;
    sending.current = true;
    const settle = (change: Partial<SentEntry>) =>
      setSent((known) =>
        known.map((item) => (item.commandId === next.commandId ? { ...item, ...change } : item)),
      );
    const attempt = async (): Promise<void> => {
      try {
        const answer = await postEntry(next.commandId, { slug, entry: next.entry });
        sending.current = false;
        if (answer.ok) {
          recorded(answer.position);
          settle({ state: 'posted', number: answer.result.number });
        } else settle({ state: 'refused', reason: answer.refusal.detail });
      } catch {
        // No answer came: the same command again, until one does.
        setTimeout(attempt, AGAIN_MS);
      }
    };
    void attempt();
  }, [next, ready, recorded, setSent, slug]);
  return {
    sent,
    send: (entry) =>
      setSent((known) => [
        { commandId: newCommandId(), entry, state: 'posting' as const },
        ...known.filter(({ state }, at) => at < SHOWN || state === 'posting'),
      ]),
    drop: (commandId) => setSent((known) => known.filter((item) => item.commandId !== commandId)),
  };
}
