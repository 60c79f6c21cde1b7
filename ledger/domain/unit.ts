// Units other than a book's base currency that a line may be in: currencies of ISO 4217, which every book knows, and
// commodities (shares, hours), which a book defines with their number of decimals.
import { exponentOf, isCurrencyCode } from './currency.ts';

/** Most decimals that a commodity may have. */
export const MOST_DECIMALS = 9;

/** 1–24 letters, digits, `.`, `-`, `_`, `'` and signs of currencies; the first is no digit. */
export const UNIT_CODE = /^[\p{L}\p{Sc}][\p{L}\p{Sc}\p{N}.'_-]{0,23}$/u;

/** Decimals of the units that a book defined, by code. */
export type DefinedUnits = ReadonlyMap<string, number>;

/** Decimals of a unit: as the book defined it, or of ISO 4217; null where nobody knows it. */
export const decimalsOf = (unit: string, defined: DefinedUnits): number | null =>
  defined.get(unit) ?? (isCurrencyCode(unit) ? exponentOf(unit) : null);
