// What becomes of an import that waits in preview: it is posted, or abandoned. A worker does the work of both.
import type pg from 'pg';
import { z } from 'zod';
import { ACCOUNT_TYPES, type AccountType } from '#ledger/domain/account.ts';
import { refuse } from './answer.ts';
import type { ProposedAccount } from './import-accounts.ts';
import { plain } from './input-shapes.ts';
import type { LockedBook, UseCase } from './run-in-book.ts';
import { CLOSING_ENTRIES } from './start-import.ts';

const id = z.int().positive().max(2_147_483_647);
const CONFIRMATION = z.strictObject({
  id,
  /** Types of new accounts, by whole name; goes before what was proposed. */
  types: z.record(plain(500), z.enum(ACCOUNT_TYPES)).default({}),
  /** Changes what was said when the import began. */
  closingEntries: z.enum(CLOSING_ENTRIES).optional(),
});
const ABANDONMENT = z.strictObject({ id });

interface Waiting {
  readonly closing_entries: string;
  readonly new_accounts: readonly ProposedAccount[];
}

/**
 * The import under its lock; refuses one that doesn’t wait. The lock lets its key be: the rows that a running import stages
 * hold it, and whoever asks has the book’s lock.
 */
async function waiting(
  client: pg.ClientBase,
  book: LockedBook,
  importId: number,
): Promise<Waiting> {
  const { rows } = await client.query<Waiting & { state: string }>(
    `select state, new_accounts, options->>'closingEntries' as closing_entries from imports
     where id = $1 and book_id = $2 for no key update`,
    [importId, book.id],
  );
  const row = rows[0] ?? refuse({ code: 'import-not-found', field: 'id' });
  if (row.state !== 'preview') {
    return refuse({ code: 'import-not-waiting', field: 'id', state: row.state });
  }
  return row;
}

export const confirmImport: UseCase<z.output<typeof CONFIRMATION>, { id: number }> = {
  name: 'confirmImport',
  action: 'import.run',
  input: CONFIRMATION,
  async decide(client, book, input) {
    const { closing_entries: said, new_accounts: proposed } = await waiting(client, book, input.id);
    const types: Record<string, AccountType> = {};
    for (const { path, type: guess } of proposed) {
      const chosen = Object.hasOwn(input.types, path) ? input.types[path] : undefined;
      const type = chosen ?? guess;
      if (type === null) {
        const problem = `Choose a type for the new account ${path}.`;
        return refuse({ code: 'input-malformed', field: `types.${path}`, problem });
      }
      types[path] = type;
    }
    const { closingEntries = said } = input;
    // What closes a year hangs on the types: where they aren’t those that it was staged with, the file is read again.
    const asStaged =
      closingEntries === said && proposed.every((own) => types[own.path] === own.type);
    return {
      events: [],
      result: { id: input.id },
      importId: input.id,
      async apply(db) {
        // The types are kept with the options too: should the file have to be read again, they hold.
        await db.query(
          `update imports set state = $3,
             options = options || jsonb_build_object('preview', false, 'closingEntries', $4::text,
               'types', coalesce(options->'types', '{}') || $2::jsonb),
             new_accounts = coalesce((select jsonb_agg(a || jsonb_build_object('type', $2::jsonb->(a->>'path')))
                                      from jsonb_array_elements(new_accounts) a), '[]')
           where id = $1`,
          [input.id, types, asStaged ? 'posting' : 'queued', closingEntries],
        );
      },
    };
  },
};

export const abandonImport: UseCase<z.output<typeof ABANDONMENT>, { id: number }> = {
  name: 'abandonImport',
  action: 'import.run',
  input: ABANDONMENT,
  async decide(client, book, input) {
    await waiting(client, book, input.id);
    return {
      events: [],
      result: { id: input.id },
      importId: input.id,
      async apply(db) {
        await db.query(
          `update imports set state = 'abandoned', new_masters = default, finished_at = clock_timestamp() where id = $1`,
          [input.id],
        );
      },
    };
  },
};
