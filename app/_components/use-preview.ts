// A command that is looked at before it is posted: a dry run shows what it would do, a second press does it.
'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type RefObject, useRef, useState } from 'react';
import type { ActionAnswer, RefusalText } from '../_server/run-command.ts';
import { useCommand } from './use-command.ts';

export interface Preview<R> {
  /** The form whose fields are read. */
  readonly sheet: RefObject<HTMLFormElement | null>;
  readonly pending: boolean;
  readonly refusal: RefusalText | null;
  /** What would be done, or what was. */
  readonly shown: { readonly result: R; readonly posted: boolean } | null;
  /** To be called when a field changes. */
  readonly forget: () => void;
  /** For the form's submission. */
  readonly look: (event: FormEvent) => void;
  readonly post: () => void;
}

type Answered<R> = Extract<ActionAnswer<R>, { ok: true }>['result'];

/** @param read makes the input from the form's fields */
export function usePreview<I, R>(
  action: (commandId: string, input: I & { dryRun: boolean }) => Promise<ActionAnswer<R>>,
  read: (field: (name: string) => string) => I,
): Preview<Answered<R>> {
  const router = useRouter();
  const sheet = useRef<HTMLFormElement>(null);
  const [shown, setShown] = useState<Preview<Answered<R>>['shown']>(null);
  const { pending, refusal, send } = useCommand(action);
  const run = async (dryRun: boolean) => {
    const data = new FormData(sheet.current!);
    const answer = await send({ ...read((name) => String(data.get(name) ?? '')), dryRun });
    setShown(answer && { result: answer.result, posted: !dryRun });
    if (answer && !dryRun) router.refresh();
  };
  return {
    ...{ sheet, pending, refusal, shown },
    forget: () => setShown(null),
    look(event) {
      event.preventDefault();
      void run(true);
    },
    post: () => void run(false),
  };
}
