// What a line moves in another unit, on its way into the tables and out of them.
import type { RecordedUnits } from '#ledger/domain/events.ts';
import type { Posting, UnitAmount } from '#ledger/domain/journal-entry.ts';

/** Columns of `postings` (under the alias p) that hold it; all null for a line in the base currency. */
export const UNIT_COLUMNS =
  'p.unit, p.quantity::text as quantity, p.rate, p.cost_unit as "costUnit", p.cost::text as cost';

export interface UnitColumns {
  readonly unit: string | null;
  readonly quantity: string | null;
  readonly rate: string | null;
  readonly costUnit: string | null;
  readonly cost: string | null;
}

/** What the columns say, as an event records it. */
export function recordedUnits(row: UnitColumns): RecordedUnits | null {
  const { cost, costUnit, quantity, rate, unit } = row;
  if (unit === null || quantity === null) return null;
  const paid = costUnit === null || cost === null ? null : { unit: costUnit, quantity: cost };
  return { unit, quantity, rate, cost: paid };
}

/** The part of a posting that the columns say: nothing for a line in the base currency. */
export function unitsPart(row: UnitColumns): Pick<Posting, 'units'> {
  const recorded = recordedUnits(row);
  return recorded ? { units: fromRecorded(recorded) } : {};
}

/** What an event recorded. */
export const fromRecorded = ({ unit, quantity, rate, cost }: RecordedUnits): UnitAmount => ({
  unit,
  quantity: BigInt(quantity),
  rate,
  cost: cost && { unit: cost.unit, quantity: BigInt(cost.quantity) },
});

/** As an event records it. */
export const toRecorded = ({ unit, quantity, rate, cost }: UnitAmount): RecordedUnits => ({
  unit,
  quantity: `${quantity}`,
  rate,
  cost: cost && { unit: cost.unit, quantity: `${cost.quantity}` },
});
