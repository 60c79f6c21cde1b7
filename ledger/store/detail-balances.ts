// Sums of lines by what they say beside their account: items of parties, values of dimensions, tax codes; per month and
// kind, moved with the lines.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { monthOf } from '#ledger/domain/calendar.ts';
import type { JournalEntry, Posting } from '#ledger/domain/journal-entry.ts';
import { isOfItem } from '#ledger/domain/line-details.ts';
import type { Statement } from './statement.ts';

export type DetailKind = 'dimension' | 'tax-base' | 'tax';

/** What moves the sums of one value or tax code on one account in one month. Figures as text, as JSON takes them. */
export interface DetailMovements {
  readonly account: number;
  readonly kind: DetailKind;
  /** Id of the dimension's value or the tax code. */
  readonly of: number;
  readonly month: string;
  readonly closing: boolean;
  readonly debit: string;
  readonly credit: string;
  /** Position of the last event among them; 0 where an import will give it. */
  readonly position: number;
}

/** What moves an item in one month. */
export interface ItemMovements {
  readonly account: number;
  /** 0: nobody's. */
  readonly party: number;
  readonly document: string;
  /** Empty: the base currency. */
  readonly unit: string;
  readonly month: string;
  readonly closing: boolean;
  readonly debitQuantity: string;
  readonly creditQuantity: string;
  readonly debit: string;
  readonly credit: string;
  readonly firstDate: string;
  /** The earliest that a line names; null: none does. */
  readonly dueDate: string | null;
  readonly position: number;
}

interface Sums {
  readonly of: Omit<DetailMovements, 'debit' | 'credit' | 'position'>;
  debit: bigint;
  credit: bigint;
  position: number;
}

interface ItemSums {
  readonly of: Pick<ItemMovements, 'account' | 'party' | 'document' | 'unit' | 'month' | 'closing'>;
  readonly quantity: { debit: bigint; credit: bigint };
  readonly amount: { debit: bigint; credit: bigint };
  firstDate: string;
  dueDate: string | null;
  position: number;
}

type SummedEntry = Pick<JournalEntry, 'date' | 'closing' | 'lines'>;

export class DetailSums {
  readonly #sums = new Map<string, Sums>();
  readonly #items = new Map<string, ItemSums>();

  /** @param position of the entry's event; 0 where it isn't known yet */
  add({ closing, date, lines }: SummedEntry, position: number): void {
    for (const line of lines) {
      const { account, details } = line;
      if (!details) continue;
      const when = { month: monthOf(date), closing };
      if (isOfItem(details)) this.#addItem(line, date, when, position);
      const { dimensions, tax } = details;
      for (const of of dimensions) {
        this.#addTo({ account, kind: 'dimension', of, ...when }, line, position);
      }
      if (!tax) continue;
      const kind = tax.part === 'base' ? 'tax-base' : 'tax';
      this.#addTo({ account, kind, of: tax.code, ...when }, line, position);
    }
  }

  /** In order of their keys. */
  list(): DetailMovements[] {
    return inOrder(this.#sums).map(({ credit, debit, of, position }) => ({
      ...of,
      ...{ debit: `${debit}`, credit: `${credit}`, position },
    }));
  }

  items(): ItemMovements[] {
    return inOrder(this.#items).map(({ amount, of, quantity, ...own }) => ({
      ...of,
      ...own,
      debitQuantity: `${quantity.debit}`,
      creditQuantity: `${quantity.credit}`,
      debit: `${amount.debit}`,
      credit: `${amount.credit}`,
    }));
  }

  #addTo(of: Sums['of'], { amount, side }: Posting, position: number): void {
    const key = `${of.account}/${of.kind}/${of.of}/${of.month}/${of.closing}`;
    const sums = this.#sums.get(key) ?? { of, debit: 0n, credit: 0n, position };
    sums[side] += amount;
    sums.position = position;
    this.#sums.set(key, sums);
  }

  #addItem(
    { account, amount, details, side, units }: Posting,
    date: CalendarDate,
    when: Pick<ItemMovements, 'month' | 'closing'>,
    position: number,
  ): void {
    const { document, due, party } = details!;
    const unit = units?.unit ?? '';
    const of = { account, party: party ?? 0, document, unit, ...when };
    const key = JSON.stringify(Object.values(of));
    let sums = this.#items.get(key);
    if (!sums) {
      const zero = () => ({ debit: 0n, credit: 0n });
      sums = { of, quantity: zero(), amount: zero(), firstDate: date, dueDate: due, position };
      this.#items.set(key, sums);
    }
    sums.amount[side] += amount;
    if (units) sums.quantity[side] += units.quantity;
    if (date < sums.firstDate) sums.firstDate = date;
    if (due !== null && (sums.dueDate === null || due < sums.dueDate)) sums.dueDate = due;
    sums.position = position;
  }
}

