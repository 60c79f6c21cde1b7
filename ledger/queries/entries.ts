// Journal entries: one whole, and the list that can be searched.
import type { EntryKind } from '#ledger/domain/journal-entry.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { entryIdByNumber } from '#ledger/store/entry-number.ts';
import { UNIT_COLUMNS, type UnitColumns } from '#ledger/store/posting-units.ts';
import { amountText } from './amounts.ts';
import { LINE_FACTS, type LineFacts } from './line-facts.ts';
import { type LineUnits, lineUnits } from './units.ts';

export interface EntryLine {
  readonly line: number;
  readonly account: string;
  readonly accountName: string;
  readonly path: string;
  readonly side: 'debit' | 'credit';
  readonly amount: string;
  readonly memo: string;
  /** Null for a line in the base currency. */
  readonly units: LineUnits | null;
  readonly facts: LineFacts | null;
}

export interface EntrySummary {
  readonly number: number;
  readonly date: string;
  readonly kind: EntryKind;
  readonly reference: string;
  readonly description: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly position: number;
}

export interface WholeEntry extends EntrySummary {
  readonly reverses: number | null;
  readonly reversedBy: number | null;
  readonly import: number | null;
  readonly eventType: string;
  /** SHA-256 that ends the chain at its event, hexadecimal. */
  readonly eventHash: string;
  readonly lines: readonly EntryLine[];
}

export interface JournalFilter {
  readonly from?: string;
  readonly to?: string;
  /** Code of an account that a line stands on. */
  readonly account?: string;
  readonly kind?: string;
  /** Part of the description or the reference, or an entry's number. */
  readonly text?: string;
  /** From 1. */
  readonly page: number;
}

export interface JournalPage {
  readonly entries: readonly (EntrySummary & {
    readonly amount: string;
    readonly lines: number;
    readonly accounts: readonly string[];
  })[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

const SUMMARY = `e.number, e.entry_date::text as date, e.kind, e.reference, e.description,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", u.name as "recordedBy",
  e.position`;
const PER_PAGE = 50;

/** One entry with its lines; null when the book has none of this number. */
export async function entryByNumber(
  store: LedgerStore,
  book: number,
  number: number,
): Promise<WholeEntry | null> {
  if (number > 2_147_483_647) return null;
  const found = await store.pool.query<Omit<WholeEntry, 'lines'> & { id: string }>(
    `select e.id, ${SUMMARY}, e.import_id as import, o.number as reverses, r.number as "reversedBy",
       v.type as "eventType", encode(v.hash, 'hex') as "eventHash"
     from posted_entries e
     join users u on u.id = e.user_id
     join events v on v.book_id = e.book_id and v.position = e.position
     left join posted_entries o on o.id = e.reverses_id
     left join journal_entries r on r.reverses_id = e.id
     where e.id = (${entryIdByNumber('$2::int')})`,
    [book, number],
  );
  const row = found.rows[0];
  if (!row) return null;
  const text = await amountText(store, book);
  const unitsOf = await lineUnits(store, book);
  const lines = await store.pool.query<Omit<EntryLine, 'units'> & UnitColumns>(
    `select p.line, a.code as account, a.name as "accountName", a.path,
       case p.side when 1 then 'debit' else 'credit' end as side, p.amount::text as amount, p.memo, ${UNIT_COLUMNS},
       ${LINE_FACTS} as facts
     from postings p join accounts a on a.id = p.account_id where p.entry_id = $1 order by p.line`,
    [row.id],
  );
  const { id: _, ...entry } = row;
  return {
    ...entry,
    lines: lines.rows.map(
      ({ account, accountName, amount, facts, line, memo, path, side, ...columns }) => ({
        ...{ line, account, accountName, path, side, amount: text(amount), memo },
        units: unitsOf(columns),
        facts,
      }),
    ),
  };
}

/** A page of the journal, newest date first. */
export async function journal(
  store: LedgerStore,
  book: number,
  filter: JournalFilter,
): Promise<JournalPage> {
  const { where, values } = conditions(book, filter);
  const counted = await store.pool.query<{ total: number }>(
    `select count(*)::int as total from posted_entries e where ${where}`,
    values,
  );
  const total = counted.rows[0]!.total;
  const text = await amountText(store, book);
  const { rows } = await store.pool.query<JournalPage['entries'][number]>(
    `select ${SUMMARY}, s.amount, s.lines, s.accounts
     from (select e.* from posted_entries e where ${where}
           order by e.entry_date desc, e.id desc limit ${PER_PAGE} offset ${(filter.page - 1) * PER_PAGE}) e
     join users u on u.id = e.user_id
     cross join lateral (
       select coalesce(sum(p.amount) filter (where p.side = 1), 0)::text as amount, count(*)::int as lines,
         (array_agg(a.code || ' ' || a.name order by p.line))[1:4] as accounts
       from postings p join accounts a on a.id = p.account_id where p.entry_id = e.id) s
     order by e.entry_date desc, e.id desc`,
    values,
  );
  return {
    entries: rows.map((row) => ({ ...row, amount: text(row.amount) })),
    page: filter.page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    total,
  };
}

function conditions(book: number, filter: JournalFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [book];
  const parts = ['e.book_id = $1'];
  const add = (value: unknown, condition: (place: string) => string) => {
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  if (filter.from) add(filter.from, (at) => `e.entry_date >= ${at}::date`);
  if (filter.to) add(filter.to, (at) => `e.entry_date <= ${at}::date`);
  if (filter.kind) add(filter.kind, (at) => `e.kind = ${at}`);
  if (filter.account) {
    add(
      filter.account,
      (at) => `e.id in (select p.entry_id from postings p join accounts a on a.id = p.account_id
                        where a.book_id = $1 and a.code = ${at})`,
    );
  }
  const text = filter.text?.trim();
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    const number = /^#?(\d{1,9})$/.exec(text)?.[1];
    add(pattern, (at) => {
      const byNumber = number === undefined ? '' : ` or e.number = ${number}`;
      return `(e.description ilike ${at} or e.reference ilike ${at}${byNumber})`;
    });
  }
  return { where: parts.join(' and '), values };
}
