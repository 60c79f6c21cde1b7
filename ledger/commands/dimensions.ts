// The dimensions of a book (cost centre, project), their trees of values, and the accounts whose lines must name one.
import type pg from 'pg';
import { z } from 'zod';
import { refuse } from './answer.ts';
import { ACCOUNT_CODE, plain, requiredLine } from './input-shapes.ts';
import { accountByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const DEFINED = z.strictObject({ code: plain(64), name: requiredLine(200) });
const VALUE = z.strictObject({
  dimension: plain(64),
  code: plain(64),
  name: requiredLine(200),
  /** Code of the value that it is a part of. */
  parent: plain(64).nullish(),
});
const CHANGE = z.strictObject({
  dimension: plain(64),
  code: plain(64),
  name: requiredLine(200).optional(),
  closed: z.boolean().optional(),
});
const REQUIRED = z.strictObject({ account: plain(64), dimensions: z.array(plain(64)).max(100) });

async function dimensionIds(
  client: pg.ClientBase,
  book: number,
  codes: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ code: string; id: number }>(
    'select code, id from dimensions where book_id = $1 and code = any($2)',
    [book, codes],
  );
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Refuses `dimension-unknown`. */
async function dimensionId(client: pg.ClientBase, book: number, code: string): Promise<number> {
  const id = (await dimensionIds(client, book, [code])).get(code);
  return id ?? refuse({ code: 'dimension-unknown', field: 'dimension', dimension: code });
}

async function valueByCode(client: pg.ClientBase, dimension: number, code: string) {
  const { rows } = await client.query<{ id: number; name: string; closed: boolean }>(
    'select id, name, closed from dimension_values where dimension_id = $1 and code = $2',
    [dimension, code],
  );
  return rows[0];
}

async function nextId(client: pg.ClientBase, table: 'dimensions' | 'dimension_values') {
  const { rows } = await client.query<{ id: number }>(
    `select nextval('${table}_id_seq')::int as id`,
  );
  return rows[0]!.id;
}

function refuseMalformed(code: string): void {
  if (ACCOUNT_CODE.test(code)) return;
  refuse({ code: 'dimension-code-malformed', field: 'code', dimension: code });
}

export const defineDimension: UseCase<z.output<typeof DEFINED>, { code: string }> = {
  name: 'defineDimension',
  action: 'dimension.change',
  input: DEFINED,
  async decide(client, book, { code, name }) {
    refuseMalformed(code);
    if ((await dimensionIds(client, book.id, [code])).has(code)) {
      return refuse({ code: 'dimension-code-in-use', field: 'code', dimension: code });
    }
    const id = await nextId(client, 'dimensions');
    return {
      events: [{ type: 'DimensionDefined', dimension: id, code, name }],
      result: { code },
      async apply(db) {
        await db.query('insert into dimensions (id, book_id, code, name) values ($1, $2, $3, $4)', [
          id,
          book.id,
          code,
          name,
        ]);
      },
    };
  },
};

export const addDimensionValue: UseCase<z.output<typeof VALUE>, { code: string }> = {
  name: 'addDimensionValue',
  action: 'dimension.change',
  input: VALUE,
  async decide(client, book, { code, name, ...asked }) {
    refuseMalformed(code);
    const dimension = await dimensionId(client, book.id, asked.dimension);
    if (await valueByCode(client, dimension, code)) {
      const taken = { dimension: asked.dimension, value: code };
      return refuse({ code: 'dimension-value-in-use', field: 'code', ...taken });
    }
    const above = asked.parent ? await valueByCode(client, dimension, asked.parent) : null;
    if (above === undefined) {
      const missing = { dimension: asked.dimension, value: asked.parent! };
      return refuse({ code: 'dimension-value-unknown', field: 'parent', ...missing });
    }
    const value = await nextId(client, 'dimension_values');
    const parent = above?.id ?? null;
    return {
      events: [{ type: 'DimensionValueAdded', value, dimension, code, name, parent }],
      result: { code },
      async apply(db) {
        await db.query(
          `insert into dimension_values (id, book_id, dimension_id, code, name, parent_id)
           values ($1, $2, $3, $4, $5, $6)`,
          [value, book.id, dimension, code, name, parent],
        );
      },
    };
  },
};

export const changeDimensionValue: UseCase<z.output<typeof CHANGE>, { code: string }> = {
  name: 'changeDimensionValue',
  action: 'dimension.change',
  input: CHANGE,
  async decide(client, book, { code, dimension: asked, ...to }) {
    const dimension = await dimensionId(client, book.id, asked);
    const value = await valueByCode(client, dimension, code);
    if (!value) {
      return refuse({
        code: 'dimension-value-unknown',
        field: 'code',
        dimension: asked,
        value: code,
      });
    }
    const { closed = value.closed, name = value.name } = to;
    const same = closed === value.closed && name === value.name;
    return {
      events: same ? [] : [{ type: 'DimensionValueChanged', value: value.id, name, closed }],
      result: { code },
      async apply(db) {
        await db.query('update dimension_values set name = $2, closed = $3 where id = $1', [
          value.id,
          name,
          closed,
        ]);
      },
    };
  },
};

/** Says of which dimensions every line on an account must name a value from now on. */
export const requireDimensions: UseCase<z.output<typeof REQUIRED>, { account: string }> = {
  name: 'requireDimensions',
  action: 'dimension.change',
  input: REQUIRED,
  async decide(client, book, input) {
    const account = await accountByCode(client, book.id, input.account);
    const ids = await dimensionIds(client, book.id, input.dimensions);
    const unknown = input.dimensions.find((code) => !ids.has(code));
    if (unknown !== undefined) {
      return refuse({ code: 'dimension-unknown', field: 'dimensions', dimension: unknown });
    }
    const dimensions = [...new Set(ids.values())].sort((a, b) => a - b);
    return {
      events: [{ type: 'DimensionsRequired', account: account.id, dimensions }],
      result: { account: account.code },
      async apply(db) {
        await db.query('delete from required_dimensions where account_id = $1', [account.id]);
        await db.query(
          'insert into required_dimensions (account_id, dimension_id) select $1, id from unnest($2::int[]) as id',
          [account.id, dimensions],
        );
      },
    };
  },
};
