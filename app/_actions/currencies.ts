// Rates of currencies and commodities, and the commodities themselves.
'use server';

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
