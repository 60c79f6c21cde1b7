// What a recompute reads of lines' details in its snapshot: dimensions, tax codes and the sums under both, items and
// parties.
import { compareCodes } from '#ledger/domain/account.ts';
import type { CalendarDate, Month } from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import type { Dimension, PartyName, TaxCode } from '#reports/catalogue/book-ledger.ts';
import type { BudgetRow } from '#reports/catalogue/budget-table.ts';
import type { DetailKind, DetailRow } from '#reports/catalogue/detail-table.ts';
import type { ItemRow } from '#reports/catalogue/item-table.ts';
import { type LedgerConnection, select } from './recompute-snapshot.ts';

/** Dimensions and their values, both in the order of their codes. */
export async function readDimensions(
  connection: LedgerConnection,
  book: number,
): Promise<Dimension[]> {
  const rows = await select<Dimension>(
    connection,
    `select d.code, d.name, coalesce(json_agg(json_build_object('id', v.id, 'code', v.code, 'name', v.name,
         'parent', v.parent_id)) filter (where v.id is not null), '[]') as values
     from dimensions d left join dimension_values v on v.dimension_id = d.id
     where d.book_id = $1 group by d.id`,
    [book],
  );
  const inOrder = <Coded extends { readonly code: string }>(coded: readonly Coded[]): Coded[] =>
    coded.toSorted((a, b) => compareCodes(a.code, b.code));
  return inOrder(rows).map((row) => ({ ...row, values: inOrder(row.values) }));
}

/** Tax codes in their order. */
export async function readTaxCodes(connection: LedgerConnection, book: number): Promise<TaxCode[]> {
  const text = `
    select id, code, name, kind, base_box as "baseBox", tax_box as "taxBox" from tax_codes where book_id = $1`;
  const rows = await select<TaxCode>(connection, text, [book]);
  return rows.toSorted((a, b) => compareCodes(a.code, b.code));
}

