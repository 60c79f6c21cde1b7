// Begins a book; whoever does so is its owner.
'use server';

import { type ActionAnswer, runOwnCommand } from '../_server/run-command.ts';

export async function createBook(
  commandId: string,
  input: Record<string, string>,
): Promise<ActionAnswer<{ id: number; slug: string }>> {
  return runOwnCommand(commandId, (commands, call) => commands.createBook(call, input));
}
