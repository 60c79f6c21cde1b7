// The members of a group: other books whose balances are added up with the group's own entries. Whoever adds or changes one
// must be able to read it; by that right its balances are taken from then on.
import type pg from 'pg';
import { z } from 'zod';
import {
  type AccountMapping,
  MOST_MAPPINGS,
  mappingText,
  memberPicks,
} from '#ledger/domain/group.ts';
import { isPermitted, type Role } from '#ledger/domain/permissions.ts';
import { LONGEST_PICKS } from '#ledger/domain/statement-layout.ts';
import { refuse } from './answer.ts';
import { line, plain, requiredLine } from './input-shapes.ts';
import { accountsByCode } from './load-accounts.ts';
import type { Decision, UseCase } from './run-in-book.ts';

const picks = line(LONGEST_PICKS);

const FACTS = {
  /** Slug of the other book. */
  book: plain(200),
  /** What columns of reports call it; its own name when left out. */
  name: requiredLine(120).optional(),
  /** Its accounts that are eliminated: codes, names and types. */
  intercompany: picks.optional(),
  mapping: z
    .array(
      z.strictObject({
        accounts: picks,
        /** Code of an account of the group. */
        to: plain(64),
      }),
    )
    .max(MOST_MAPPINGS)
    .optional(),
};
const INPUT = z.strictObject(FACTS);
const REMOVAL = z.strictObject({ book: FACTS.book });
type Input = z.output<typeof INPUT>;

/** The book that a command names, as far as its actor may read it, and what it is in the group. */
interface Named {
  readonly id: number;
  readonly name: string;
  readonly currency: string;
  readonly role: Role | null;
  /** As a member of the group; null: it never was one. */
  readonly own: {
    readonly name: string;
    readonly intercompany: string;
    readonly mapping: readonly AccountMapping[];
    readonly removed: boolean;
  } | null;
}

const NAMED = `
  select b.id, b.name, b.base_currency as currency,
    (select role from memberships where book_id = b.id and user_id = $3) as role,
    (select json_build_object('name', g.name, 'intercompany', g.intercompany, 'mapping', g.mapping::json,
       'removed', g.removed) from group_members g where g.book_id = $1 and g.member_id = b.id) as own
  from books b where b.slug = $2`;

/** One level of groups must hold over all books at once: who adds a member waits for whoever else does. */
const GROUPS_LOCK = 0x6767;

const IN_GROUPS = `
  select coalesce(bool_or(book_id = $1), false) as "isGroup", coalesce(bool_or(member_id = $2), false) as "isMember"
  from group_members where not removed`;

async function namedBook(
  client: pg.ClientBase,
  group: number,
  { book }: Pick<Input, 'book'>,
  userId: number,
): Promise<Named> {
  const { rows } = await client.query<Named>(NAMED, [group, book, userId]);
  return rows[0] ?? refuse({ code: 'group-member-unknown', field: 'book', book });
}

/** Refuses a book that the actor may not read, as if there were none. */
async function readableBook(
  client: pg.ClientBase,
  group: number,
  input: Input,
  userId: number,
): Promise<Named> {
  const named = await namedBook(client, group, input, userId);
  if (named.role && isPermitted(named.role, 'report.read')) return named;
  return refuse({ code: 'group-member-unknown', field: 'book', book: input.book });
}

function checkedPicks(text: string, field: string): string {
  const read = memberPicks(text);
  return 'term' in read ? refuse({ code: 'picks-malformed', field, term: read.term }) : text;
}

/** The mapping with ids of the group's accounts. */
async function mappingOf(
  client: pg.ClientBase,
  group: number,
  asked: NonNullable<Input['mapping']>,
): Promise<AccountMapping[]> {
  const codes = asked.map(({ to }) => to);
  const accounts = await accountsByCode(client, group, codes);
  return asked.map(({ accounts: text, to }, at) => {
    const field = `mapping.${at}`;
    const account =
      accounts.get(to) ?? refuse({ code: 'account-unknown', field: `${field}.to`, account: to });
    return { accounts: checkedPicks(text, `${field}.accounts`), to: account.id };
  });
}

