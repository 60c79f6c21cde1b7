// Taking a member's monthly balances into its group's own log, so that the group's documents go back to the group's events
// alone: position, replay and as-known-then hold for them as for any other book. Called by the worker.
import type pg from 'pg';
import type { MemberAccount, MemberBalance } from '#ledger/domain/group.ts';
import { appendEvents } from '#ledger/store/append-events.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { Notify } from './answer.ts';
import { inTransaction } from './in-transaction.ts';
import { lockBook } from './run-in-book.ts';

/** A member of a group, by the ids of both books. */
export interface GroupMember {
  readonly group: number;
  readonly member: number;
}

/** Of members, those whose reader may still read the other book and owns the group. */
const READABLE = `
  not g.removed
  and exists (select from memberships where book_id = g.member_id and user_id = g.reader_id)
  and exists (select from memberships where book_id = g.book_id and user_id = g.reader_id and role = 'owner')`;

/** Members that have moved since they were last looked at. */
export async function membersThatMoved(
  store: LedgerStore,
): Promise<(GroupMember & { readonly head: number })[]> {
  const { rows } = await store.pool.query<GroupMember & { head: number }>(
    `select g.book_id as "group", g.member_id as member, m.head
     from group_members g join books m on m.id = g.member_id
     where m.head > g.seen_head and ${READABLE} order by g.book_id, g.member_id`,
  );
  return rows;
}

/**
 * Takes what moved in a member since it was last taken: nothing when nothing did, so taking twice changes nothing.
 * @returns whether an event was appended
 */
export async function takeMemberBalances(
  store: LedgerStore,
  notify: Pick<Notify, 'bookChanged'>,
  of: GroupMember,
): Promise<boolean> {
  const taken = await inTransaction(store, false, (client) => take(client, of));
  if (taken) notify.bookChanged(of.group);
  return taken;
}

async function take(client: pg.ClientBase, { group, member }: GroupMember): Promise<boolean> {
  const book = await lockBook(client, group);
  const { rows } = await client.query<{ since: number; reader: number }>(
    `select member_position as since, reader_id as reader from group_members g
     where book_id = $1 and member_id = $2 and ${READABLE}`,
    [group, member],
  );
  const [own] = rows;
  if (!book || !own) return false;
  const { balances, memberPosition } = await movedSince(client, member, own.since);
  const accounts = await renamedAccounts(client, group, member);
  const nothing = balances.length === 0 && accounts.length === 0;
  if (!nothing) {
    const event = {
      ...{ type: 'MemberBalancesTaken' as const, book: member, memberPosition, accounts, balances },
    };
    const head = { position: book.head, hash: book.head_hash };
    const { position } = await appendEvents(client, group, own.reader, head, [event]);
    await putAccounts(client, group, member, accounts);
    await putBalances(client, group, position, balances);
    await client.query(
      `update group_members set member_position = $3, taken_position = $4,
         named_position = case when $5 then $4 else named_position end
       where book_id = $1 and member_id = $2`,
      [group, member, memberPosition, position, accounts.length > 0],
    );
  }
  await client.query(
    'update group_members set seen_head = $3 where book_id = $1 and member_id = $2',
    [group, member, memberPosition],
  );
  return !nothing;
}

type MovedRow = { head: number } & { [Key in keyof MemberBalance]: MemberBalance[Key] | null };

/** Head and balances in one statement, so that both are of one moment. */
async function movedSince(client: pg.ClientBase, member: number, since: number) {
  const { rows } = await client.query<MovedRow>(
    `select m.head, b.account_id as account, b.month, b.closing, b.debit::text, b.credit::text
     from books m left join account_balances b on b.book_id = m.id and b.last_position > $2
     where m.id = $1 order by b.account_id, b.month, b.closing`,
    [member, since],
  );
  const balances = rows.flatMap(({ head: _, ...row }) =>
    row.account === null ? [] : [row as MemberBalance],
  );
  return { memberPosition: rows[0]!.head, balances };
}

/** Accounts of a member that hold something and that the group doesn't know, or knows under other names. */
async function renamedAccounts(
  client: pg.ClientBase,
  group: number,
  member: number,
): Promise<MemberAccount[]> {
  const { rows } = await client.query<MemberAccount>(
    `select a.id as account, a.code, a.name, a.path, a.type as "accountType"
     from accounts a left join group_accounts g on g.book_id = $1 and g.account_id = a.id
     where a.book_id = $2 and exists (select from account_balances b where b.account_id = a.id)
       and (g.code, g.name, g.path, g.type) is distinct from (a.code, a.name, a.path, a.type)
     order by a.id`,
    [group, member],
  );
  return rows;
}

async function putAccounts(
  client: pg.ClientBase,
  group: number,
  member: number,
  accounts: readonly MemberAccount[],
): Promise<void> {
  const column = (key: keyof MemberAccount) => accounts.map((own) => own[key]);
  await client.query(
    `insert into group_accounts (book_id, member_id, account_id, code, name, path, type)
     select $1, $2, * from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
     on conflict (book_id, account_id) do update set code = excluded.code, name = excluded.name, path = excluded.path,
       type = excluded.type`,
    [
      ...[group, member, column('account'), column('code')],
      ...[column('name'), column('path'), column('accountType')],
    ],
  );
}

async function putBalances(
  client: pg.ClientBase,
  group: number,
  position: number,
  balances: readonly MemberBalance[],
): Promise<void> {
  const column = (key: keyof MemberBalance) => balances.map((own) => own[key]);
  await client.query(
    `insert into group_balances (book_id, account_id, month, closing, debit, credit, last_position)
     select $1, account, month, closing, debit, credit, $2
     from unnest($3::int[], $4::text[], $5::boolean[], $6::bigint[], $7::bigint[])
       as row(account, month, closing, debit, credit)
     on conflict (book_id, account_id, month, closing) do update set debit = excluded.debit, credit = excluded.credit,
       last_position = excluded.last_position`,
    [
      ...[group, position, column('account'), column('month'), column('closing')],
      ...[column('debit'), column('credit')],
    ],
  );
}
