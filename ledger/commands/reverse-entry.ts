// Reverses a journal entry: the same lines with the sides exchanged; the two entries point at each other.
import type pg from 'pg';
import { z } from 'zod';
import { type AccountId, opposite } from '#ledger/domain/account.ts';
import { addDays, type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { type DateFacts, refuseDate } from '#ledger/domain/decide-entry.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { minorUnits } from '#ledger/domain/money.ts';
import { ENTRY_ID_BY_NUMBER } from '#ledger/store/entry-number.ts';
import { insertEntry } from '#ledger/store/insert-entry.ts';
import { refuse } from './answer.ts';
import { requiredLine } from './input-shapes.ts';
import { dateFacts, entryEvent } from './post-journal-entry.ts';
import type { LockedBook, UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  number: z.int().positive().max(2_147_483_647),
  /** Without it: the day of the original or, if that is locked, the first open day. */
  date: z.string().max(40).nullish(),
  reason: requiredLine(500),
});

interface Original {
  readonly id: string;
  readonly date: CalendarDate;
  readonly closing: boolean;
  readonly reference: string;
  readonly reversed_by: number | null;
}

const ORIGINAL = `
  select e.id, e.entry_date::text as date, e.closing, e.reference, r.number as reversed_by
  from posted_entries e left join journal_entries r on r.reverses_id = e.id
  where e.id = (${ENTRY_ID_BY_NUMBER})`;

export const reverseEntry: UseCase<z.output<typeof INPUT>, { number: number }> = {
  name: 'reverseEntry',
  action: 'entry.reverse',
  input: INPUT,
  async decide(client, book, input) {
    const original = await load(client, book, input.number);
    const date = reversalDate(input.date ?? null, original.date, dateFacts(book));
    const lines = await exchangedLines(client, original.id);
    const entry: JournalEntry = {
      number: book.last_number + 1,
      date,
      kind: 'reversal',
      closing: original.closing,
      reference: original.reference,
      description: `Reversal of entry ${input.number}: ${input.reason}`,
      reverses: input.number,
      lines,
    };
    return {
      events: [entryEvent(entry)],
      result: { number: entry.number },
      apply: (db, position) =>
        insertEntry(db, { book: book.id, position, entry, reversesId: BigInt(original.id) }),
    };
  },
};

async function load(client: pg.ClientBase, book: LockedBook, number: number): Promise<Original> {
  const original = (await client.query<Original>(ORIGINAL, [book.id, number])).rows[0];
  if (!original) return refuse({ code: 'entry-not-found', field: 'number', number });
  const by = original.reversed_by;
  if (by !== null) return refuse({ code: 'entry-already-reversed', field: 'number', number, by });
  return original;
}

/** The day of a reversal: as asked, else the original's or the first open day; never before the original. */
function reversalDate(
  asked: string | null,
  original: CalendarDate,
  facts: DateFacts,
): CalendarDate {
  const { lockedThrough } = facts;
  const locked = lockedThrough !== null && original <= lockedThrough;
  const date = asked === null ? (locked ? addDays(lockedThrough, 1) : original) : parseDate(asked);
  if (date === null) return refuse({ code: 'date-malformed', field: 'date', date: asked ?? '' });
  if (date < original) {
    return refuse({ code: 'reversal-before-original', field: 'date', date, original });
  }
  const wrong = refuseDate(date, facts);
  return wrong ? refuse(wrong) : date;
}

/** Closed accounts included: what stands on them can always be corrected. */
async function exchangedLines(client: pg.ClientBase, entryId: string): Promise<Posting[]> {
  const { rows } = await client.query<{
    account: AccountId;
    side: 1 | -1;
    amount: string;
    memo: string;
  }>(
    'select account_id as account, side, amount, memo from postings where entry_id = $1 order by line',
    [entryId],
  );
  return rows.map(({ account, side, amount, memo }) => ({
    account,
    side: opposite(side === 1 ? 'debit' : 'credit'),
    amount: minorUnits(BigInt(amount)),
    memo,
  }));
}
