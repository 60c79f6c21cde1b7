// What lines that say more than account and amount are decided against: the parties and values of dimensions that they
// name.
import type pg from 'pg';
import type { DetailFacts } from '#ledger/domain/decide-details.ts';
import { type DimensionValue, type Party, valueKey } from '#ledger/domain/line-details.ts';

export interface DetailNeeds {
  /** Codes of parties. */
  readonly parties: readonly string[];
  /** Codes of dimensions, each with that of a value. */
  readonly values: readonly (readonly [dimension: string, value: string])[];
}

export const NO_DETAIL_NEEDS: DetailNeeds = { parties: [], values: [] };

const PARTIES = 'select id, code, closed from parties where book_id = $1 and code = any($2)';

const VALUES = `
  select d.code as "dimensionCode", v.code, v.id, v.dimension_id as dimension, v.closed
  from unnest($2::text[], $3::text[]) as asked(dimension, value)
  join dimensions d on d.book_id = $1 and d.code = asked.dimension
  join dimension_values v on v.dimension_id = d.id and v.code = asked.value`;

/** Reads what commands with these needs name. */
export async function loadDetails(
  client: pg.ClientBase,
  book: number,
  needs: readonly DetailNeeds[],
): Promise<Omit<DetailFacts, 'requiredDimensions'>> {
  const parties = [...new Set(needs.flatMap((need) => need.parties))];
  const values = needs.flatMap((need) => need.values);
  const [foundParties, foundValues] = await Promise.all([
    parties.length === 0 ? null : client.query<Party>(PARTIES, [book, parties]),
    values.length === 0 ? null : loadValues(client, book, values),
  ]);
  return {
    parties: new Map(foundParties?.rows.map((party) => [party.code, party])),
    dimensionValues: foundValues ?? new Map(),
  };
}

async function loadValues(
  client: pg.ClientBase,
  book: number,
  values: DetailNeeds['values'],
): Promise<Map<string, DimensionValue>> {
  const { rows } = await client.query<DimensionValue & { dimensionCode: string; code: string }>(
    VALUES,
    [book, values.map(([dimension]) => dimension), values.map(([, value]) => value)],
  );
  return new Map(rows.map((row) => [valueKey(row.dimensionCode, row.code), row]));
}
