// The audit trail: every event of a book, who and when, late and back-dated entries marked.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

export interface HistoryRow {
  readonly position: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly user: string;
  /** The event's own content. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Accounts that the event names by id, as `1000 Bank`. */
  readonly account: string | null;
  /** Of entries: dated after the day on which they were recorded, in an earlier month, or before the latest entry. */
  readonly mark: 'late' | 'back-dated' | null;
}

export interface HistoryFilter {
  readonly user?: number;
  /** First and last day of recording, on the book's clock. */
  readonly from?: string;
  readonly to?: string;
  readonly type?: string;
  /** From 1. */
  readonly page: number;
  readonly perPage?: number;
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

const PER_PAGE = 100;

/**
 * Newest first. An entry is late when its month was over before it was recorded, and back-dated when an entry of a
 * later month was there already.
 */
export async function history(
  store: LedgerStore,
  book: number,
  filter: HistoryFilter,
): Promise<HistoryPage> {
  const perPage = filter.perPage ?? PER_PAGE;
  const values: unknown[] = [book];
  const parts = ['v.book_id = $1'];
  const add = (value: unknown, condition: (at: string) => string) => {
    if (value === undefined || value === '') return;
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  const day = '(v.recorded_at at time zone b.time_zone)::date';
  add(filter.user, (at) => `v.user_id = ${at}`);
  add(filter.type, (at) => `v.type = ${at}`);
  add(filter.from, (at) => `${day} >= ${at}::date`);
  add(filter.to, (at) => `${day} <= ${at}::date`);
  const from = `from events v join books b on b.id = v.book_id where ${parts.join(' and ')}`;
  const counted = await store.pool.query<{ total: number }>(
    `select count(*)::int as total ${from}`,
    values,
  );
  const { rows } = await store.pool.query<
    Omit<HistoryRow, 'recordedAt' | 'content' | 'mark'> & {
      at: Date;
      bytes: Buffer;
      late: boolean;
      backDated: boolean;
    }
  >(
    `with page as (
       select v.*, ${day} as day ${from} order by v.position desc limit ${perPage} offset ${(filter.page - 1) * perPage})
     select v.position, v.type, v.recorded_at as at, u.name as user, v.bytes,
       a.code || ' ' || a.name as account,
       coalesce(to_char(e.entry_date, 'YYYY-MM') < to_char(v.day, 'YYYY-MM'), false) as late,
       e.id is not null and exists (
         select from posted_entries l where l.book_id = v.book_id and l.position < v.position
           and l.entry_date >= date_trunc('month', e.entry_date) + interval '1 month') as "backDated"
     from page v join users u on u.id = v.user_id
     left join journal_entries e on v.type = 'JournalEntryPosted' and e.book_id = v.book_id and e.position = v.position
     left join accounts a on a.book_id = v.book_id and v.type like 'Account%'
       and a.id = (convert_from(v.bytes, 'UTF8')::jsonb->>'account')::int
     order by v.position desc`,
    values,
  );
  const total = counted.rows[0]!.total;
  return {
    rows: rows.map(({ at, bytes, late, backDated, ...row }) => ({
      ...row,
      recordedAt: at.toISOString(),
      content: JSON.parse(bytes.toString('utf8')) as Record<string, unknown>,
      mark: backDated ? 'back-dated' : late ? 'late' : null,
    })),
    page: filter.page,
    pages: Math.max(1, Math.ceil(total / perPage)),
    total,
  };
}

/** Everybody whom the history of a book names: who recorded something, and its members, by name. */
export async function peopleOfHistory(
  store: LedgerStore,
  book: number,
): Promise<{ id: number; name: string }[]> {
  const { rows } = await store.pool.query<{ id: number; name: string }>(
    `select u.id, u.name from users u
     where exists (select from events v where v.book_id = $1 and v.user_id = u.id)
       or exists (select from memberships m where m.book_id = $1 and m.user_id = u.id)
       or u.id in (select (convert_from(v.bytes, 'UTF8')::jsonb->>'user')::int
                   from events v where v.book_id = $1 and v.type like 'Member%')
     order by lower(u.name), u.id`,
    [book],
  );
  return rows;
}
