// Sends one command of a form: keeps its id until the answer, so that a lost connection or a second press does it once.
'use client';

import { useRef, useState } from 'react';
import type { ActionAnswer, RefusalText } from '../_server/run-command.ts';
import { newCommandId } from './command-id.ts';
import { useLive } from './live.tsx';

const LOST: RefusalText = {
  code: 'no-answer',
  title: 'No answer yet.',
  detail: 'The connection was lost before the answer came. Press again: it is done once.',
};

type Accepted<R> = Extract<ActionAnswer<R>, { ok: true }>;

export interface CommandState<I, R> {
  readonly pending: boolean;
  readonly refusal: RefusalText | null;
  /** Sends the input; the answer when it was accepted, else null and `refusal` says why. */
  readonly send: (input: I) => Promise<Accepted<R> | null>;
  readonly clear: () => void;
}

/** @param action a server action that takes the command's id and its input */
export function useCommand<I, R>(
  action: (commandId: string, input: I) => Promise<ActionAnswer<R>>,
): CommandState<I, R> {
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<RefusalText | null>(null);
  const { recorded } = useLive();
  const unanswered = useRef<{ id: string; payload: string } | null>(null);
  const send = async (input: I): Promise<Accepted<R> | null> => {
    const payload = JSON.stringify(input);
    if (unanswered.current?.payload !== payload) {
      unanswered.current = { id: newCommandId(), payload };
    }
    setPending(true);
    setRefusal(null);
    try {
      const answer = await action(unanswered.current.id, input);
      unanswered.current = null;
      if (answer.ok) {
        recorded(answer.position);
        return answer;
      }
      setRefusal(answer.refusal);
      return null;
    } catch {
      setRefusal(LOST);
      return null;
    } finally {
      setPending(false);
    }
  };
  return { pending, refusal, send, clear: () => setRefusal(null) };
}
