// Who works in a book and as what.
'use server';

import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface NewMember {
  readonly slug: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** Adds a person; somebody new gets a first password, which is shown once. */
export async function addMember(
  commandId: string,
  { slug, ...input }: NewMember,
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'member.change', commandId, (commands, call) =>
    commands.addMember(call, input),
  );
}

export async function changeRole(
  commandId: string,
  { slug, ...input }: { slug: string; userId: number; role: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'member.change', commandId, (commands, call) =>
    commands.changeRole(call, input),
  );
}

export async function removeMember(
  commandId: string,
  { slug, ...input }: { slug: string; userId: number },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'member.change', commandId, (commands, call) =>
    commands.removeMember(call, input),
  );
}
