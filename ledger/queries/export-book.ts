// A whole book as it stands at one position, for a file: its accounts, units and rates, and its entries in batches. All is
// read in one snapshot, whose connection is given back when the reader ends, wherever that is.
import type pg from 'pg';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { decimalsOf } from '#ledger/domain/unit.ts';
import type { WrittenBook, WrittenEntry } from '#ledger/formats/written-book.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { recordedUnits, type UnitColumns } from '#ledger/store/posting-units.ts';

export interface ExportedBook {
  readonly book: WrittenBook;
  /** In order of their dates. */
  readonly entries: AsyncIterable<readonly WrittenEntry[]>;
}

const PER_BATCH = 1_000;

const BOOK =
  'select name, base_currency, head, start_date::text as "startDate" from books where id = $1';
const ENTRIES = `
  select e.id, e.entry_date::text as date, e.kind, e.closing, e.reference, e.description,
    (select json_agg(json_build_object('account', p.account_id, 'side', p.side, 'amount', p.amount::text, 'memo', p.memo,
       'unit', p.unit, 'quantity', p.quantity::text, 'rate', p.rate, 'costUnit', p.cost_unit, 'cost', p.cost::text)
       order by p.line) from postings p where p.entry_id = e.id) as lines
  from posted_entries e where e.book_id = $1 and (e.entry_date, e.id) > ($2::date, $3::bigint)
  order by e.entry_date, e.id limit ${PER_BATCH}`;

type Line = UnitColumns & { account: number; side: 1 | -1; amount: string; memo: string };
type Row = Omit<WrittenEntry, 'lines'> & { id: string; lines: Line[] };

/** @param use is given the book and reads its entries to the end, or as far as it likes */
export async function* exportBook(
  store: LedgerStore,
  book: number,
  use: (exported: ExportedBook) => AsyncIterable<string>,
): AsyncGenerator<string> {
  const client = await store.pool.connect();
  let broken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const written = await readBook(client, book);
    yield* use({ book: written, entries: readEntries(client, book, written) });
    await client.query('commit');
    broken = false;
  } finally {
    client.release(broken);
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
      'select id, code, path, type from accounts where book_id = $1 order by code collate "C"',
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
  { exponent, units }: WrittenBook,
): AsyncGenerator<readonly WrittenEntry[]> {
  const defined = new Map(units.map(({ code, decimals }) => [code, decimals]));
  const written = ({ quantity, unit }: { quantity: string; unit: string }) =>
    decimalText(BigInt(quantity), decimalsOf(unit, defined) ?? 0);
  const lineOf = ({ account, amount, memo, side, ...columns }: Line) => {
    const recorded = recordedUnits(columns);
    const cost = recorded?.cost && { unit: recorded.cost.unit, quantity: written(recorded.cost) };
    const sign = side > 0 ? '' : '-';
    return {
      ...{ account, memo, amount: `${sign}${decimalText(BigInt(amount), exponent)}` },
      units: recorded && {
        ...{ unit: recorded.unit, quantity: written(recorded), cost: cost ?? null },
      },
    };
  };
  let [date, id] = ['0001-01-01', '0'];
  for (;;) {
    const { rows } = await client.query<Row>(ENTRIES, [book, date, id]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ id: _, lines, ...entry }) => ({ ...entry, lines: lines.map(lineOf) }));
    ({ date, id } = last);
  }
}
