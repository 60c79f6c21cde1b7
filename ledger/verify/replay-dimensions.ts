// The dimensions of a book, their values and the accounts that require them, after its events.
import type { LedgerEvent } from '#ledger/domain/events.ts';

type DimensionEvent = Extract<
  LedgerEvent,
  {
    type:
      | 'DimensionDefined'
      | 'DimensionValueAdded'
      | 'DimensionValueChanged'
      | 'DimensionsRequired';
  }
>;

interface ReplayedValue {
  readonly dimension: number;
  readonly code: string;
  readonly name: string;
  readonly parent: number | null;
  readonly closed: boolean;
}

export class ReplayedDimensions {
  readonly defined = new Map<number, readonly [code: string, name: string]>();
  readonly values = new Map<number, ReplayedValue>();
  /** Ids of dimensions, ascending, by account. */
  readonly required = new Map<number, readonly number[]>();

  /** @returns what is impossible about the event, or null */
  apply(event: DimensionEvent): string | null {
    switch (event.type) {
      case 'DimensionDefined':
        this.defined.set(event.dimension, [event.code, event.name]);
        return null;
      case 'DimensionValueAdded': {
        const { code, dimension, name, parent, value } = event;
        if (!this.defined.has(dimension)) return `dimension ${dimension} was never defined`;
        this.values.set(value, { dimension, code, name, parent, closed: false });
        return null;
      }
      case 'DimensionValueChanged': {
        const known = this.values.get(event.value);
        if (!known) return `value ${event.value} was never added`;
        this.values.set(event.value, { ...known, name: event.name, closed: event.closed });
        return null;
      }
      case 'DimensionsRequired':
        this.required.set(event.account, event.dimensions);
        return null;
    }
  }
}
