// The books that belong to a group.
'use server';

import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface GroupMemberInput {
  readonly slug: string;
  /** Slug of the other book. */
  readonly book: string;
  readonly name?: string;
  readonly intercompany: string;
  readonly mapping: readonly { readonly accounts: string; readonly to: string }[];
}

export async function addGroupMember(
  commandId: string,
  { slug, ...member }: GroupMemberInput,
): Promise<ActionAnswer<unknown>> {
  return runCommand<unknown>(slug, 'group.change', commandId, (commands, call) =>
    commands.addGroupMember(call, member),
  );
}

export async function changeGroupMember(
  commandId: string,
  { slug, ...member }: GroupMemberInput,
): Promise<ActionAnswer<unknown>> {
  return runCommand<unknown>(slug, 'group.change', commandId, (commands, call) =>
    commands.changeGroupMember(call, member),
  );
}

export async function removeGroupMember(
  commandId: string,
  { slug, ...member }: { slug: string; book: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand<unknown>(slug, 'group.change', commandId, (commands, call) =>
    commands.removeGroupMember(call, member),
  );
}
