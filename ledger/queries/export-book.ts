// A whole book as it stands at one position, for a file: its accounts, units and rates, and its entries in batches. All is
// read in one snapshot, whose connection is given back when the reader ends, wherever that is.
import type pg from 'pg';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import type { WrittenBook, WrittenEntry } from '#ledger/formats/written-book.ts';
import type { WrittenMasters } from '#ledger/formats/written-masters.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { recordedUnits, type UnitColumns } from '#ledger/store/posting-units.ts';
import { readMasters } from './export-masters.ts';
import { LINE_FACTS, type LineFacts } from './line-facts.ts';

export interface ExportedBook {
  readonly book: WrittenBook;
  /** For formats that say them before the entries: to be read before those. */
  masters(): Promise<WrittenMasters>;
  /** In order of their dates; can be read once. */
  readonly entries: AsyncIterable<readonly WrittenEntry[]>;
  /** Gives the connection back, whether or not the entries were read to their end. May be called again. */
  close(): void;
}

const ENTRIES_AT_ONCE = 1_000;
/** Lines in memory, one entry's more at most. */
const LINES_AT_ONCE = 10_000;
/** A reader who takes nothing for so long is given up: an old snapshot keeps PostgreSQL from cleaning up. */
const PATIENCE = '120s';

/** Page after page along the index of days: the planner would read and sort all that is left for each of them. */
const SETTINGS = `
  set local idle_in_transaction_session_timeout = '${PATIENCE}';
  set local enable_seqscan = off;
  set local enable_sort = off;
  set local enable_hashjoin = off;
  set local enable_mergejoin = off;
  set local max_parallel_workers_per_gather = 0`;

const BOOK =
  'select name, base_currency, head, start_date::text as "startDate" from books where id = $1';
const ENTRIES = `
  select e.id, e.number, e.entry_date::text as date, e.kind, e.closing, e.reference, e.description,
    to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    (select o.number from posted_entries o where o.id = e.reverses_id) as reverses,
    (select count(*)::int from postings p where p.entry_id = e.id) as size
  from posted_entries e where e.book_id = $1 and (e.entry_date, e.id) > ($2::date, $3::bigint)
  order by e.entry_date, e.id limit ${ENTRIES_AT_ONCE}`;
const LINES = `
  select p.entry_id as entry, json_agg(json_build_object('account', p.account_id, 'side', p.side,
    'amount', p.amount::text, 'memo', p.memo, 'unit', p.unit, 'quantity', p.quantity::text, 'rate', p.rate,
    'costUnit', p.cost_unit, 'cost', p.cost::text, 'facts', ${LINE_FACTS}) order by p.line) as lines
  from postings p where p.entry_id = any($1::bigint[]) group by p.entry_id`;

type Line = UnitColumns & {
  facts: LineFacts | null;
  account: number;
  side: 1 | -1;
  amount: string;
  memo: string;
};
type Row = Omit<WrittenEntry, 'lines'> & { id: string; size: number };

/** Opens the snapshot. @returns the book; whoever asked closes it */
export async function openExport(store: LedgerStore, book: number): Promise<ExportedBook> {
  const client = await store.pool.connect();
  let open = true;
  const close = () => {
    // Its transaction ends with the connection.
    if (open) client.release(true);
    open = false;
  };
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(SETTINGS);
    const written = await readBook(client, book);
    const masters = () => readMasters(client, book, written.exponent);
    return { book: written, masters, entries: readEntries(client, book, written), close };
  } catch (fault) {
    close();
    throw fault;
  }
}

async function readBook(client: pg.ClientBase, book: number): Promise<WrittenBook> {
  const { rows } = await client.query<{
    name: string;
    base_currency: CurrencyCode;
    head: number;
    startDate: string;
  }>(BOOK, [book]);
  const { base_currency: currency, head: position, name, startDate } = rows[0]!;
  const read = async <Part>(text: string) => (await client.query<Part & object>(text, [book])).rows;
  return {
    ...{ name, currency, position, startDate, exponent: exponentOf(currency) },
    accounts: await read<WrittenBook['accounts'][number]>(
      `select id, code, name, path, type, closed, cash_flow is not distinct from 'cash' as "isCash"
       from accounts where book_id = $1 order by code collate "C"`,
    ),
    units: await read<WrittenBook['units'][number]>(
      'select code, decimals from units where book_id = $1 order by code',
    ),
    rates: await read<WrittenBook['rates'][number]>(
      'select unit, day::text as date, rate::text as rate from rates where book_id = $1 order by day, unit',
    ),
  };
}

async function* readEntries(
  client: pg.ClientBase,
  book: number,
  written: WrittenBook,
): AsyncGenerator<readonly WrittenEntry[]> {
  const lineOf = lineWriter(written);
  let [date, id] = ['0001-01-01', '0'];
  for (;;) {
    const { rows } = await client.query<Row>(ENTRIES, [book, date, id]);
    const last = rows.at(-1);
    if (!last) return;
    for (const batch of batches(rows)) {
      const found = await client.query<{ entry: string; lines: Line[] }>(LINES, [
        batch.map((row) => row.id),
      ]);
      const lines = new Map(found.rows.map((row) => [row.entry, row.lines]));
      yield batch.map(({ id: own, size: _, ...entry }) => ({
        ...entry,
        lines: (lines.get(own) ?? []).map(lineOf),
      }));
    }
    ({ date, id } = last);
  }
}

/** Entries in their order, as many together as have few enough lines. */
function* batches(rows: readonly Row[]): Generator<Row[]> {
  let batch: Row[] = [];
  let lines = 0;
  for (const row of rows) {
    if (batch.length > 0 && lines + row.size > LINES_AT_ONCE) {
      yield batch;
      [batch, lines] = [[], 0];
    }
    batch.push(row);
    lines += row.size;
  }
  yield batch;
}

function lineWriter({ exponent, units }: WrittenBook) {
  const defined = new Map(units.map(({ code, decimals }) => [code, decimals]));
  const written = ({ quantity, unit }: { quantity: string; unit: string }) =>
    decimalText(BigInt(quantity), decimalsOf(unit, defined) ?? 0);
  return ({
    account,
    amount,
    facts,
    memo,
    side,
    ...columns
  }: Line): WrittenEntry['lines'][number] => {
    const recorded = recordedUnits(columns);
    const cost = recorded?.cost && { unit: recorded.cost.unit, quantity: written(recorded.cost) };
    const sign = side > 0 ? '' : '-';
    return {
      details: facts && askedDetails(facts),
      ...{ account, memo, amount: `${sign}${decimalText(BigInt(amount), exponent)}` },
      units: recorded && {
        ...{ unit: recorded.unit, quantity: written(recorded), cost: cost ?? null },
      },
    };
  };
}

const askedDetails = ({ dimensions, document, dueDate, party, taxCode, taxPart }: LineFacts) => ({
  ...(party !== null && { party }),
  ...(document !== '' && { document }),
  ...(dueDate !== null && { dueDate }),
  ...(Object.keys(dimensions).length > 0 && { dimensions }),
  ...(taxCode !== null && { taxCode }),
  ...(taxPart !== null && { taxPart }),
});
