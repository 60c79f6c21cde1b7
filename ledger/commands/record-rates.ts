// Records rates: base currency for one of a unit, from a day on until the next. The last record of a day counts; entries
// that were converted before stay as they are.
import type pg from 'pg';
import { z } from 'zod';
import { parseDate } from '#ledger/domain/calendar.ts';
import { parseRate } from '#ledger/domain/decide-units.ts';
import { plainDecimal } from '#ledger/domain/decimal.ts';
import type { RecordedRate } from '#ledger/domain/events.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import { refuse } from './answer.ts';
import { definedUnits } from './define-unit.ts';
import { plain } from './input-shapes.ts';
import type { UseCase } from './run-in-book.ts';

const MOST_RATES = 10_000;

const INPUT = z.strictObject({
  rates: z
    .array(z.strictObject({ unit: plain(64), date: plain(40), rate: plain(64) }))
    .min(1)
    .max(MOST_RATES),
});

/** Writes rates; of two of a unit and day the later counts. */
export async function upsertRates(
  client: pg.ClientBase,
  book: number,
  position: number,
  rates: readonly RecordedRate[],
): Promise<void> {
  const last = [...new Map(rates.map((rate) => [`${rate.unit}/${rate.day}`, rate])).values()];
  await client.query(
    `insert into rates (book_id, unit, day, rate, position)
     select $1, unit, day, rate, $2 from unnest($3::text[], $4::date[], $5::numeric[]) as row(unit, day, rate)
     on conflict (book_id, unit, day) do update set rate = excluded.rate, position = excluded.position`,
    [
      book,
      position,
      last.map(({ unit }) => unit),
      last.map(({ day }) => day),
      last.map(({ rate }) => rate),
    ],
  );
}

export const recordRates: UseCase<z.output<typeof INPUT>, { recorded: number }> = {
  name: 'recordRates',
  action: 'unit.change',
  input: INPUT,
  async decide(client, book, { rates: asked }) {
    const defined = await definedUnits(client, book.id);
    const rates = asked.map(({ date, rate, unit }, index): RecordedRate => {
      const field = (name: string) => `rates.${index}.${name}`;
      if (unit === book.base_currency) {
        return refuse({ code: 'rate-of-base-currency', field: field('unit'), currency: unit });
      }
      if (decimalsOf(unit, defined) === null) {
        return refuse({ code: 'unit-unknown', field: field('unit'), unit });
      }
      const day = parseDate(date) ?? refuse({ code: 'date-malformed', field: field('date'), date });
      const value =
        parseRate(rate) ?? refuse({ code: 'rate-malformed', field: field('rate'), rate });
      return { unit, day, rate: plainDecimal(value) };
    });
    return {
      events: [{ type: 'RatesRecorded', rates }],
      result: { recorded: rates.length },
      apply: (db, position) => upsertRates(db, book.id, position, rates),
    };
  },
};
