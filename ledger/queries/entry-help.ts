// What helps while an entry is typed: earlier entries of a description, the last entry's date, a likely double.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { UnitColumns } from '#ledger/store/posting-units.ts';
import { amountText } from './amounts.ts';
import { type LineUnits, lineUnits } from './units.ts';

export interface Suggestion {
  readonly number: number;
  readonly date: string;
  readonly description: string;
  readonly lines: readonly {
    readonly account: string;
    readonly side: 'debit' | 'credit';
    readonly amount: string;
    readonly memo: string;
    /** Of a line in another unit, which its amount is in: what it was worth. */
    readonly unit?: string;
    readonly rate?: string;
    readonly baseAmount?: string;
  }[];
}

type StoredLine = Suggestion['lines'][number] & UnitColumns;

const MOST = 8;
const MOST_LINES = 50;

/** The latest entry of each description that contains the text, newest first; reversals left out. */
export async function suggestions(
  store: LedgerStore,
  book: number,
  text: string,
): Promise<Suggestion[]> {
  const pattern = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const format = await amountText(store, book);
  const unitsOf = await lineUnits(store, book);
  const { rows } = await store.pool.query<Omit<Suggestion, 'lines'> & { lines: StoredLine[] }>(
    `select e.number, e.entry_date::text as date, e.description, (
       select coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'amount', p.amount::text, 'memo', p.memo,
           'side', case p.side when 1 then 'debit' else 'credit' end, 'unit', p.unit, 'quantity', p.quantity::text,
           'rate', p.rate, 'costUnit', p.cost_unit, 'cost', p.cost::text) order by p.line), '[]')
       from postings p join accounts a on a.id = p.account_id where p.entry_id = e.id and p.line <= ${MOST_LINES}) as lines
     from (select distinct on (m.description) m.* from (
             select * from posted_entries e where e.book_id = $1 and e.description ilike $2 and e.kind <> 'reversal'
             order by e.entry_date desc, e.id desc limit 200) m
           order by m.description, m.entry_date desc, m.id desc) e
     order by e.entry_date desc, e.id desc limit ${MOST}`,
    [book, pattern],
  );
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map(({ account, amount, memo, side, ...columns }) => {
      const own = { account, side, amount: format(amount), memo };
      const units = unitsOf(columns);
      return units ? { ...own, ...worth(units, own.amount) } : own;
    }),
  }));
}

/** A line in another unit as it would be typed again. */
function worth({ quantity, rate, unit }: LineUnits, baseAmount: string) {
  if (rate !== null) return { amount: quantity, unit, rate };
  return /[1-9]/.test(baseAmount)
    ? { amount: quantity, unit, baseAmount }
    : { amount: quantity, unit };
}

/** The date of the entry recorded last; null in an empty book. */
export async function lastEntryDate(store: LedgerStore, book: number): Promise<string | null> {
  const { rows } = await store.pool.query<{ date: string }>(
    'select entry_date::text as date from posted_entries where book_id = $1 order by id desc limit 1',
    [book],
  );
  return rows[0]?.date ?? null;
}

/** Number of an earlier entry with this reference and this total, the newest; null when there is none. */
export async function likelyDouble(
  store: LedgerStore,
  book: number,
  reference: string,
  total: bigint,
): Promise<number | null> {
  const { rows } = await store.pool.query<{ number: number }>(
    `select e.number from posted_entries e
     where e.book_id = $1 and e.reference = $2 and (
       select sum(p.amount) from postings p where p.entry_id = e.id and p.side = 1) = $3
     order by e.id desc limit 1`,
    [book, reference, total],
  );
  return rows[0]?.number ?? null;
}
