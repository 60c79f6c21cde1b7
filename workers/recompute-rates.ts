// What a recompute reads of the book's table of rates: of each currency that accounts ever held, the last rate of every
// month, since documents end with months. A book without other currencies reads none.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { currenciesIn } from '#reports/catalogue/held-currencies.ts';
import {
  NO_RATES,
  type RateTable,
  rateTable,
  type WrittenRate,
} from '#reports/catalogue/rate-table.ts';
import type { UnitTable } from '#reports/catalogue/unit-table.ts';
import { type BookAtHead, type LedgerConnection, select } from './recompute-snapshot.ts';

/** Rates that a worker remembers, and of which currencies they are. */
export interface HeldRates {
  readonly key: string;
  readonly rates: RateTable;
}

/** The rates as they stand, read anew only when some were recorded or the book holds another currency. */
export async function ratesAt(
  connection: LedgerConnection,
  { facts, ratesRecorded }: BookAtHead,
  units: UnitTable,
  held: HeldRates | null,
): Promise<HeldRates> {
  const currencies = currenciesIn(units);
  const key = currencies.join(' ');
  if (key === '') return { key, rates: NO_RATES };
  if (held?.key === key && !ratesRecorded) return held;
  const rates = await select<ReadRate>(connection, LAST_OF_MONTHS, [facts.id, currencies]);
  return { key, rates: rateTable(rates) };
}

interface ReadRate extends WrittenRate {
  readonly day: CalendarDate;
}

const LAST_OF_MONTHS = `
  select distinct on (unit, date_trunc('month', day)) unit, day::text, rate::text, position
  from rates where book_id = $1 and unit = any($2::text[])
  order by unit, date_trunc('month', day), day desc`;

/** All rates of a book. */
export const readRates = (connection: LedgerConnection, book: number): Promise<WrittenRate[]> =>
  select<ReadRate>(
    connection,
    'select unit, day::text, rate::text, position from rates where book_id = $1',
    [book],
  );
