// One's own password and API keys.
'use server';

import { type ActionAnswer, runOwnCommand } from '../_server/run-command.ts';

export async function changePassword(
  commandId: string,
  input: { current: string; next: string },
): Promise<ActionAnswer<unknown>> {
  return runOwnCommand(commandId, (commands, call) => commands.changePassword(call, input));
}

export async function issueApiKey(
  commandId: string,
  input: { name: string; book?: string },
): Promise<ActionAnswer<{ id: number; key: string }>> {
  return runOwnCommand(commandId, (commands, call) => commands.issueApiKey(call, input));
}

export async function revokeApiKey(
  commandId: string,
  input: { id: number },
): Promise<ActionAnswer<unknown>> {
  return runOwnCommand(commandId, (commands, call) => commands.revokeApiKey(call, input));
}
