// Accounts as a use case needs them, read under the book's lock.
import type pg from 'pg';
import type { Account } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';

const FIELDS = 'id, code, name, path, type, closed, controls, cash_flow as "cashFlow", tags';

/** The accounts with these codes, by code; those that don't exist are left out. */
export async function accountsByCode(
  client: pg.ClientBase,
  book: number,
  codes: Iterable<string>,
): Promise<Map<string, Account>> {
  const { rows } = await client.query<Account>(
    `select ${FIELDS} from accounts where book_id = $1 and code = any($2)`,
    [book, [...new Set(codes)]],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** One account. Refuses `account-unknown`. */
export async function accountByCode(
  client: pg.ClientBase,
  book: number,
  code: string,
): Promise<Account> {
  const found = (await accountsByCode(client, book, [code])).get(code);
  return found ?? refuse({ code: 'account-unknown', field: 'account', account: code });
}

/** Refuses a path that another account of the book has. */
export async function refuseTakenPath(
  client: pg.ClientBase,
  book: number,
  path: string,
  except = 0,
): Promise<void> {
  const { rowCount } = await client.query(
    'select from accounts where book_id = $1 and path = $2 and id <> $3',
    [book, path, except],
  );
  if (rowCount) refuse({ code: 'account-path-in-use', field: 'name', path });
}

/** Refuses a code that is in use in the book. */
export async function refuseTakenCode(
  client: pg.ClientBase,
  book: number,
  code: string,
): Promise<void> {
  const taken = (await accountsByCode(client, book, [code])).has(code);
  if (taken) refuse({ code: 'account-code-in-use', field: 'code', account: code });
}
