// What lines that say more than account and amount are decided against: the parties and values of dimensions that they
// name.
import type pg from 'pg';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { DetailFacts } from '#ledger/domain/decide-details.ts';
import { parseDecimal } from '#ledger/domain/decimal.ts';
import { type DimensionValue, type Party, valueKey } from '#ledger/domain/line-details.ts';
import type { TaxOnDay } from '#ledger/domain/tax-code.ts';

export interface DetailNeeds {
  /** Codes of parties. */
  readonly parties: readonly string[];
  /** Codes of dimensions, each with that of a value. */
  readonly values: readonly (readonly [dimension: string, value: string])[];
  /** Codes of taxes, each with the day of its entry. */
  readonly taxes: readonly { readonly code: string; readonly date: CalendarDate }[];
}

export const NO_DETAIL_NEEDS: DetailNeeds = { parties: [], values: [], taxes: [] };

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
  const taxes = needs.flatMap((need) => need.taxes);
  const [foundParties, foundValues, foundTaxes] = await Promise.all([
    parties.length === 0 ? null : client.query<Party>(PARTIES, [book, parties]),
    values.length === 0 ? null : loadValues(client, book, values),
    taxes.length === 0 ? null : loadTaxes(client, book, taxes),
  ]);
  return {
    parties: new Map(foundParties?.rows.map((party) => [party.code, party])),
    dimensionValues: foundValues ?? new Map(),
    taxOn: (code, date) => foundTaxes?.get(`${date}/${code}`) ?? null,
  };
}

const TAXES = `
  select c.id, c.code, a.code as account, c.closed, asked.day::text as date,
    (select r.rate from tax_rates r where r.tax_code_id = c.id and r.from_date <= asked.day
     order by r.from_date desc limit 1) as rate
  from (select distinct code, day from unnest($2::text[], $3::date[]) as given(code, day)) as asked
  join tax_codes c on c.book_id = $1 and c.code = asked.code
  join accounts a on a.id = c.account_id`;

async function loadTaxes(
  client: pg.ClientBase,
  book: number,
  taxes: DetailNeeds['taxes'],
): Promise<Map<string, TaxOnDay>> {
  const { rows } = await client.query<
    Omit<TaxOnDay, 'rate'> & { date: CalendarDate; rate: string | null }
  >(TAXES, [book, taxes.map(({ code }) => code), taxes.map(({ date }) => date)]);
  return new Map(
    rows.map(({ date, rate, ...tax }) => [
      `${date}/${tax.code}`,
      { ...tax, rate: rate === null ? null : parseDecimal(rate) },
    ]),
  );
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
