// Writing posted entries to the relational snapshot: one statement each for the entries, their postings and the balances
// per account and month, whatever the number of entries and lines.
import { monthOf } from '#ledger/domain/calendar.ts';
import type { JournalEntry } from '#ledger/domain/journal-entry.ts';
import { DetailSums, moveDetailBalances } from './detail-balances.ts';
import { DETAIL_COLUMNS, detailFields } from './posting-details.ts';
import type { Statement } from './statement.ts';
import { moveUnitBalances, UnitSums } from './unit-balances.ts';

export interface EntryRow {
  /** Reserved beforehand, so that an entry of the same statement can point at this one. */
  readonly id: string;
  /** Position of its event. */
  readonly position: number;
  readonly userId: number;
  readonly entry: JournalEntry;
  /** Id of the entry that this one reverses. */
  readonly reversesId: string | null;
}

const ENTRIES = `
  insert into journal_entries (id, book_id, number, entry_date, kind, closing, reference, description, reverses_id,
    position, recorded_at, user_id)
  select row.id, $1, row.number, row.date, row.kind, row.closing, row.reference, row.description, row.reverses_id,
    row.position, (select recorded_at from events where book_id = $1 and position = $2), row.user_id
  from unnest($3::bigint[], $4::int[], $5::date[], $6::text[], $7::bool[], $8::text[], $9::text[], $10::bigint[],
      $11::int[], $12::int[])
    as row(id, number, date, kind, closing, reference, description, reverses_id, position, user_id)`;

const POSTINGS = `
  insert into postings (book_id, entry_id, line, account_id, entry_date, side, amount, memo)
  select $1, row.entry_id, row.line, row.account, row.date, row.side, row.amount, row.memo
  from unnest($2::bigint[], $3::int[], $4::int[], $5::date[], $6::smallint[], $7::bigint[], $8::text[])
    as row(entry_id, line, account, date, side, amount, memo)`;

const WHOLE_POSTINGS = `
  insert into postings (book_id, entry_id, line, account_id, entry_date, side, amount, memo, unit, quantity, rate,
    cost_unit, cost, ${DETAIL_COLUMNS})
  select $1, row.entry_id, row.line, row.account, row.date, row.side, row.amount, row.memo, row.unit, row.quantity,
    row.rate, row.cost_unit, row.cost, row.party, row.document, row.due, row.dimensions::int[], row.tax, row.tax_part
  from unnest($2::bigint[], $3::int[], $4::int[], $5::date[], $6::smallint[], $7::bigint[], $8::text[], $9::text[],
      $10::bigint[], $11::text[], $12::text[], $13::bigint[], $14::int[], $15::text[], $16::date[], $17::text[], $18::int[],
      $19::text[])
    as row(entry_id, line, account, date, side, amount, memo, unit, quantity, rate, cost_unit, cost, party, document, due,
      dimensions, tax, tax_part)`;

const BALANCES = `
  insert into account_balances as b (book_id, account_id, month, closing, debit, credit, last_position)
  select $1, row.account, row.month, row.closing, row.debit, row.credit, row.position
  from unnest($2::int[], $3::text[], $4::bool[], $5::bigint[], $6::bigint[], $7::int[])
    as row(account, month, closing, debit, credit, position)
  on conflict (account_id, month, closing) do update
  set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`;

/**
 * The statements that insert entries and move the balances, to be sent in this order. Their events are already appended,
 * all at one moment; the book's last number is the caller's.
 * @param rows in the order of their positions, one at least
 */
export function entryStatements(book: number, rows: readonly EntryRow[]): Statement[] {
  const entries = rows.map((row) => row.entry);
  const values = [
    book,
    rows[0]!.position,
    rows.map((row) => row.id),
    entries.map((entry) => entry.number),
    entries.map((entry) => entry.date),
    entries.map((entry) => entry.kind),
    entries.map((entry) => entry.closing),
    entries.map((entry) => entry.reference),
    entries.map((entry) => entry.description),
    rows.map((row) => row.reversesId),
    rows.map((row) => row.position),
    rows.map((row) => row.userId),
  ];
  const whole = entries.some(({ lines }) => lines.some(({ details, units }) => details ?? units));
  return [
    { name: 'insert-entries', text: ENTRIES, values },
    insertPostings(book, rows, whole),
    moveBalances(book, rows),
    ...(whole ? moveOthers(book, rows) : []),
  ];
}

function insertPostings(book: number, rows: readonly EntryRow[], whole: boolean): Statement {
  const postings = rows.flatMap(({ id, entry: { date, lines } }) =>
    lines.map((posting, index) => ({ id, line: index + 1, date, posting })),
  );
  const values = [
    book,
    postings.map((row) => row.id),
    postings.map((row) => row.line),
    postings.map((row) => row.posting.account),
    postings.map((row) => row.date),
    postings.map((row) => (row.posting.side === 'debit' ? 1 : -1)),
    postings.map((row) => row.posting.amount),
    postings.map((row) => row.posting.memo),
  ];
  if (!whole) return { name: 'insert-postings', text: POSTINGS, values };
  const units = postings.map((row) => row.posting.units ?? null);
  const details = postings.map((row) => detailFields(row.posting.details));
  return {
    name: 'insert-whole-postings',
    text: WHOLE_POSTINGS,
    values: [
      ...values,
      units.map((own) => own?.unit ?? null),
      units.map((own) => own?.quantity ?? null),
      units.map((own) => own?.rate ?? null),
      units.map((own) => own?.cost?.unit ?? null),
      units.map((own) => own?.cost?.quantity ?? null),
      ...DETAIL_FIELDS.map((at) => details.map((fields) => fields[at] ?? null)),
    ],
  };
}

const DETAIL_FIELDS = [...detailFields().keys()];

interface Movement {
  readonly account: number;
  readonly month: string;
  readonly closing: boolean;
  debit: bigint;
  credit: bigint;
  position: number;
}

function moveBalances(book: number, rows: readonly EntryRow[]): Statement {
  const moved = [...movementsOf(rows)];
  const values = [
    book,
    moved.map((movement) => movement.account),
    moved.map((movement) => movement.month),
    moved.map((movement) => movement.closing),
    moved.map((movement) => movement.debit),
    moved.map((movement) => movement.credit),
    moved.map((movement) => movement.position),
  ];
  return { name: 'move-balances', text: BALANCES, values };
}

/** A row may be moved once only by a statement: the movements of all entries, summed by account, month and kind. */
function movementsOf(rows: readonly EntryRow[]): Iterable<Movement> {
  const movements = new Map<string, Movement>();
  for (const { entry, position } of rows) {
    const { closing } = entry;
    const month = monthOf(entry.date);
    for (const { account, side, amount } of entry.lines) {
      const key = `${account}/${month}/${closing}`;
      let movement = movements.get(key);
      if (!movement) {
        movement = { account, month, closing, debit: 0n, credit: 0n, position };
        movements.set(key, movement);
      }
      movement[side] += amount;
      movement.position = position;
    }
  }
  return movements.values();
}

/** Sums of what lines move beside their account, each with the position of its last entry. */
function moveOthers(book: number, rows: readonly EntryRow[]): Statement[] {
  const units = new UnitSums();
  const details = new DetailSums();
  for (const { entry, position } of rows) {
    units.add(monthOf(entry.date), entry.closing, entry.lines, position);
    details.add(entry, position);
  }
  const inUnits = units.list();
  return [
    ...(inUnits.length > 0 ? [moveUnitBalances(book, inUnits)] : []),
    ...moveDetailBalances(book, details.list(), details.items()),
  ];
}
