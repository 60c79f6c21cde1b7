// Postings as the pages of the long reports need them: those of entries that are new since the documents' position,
// and whole months through a cursor. Both within the caller's snapshot.
import { firstDay, lastDay, type Month } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { PageEntry, PageLine } from '#reports/catalogue/pages.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

interface PostingColumns {
  account_id: number;
  date: string;
  number: number;
  side: number;
  amount: string;
  memo: string;
  reference: string;
  description: string;
}

const COLUMNS = `p.account_id, e.entry_date::text as date, e.number::int as number, p.side::int as side,
    p.amount::text as amount, p.memo, e.reference, e.description`;

// Entries of imports have no number of their own: the view's would have to be computed for the whole book.
const NEW = `
  with e as materialized (
    select id, entry_date, number, reference, description from journal_entries
    where book_id = $1 and number > $2
    union all
    select j.id, j.entry_date, i.first_number + j.ordinal - 1, j.reference, j.description
    from imports i join journal_entries j on j.import_id = i.id
    where i.book_id = $1 and i.state = 'posted' and i.first_number > $2)
  select ${COLUMNS} from e join postings p on p.entry_id = e.id
  order by e.entry_date, e.number, p.line limit $3`;

/**
 * Entries numbered above the given one, by date and number.
 * @returns null when they have more than `most` lines.
 */
export async function newEntries(
  connection: LedgerConnection,
  { book, exponent }: { readonly book: number; readonly exponent: number },
  above: number,
  most: number,
): Promise<PageEntry[] | null> {
  const rows = await select<PostingColumns>(connection, NEW, [book, above, most + 1]);
  return rows.length > most ? null : [...entriesOf(rows, exponent)];
}

const MONTH = `
  declare month_lines no scroll cursor for
  select ${COLUMNS} from posted_entries e join posted_postings p on p.entry_id = e.id
  where e.book_id = $1 and e.entry_date between $2::date and $3::date
  order by e.entry_date, e.number, p.line`;
const FETCH = 'fetch 5000 from month_lines';

/** All entries of a month by date and number, some thousand lines at a time. */
export async function* monthEntries(
  connection: LedgerConnection,
  { book, exponent }: { readonly book: number; readonly exponent: number },
  month: Month,
): AsyncGenerator<PageEntry[]> {
  await connection.query(MONTH, [book, firstDay(month), lastDay(month)]);
  let rows: PostingColumns[] = [];
  for (;;) {
    const fetched = (await connection.query(FETCH)).rows as PostingColumns[];
    rows = rows.concat(fetched);
    if (fetched.length === 0) break;
    // The last entry may go on in the next batch.
    const last = rows.at(-1)!.number;
    const whole = rows.findIndex(({ number }) => number === last);
    yield [...entriesOf(rows.slice(0, whole), exponent)];
    rows = rows.slice(whole);
  }
  yield [...entriesOf(rows, exponent)];
  await connection.query('close month_lines');
}

function* entriesOf(rows: readonly PostingColumns[], exponent: number): Generator<PageEntry> {
  for (let at = 0; at < rows.length; ) {
    const { date, number, description, reference } = rows[at]!;
    const lines: PageLine[] = [];
    for (; rows[at]?.number === number; at++) {
      const { account_id, side, amount, memo } = rows[at]!;
      lines.push([account_id, side > 0 ? 1 : -1, decimalText(BigInt(amount), exponent), memo]);
    }
    yield [date, number, description, reference, 0, lines];
  }
}
