// Debits and credits per account, month and kind, summed up while entries pass: memory holds one sum for each, whatever
// the number of entries.
import type { Posting } from '#ledger/domain/journal-entry.ts';

/** What moves one account in one month, closing entries apart. Minor units as text, as JSON and PostgreSQL take them. */
export interface Movements {
  readonly account: number;
  readonly month: string;
  readonly closing: boolean;
  readonly debit: string;
  readonly credit: string;
}

interface Sums {
  debit: bigint;
  credit: bigint;
}

export class MovementSums {
  /** By month and kind, then by account. */
  private readonly months = new Map<string, Map<number, Sums>>();

  add(month: string, closing: boolean, lines: readonly Posting[]): void {
    const key = closing ? `${month}/closing` : month;
    let accounts = this.months.get(key);
    if (!accounts) {
      accounts = new Map();
      this.months.set(key, accounts);
    }
    for (const { account, amount, side } of lines) {
      const sums = accounts.get(account);
      if (sums) sums[side] += amount;
      else accounts.set(account, { debit: 0n, credit: 0n, [side]: amount });
    }
  }

  /** In order of accounts and months. */
  list(): Movements[] {
    const found = [...this.months].flatMap(([key, accounts]) =>
      [...accounts].map(([account, { debit, credit }]) => ({
        account,
        month: key.slice(0, 7),
        closing: key.length > 7,
        debit: `${debit}`,
        credit: `${credit}`,
      })),
    );
    return found.sort(
      (a, b) =>
        a.account - b.account ||
        (a.month < b.month ? -1 : a.month > b.month ? 1 : 0) ||
        (a.closing === b.closing ? 0 : a.closing ? 1 : -1),
    );
  }
}
