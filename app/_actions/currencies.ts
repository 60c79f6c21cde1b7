// Rates of currencies and commodities, and the commodities themselves.
'use server';

import type { Revaluation } from '#ledger/commands/revalue-currencies.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface RatesInput {
  readonly slug: string;
  readonly rates: readonly {
    readonly unit: string;
    readonly date: string;
    readonly rate: string;
  }[];
}

export async function recordRates(
  commandId: string,
  { slug, rates }: RatesInput,
): Promise<ActionAnswer<{ recorded: number }>> {
  return runCommand(slug, 'unit.change', commandId, (commands, call) =>
    commands.recordRates(call, { rates }),
  );
}

export async function defineUnit(
  commandId: string,
  { slug, ...unit }: { slug: string; code: string; decimals: number; name: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'unit.change', commandId, (commands, call) =>
    commands.defineUnit(call, unit),
  );
}

export interface RevaluationInput {
  readonly slug: string;
  readonly date: string;
  readonly gains: string;
  readonly losses: string;
  /** Says what would be posted, and posts nothing. */
  readonly dryRun: boolean;
}

export async function revalueCurrencies(
  commandId: string,
  { slug, dryRun, ...input }: RevaluationInput,
): Promise<ActionAnswer<Revaluation>> {
  return runCommand(slug, 'entry.post', commandId, (commands, call) =>
    commands.revalueCurrencies({ ...call, dryRun }, input),
  );
}
