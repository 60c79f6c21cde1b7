// The members of a group, for the screen and the API that show and change them.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

export interface ListedGroupMember {
  /** Slug of the other book. */
  readonly book: string;
  /** What columns of reports call it. */
  readonly name: string;
  readonly currency: string;
  /** Picks its accounts that are eliminated. */
  readonly intercompany: string;
  /** What it picks of the member's accounts, and the code of the group's account that they go to. */
  readonly mapping: readonly { readonly accounts: string; readonly to: string }[];
  /** The member's event that it was last taken at; 0: never. */
  readonly position: number;
  /** ISO 8601 in UTC; null: never. */
  readonly takenAt: string | null;
  /** Whether whoever added or last changed it may still read it and owns the group: only then it is taken. */
  readonly readable: boolean;
}

/** By name. */
export async function groupMembers(store: LedgerStore, book: number): Promise<ListedGroupMember[]> {
  const { rows } = await store.pool.query<ListedGroupMember>(
    `select b.slug as book, g.name, b.base_currency as currency, g.intercompany,
       (select coalesce(json_agg(json_build_object('accounts', own.line->>'accounts', 'to', a.code) order by own.nth), '[]')
        from json_array_elements(g.mapping::json) with ordinality as own(line, nth)
        join accounts a on a.id = (own.line->>'to')::int) as mapping,
       g.member_position as position,
       (select to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from events e
        where e.book_id = g.book_id and e.position = g.taken_position) as "takenAt",
       exists (select from memberships where book_id = g.member_id and user_id = g.reader_id)
         and exists (select from memberships where book_id = g.book_id and user_id = g.reader_id and role = 'owner')
         as readable
     from group_members g join books b on b.id = g.member_id
     where g.book_id = $1 and not g.removed order by lower(g.name), b.id`,
    [book],
  );
  return rows;
}
