// What becomes of an import in preview. Files themselves go straight to the API, as a stream.
'use server';

import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export async function confirmImport(
  commandId: string,
  {
    slug,
    ...input
  }: { slug: string; id: number; types: Record<string, string>; closingEntries?: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'import.run', commandId, (commands, call) =>
    commands.confirmImport(call, input),
  );
}

export async function abandonImport(
  commandId: string,
  { slug, ...input }: { slug: string; id: number },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'import.run', commandId, (commands, call) =>
    commands.abandonImport(call, input),
  );
}
