// Entries in the snapshot against their events: one by one for those posted singly, by digest for those of an import.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AccountId, Side } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { LedgerEvent } from '#ledger/domain/events.ts';
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import { minorUnits } from '#ledger/domain/money.ts';
import { stagedBytes } from '#ledger/store/stage-entries.ts';
import type { ReplayedBook } from './replay-book.ts';

type Posted = Extract<LedgerEvent, { type: 'JournalEntryPosted' }>;
type Imported = Extract<LedgerEvent, { type: 'ImportPosted' }>;

interface EntryRow {
  readonly number: number;
  readonly ordinal: number | null;
  readonly date: CalendarDate;
  readonly kind: EntryKind;
  readonly closing: boolean;
  readonly reference: string;
  readonly description: string;
  readonly reverses: number | null;
  readonly lines: readonly {
    readonly account: AccountId;
    readonly side: Side;
    readonly amount: string;
    readonly memo: string;
  }[];
}

const LINES = `coalesce((select json_agg(json_build_object('account', p.account_id,
    'side', case p.side when 1 then 'debit' else 'credit' end, 'amount', p.amount::text, 'memo', p.memo) order by p.line)
  from postings p where p.entry_id = e.id and p.entry_date = e.entry_date and p.book_id = e.book_id), '[]') as lines`;

const SINGLE = `
  select e.number, e.entry_date::text as date, e.kind, e.closing, e.reference, e.description,
    (select o.number from posted_entries o where o.id = e.reverses_id) as reverses, ${LINES}
  from journal_entries e where e.book_id = $1 and e.position = $2`;

const IMPORTED = `
  select e.ordinal, e.entry_date::text as date, e.kind, e.closing, e.reference, e.description, ${LINES}
  from journal_entries e where e.import_id = $1 and e.ordinal > $2 order by e.ordinal limit 2000`;

/** @returns the first difference, or null */
export async function verifyPosted(
  client: pg.ClientBase,
  book: number,
  position: number,
  event: Posted,
  replay: ReplayedBook,
): Promise<string | null> {
  const { rows } = await client.query<EntryRow>(SINGLE, [book, position]);
  const at = `table journal_entries, entry ${event.number}`;
  if (rows.length !== 1) return `${at}: ${rows.length} rows instead of one`;
  const row = rows[0]!;
  for (const field of [
    'number',
    'date',
    'kind',
    'closing',
    'reference',
    'description',
    'reverses',
  ] as const) {
    if (row[field] !== event[field])
      return `${at}: ${field} is ${row[field]}, the event says ${event[field]}`;
  }
  if (JSON.stringify(row.lines) !== JSON.stringify(event.lines.map(plainLine))) {
    return `table postings, entry ${event.number}: lines differ from the event`;
  }
  for (const { account, side, amount } of event.lines) {
    const { closing, date } = event;
    replay.book(position, { account, date, closing, side, amount: BigInt(amount) });
  }
  return null;
}

const plainLine = ({ account, side, amount, memo }: Posted['lines'][number]) => ({
  account,
  side,
  amount,
  memo,
});

/** @returns the first difference, or null */
export async function verifyImported(
  client: pg.ClientBase,
  position: number,
  event: Imported,
  replay: ReplayedBook,
): Promise<string | null> {
  const at = `table journal_entries, import ${event.import}`;
  const hash = createHash('sha256');
  let [entries, postings] = [0, 0];
  for (;;) {
    const { rows } = await client.query<EntryRow>(IMPORTED, [event.import, entries]);
    if (rows.length === 0) break;
    for (const row of rows) {
      entries += 1;
      if (row.ordinal !== entries) return `${at}: ordinal ${entries} is missing`;
      if (row.closing !== (row.kind === 'closing'))
        return `${at}: ordinal ${entries} has the wrong closing mark`;
      postings += row.lines.length;
      const lines = row.lines.map((line) => ({ ...line, amount: minorUnits(BigInt(line.amount)) }));
      hash.update(stagedBytes({ ...row, lines }));
      for (const { account, amount, side } of lines) {
        replay.book(position, { account, date: row.date, closing: row.closing, side, amount });
      }
    }
  }
  if (entries !== event.entries)
    return `${at}: ${entries} entries, the event says ${event.entries}`;
  if (postings !== event.postings)
    return `${at}: ${postings} postings, the event says ${event.postings}`;
  const digest = hash.digest('hex');
  return digest === event.digest
    ? null
    : `${at}: the lines' digest is ${digest}, the event says ${event.digest}`;
}
