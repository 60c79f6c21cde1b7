// The chart of accounts, with balances.
import type { Account } from '#ledger/domain/account.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { amountText } from './amounts.ts';

export interface AccountWithBalance extends Account {
  /** Debit minus credit over all time, decimal text. */
  readonly balance: string;
  /** Lines posted on it. */
  readonly used: boolean;
}

const FIELDS =
  'a.id, a.code, a.name, a.path, a.type, a.closed, a.controls, a.cash_flow as "cashFlow", a.tags';

/** All accounts, closed ones included, by code. */
export async function chart(store: LedgerStore, book: number): Promise<Account[]> {
  const { rows } = await store.pool.query<Account>(
    `select ${FIELDS} from accounts a where a.book_id = $1 order by a.code collate "C"`,
    [book],
  );
  return rows;
}

/** The chart with the balance of each account. */
export async function accountBalances(
  store: LedgerStore,
  book: number,
): Promise<AccountWithBalance[]> {
  const text = await amountText(store, book);
  const { rows } = await store.pool.query<Account & { balance: string; used: boolean }>(
    `select ${FIELDS}, coalesce(sum(b.debit) - sum(b.credit), 0)::text as balance, count(b.*) > 0 as used
     from accounts a left join account_balances b on b.account_id = a.id
     where a.book_id = $1 group by a.id order by a.code collate "C"`,
    [book],
  );
  return rows.map((row) => ({ ...row, balance: text(row.balance) }));
}
