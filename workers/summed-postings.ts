// Sums of postings by account, month and whether their entry is a closing one, as tables of months take them.
import type { Month } from '#ledger/domain/calendar.ts';
import type { BalanceRow } from '#reports/catalogue/month-table.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

/** What is selected of postings `p` with their entries `e`. */
export const SUMMED = `
  p.account_id as account, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    max(e.position) as position`;

export const SUMMED_BY = `group by p.account_id, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

interface SumColumns {
  account: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
}

/** Runs a query that selects `SUMMED`. */
export async function summedRows(
  connection: LedgerConnection,
  text: string,
  values: unknown[],
): Promise<BalanceRow[]> {
  const rows = await select<SumColumns>(connection, text, values);
  return rows.map(({ account, closing, credit, debit, month, position }) => ({
    ...{ account, month, closing, lastPosition: position },
    debit: BigInt(debit),
    credit: BigInt(credit),
  }));
}
