// The chart of accounts: open, rename, re-code, re-type, close.
'use server';

import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export async function openAccount(
  commandId: string,
  { slug, ...input }: { slug: string; code: string; name: string; path: string; type: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'account.change', commandId, (commands, call) =>
    commands.openAccount(call, input),
  );
}

export interface AccountChange {
  readonly slug: string;
  readonly code: string;
  readonly what: 'name' | 'code' | 'type' | 'cash-flow' | 'tags' | 'close';
  /** The new name, code, type or place in the cash flow (empty: by its type), or tags parted by spaces. */
  readonly value: string;
}

export async function changeAccount(
  commandId: string,
  { slug, code, what, value }: AccountChange,
): Promise<ActionAnswer<unknown>> {
  return runCommand<unknown>(slug, 'account.change', commandId, (commands, call) => {
    if (what === 'name') return commands.renameAccount(call, { code, name: value });
    if (what === 'code') return commands.recodeAccount(call, { code, newCode: value });
    if (what === 'type') return commands.retypeAccount(call, { code, type: value });
    if (what === 'cash-flow') {
      return commands.classifyAccount(call, { code, cashFlow: value === '' ? null : value });
    }
    if (what === 'tags') {
      return commands.tagAccount(call, { code, tags: value.split(/[\s,;]+/).filter(Boolean) });
    }
    return commands.closeAccount(call, { code });
  });
}
