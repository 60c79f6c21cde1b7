// A button in a list that sends one command and shows what is said against it.
'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import type { ActionAnswer } from '../../_server/run-command.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

interface Shown {
  readonly children: string;
  /** What it does, with the name of what it does it to. */
  readonly label: string;
  readonly command: (commandId: string, input: never) => Promise<ActionAnswer<unknown>>;
  readonly input: object;
}

export function SendButton({ children, command, input, label }: Shown) {
  const router = useRouter();
  const { pending, refusal, send } = useCommand(command);
  const act = async () => {
    if (await send(input as never)) router.refresh();
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={pending}
        aria-label={label}
        onClick={() => void act()}
      >
        {children}
      </Button>
      <RefusalNotice refusal={refusal} />
    </>
  );
}
