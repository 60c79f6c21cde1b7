// Makes a user outside of any book: the first one of an installation. For the composition root, never for a request.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { hashPassword } from '#ledger/store/passwords.ts';

/**
 * Somebody who exists already gets the name and the password given, so that a cut-off set-up can be run again.
 * @returns the user's id
 */
export async function createUser(
  store: LedgerStore,
  user: { readonly email: string; readonly name: string; readonly password: string },
): Promise<number> {
  const { rows } = await store.pool.query<{ id: number }>(
    `insert into users (email, name, password_hash) values ($1, $2, $3)
     on conflict (email) do update set name = excluded.name, password_hash = excluded.password_hash,
       epoch = users.epoch + 1
     returning id`,
    [user.email.toLowerCase(), user.name, await hashPassword(user.password)],
  );
  return rows[0]!.id;
}
