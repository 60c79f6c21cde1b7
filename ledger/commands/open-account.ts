// Opens an account.
import type pg from 'pg';
import { z } from 'zod';
import { ACCOUNT_TYPES, type AccountType } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';
import { ACCOUNT_CODE, accountPath, plain, requiredLine } from './input-shapes.ts';
import { refuseTakenCode, refuseTakenPath } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  code: plain(64),
  name: requiredLine(200),
  /** Full name from the root; the name alone is an account at the top. */
  path: accountPath.optional(),
  type: z.enum(ACCOUNT_TYPES),
});

export interface NewAccount {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly type: AccountType;
}

/** Takes ids for new accounts from the installation's sequence; a rolled back id is never used again. */
export async function reserveAccountIds(client: pg.ClientBase, count: number): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    "select nextval('account_id_seq')::int as id from generate_series(1, $1)",
    [count],
  );
  return rows.map((row) => row.id);
}

/** The event that opens an account under a reserved id. */
export const openedEvent = (account: number, { code, name, path, type }: NewAccount) => ({
  type: 'AccountOpened' as const,
  account,
  code,
  name,
  path,
  accountType: type,
});

/** Writes opened accounts to the snapshot. @param position of the first's event; the others follow it */
export async function insertAccounts(
  client: pg.ClientBase,
  book: number,
  position: number,
  accounts: readonly (NewAccount & { readonly id: number })[],
): Promise<void> {
  await client.query(
    `insert into accounts (id, book_id, code, name, path, type, opened_position)
     select id, $1, code, name, path, type, $2 + nth - 1
     from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
       with ordinality as row(id, code, name, path, type, nth)`,
    [
      book,
      position,
      accounts.map((account) => account.id),
      accounts.map((account) => account.code),
      accounts.map((account) => account.name),
      accounts.map((account) => account.path),
      accounts.map((account) => account.type),
    ],
  );
}

export const openAccount: UseCase<z.output<typeof INPUT>, { id: number; code: string }> = {
  name: 'openAccount',
  action: 'account.change',
  input: INPUT,
  async decide(client, book, { code, name, path: asked, type }) {
    if (!ACCOUNT_CODE.test(code)) {
      return refuse({ code: 'account-code-malformed', field: 'code', account: code });
    }
    const path = asked ?? name;
    await refuseTakenCode(client, book.id, code);
    await refuseTakenPath(client, book.id, path);
    const id = (await reserveAccountIds(client, 1))[0]!;
    const account = { id, code, name, path, type };
    return {
      events: [openedEvent(id, account)],
      result: { id, code },
      apply: (db, position) => insertAccounts(db, book.id, position, [account]),
    };
  },
};
