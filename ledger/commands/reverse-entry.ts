// Reverses a journal entry: the same lines with the sides exchanged; the two entries point at each other.
import { z } from 'zod';
import { addDays, type CalendarDate, parseDate } from '#ledger/domain/calendar.ts';
import { type DateFacts, refuseDate } from '#ledger/domain/decide-entry.ts';
import { type JournalEntry, reversedLines } from '#ledger/domain/journal-entry.ts';
import { refuse } from './answer.ts';
import { MOST_LINES_TOGETHER } from './book-turns.ts';
import { NO_DETAIL_NEEDS } from './entry-details.ts';
import type { EntryState, Original } from './entry-state.ts';
import { plain, requiredLine } from './input-shapes.ts';
import type { EntryUseCase } from './run-entries.ts';

const INPUT = z.strictObject({
  number: z.int().positive().max(2_147_483_647),
  /** Without it: the day of the original or, if that is locked, the first open day. */
  date: plain(40).nullish(),
  reason: requiredLine(500),
});

/** How long an entry is isn't known before it is read: sixteen of them are a turn. */
const LINES_AT_A_GUESS = MOST_LINES_TOGETHER / 16;

export const reverseEntry: EntryUseCase<z.output<typeof INPUT>> = {
  name: 'reverseEntry',
  action: 'entry.reverse',
  input: INPUT,
  needs: ({ number }) => ({ codes: [], reverses: number, units: [], details: NO_DETAIL_NEEDS }),
  lines: () => LINES_AT_A_GUESS,
  decide(state, input): JournalEntry {
    const original = originalOf(state, input.number);
    return {
      number: state.nextNumber,
      date: reversalDate(input.date ?? null, original.date, state.dates),
      kind: 'reversal',
      closing: original.closing,
      reference: original.reference,
      description: `Reversal of entry ${input.number}: ${input.reason}`,
      reverses: input.number,
      // Closed accounts included: what stands on them can always be corrected.
      lines: reversedLines(original.lines),
    };
  },
};

function originalOf({ originals }: EntryState, number: number): Original {
  const original = originals.get(number);
  if (!original) return refuse({ code: 'entry-not-found', field: 'number', number });
  const by = original.reversedBy;
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
