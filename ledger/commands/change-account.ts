// Changes of an account: its name and place, its code, its type. Reports show them from then on, for all periods.
import type pg from 'pg';
import { z } from 'zod';
import { ACCOUNT_TYPES, type Account, isResultAccount } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';
import { ACCOUNT_CODE, accountPath, plain, requiredLine } from './input-shapes.ts';
import { accountByCode, refuseTakenCode, refuseTakenPath } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const code = plain(64);
const NEW_NAME = z.strictObject({
  code,
  name: requiredLine(200),
  /** Without it, the last part of the path follows the name where it was the name before. */
  path: accountPath.optional(),
});
const NEW_CODE = z.strictObject({ code, newCode: code });
const NEW_TYPE = z.strictObject({ code, type: z.enum(ACCOUNT_TYPES) });

function pathAfter(account: Account, name: string): string {
  const parts = account.path.split(':');
  return parts.at(-1) === account.name
    ? [...parts.slice(0, -1), name.replaceAll(':', ' ')].join(':')
    : account.path;
}

/** The accounts below a path, whose own paths move with it. */
async function below(client: pg.ClientBase, book: number, path: string): Promise<Account[]> {
  const { rows } = await client.query<Account>(
    `select id, code, name, path, type, closed, controls, cash_flow as "cashFlow", tags from accounts
     where book_id = $1 and starts_with(path, $2 || ':') order by path`,
    [book, path],
  );
  return rows;
}

export const renameAccount: UseCase<z.output<typeof NEW_NAME>, { code: string; path: string }> = {
  name: 'renameAccount',
  action: 'account.change',
  input: NEW_NAME,
  async decide(client, book, input) {
    const account = await accountByCode(client, book.id, input.code);
    const path = input.path ?? pathAfter(account, input.name);
    await refuseTakenPath(client, book.id, path, account.id);
    const moved =
      path === account.path
        ? []
        : (await below(client, book.id, account.path)).map((child) => ({
            ...child,
            path: path + child.path.slice(account.path.length),
          }));
    for (const child of moved) await refuseTakenPath(client, book.id, child.path, child.id);
    const renamed = [{ ...account, name: input.name, path }, ...moved];
    return {
      events: renamed.map(({ id, name, path: to }) => ({
        type: 'AccountRenamed' as const,
        account: id,
        name,
        path: to,
      })),
      result: { code: account.code, path },
      async apply(db) {
        await db.query(
          `update accounts a set name = row.name, path = row.path
           from unnest($1::int[], $2::text[], $3::text[]) as row(id, name, path) where a.id = row.id`,
          [
            renamed.map((row) => row.id),
            renamed.map((row) => row.name),
            renamed.map((row) => row.path),
          ],
        );
      },
    };
  },
};

export const recodeAccount: UseCase<z.output<typeof NEW_CODE>, { code: string }> = {
  name: 'recodeAccount',
  action: 'account.change',
  input: NEW_CODE,
  async decide(client, book, input) {
    const account = await accountByCode(client, book.id, input.code);
    const { newCode } = input;
    if (!ACCOUNT_CODE.test(newCode)) {
      return refuse({ code: 'account-code-malformed', field: 'newCode', account: newCode });
    }
    const same = newCode === account.code;
    if (!same) await refuseTakenCode(client, book.id, newCode);
    return {
      events: same ? [] : [{ type: 'AccountRecoded', account: account.id, code: newCode }],
      result: { code: newCode },
      async apply(db) {
        await db.query('update accounts set code = $2 where id = $1', [account.id, newCode]);
      },
    };
  },
};

export const retypeAccount: UseCase<z.output<typeof NEW_TYPE>, { code: string }> = {
  name: 'retypeAccount',
  action: 'account.change',
  input: NEW_TYPE,
  async decide(client, book, { code: asked, type }) {
    const account = await accountByCode(client, book.id, asked);
    const { cashFlow, controls } = account;
    if (isResultAccount(type) && (cashFlow !== null || controls !== null)) {
      return refuse({ code: 'account-not-balance-sheet', field: 'code', account: asked });
    }
    const same = type === account.type;
    return {
      events: same ? [] : [{ type: 'AccountRetyped', account: account.id, accountType: type }],
      result: { code: asked },
      async apply(db) {
        await db.query('update accounts set type = $2 where id = $1', [account.id, type]);
      },
    };
  },
};
