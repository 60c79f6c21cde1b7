// The budget: typed or pasted in the grid, from a file, copied from the year before.
'use server';

import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { rooms } from '../_server/rooms.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface BudgetInput {
  readonly slug: string;
  readonly amounts: readonly {
    readonly account: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly month: string;
    readonly amount: string;
  }[];
}

export async function setBudget(
  commandId: string,
  { slug, amounts }: BudgetInput,
): Promise<ActionAnswer<{ set: number }>> {
  return runCommand(slug, 'budget.change', commandId, (commands, call) =>
    commands.setBudget(call, { amounts }),
  );
}

export async function setBudgetFromFile(
  commandId: string,
  { slug, text }: { readonly slug: string; readonly text: string },
): Promise<ActionAnswer<{ set: number }>> {
  return runCommand(slug, 'budget.change', commandId, async (commands, call, book) => {
    const read = await rooms().readBudgetCsv(
      String(text),
      exponentOf(book.baseCurrency as CurrencyCode),
    );
    if ('amounts' in read) return commands.setBudget(call, read);
    return { ok: false, refusal: { code: 'input-malformed', problem: read.problem } };
  });
}

export async function copyBudget(
  commandId: string,
  {
    slug,
    ...input
  }: { slug: string; year: string; from: string; percent: string; replace: boolean },
): Promise<ActionAnswer<{ set: number }>> {
  return runCommand(slug, 'budget.change', commandId, (commands, call) =>
    commands.copyBudget(call, input),
  );
}