const inOrder = <Value>(sums: ReadonlyMap<string, Value>): Value[] =>
  [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

const MOVE_DETAILS = `
  insert into detail_balances as b (book_id, account_id, kind, of_id, month, closing, debit, credit, last_position)
  select $1, row.account, row.kind, row.of, row.month, row.closing, row.debit, row.credit, row.position
  from unnest($2::int[], $3::text[], $4::int[], $5::text[], $6::bool[], $7::bigint[], $8::bigint[], $9::int[])
    as row(account, kind, of, month, closing, debit, credit, position)
  on conflict (account_id, kind, of_id, month, closing) do update
  set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, last_position = excluded.last_position`;

const ITEM_ROWS = `
  from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::bigint[], $9::bigint[],
      $10::bigint[], $11::bigint[], $12::date[], $13::date[], $14::int[])
    as row(account, party, document, unit, month, closing, debit_quantity, credit_quantity, debit, credit, first_date,
      due_date, position)`;

/** The items over all months beside those per month, in one statement. */
const MOVE_ITEMS = `
  with whole as (
    insert into items as i (book_id, account_id, party_id, document, unit, debit_quantity, credit_quantity, debit,
      credit, last_month)
    select $1, row.account, row.party, row.document, row.unit, sum(row.debit_quantity), sum(row.credit_quantity),
      sum(row.debit), sum(row.credit), max(row.month)
    ${ITEM_ROWS} group by row.account, row.party, row.document, row.unit
    on conflict (account_id, party_id, document, unit) do update
    set debit_quantity = i.debit_quantity + excluded.debit_quantity,
      credit_quantity = i.credit_quantity + excluded.credit_quantity,
      debit = i.debit + excluded.debit, credit = i.credit + excluded.credit,
      last_month = greatest(i.last_month, excluded.last_month))
  insert into item_balances as b (book_id, account_id, party_id, document, unit, month, closing, debit_quantity,
    credit_quantity, debit, credit, first_date, due_date, last_position)
  select $1, row.account, row.party, row.document, row.unit, row.month, row.closing, row.debit_quantity,
    row.credit_quantity, row.debit, row.credit, row.first_date, row.due_date, row.position
  ${ITEM_ROWS}
  on conflict (account_id, party_id, document, unit, month, closing) do update
  set debit_quantity = b.debit_quantity + excluded.debit_quantity,
    credit_quantity = b.credit_quantity + excluded.credit_quantity,
    debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
    first_date = least(b.first_date, excluded.first_date), due_date = least(b.due_date, excluded.due_date),
    last_position = excluded.last_position`;

/** The statements that add what moved; none for what is empty. */
export function moveDetailBalances(
  book: number,
  moved: readonly DetailMovements[],
  items: readonly ItemMovements[],
): Statement[] {
  const details = {
    name: 'move-detail-balances',
    text: MOVE_DETAILS,
    values: [
      book,
      moved.map((row) => row.account),
      moved.map((row) => row.kind),
      moved.map((row) => row.of),
      moved.map((row) => row.month),
      moved.map((row) => row.closing),
      moved.map((row) => row.debit),
      moved.map((row) => row.credit),
      moved.map((row) => row.position),
    ],
  };
  return [
    ...(moved.length > 0 ? [details] : []),
    ...(items.length > 0 ? [moveItems(book, items)] : []),
  ];
}

const moveItems = (book: number, items: readonly ItemMovements[]): Statement => ({
  name: 'move-item-balances',
  text: MOVE_ITEMS,
  values: [
    book,
    items.map((row) => row.account),
    items.map((row) => row.party),
    items.map((row) => row.document),
    items.map((row) => row.unit),
    items.map((row) => row.month),
    items.map((row) => row.closing),
    items.map((row) => row.debitQuantity),
    items.map((row) => row.creditQuantity),
    items.map((row) => row.debit),
    items.map((row) => row.credit),
    items.map((row) => row.firstDate),
    items.map((row) => row.dueDate),
    items.map((row) => row.position),
  ],
});