/** What was planned after a position (0: ever). */
export async function readBudget(
  connection: LedgerConnection,
  book: number,
  since: number,
): Promise<BudgetRow[]> {
  const text = `
    select account_id as account, string_to_array(value_ids, ',')::int[] as values, month, amount::text, last_position as "lastPosition"
    from budget_amounts where book_id = $1 and last_position > $2`;
  const rows = await select<Omit<BudgetRow, 'amount'> & { amount: string }>(connection, text, [
    book,
    since,
  ]);
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

interface DetailColumns {
  account: number;
  kind: DetailKind;
  of: number;
  month: Month;
  closing: boolean;
  debit: string;
  credit: string;
  position: number;
}

/** Sums under values and tax codes that changed after a position (0: all). */
export async function readDetails(
  connection: LedgerConnection,
  book: number,
  since: number,
): Promise<DetailRow[]> {
  const text = `
    select account_id as account, kind, of_id as of, month, closing, debit::text, credit::text, last_position as position
    from detail_balances where book_id = $1 and last_position > $2`;
  return (await select<DetailColumns>(connection, text, [book, since])).map(detailRow);
}

const DETAIL_SUMS = `
  select p.account_id as account, detail.kind, detail.of, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    max(e.position) as position
  from posted_entries e join posted_postings p on p.entry_id = e.id
    cross join lateral (
      select 'dimension' as kind, value as of from unnest(p.dimension_value_ids) as value
      union all
      select case p.tax_part when 'base' then 'tax-base' else 'tax' end, p.tax_code_id where p.tax_code_id is not null
    ) as detail
  where e.book_id = $1 and e.position <= $2
  group by p.account_id, detail.kind, detail.of, to_char(e.entry_date, 'YYYY-MM'), e.closing`;

/** The same, summed from the postings recorded until a position. */
export const summedDetails = async (
  connection: LedgerConnection,
  book: number,
  until: number,
): Promise<DetailRow[]> =>
  (await select<DetailColumns>(connection, DETAIL_SUMS, [book, until])).map(detailRow);

const detailRow = ({ credit, debit, position, ...row }: DetailColumns): DetailRow => ({
  ...row,
  debit: BigInt(debit),
  credit: BigInt(credit),
  lastPosition: position,
});

interface ItemColumns {
  account: number;
  party: number;
  document: string;
  unit: string;
  decimals: number | null;
  month: Month;
  closing: boolean;
  debitQuantity: string;
  creditQuantity: string;
  debit: string;
  credit: string;
  firstDate: CalendarDate;
  dueDate: CalendarDate | null;
}

const ITEM_COLUMNS = `
  b.account_id as account, b.party_id as party, b.document, b.unit, u.decimals, b.month, b.closing,
  b.debit_quantity::text as "debitQuantity", b.credit_quantity::text as "creditQuantity", b.debit::text, b.credit::text,
  b.first_date::text as "firstDate", b.due_date::text as "dueDate"`;

/** Items that are open, or were moved in a month or later: what documents from that month on show. */
export async function readItems(
  connection: LedgerConnection,
  book: number,
  from: Month,
): Promise<ItemRow[]> {
  const text = `
    select ${ITEM_COLUMNS}
    from items i join item_balances b using (account_id, party_id, document, unit)
      left join units u on u.book_id = i.book_id and u.code = i.unit
    where i.book_id = $1
      and (i.debit <> i.credit or i.debit_quantity <> i.credit_quantity or i.last_month >= $2)`;
  return (await select<ItemColumns>(connection, text, [book, from])).map(itemRow);
}

/** All months of items that changed after a position. */
export async function readChangedItems(
  connection: LedgerConnection,
  book: number,
  since: number,
): Promise<ItemRow[]> {
  const text = `
    select ${ITEM_COLUMNS}
    from (select distinct account_id, party_id, document, unit from item_balances
      where book_id = $1 and last_position > $2) i
      join item_balances b using (account_id, party_id, document, unit)
      left join units u on u.book_id = $1 and u.code = b.unit`;
  return (await select<ItemColumns>(connection, text, [book, since])).map(itemRow);
}

const ITEM_SUMS = `
  select p.account_id as account, coalesce(p.party_id, 0) as party, coalesce(p.document, '') as document,
    coalesce(p.unit, '') as unit, u.decimals, to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    coalesce(sum(p.quantity) filter (where p.side > 0), 0)::text as "debitQuantity",
    coalesce(sum(p.quantity) filter (where p.side < 0), 0)::text as "creditQuantity",
    coalesce(sum(p.amount) filter (where p.side > 0), 0)::text as debit,
    coalesce(sum(p.amount) filter (where p.side < 0), 0)::text as credit,
    min(e.entry_date)::text as "firstDate", min(p.due_date)::text as "dueDate"
  from posted_entries e join posted_postings p on p.entry_id = e.id
    left join units u on u.book_id = e.book_id and u.code = p.unit
  where e.book_id = $1 and e.position <= $2 and (p.party_id is not null or p.document <> '')
  group by p.account_id, coalesce(p.party_id, 0), coalesce(p.document, ''), coalesce(p.unit, ''), u.decimals,
    to_char(e.entry_date, 'YYYY-MM'), e.closing`;

/** All items, summed from the postings recorded until a position. */
export const summedItems = async (
  connection: LedgerConnection,
  book: number,
  until: number,
): Promise<ItemRow[]> =>
  (await select<ItemColumns>(connection, ITEM_SUMS, [book, until])).map(itemRow);

const itemRow = ({ decimals, unit, ...row }: ItemColumns): ItemRow => ({
  ...row,
  unit,
  decimals: unit === '' ? 0 : (decimals ?? exponentOf(unit as CurrencyCode)),
  debitQuantity: BigInt(row.debitQuantity),
  creditQuantity: BigInt(row.creditQuantity),
  debit: BigInt(row.debit),
  credit: BigInt(row.credit),
});

/** All parties by id. */
export async function readParties(
  connection: LedgerConnection,
  book: number,
): Promise<Map<number, PartyName>> {
  const text = 'select id, code, name from parties where book_id = $1';
  const rows = await select<PartyName & { id: number }>(connection, text, [book]);
  return new Map(rows.map(({ id, ...named }) => [id, named]));
}