type Facts = Omit<NonNullable<Named['own']>, 'removed'>;

/** What is asked for, else what was. */
async function factsOf(
  client: pg.ClientBase,
  group: number,
  { intercompany, mapping, name }: Input,
  before: Facts,
): Promise<Facts> {
  return {
    name: name ?? before.name,
    intercompany: checkedPicks(intercompany ?? before.intercompany, 'intercompany'),
    mapping: mapping ? await mappingOf(client, group, mapping) : before.mapping,
  };
}

const UPSERT = `
  insert into group_members (book_id, member_id, name, intercompany, mapping, reader_id)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (book_id, member_id) do update set name = excluded.name, intercompany = excluded.intercompany,
    mapping = excluded.mapping, reader_id = excluded.reader_id, removed = false, seen_head = 0`;

function setting(
  type: 'GroupMemberAdded' | 'GroupMemberChanged',
  group: number,
  { currency, id }: Named,
  facts: Facts,
  reader: number,
): Decision<{ book: number; name: string }> {
  const event = { book: id, ...facts, reader };
  return {
    events: [type === 'GroupMemberAdded' ? { type, currency, ...event } : { type, ...event }],
    result: { book: id, name: facts.name },
    async apply(db) {
      const { intercompany, mapping, name } = facts;
      await db.query(UPSERT, [group, id, name, intercompany, mappingText(mapping), reader]);
    },
  };
}

export const addGroupMember: UseCase<Input, { book: number; name: string }> = {
  name: 'addGroupMember',
  action: 'group.change',
  input: INPUT,
  async decide(client, group, input, userId) {
    const named = await readableBook(client, group.id, input, userId);
    if (named.id === group.id) return refuse({ code: 'group-of-itself', field: 'book' });
    if (named.own && !named.own.removed) {
      return refuse({ code: 'group-member-exists', field: 'book', book: input.book });
    }
    await client.query('select pg_advisory_xact_lock($1)', [GROUPS_LOCK]);
    const { rows } = await client.query<{ isGroup: boolean; isMember: boolean }>(IN_GROUPS, [
      named.id,
      group.id,
    ]);
    if (rows[0]!.isGroup || rows[0]!.isMember) {
      const book = rows[0]!.isGroup ? input.book : 'This book';
      return refuse({ code: 'group-in-group', field: 'book', book });
    }
    const before = { name: named.name, intercompany: '', mapping: [] };
    const facts = await factsOf(client, group.id, input, before);
    return setting('GroupMemberAdded', group.id, named, facts, userId);
  },
};

export const changeGroupMember: UseCase<Input, { book: number; name: string }> = {
  name: 'changeGroupMember',
  action: 'group.change',
  input: INPUT,
  async decide(client, group, input, userId) {
    const named = await readableBook(client, group.id, input, userId);
    const facts = await factsOf(client, group.id, input, present(named, input.book));
    return setting('GroupMemberChanged', group.id, named, facts, userId);
  },
};

/** Refuses a book that isn't in the group. */
const present = ({ own }: Named, book: string): Facts =>
  own && !own.removed ? own : refuse({ code: 'group-member-unknown', field: 'book', book });

/** Its balances stay among the events; the documents no longer add them up. Who lost the right to read it may still do this. */
export const removeGroupMember: UseCase<z.output<typeof REMOVAL>, { book: number }> = {
  name: 'removeGroupMember',
  action: 'group.change',
  input: REMOVAL,
  async decide(client, group, input, userId) {
    const named = await namedBook(client, group.id, input, userId);
    present(named, input.book);
    return {
      events: [{ type: 'GroupMemberRemoved', book: named.id }],
      result: { book: named.id },
      async apply(db) {
        const text =
          'update group_members set removed = true where book_id = $1 and member_id = $2';
        await db.query(text, [group.id, named.id]);
      },
    };
  },
};
