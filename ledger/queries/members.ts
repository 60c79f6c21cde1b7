// Who belongs to a book, and the API keys of a person, for the screens that show and change them.
import type { Role } from '#ledger/domain/permissions.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

export interface MemberRow {
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface ApiKeyRow {
  readonly id: number;
  readonly name: string;
  /** The first characters, enough to know it again. */
  readonly prefix: string;
  /** Null: every book of its user. */
  readonly bookSlug: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** The members of a book, by name. */
export async function membersOf(store: LedgerStore, book: number): Promise<MemberRow[]> {
  const { rows } = await store.pool.query<MemberRow>(
    `select u.id as "userId", u.name, u.email, m.role
       from memberships m join users u on u.id = m.user_id
      where m.book_id = $1
      order by lower(u.name), u.id`,
    [book],
  );
  return rows;
}

/**
 * The API keys of a person, newest first, revoked ones included.
 * @param book leaves out keys that are limited to other books
 */
export async function apiKeysOf(
  store: LedgerStore,
  user: number,
  book: number | null = null,
): Promise<ApiKeyRow[]> {
  const { rows } = await store.pool.query<
    Omit<ApiKeyRow, 'createdAt' | 'revokedAt'> & {
      createdAt: Date;
      revokedAt: Date | null;
    }
  >(
    `select k.id, k.name, k.prefix, b.slug as "bookSlug",
            k.created_at as "createdAt", k.revoked_at as "revokedAt"
       from api_keys k left join books b on b.id = k.book_id
      where k.user_id = $1 and ($2::int is null or k.book_id is null or k.book_id = $2)
      order by k.id desc
      limit 200`,
    [user, book],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}
