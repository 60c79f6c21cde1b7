// A tax code: what is charged on sales or paid on purchases, at a rate that holds from a day on.
import type { Decimal } from './decimal.ts';

/** Output: charged on sales; input: paid on purchases. */
export type TaxKind = 'output' | 'input';

/** A tax code on the day of an entry. */
export interface TaxOnDay {
  readonly id: number;
  readonly code: string;
  /** Code of the account that its tax is posted to. */
  readonly account: string;
  readonly closed: boolean;
  /** Per cent; null before its first rate. */
  readonly rate: Decimal | null;
}

/** The highest rate: more is a mistake. */
export const MOST_PER_CENT = 1000n;
