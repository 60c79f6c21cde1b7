// Posts a journal entry.
import { z } from 'zod';
import { todayIn } from '#ledger/domain/calendar.ts';
import { exponentOf } from '#ledger/domain/currency.ts';
import { decideEntry } from '#ledger/domain/decide-entry.ts';
import type { JournalEntry } from '#ledger/domain/journal-entry.ts';
import { firstTooLargeBalance, insertEntry } from '#ledger/store/insert-entry.ts';
import { refuse } from './answer.ts';
import { line, requiredLine } from './input-shapes.ts';
import { accountsByCode } from './load-accounts.ts';
import type { LockedBook, UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  date: z.string().max(40),
  description: requiredLine(1000),
  reference: line(200).default(''),
  kind: z.enum(['ordinary', 'opening', 'adjusting', 'closing']).default('ordinary'),
  lines: z
    .array(
      z.strictObject({
        account: z.string().max(64),
        side: z.enum(['debit', 'credit']),
        amount: z.string().max(64),
        memo: line(500).default(''),
      }),
    )
    .max(100_000),
});

/** What the dates of an entry are held against. */
export const dateFacts = (book: LockedBook) => ({
  startDate: book.start_date,
  lockedThrough: book.locked_through,
  today: todayIn(book.time_zone, Date.now()),
});

export const postJournalEntry: UseCase<z.output<typeof INPUT>, { number: number }> = {
  name: 'postJournalEntry',
  action: 'entry.post',
  input: INPUT,
  async decide(client, book, input) {
    const codes = input.lines.map((asked) => asked.account);
    const accounts = await accountsByCode(client, book.id, codes);
    const exponent = exponentOf(book.base_currency);
    const decided = decideEntry(input, { ...dateFacts(book), exponent, accounts });
    if ('refusal' in decided) return refuse(decided.refusal);
    const tooLarge = await firstTooLargeBalance(client, decided.postings);
    if (tooLarge !== null) {
      const at = codes.indexOf(tooLarge);
      const amount = input.lines[at]?.amount ?? '';
      return refuse({ code: 'amount-too-large', field: `lines.${at}.amount`, amount });
    }
    const entry: JournalEntry = {
      number: book.last_number + 1,
      date: decided.date,
      kind: input.kind,
      closing: input.kind === 'closing',
      reference: input.reference,
      description: input.description,
      reverses: null,
      lines: decided.postings,
    };
    return {
      events: [entryEvent(entry)],
      result: { number: entry.number },
      apply: (db, position) =>
        insertEntry(db, { book: book.id, position, entry, reversesId: null }),
    };
  },
};

/** The event of an entry; amounts as text, since JSON has no bigint. */
export const entryEvent = (entry: JournalEntry) => ({
  type: 'JournalEntryPosted' as const,
  ...entry,
  lines: entry.lines.map((posting) => ({ ...posting, amount: posting.amount.toString() })),
});
