// Balances of accounts in units other than the base currency, per month and kind: quantities on either side, and the base
// amounts that stand behind them.
import type { Posting } from '#ledger/domain/journal-entry.ts';
import type { Statement } from './statement.ts';

/** What moves one account's holding of a unit in one month. Figures as text, as JSON and PostgreSQL take them. */
export interface UnitMovements {
  readonly account: number;
  readonly unit: string;
  readonly month: string;
  readonly closing: boolean;
  /** In the unit's own decimals. */
  readonly debitQuantity: string;
  readonly creditQuantity: string;
  /** Minor units of the base currency. */
  readonly debit: string;
  readonly credit: string;
  /** Position of the last event among them; 0 where an import will give it. */
  readonly position: number;
}

interface Sums extends Pick<UnitMovements, 'account' | 'unit' | 'month' | 'closing'> {
  readonly quantity: { debit: bigint; credit: bigint };
  readonly amount: { debit: bigint; credit: bigint };
  position: number;
}

export class UnitSums {
  readonly #sums = new Map<string, Sums>();

  /** @param position of the entry's event; 0 where it isn't known yet */
  add(month: string, closing: boolean, lines: readonly Posting[], position: number): void {
    for (const { account, amount, side, units } of lines) {
      if (!units) continue;
      const { unit, quantity } = units;
      const key = `${account}/${unit}/${month}/${closing}`;
      let sums = this.#sums.get(key);
      if (!sums) {
        const zero = () => ({ debit: 0n, credit: 0n });
        sums = { account, unit, month, closing, quantity: zero(), amount: zero(), position };
        this.#sums.set(key, sums);
      }
      sums.quantity[side] += quantity;
      sums.amount[side] += amount;
      sums.position = position;
    }
  }

  /** In order of accounts, units and months. */
  list(): UnitMovements[] {
    return [...this.#sums.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { account, amount, closing, month, position, quantity, unit }]) => ({
        ...{ account, unit, month, closing, position },
        debitQuantity: `${quantity.debit}`,
        creditQuantity: `${quantity.credit}`,
        debit: `${amount.debit}`,
        credit: `${amount.credit}`,
      }));
  }
}

const MOVE = `
  insert into unit_balances as b (book_id, account_id, unit, month, closing, debit_quantity, credit_quantity, debit,
    credit, last_position)
  select $1, row.account, row.unit, row.month, row.closing, row.debit_quantity, row.credit_quantity, row.debit,
    row.credit, row.position
  from unnest($2::int[], $3::text[], $4::text[], $5::bool[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
      $10::int[])
    as row(account, unit, month, closing, debit_quantity, credit_quantity, debit, credit, position)
  on conflict (account_id, unit, month, closing) do update
  set debit_quantity = b.debit_quantity + excluded.debit_quantity,
    credit_quantity = b.credit_quantity + excluded.credit_quantity,
    debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`;

/** The statement that adds what moved. @param moved each account, unit, month and kind once */
export function moveUnitBalances(book: number, moved: readonly UnitMovements[]): Statement {
  const values = [
    book,
    moved.map((row) => row.account),
    moved.map((row) => row.unit),
    moved.map((row) => row.month),
    moved.map((row) => row.closing),
    moved.map((row) => row.debitQuantity),
    moved.map((row) => row.creditQuantity),
    moved.map((row) => row.debit),
    moved.map((row) => row.credit),
    moved.map((row) => row.position),
  ];
  return { name: 'move-unit-balances', text: MOVE, values };
}
