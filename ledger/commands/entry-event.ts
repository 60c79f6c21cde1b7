// The event of a journal entry.
import type { LedgerEvent } from '#ledger/domain/events.ts';
import type { JournalEntry } from '#ledger/domain/journal-entry.ts';
import { toRecorded } from '#ledger/store/posting-units.ts';

/** Amounts become text, since JSON has no bigint. */
export const entryEvent = (entry: JournalEntry): LedgerEvent => ({
  type: 'JournalEntryPosted',
  ...entry,
  lines: entry.lines.map(({ account, side, amount, memo, units, details }) => ({
    ...{ account, side, amount: amount.toString(), memo },
    ...(units && { units: toRecorded(units) }),
    ...(details && { details }),
  })),
});
