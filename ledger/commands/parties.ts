// Customers and suppliers: added, renamed, closed, opened again. Names stand in their table alone: the event tells which
// party changed and never what it is called.
import type pg from 'pg';
import { z } from 'zod';
import type { Party } from '#ledger/domain/line-details.ts';
import { refuse } from './answer.ts';
import { ACCOUNT_CODE, plain, requiredLine } from './input-shapes.ts';
import type { UseCase } from './run-in-book.ts';

const NEW = z.strictObject({ code: plain(64), name: requiredLine(200) });
const CHANGE = z.strictObject({
  code: plain(64),
  name: requiredLine(200).optional(),
  closed: z.boolean().optional(),
});

const FOUND = 'select id, code, name, closed from parties where book_id = $1 and code = $2';

async function partyByCode(client: pg.ClientBase, book: number, code: string) {
  const { rows } = await client.query<Party & { name: string }>(FOUND, [book, code]);
  return rows[0];
}

export const addParty: UseCase<z.output<typeof NEW>, { id: number; code: string }> = {
  name: 'addParty',
  action: 'party.change',
  input: NEW,
  async decide(client, book, { code, name }) {
    if (!ACCOUNT_CODE.test(code)) {
      return refuse({ code: 'party-code-malformed', field: 'code', party: code });
    }
    if (await partyByCode(client, book.id, code)) {
      return refuse({ code: 'party-code-in-use', field: 'code', party: code });
    }
    const { rows } = await client.query<{ id: number }>(
      "select nextval('parties_id_seq')::int as id",
    );
    const { id } = rows[0]!;
    return {
      events: [{ type: 'PartyAdded', party: id, code }],
      result: { id, code },
      async apply(db) {
        await db.query('insert into parties (id, book_id, code, name) values ($1, $2, $3, $4)', [
          id,
          book.id,
          code,
          name,
        ]);
      },
    };
  },
};

export const changeParty: UseCase<z.output<typeof CHANGE>, { code: string }> = {
  name: 'changeParty',
  action: 'party.change',
  input: CHANGE,
  async decide(client, book, { code, ...to }) {
    const party = await partyByCode(client, book.id, code);
    if (!party) return refuse({ code: 'party-unknown', field: 'code', party: code });
    const { closed = party.closed, name = party.name } = to;
    const same = closed === party.closed && name === party.name;
    return {
      events: same ? [] : [{ type: 'PartyChanged', party: party.id, closed }],
      result: { code },
      async apply(db, position) {
        if (same) return;
        await db.query(
          'update parties set name = $2, closed = $3, changed_position = $4 where id = $1',
          [party.id, name, closed, position],
        );
      },
    };
  },
};
