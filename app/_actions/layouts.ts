// Layouts of the statements.
'use server';

import type { LayoutLine } from '#ledger/domain/statement-layout.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface LayoutInput {
  readonly slug: string;
  readonly statement: string;
  readonly lines: readonly LayoutLine[];
}

export async function setStatementLayout(
  commandId: string,
  { slug, lines, statement }: LayoutInput,
): Promise<ActionAnswer<unknown>> {
  return runCommand<unknown>(slug, 'book.settings', commandId, (commands, call) =>
    commands.setStatementLayout(call, { statement, lines }),
  );
}
