// Entries in the snapshot against their events: one by one for those posted singly, by digest for those of an import.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { AccountId, Side } from '#ledger/domain/account.ts';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { LedgerEvent, RecordedUnits } from '#ledger/domain/events.ts';
import type { EntryKind, Posting } from '#ledger/domain/journal-entry.ts';
import { minorUnits } from '#ledger/domain/money.ts';
import {
  DETAILS_AS_JSON,
  type DetailsColumn,
  detailsPart,
  plainDetails,
} from '#ledger/store/posting-details.ts';
import {
  fromRecorded,
  recordedUnits,
  type UnitColumns,
  unitsPart,
} from '#ledger/store/posting-units.ts';
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
  readonly lines: readonly ({
    readonly account: AccountId;
    readonly side: Side;
    readonly amount: string;
    readonly memo: string;
  } & UnitColumns &
    DetailsColumn)[];
}

const LINES = `coalesce((select json_agg(json_build_object('account', p.account_id,
    'side', case p.side when 1 then 'debit' else 'credit' end, 'amount', p.amount::text, 'memo', p.memo,
    'unit', p.unit, 'quantity', p.quantity::text, 'rate', p.rate, 'costUnit', p.cost_unit, 'cost', p.cost::text,
    'details', ${DETAILS_AS_JSON})
    order by p.line)
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
  if (JSON.stringify(row.lines.map(storedLine)) !== JSON.stringify(event.lines.map(plainLine))) {
    return `table postings, entry ${event.number}: lines differ from the event`;
  }
  const { closing, date } = event;
  const lines = event.lines.map(
    ({ account, amount, details, memo, side, units }): Posting => ({
      ...{ account, side, amount: minorUnits(BigInt(amount)), memo },
      ...(units && { units: fromRecorded(units) }),
      ...(details && { details }),
    }),
  );
  replay.book(position, { date: date as CalendarDate, closing, lines });
  return null;
}

type StoredLine = EntryRow['lines'][number];

const storedLine = ({ account, amount, details, memo, side, ...columns }: StoredLine) =>
  plainLine({
    account,
    side,
    amount,
    memo,
    units: recordedUnits(columns),
    ...(details && { details }),
  });

/** Fields in one order, whatever order they were recorded in. */
function plainLine(
  line: Omit<Posted['lines'][number], 'units'> & { units?: RecordedUnits | null },
) {
  const { account, amount, details, memo, side, units = null } = line;
  const own = units && [
    units.unit,
    units.quantity,
    units.rate,
    units.cost?.unit,
    units.cost?.quantity,
  ];
  return [account, side, amount, memo, own, details ? plainDetails(details) : null];
}

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
      const lines = row.lines.map(
        ({ account, amount, memo, side, ...columns }): Posting => ({
          ...{ account, side, amount: minorUnits(BigInt(amount)), memo },
          ...unitsPart(columns),
          ...detailsPart(columns),
        }),
      );
      hash.update(stagedBytes({ ...row, lines }));
      replay.book(position, { ...row, lines });
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
