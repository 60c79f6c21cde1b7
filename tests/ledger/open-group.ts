// A group beside the book of one test file: another book of the same owner, with commands that run in it.
import { randomUUID } from 'node:crypto';
import type { CommandCall } from '#ledger/commands/ledger-commands.ts';
import { accepted, CHART, type OpenBook } from './open-book.ts';

export interface OpenGroup {
  readonly id: number;
  /** A call in the group by the owner, or by somebody else. */
  call(userId?: number): CommandCall;
}

/** @param settings of the group, where they differ from those of the book's own */
export async function openGroup(
  { commands, ownerId }: Pick<OpenBook, 'commands' | 'ownerId'>,
  settings: Record<string, string> = {},
): Promise<OpenGroup> {
  const made = accepted(
    await commands.createBook(
      { actor: { userId: ownerId, via: 'session' }, commandId: randomUUID() },
      {
        ...{ name: 'Group', slug: 'group', baseCurrency: 'EUR', chart: 'empty' },
        ...{ startDate: '2026-01-01', firstYearEnd: '2026-12-31', ...settings },
      },
    ),
  );
  const call = (userId = ownerId): CommandCall => ({
    actor: { userId, via: 'session' },
    book: made.id,
    commandId: randomUUID(),
  });
  for (const [code, name, path, type] of CHART) {
    accepted(await commands.openAccount(call(), { code, name, path, type }));
  }
  return { id: made.id, call };
}
