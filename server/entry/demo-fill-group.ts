// Fills the group of the demo companies: its book, the loan that one gave the other, the rates, and both as members.
import type { DemoGroup } from '#server/demo/demo-group.ts';
import { type DemoCall, run } from './demo-commands.ts';
import type { FillDemo } from './demo-fill.ts';

/** @param books ids of the companies' books, by slug @returns the id of the group's book */
export async function fillGroup(
  { commands, progress }: Pick<FillDemo, 'commands' | 'progress'>,
  owner: number,
  books: ReadonlyMap<string, number>,
  { book, chart, loan, members, rates }: DemoGroup,
): Promise<number> {
  const actor = { userId: owner, via: 'system' } as const;
  const idOf = (what: string) => `demo:${book.slug}:${what}`;
  for (const { account, book: of, cashFlow, entry } of loan) {
    const call = (what: string): DemoCall => ({
      ...{ actor, book: books.get(of) ?? 0, commandId: idOf(`${what}:${of}`) },
    });
    await run(commands.openAccount, call('account'), account);
    await run(commands.classifyAccount, call('cash-flow'), { code: account.code, cashFlow });
    await run(commands.postJournalEntry, call('loan'), entry);
  }
  const made = { actor, commandId: idOf('book') };
  const { id } = await run(commands.createBook, made, { ...book, chart: 'empty' });
  const call = (what: string): DemoCall => ({ actor, book: id, commandId: idOf(what) });
  for (const account of chart) {
    await run(commands.openAccount, call(`account:${account.code}`), account);
  }
  await run(commands.recordRates, call('rates'), { rates });
  for (const [at, member] of members.entries()) {
    await run(commands.addGroupMember, call(`member:${member.book}`), member);
    progress(`${book.name}: members`, (at + 1) / members.length);
  }
  return id;
}
