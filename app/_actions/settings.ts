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

/** @param date the last locked day */
export async function lockThrough(
  commandId: string,
  { slug, date }: { slug: string; date: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'book.lock', commandId, (commands, call) =>
    commands.lockThrough(call, { date }),
  );
}

/** @param date the last day that stays locked, or null for none */
export async function reopenDates(
  commandId: string,
  { slug, ...input }: { slug: string; date: string | null; reason: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'book.reopen', commandId, (commands, call) =>
    commands.reopenDates(call, input),
  );
}

/** @param date the last day that is locked for good */
export async function sealThrough(
  commandId: string,
  { slug, date }: { slug: string; date: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'book.reopen', commandId, (commands, call) =>
    commands.sealThrough(call, { date }),
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
