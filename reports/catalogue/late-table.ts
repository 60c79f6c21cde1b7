// What was posted into days that had been locked before: after a close was opened again. A day counts as closed from the first
// lock that covered it. Entries are kept singly as far as a report lists them, their sums by account and month always.
import type { AccountId } from '#ledger/domain/account.ts';
import { type CalendarDate, type Month, monthOf } from '#ledger/domain/calendar.ts';

/** An event that locked days or opened them again. */
export interface LockEvent {
  readonly position: number;
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
  /** The last locked day from then on; null: none is. */
  readonly lockedThrough: CalendarDate | null;
  /** Why days were opened again; null: days were locked. */
  readonly reason: string | null;
}

/** An entry that was recorded after its day had been locked. */
export interface LateEntry {
  readonly number: number;
  readonly date: CalendarDate;
  readonly position: number;
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly description: string;
  readonly lines: readonly {
    readonly account: AccountId;
    readonly side: 1 | -1;
    /** Minor units of the base currency. */
    readonly amount: bigint;
  }[];
}

/** What late entries moved on an account, in minor units. */
export interface LateSum {
  readonly debit: bigint;
  readonly credit: bigint;
}

/** The late entries of a period. */
export interface LateEntries {
  /** The first ones, in the order in which they were recorded. */
  readonly listed: readonly Omit<LateEntry, 'lines'>[];
  /** Sums of debits of the listed entries, in their order. */
  readonly amounts: readonly bigint[];
  readonly count: number;
  readonly sums: ReadonlyMap<AccountId, LateSum>;
}

export interface LateTable {
  /** In the order of their positions. */
  readonly locks: readonly LockEvent[];
  /** Takes entries in that came after those that it has. */
  put(entries: Iterable<LateEntry>): void;
  in(months: readonly Month[]): LateEntries;
  /** Position of the last late entry of some months; 0 when there is none. */
  positionIn(months: readonly Month[]): number;
}

/** So many entries of a month are listed; the others count in the sums. */
export const MOST_LISTED = 200;

interface Own {
  readonly listed: LateEntry[];
  count: number;
  position: number;
  readonly sums: Map<AccountId, LateSum>;
}

const NOTHING: LateSum = { debit: 0n, credit: 0n };

export function lateTable(locks: readonly LockEvent[], entries: Iterable<LateEntry>): LateTable {
  const months = new Map<Month, Own>();
  const of = (asked: readonly Month[]): Own[] =>
    asked.flatMap((month) => {
      const own = months.get(month);
      return own ? [own] : [];
    });
  const table: LateTable = {
    locks,
    put(added) {
      for (const entry of added) {
        const month = monthOf(entry.date);
        const own: Own = months.get(month) ?? {
          listed: [],
          count: 0,
          position: 0,
          sums: new Map(),
        };
        months.set(month, own);
        if (own.listed.length < MOST_LISTED) own.listed.push(entry);
        own.count++;
        own.position = Math.max(own.position, entry.position);
        for (const { account, amount, side } of entry.lines) {
          addTo(own.sums, account, side > 0 ? { debit: amount } : { credit: amount });
        }
      }
    },
    in(asked) {
      const found = of(asked);
      const listed = found
        .flatMap((own) => own.listed)
        .sort((a, b) => a.position - b.position || a.number - b.number)
        .slice(0, MOST_LISTED);
      const sums = new Map<AccountId, LateSum>();
      for (const own of found) for (const [account, sum] of own.sums) addTo(sums, account, sum);
      return {
        listed,
        amounts: listed.map(({ lines }) =>
          lines.reduce((sum, { amount, side }) => (side > 0 ? sum + amount : sum), 0n),
        ),
        count: found.reduce((all, { count }) => all + count, 0),
        sums,
      };
    },
    positionIn: (asked) => of(asked).reduce((last, { position }) => Math.max(last, position), 0),
  };
  table.put(entries);
  return table;
}

function addTo(sums: Map<AccountId, LateSum>, account: AccountId, sum: Partial<LateSum>): void {
  const { credit, debit } = sums.get(account) ?? NOTHING;
  sums.set(account, { debit: debit + (sum.debit ?? 0n), credit: credit + (sum.credit ?? 0n) });
}

/** Days that were closed from a position on; no day is in two of them. */
export interface ClosedDays {
  /** The last day before them; null: they have no beginning. */
  readonly after: CalendarDate | null;
  readonly through: CalendarDate;
  readonly position: number;
}

/** Since which event each day has been closed, by the first lock that covered it. */
export function closedDays(locks: readonly LockEvent[]): ClosedDays[] {
  const closed: ClosedDays[] = [];
  for (const { lockedThrough, position, reason } of locks) {
    const after = closed.at(-1)?.through ?? null;
    if (reason !== null || lockedThrough === null) continue;
    if (after !== null && lockedThrough <= after) continue;
    closed.push({ after, through: lockedThrough, position });
  }
  return closed;
}

/** Whether an entry came after its day had been closed. */
export const isLate = (
  locks: readonly LockEvent[],
  { date, position }: Pick<LateEntry, 'date' | 'position'>,
): boolean => closedDays(locks).some((own) => position > own.position && date <= own.through);
