// Postings as the pages of the long reports need them: those of entries that are new since the documents' position,
// and months through a cursor, whole or those of some accounts. Both within the caller's snapshot.

import type { AccountId } from '#ledger/domain/account.ts';
import {
  type CalendarDate,
  firstDay,
  lastDay,
  type Month,
  monthOf,
} from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { SummedEntry } from '#reports/catalogue/entry-sums.ts';
import type { PartyFacts, PostedEntry } from '#reports/catalogue/month-lines.ts';
import type { PageLine } from '#reports/catalogue/pages.ts';
import type { UnitTable } from '#reports/catalogue/unit-table.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

/** A line of an entry as it is read. */
export interface PostingColumns {
  account_id: number;
  date: string;
  number: number;
  side: number;
  amount: string;
  memo: string;
  /** `USD 10000 0.92`: unit, quantity in its decimals, and the rate if there is one; null in the base currency. */
  moved: string | null;
  /** 0: none. */
  party: number;
  document: string;
  due: string;
  reference: string;
  description: string;
  position: number;
  closing: boolean;
  /** An adjusting entry, or one that takes such an entry back. */
  adjusting: boolean;
}

/** Of an entry `e`: whether it adjusts, or takes back one that did. */
export const ADJUSTING = `(e.kind = 'adjusting' or e.reverses_id is not null and exists (
    select from journal_entries r where r.id = e.reverses_id and r.kind = 'adjusting'))`;

const COLUMNS = `p.account_id, e.entry_date::text as date, e.number::int as number, p.side::int as side,
    p.amount::text as amount, p.memo, case when p.unit is not null then concat_ws(' ', p.unit, p.quantity, p.rate) end as moved,
    coalesce(p.party_id, 0) as party, coalesce(p.document, '') as document, coalesce(p.due_date::text, '') as due,
    e.reference, e.description, e.position, e.closing, ${ADJUSTING} as adjusting`;

// Entries of imports have no number of their own: the view's would have to be computed for the whole book. Each
// entry's lines are looked up by its key: a planner that doesn't see how few they are reads all postings of all books.
const LINES = `cross join lateral (select * from postings where entry_id = e.id offset 0) p`;
const POSTED_SINGLY = `
  select ${COLUMNS}
  from (select * from journal_entries where book_id = $1 and number > $2 order by number limit $3) e ${LINES}
  order by e.entry_date, e.number, p.line limit $3`;
const IMPORTED = `
  select ${COLUMNS}
  from (select j.id, j.entry_date, i.first_number + j.ordinal - 1 as number, j.reference, j.description,
          i.position, j.closing, j.kind, j.reverses_id
        from imports i cross join lateral
          (select * from journal_entries where import_id = i.id offset 0) j
        where i.book_id = $1 and i.state = 'posted' and i.first_number > $2) e ${LINES}
  order by e.entry_date, e.number, p.line limit $3`;

/** Lines of entries that were posted singly and are numbered above the given one, and at most one more than `most`. */
export const postedSingly = (
  connection: LedgerConnection,
  book: number,
  above: number,
  most: number,
): Promise<PostingColumns[]> => select(connection, POSTED_SINGLY, [book, above, most + 1]);

/** The same of entries that came in by imports. */
export const postedByImports = (
  connection: LedgerConnection,
  book: number,
  above: number,
  most: number,
): Promise<PostingColumns[]> => select(connection, IMPORTED, [book, above, most + 1]);

/** What amounts and quantities are written with. */
export interface Writing {
  /** Decimals of the base currency. */
  readonly exponent: number;
  /** What accounts hold in other units, with their decimals. */
  readonly units: Pick<UnitTable, 'decimals'>;
}

/** Entries by date and number; all lines of an entry stand together. */
export const orderedEntries = (rows: readonly PostingColumns[], writing: Writing): PostedEntry[] =>
  [...entriesOf(rows, writing)].sort(({ page: [a, one] }, { page: [b, other] }) =>
    a < b ? -1 : a > b ? 1 : one - other,
  );

const MONTH = `
  declare month_lines no scroll cursor for
  select ${COLUMNS} from posted_entries e ${LINES}
  where e.book_id = $1 and e.entry_date between $2::date and $3::date and ($4::int is null or e.position <= $4)
    and ($5::int[] is null or p.account_id = any($5))
  order by e.entry_date, e.number, p.line`;
const FETCH = 'fetch 5000 from month_lines';

/** Which lines of a month are read. */
export interface MonthWanted {
  readonly book: number;
  readonly month: Month;
  /** Only what was recorded until that position; null: all. */
  readonly until: number | null;
  /** Only lines on these accounts; null: all. */
  readonly accounts: readonly AccountId[] | null;
}

/** Entries of a month by date and number, some thousand lines at a time. */
export async function* monthEntries(
  connection: LedgerConnection,
  { accounts, book, month, until }: MonthWanted,
  writing: Writing,
): AsyncGenerator<PostedEntry[]> {
  await connection.query(MONTH, [book, firstDay(month), lastDay(month), until, accounts]);
  let rows: PostingColumns[] = [];
  for (;;) {
    const fetched = (await connection.query(FETCH)).rows as PostingColumns[];
    rows = rows.concat(fetched);
    if (fetched.length === 0) break;
    // The last entry may go on in the next batch.
    const last = rows.at(-1)!.number;
    const whole = rows.findIndex(({ number }) => number === last);
    yield [...entriesOf(rows.slice(0, whole), writing)];
    rows = rows.slice(whole);
  }
  yield [...entriesOf(rows, writing)];
  await connection.query('close month_lines');
}

function* entriesOf(
  rows: readonly PostingColumns[],
  { exponent, units }: Writing,
): Generator<PostedEntry> {
  for (let at = 0; at < rows.length; ) {
    const { date, number, description, reference } = rows[at]!;
    const lines: PageLine[] = [];
    const facts: PartyFacts[] = [];
    for (; rows[at]?.number === number; at++) {
      const { account_id, side, amount, memo, moved, party, document, due } = rows[at]!;
      const words = moved === null ? memo : withUnits(memo, moved, units);
      lines.push([account_id, side > 0 ? 1 : -1, decimalText(BigInt(amount), exponent), words]);
      facts.push([party, document, due]);
    }
    yield { page: [date, number, description, reference, 0, lines], facts };
  }
}

/** A memo with what its line moves in another unit: `100.00 USD at 0.92`. A revaluation moves nothing and says it itself. */
function withUnits(memo: string, moved: string, units: Writing['units']): string {
  const [unit = '', quantity = '0', rate] = moved.split(' ');
  if (quantity === '0') return memo;
  const own = `${decimalText(BigInt(quantity), units.decimals(unit))} ${unit}`;
  return [rate === undefined ? own : `${own} at ${rate}`, memo].filter(Boolean).join(' · ');
}

const quantityOf = (moved: string): string | undefined => moved.split(' ')[1];

/** The same lines as sums take them. */
export function* summedEntries(rows: readonly PostingColumns[]): Generator<SummedEntry> {
  for (let at = 0; at < rows.length; ) {
    const { adjusting, closing, date, number, position } = rows[at]!;
    const lines: SummedEntry['lines'][number][] = [];
    for (; rows[at]?.number === number; at++) {
      const { account_id: account, amount, moved, side } = rows[at]!;
      const revalued = moved !== null && quantityOf(moved) === '0';
      lines.push({ account, amount: side > 0 ? BigInt(amount) : -BigInt(amount), revalued });
    }
    yield { month: monthOf(date as CalendarDate), closing, adjusting, position, lines };
  }
}
