// What helps while an entry is typed: earlier entries of a description, the last entry's date, a likely double.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { amountText } from './amounts.ts';

export interface Suggestion {
  readonly number: number;
  readonly date: string;
  readonly description: string;
  readonly lines: readonly {
    readonly account: string;
    readonly side: 'debit' | 'credit';
    readonly amount: string;
    readonly memo: string;
  }[];
}

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
  const { rows } = await store.pool.query<Suggestion>(
    `select e.number, e.entry_date::text as date, e.description, (
       select coalesce(jsonb_agg(jsonb_build_object('account', a.code, 'amount', p.amount::text, 'memo', p.memo,
           'side', case p.side when 1 then 'debit' else 'credit' end) order by p.line), '[]')
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
    lines: row.lines.map((line) => ({ ...line, amount: format(line.amount) })),
  }));
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
