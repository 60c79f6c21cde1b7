// One account's ledger of a month or of any range of days: opening, lines with running balance, closing.
import type { Account } from '#ledger/domain/account.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { UNIT_COLUMNS, type UnitColumns } from '#ledger/store/posting-units.ts';
import { amountText } from './amounts.ts';
import { LINE_FACTS, type LineFacts } from './line-facts.ts';
import { type LineUnits, lineUnits } from './units.ts';

export interface LedgerLine {
  readonly number: number;
  /** Which line of the entry, from 1. */
  readonly line: number;
  readonly date: string;
  readonly reference: string;
  readonly description: string;
  readonly memo: string;
  /** Null for a line in the base currency. */
  readonly units: LineUnits | null;
  readonly facts: LineFacts | null;
  /** Decimal text; empty on the other side. */
  readonly debit: string;
  readonly credit: string;
  /** Debit minus credit after this line. */
  readonly balance: string;
}

export interface AccountLedger {
  readonly account: Account;
  readonly opening: string;
  readonly debit: string;
  readonly credit: string;
  readonly closing: string;
  readonly lines: readonly LedgerLine[];
  /** Lines that the range has; `lines` holds a page of them. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** The months that have lines, in order. */
  readonly months: readonly string[];
}

const PER_PAGE = 500;

interface Range {
  readonly from: string;
  readonly to: string;
  /** From 1. */
  readonly page: number;
}

/**
 * Debit minus credit before a day that need not be a month's first: whole months from the balances, the rest by line.
 * The opening of income and expenses counts from `yearStart`, the first day of the fiscal year.
 */
async function openingOf(
  store: LedgerStore,
  account: number,
  from: string,
  yearStart: string,
): Promise<bigint> {
  const { rows } = await store.pool.query<{ balance: string }>(
    `select (coalesce((select sum(debit - credit) from account_balances
               where account_id = $1 and month < to_char($2::date, 'YYYY-MM') and month >= to_char($3::date, 'YYYY-MM')), 0)
       + coalesce((select sum(side * amount) from posted_postings
               where account_id = $1 and entry_date >= date_trunc('month', $2::date) and entry_date < $2::date), 0))::text
       as balance`,
    [account, from, yearStart],
  );
  return BigInt(rows[0]!.balance);
}

const LINES = `
  select e.number, p.line, e.entry_date::text as date, e.reference, e.description, p.memo, p.side, p.amount::text as amount, ${UNIT_COLUMNS},
    ${LINE_FACTS} as facts,
    sum(p.side * p.amount) over (order by p.entry_date, p.entry_id, p.line)::text as running
  from posted_postings p join posted_entries e on e.id = p.entry_id
  where p.account_id = $1 and p.entry_date between $2::date and $3::date
  order by p.entry_date, p.entry_id, p.line limit ${PER_PAGE} offset $4`;

/**
 * @param yearStart first day of the fiscal year of `from`, for accounts that begin at zero each year; null for others
 * @returns null when the book has no such account
 */
export async function accountLedger(
  store: LedgerStore,
  book: number,
  code: string,
  range: Range & { readonly yearStart: string | null },
): Promise<AccountLedger | null> {
  const found = await store.pool.query<Account>(
    'select id, code, name, path, type, closed, controls, cash_flow as "cashFlow", tags from accounts where book_id = $1 and code = $2',
    [book, code],
  );
  const account = found.rows[0];
  if (!account) return null;
  const { from, to, page } = range;
  const text = await amountText(store, book);
  const unitsOf = await lineUnits(store, book);
  const opening = await openingOf(store, account.id, from, range.yearStart ?? '0001-01-01');
  const sums = await store.pool.query<{ debit: string; credit: string; total: number }>(
    `select coalesce(sum(amount) filter (where side = 1), 0)::text as debit,
       coalesce(sum(amount) filter (where side = -1), 0)::text as credit, count(*)::int as total
     from posted_postings where account_id = $1 and entry_date between $2::date and $3::date`,
    [account.id, from, to],
  );
  const { debit, credit, total } = sums.rows[0]!;
  const lines = await store.pool.query<
    Omit<LedgerLine, 'debit' | 'credit' | 'balance' | 'units'> &
      UnitColumns & {
        side: 1 | -1;
        amount: string;
        running: string;
      }
  >(LINES, [account.id, from, to, (page - 1) * PER_PAGE]);
  const months = await store.pool.query<{ month: string }>(
    'select distinct month from account_balances where account_id = $1 order by month',
    [account.id],
  );
  const plain = (value: bigint) => text(value.toString());
  return {
    account,
    opening: plain(opening),
    debit: text(debit),
    credit: text(credit),
    closing: plain(opening + BigInt(debit) - BigInt(credit)),
    lines: lines.rows.map(
      ({ amount, cost, costUnit, quantity, rate, running, side, unit, ...line }) => ({
        ...line,
        units: unitsOf({ unit, quantity, rate, costUnit, cost }),
        debit: side === 1 ? text(amount) : '',
        credit: side === -1 ? text(amount) : '',
        balance: plain(opening + BigInt(running)),
      }),
    ),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    months: months.rows.map((row) => row.month),
  };
}

/** The last month in which something stands on an account of the book; null when nothing ever did. */
export async function lastMonthOf(
  store: LedgerStore,
  book: number,
  account: number,
): Promise<string | null> {
  const { rows } = await store.pool.query<{ month: string | null }>(
    'select max(month) as month from account_balances where book_id = $1 and account_id = $2',
    [book, account],
  );
  return rows[0]?.month ?? null;
}
