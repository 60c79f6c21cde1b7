// Posts a journal entry.
import { z } from 'zod';
import { decideEntry } from '#ledger/domain/decide-entry.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { isTooLarge } from '#ledger/domain/money.ts';
import { refuse } from './answer.ts';
import type { EntryState } from './entry-state.ts';
import { line, plain, requiredLine } from './input-shapes.ts';
import type { EntryUseCase } from './run-entries.ts';

const INPUT = z.strictObject({
  date: plain(40),
  description: requiredLine(1000),
  reference: line(200).default(''),
  kind: z.enum(['ordinary', 'opening', 'adjusting', 'closing']).default('ordinary'),
  lines: z
    .array(
      z.strictObject({
        account: plain(64),
        side: z.enum(['debit', 'credit']),
        amount: plain(64),
        memo: line(500).default(''),
      }),
    )
    .max(100_000),
});

type Input = z.output<typeof INPUT>;

export const postJournalEntry: EntryUseCase<Input> = {
  name: 'postJournalEntry',
  action: 'entry.post',
  input: INPUT,
  needs: (input) => ({ codes: input.lines.map((asked) => asked.account), reverses: null }),
  lines: (input) => input.lines.length,
  decide(state, input): JournalEntry {
    const { accounts, dates, exponent } = state;
    const decided = decideEntry(input, { ...dates, exponent, accounts });
    if ('refusal' in decided) return refuse(decided.refusal);
    refuseTooLargeBalance(state, input, decided.postings);
    return {
      number: state.nextNumber,
      date: decided.date,
      kind: input.kind,
      closing: input.kind === 'closing',
      reference: input.reference,
      description: input.description,
      reverses: null,
      lines: decided.postings,
    };
  },
};

/** Refuses postings after which an account's balance (debit minus credit, over all months) would pass 18 digits. */
function refuseTooLargeBalance(
  { accounts, balances }: EntryState,
  { lines }: Input,
  postings: readonly Posting[],
): void {
  const after = new Map<number, bigint>();
  for (const { account, amount, side } of postings) {
    const before = after.get(account) ?? balances.get(account) ?? 0n;
    after.set(account, side === 'debit' ? before + amount : before - amount);
  }
  const tooLarge = lines
    .map(({ account }) => account)
    .filter((code) => isTooLarge(after.get(accounts.get(code)?.id ?? 0) ?? 0n));
  if (tooLarge.length === 0) return;
  const at = lines.findIndex(({ account }) => account === tooLarge.sort()[0]);
  refuse({
    code: 'amount-too-large',
    field: `lines.${at}.amount`,
    amount: lines[at]?.amount ?? '',
  });
}
