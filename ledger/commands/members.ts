// Who belongs to a book and as what. A book always keeps an owner.
import type pg from 'pg';
import { z } from 'zod';
import { ROLES, type Role } from '#ledger/domain/permissions.ts';
import { hashPassword, newPassword } from '#ledger/store/passwords.ts';
import { refuse } from './answer.ts';
import { line } from './input-shapes.ts';
import type { UseCase } from './run-in-book.ts';

const role = z.enum(ROLES);
const userId = z.int().positive().max(2_147_483_647);

/** Compared and kept in small letters. */
const email = z
  .email({ error: 'is not an e-mail address' })
  .max(254)
  .transform((text) => text.toLowerCase());

const NEW = z.strictObject({ email, name: line(200).default(''), role });
const CHANGE = z.strictObject({ userId, role });
const REMOVAL = z.strictObject({ userId });

interface Added {
  readonly userId: number;
  /** Of somebody new: shown once. */
  readonly password?: string;
}

/** Adds a person; somebody unknown becomes a user with a first password. */
export const addMember: UseCase<z.output<typeof NEW>, Added> = {
  name: 'addMember',
  action: 'member.change',
  input: NEW,
  async decide(client, book, input) {
    const known = await client.query<{ id: number; member: boolean }>(
      `select u.id, m.user_id is not null as member from users u
       left join memberships m on m.user_id = u.id and m.book_id = $2 where u.email = $1`,
      [input.email, book.id],
    );
    if (known.rows[0]?.member) {
      return refuse({ code: 'member-exists', field: 'email', email: input.email });
    }
    const { id, password } = known.rows[0]
      ? { id: known.rows[0].id, password: null }
      : await newUser(client, input.email, input.name);
    return {
      events: [{ type: 'MemberAdded', user: id, role: input.role }],
      result: password === null ? { userId: id } : { userId: id, password },
      kept: { userId: id },
      access: { userIds: [id] },
      async apply(db) {
        await db.query('insert into memberships (book_id, user_id, role) values ($1, $2, $3)', [
          book.id,
          id,
          input.role,
        ]);
      },
    };
  },
};

async function newUser(client: pg.ClientBase, address: string, name: string) {
  const password = newPassword();
  const { rows } = await client.query<{ id: number }>(
    'insert into users (email, name, password_hash) values ($1, $2, $3) returning id',
    [address, name || address.split('@')[0], await hashPassword(password)],
  );
  return { id: rows[0]!.id, password };
}

async function roleOf(client: pg.ClientBase, book: number, user: number): Promise<Role> {
  const { rows } = await client.query<{ role: Role }>(
    'select role from memberships where book_id = $1 and user_id = $2',
    [book, user],
  );
  return rows[0]?.role ?? refuse({ code: 'member-not-found', field: 'userId' });
}

async function refuseLastOwner(client: pg.ClientBase, book: number): Promise<void> {
  const { rowCount } = await client.query(
    "select from memberships where book_id = $1 and role = 'owner'",
    [book],
  );
  if (rowCount === 1) refuse({ code: 'last-owner', field: 'userId' });
}

export const changeRole: UseCase<z.output<typeof CHANGE>, { userId: number; role: Role }> = {
  name: 'changeRole',
  action: 'member.change',
  input: CHANGE,
  async decide(client, book, input) {
    const before = await roleOf(client, book.id, input.userId);
    const same = before === input.role;
    if (before === 'owner' && !same) await refuseLastOwner(client, book.id);
    return {
      events: same ? [] : [{ type: 'MemberRoleChanged', user: input.userId, role: input.role }],
      result: { userId: input.userId, role: input.role },
      access: { userIds: [input.userId] },
      async apply(db) {
        await db.query('update memberships set role = $3 where book_id = $1 and user_id = $2', [
          book.id,
          input.userId,
          input.role,
        ]);
      },
    };
  },
};

export const removeMember: UseCase<z.output<typeof REMOVAL>, { userId: number }> = {
  name: 'removeMember',
  action: 'member.change',
  input: REMOVAL,
  async decide(client, book, input) {
    const before = await roleOf(client, book.id, input.userId);
    if (before === 'owner') await refuseLastOwner(client, book.id);
    return {
      events: [{ type: 'MemberRemoved', user: input.userId }],
      result: { userId: input.userId },
      access: { userIds: [input.userId] },
      async apply(db) {
        await db.query('delete from memberships where book_id = $1 and user_id = $2', [
          book.id,
          input.userId,
        ]);
      },
    };
  },
};
