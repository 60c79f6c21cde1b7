// A book's settings and the day through which it is locked.
'use server';

import type { ClosedYear } from '#ledger/commands/close-year.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface SettingsInput {
  readonly slug: string;
  readonly settings: Record<string, string>;
}

export async function changeSettings(
  commandId: string,
  { slug, settings: { roundingAccount, ...settings } }: SettingsInput,
): Promise<ActionAnswer<unknown>> {
  // Of a list whose first line is none.
  const rounding =
    roundingAccount === undefined ? {} : { roundingAccount: roundingAccount || null };
  return runCommand(slug, 'book.settings', commandId, (commands, call) =>
    commands.changeBookSettings(call, { ...settings, ...rounding }),
  );
}

/** @param date the last locked day, or null to unlock everything */
export async function lockThrough(
  commandId: string,
  { slug, date }: { slug: string; date: string | null },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'book.lock', commandId, (commands, call) =>
    commands.lockThrough(call, { date }),
  );
}

/** @param dryRun says what would be posted, and posts nothing */
export async function closeYear(
  commandId: string,
  { slug, dryRun, ...input }: { slug: string; year: string; to: string; dryRun: boolean },
): Promise<ActionAnswer<ClosedYear>> {
  return runCommand(slug, 'book.lock', commandId, (commands, call) =>
    commands.closeYear({ ...call, dryRun }, input),
  );
}
