// The tax codes of a book and their rates, after its events.
import type { LedgerEvent } from '#ledger/domain/events.ts';

type TaxEvent = Extract<LedgerEvent, { type: 'TaxCodeDefined' | 'TaxCodeChanged' | 'TaxRateSet' }>;

interface ReplayedTaxCode {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly account: number;
  readonly baseBox: string;
  readonly taxBox: string;
  readonly closed: boolean;
}

export class ReplayedTaxes {
  readonly codes = new Map<number, ReplayedTaxCode>();
  /** Per cent, by `tax code/day`. */
  readonly rates = new Map<string, string>();

  /** @returns what is impossible about the event, or null */
  apply(event: TaxEvent): string | null {
    if (event.type === 'TaxCodeDefined') {
      const { account, baseBox, code, kind, name, taxBox, taxCode } = event;
      this.codes.set(taxCode, { code, name, kind, account, baseBox, taxBox, closed: false });
      return null;
    }
    const known = this.codes.get(event.taxCode);
    if (!known) return `tax code ${event.taxCode} was never defined`;
    if (event.type === 'TaxRateSet') {
      this.rates.set(`${event.taxCode}/${event.from}`, event.rate);
      return null;
    }
    const { baseBox, closed, name, taxBox } = event;
    this.codes.set(event.taxCode, { ...known, name, baseBox, taxBox, closed });
    return null;
  }
}
