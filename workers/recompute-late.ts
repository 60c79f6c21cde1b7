// What a recompute reads of locks and of entries that were recorded after their day had been locked. A book whose days were
// never locked costs one question; else only the months that were posted to are looked through.
import {
  addDays,
  type CalendarDate,
  firstDay,
  lastDay,
  type Month,
} from '#ledger/domain/calendar.ts';
import {
  type ClosedDays,
  closedDays,
  type LateEntry,
  type LockEvent,
} from '#reports/catalogue/late-table.ts';
import { INSTANT, type LedgerConnection, select } from './recompute-snapshot.ts';

const LOCKS = `
  select position, to_char(recorded_at at time zone 'UTC', ${INSTANT}) as "recordedAt", type, bytes
  from events where book_id = $1 and type in ('DatesLocked', 'DatesReopened') and position <= $2
  order by position`;

/** Locks and openings that were recorded until a position. */
export async function readLocks(
  connection: LedgerConnection,
  book: number,
  until: number,
): Promise<LockEvent[]> {
  const rows = await select<{
    position: number;
    recordedAt: string;
    bytes: Buffer;
  }>(connection, LOCKS, [book, until]);
  return rows.map(({ bytes, position, recordedAt }) => {
    const event = JSON.parse(bytes.toString('utf8')) as {
      readonly lockedThrough: CalendarDate | null;
      readonly reason?: string;
    };
    const { lockedThrough, reason = null } = event;
    return { position, recordedAt, lockedThrough, reason };
  });
}

interface LateColumns {
  number: number;
  date: CalendarDate;
  position: number;
  recordedAt: string;
  description: string;
  lines: { account: number; side: 1 | -1; amount: string }[];
}

const LATE = `
  select e.number::int as number, e.entry_date::text as date, e.position, e.description,
    to_char(e.recorded_at at time zone 'UTC', ${INSTANT}) as "recordedAt",
    (select json_agg(json_build_object('account', p.account_id, 'side', p.side, 'amount', p.amount::text)
       order by p.line) from postings p where p.entry_id = e.id) as lines
  from unnest($2::date[], $3::date[], $4::int[]) as closed(first, last, position)
    join posted_entries e on e.book_id = $1 and e.entry_date between closed.first and closed.last
      and e.position > closed.position
  where e.position > $5 and e.position <= $6
  order by e.position, e.number`;

/** What entries came late. */
export interface LateRange {
  /** Recorded after this position, until that one. */
  readonly since: number;
  readonly until: number;
  /** Dated in these months; null: in any. */
  readonly months: Iterable<Month> | null;
}

export async function readLate(
  connection: LedgerConnection,
  book: number,
  locks: readonly LockEvent[],
  { months, since, until }: LateRange,
): Promise<LateEntry[]> {
  const closed = closedDays(locks);
  const ranges = months === null ? closed.map(wholeRange) : rangesIn(closed, [...months]);
  if (ranges.length === 0) return [];
  const rows = await select<LateColumns>(connection, LATE, [
    book,
    ranges.map(({ first }) => first),
    ranges.map(({ last }) => last),
    ranges.map(({ position }) => position),
    since,
    until,
  ]);
  return rows.map(({ lines, ...entry }) => ({
    ...entry,
    lines: lines.map(({ account, amount, side }) => ({ account, side, amount: BigInt(amount) })),
  }));
}

interface DayRange {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  readonly position: number;
}

const BEGINNING = '0001-01-01' as CalendarDate;

const wholeRange = ({ after, position, through }: ClosedDays): DayRange => ({
  first: after === null ? BEGINNING : addDays(after, 1),
  last: through,
  position,
});

/** The closed days of some months. */
function rangesIn(closed: readonly ClosedDays[], months: readonly Month[]): DayRange[] {
  return months.flatMap((month) =>
    closed.map(wholeRange).flatMap(({ first, last, position }) => {
      const from = first > firstDay(month) ? first : firstDay(month);
      const to = last < lastDay(month) ? last : lastDay(month);
      return from > to ? [] : [{ first: from, last: to, position }];
    }),
  );
}
