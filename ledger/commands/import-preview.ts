// What an import shows before it is posted: its first entries, what was taken for what, and what it leaves out.
import { plainDecimal } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { SourceEntry } from '#ledger/formats/source-item.ts';
import type { ClosingEntry } from './import-closings.ts';

interface ShownEntry {
  readonly line: number;
  readonly date: string;
  readonly description: string;
  readonly reference: string;
  readonly lines: readonly {
    readonly account: string;
    readonly amount: string;
    /** Of a line in another unit: its quantity, the amount left empty. */
    readonly units?: string;
  }[];
}

export interface ImportPreview {
  /** The first entries as they would be posted; amounts are signed decimals, debit positive. */
  readonly first: readonly ShownEntry[];
  /** Entries that don’t say their kind and close a year: they would be posted as closing entries. */
  readonly closing: readonly Omit<ClosingEntry, 'ordinal'>[];
  readonly notes: readonly string[];
}

const SHOWN_LINES = 12;

/** @param exponent decimals of the base currency */
export function shownEntry(
  { line, date, description, reference, postings }: SourceEntry,
  exponent: number,
): ShownEntry {
  const lines = postings
    .slice(0, SHOWN_LINES)
    .map(({ account, amount, units }) =>
      units
        ? { account, amount: '', units: `${plainDecimal(units.quantity)} ${units.unit}` }
        : { account, amount: decimalText(amount, exponent) },
    );
  return { line, date, description, reference, lines };
}
