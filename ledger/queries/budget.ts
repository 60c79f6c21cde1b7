// What is planned for a range of months, as the budget's grid shows it.
import type { Month } from '#ledger/domain/calendar.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

export interface BudgetLine {
  /** Code of the account. */
  readonly account: string;
  /** Codes of values by codes of dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Minor units of the base currency by month; above zero what income earns and expenses cost. */
  readonly amounts: Readonly<Record<Month, bigint>>;
}

/** By account and values; lines without an amount in these months are left out. */
export async function budget(
  store: LedgerStore,
  book: number,
  from: Month,
  to: Month,
): Promise<BudgetLine[]> {
  const { rows } = await store.pool.query<{
    account: string;
    dimensions: Record<string, string>;
    amounts: Record<Month, string>;
  }>(
    `select a.code as account,
       (select coalesce(json_object_agg(d.code, v.code order by d.code), '{}')
        from unnest(string_to_array(b.value_ids, ',')::int[]) as own(id) join dimension_values v on v.id = own.id
          join dimensions d on d.id = v.dimension_id) as dimensions,
       json_object_agg(b.month, b.amount::text order by b.month) as amounts
     from budget_amounts b join accounts a on a.id = b.account_id
     where b.book_id = $1 and b.month between $2 and $3 and b.amount <> 0
     group by a.code, b.account_id, b.value_ids order by a.code, b.value_ids`,
    [book, from, to],
  );
  return rows.map(({ amounts, ...line }) => ({
    ...line,
    amounts: Object.fromEntries(
      Object.entries(amounts).map(([month, amount]) => [month, BigInt(amount)]),
    ),
  }));
}
