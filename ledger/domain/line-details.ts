// What a line says beside its account and amount: whom it is with, the item that it opens or settles, the values of the
// book's dimensions that it is counted under, and its tax.
import type { CalendarDate } from './calendar.ts';

/** A customer or supplier; its id is unique in the installation. */
export interface Party {
  readonly id: number;
  /** Unique in its book. */
  readonly code: string;
  readonly closed: boolean;
}

/** A value of a dimension, as a cost centre or a project. */
export interface DimensionValue {
  readonly id: number;
  readonly dimension: number;
  readonly closed: boolean;
}

export interface LineTax {
  /** Id of the tax code. */
  readonly code: number;
  /** Whether the line is what was taxed or the tax itself. */
  readonly part: 'base' | 'tax';
}

/**
 * Lines of one account with the same party and document are one **item**: what was invoiced and what was paid of it. What
 * they leave over is open.
 */
export interface LineDetails {
  /** Id of the party; null: nobody's. */
  readonly party: number | null;
  /** Number of the invoice; empty: none. */
  readonly document: string;
  /** When the item is to be paid; null: at once. */
  readonly due: CalendarDate | null;
  /** Ids of dimensions' values, ascending, of each dimension one at most. */
  readonly dimensions: readonly number[];
  readonly tax: LineTax | null;
}

/** Letters of an invoice's number; it is a part of keys. */
export const LONGEST_DOCUMENT = 100;

export const NO_DETAILS: LineDetails = {
  party: null,
  document: '',
  due: null,
  dimensions: [],
  tax: null,
};

/** Whether a line belongs to an item. */
export const isOfItem = ({ document, party }: LineDetails): boolean =>
  party !== null || document !== '';

/** The key of a dimension's value among those of a book. */
export const valueKey = (dimension: string, value: string): string => `${dimension}/${value}`;
