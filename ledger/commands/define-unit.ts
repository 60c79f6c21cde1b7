// Defines a unit of a book: a commodity (shares, hours) with its number of decimals. Currencies of ISO 4217 need none.
import type pg from 'pg';
import { z } from 'zod';
import { isCurrencyCode } from '#ledger/domain/currency.ts';
import { MOST_DECIMALS, UNIT_CODE } from '#ledger/domain/unit.ts';
import { refuse } from './answer.ts';
import { line, plain } from './input-shapes.ts';
import type { UseCase } from './run-in-book.ts';

const INPUT = z.strictObject({
  code: plain(64),
  decimals: z.int().min(0).max(MOST_DECIMALS),
  name: line(200).default(''),
});

export interface NewUnit {
  readonly code: string;
  readonly decimals: number;
  readonly name: string;
}

export const definedEvent = ({ code, decimals, name }: NewUnit) => ({
  type: 'UnitDefined' as const,
  unit: code,
  decimals,
  name,
});

export async function insertUnits(
  client: pg.ClientBase,
  book: number,
  units: readonly NewUnit[],
): Promise<void> {
  await client.query(
    `insert into units (book_id, code, decimals, name)
     select $1, code, decimals, name from unnest($2::text[], $3::smallint[], $4::text[]) as row(code, decimals, name)`,
    [
      book,
      units.map(({ code }) => code),
      units.map(({ decimals }) => decimals),
      units.map(({ name }) => name),
    ],
  );
}

/** Decimals of the units that a book defined, by code. */
export async function definedUnits(
  client: pg.ClientBase,
  book: number,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ code: string; decimals: number }>(
    'select code, decimals from units where book_id = $1',
    [book],
  );
  return new Map(rows.map(({ code, decimals }) => [code, decimals]));
}

export const defineUnit: UseCase<z.output<typeof INPUT>, NewUnit> = {
  name: 'defineUnit',
  action: 'unit.change',
  input: INPUT,
  async decide(client, book, unit) {
    const { code } = unit;
    if (!UNIT_CODE.test(code)) return refuse({ code: 'unit-malformed', field: 'code', unit: code });
    if (isCurrencyCode(code) || (await definedUnits(client, book.id)).has(code)) {
      return refuse({ code: 'unit-in-use', field: 'code', unit: code });
    }
    return {
      events: [definedEvent(unit)],
      result: unit,
      apply: (db) => insertUnits(db, book.id, [unit]),
    };
  },
};
