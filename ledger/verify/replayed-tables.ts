// The tables that events make, each as text by key: what the replay says and the query of what is there.
import { mappingText } from '#ledger/domain/group.ts';
import { layoutsText } from '#ledger/domain/statement-layout.ts';
import type { ReplayedBook } from './replay-book.ts';

interface Head {
  readonly position: number;
  /** Hexadecimal. */
  readonly hash: string;
}

interface ReplayedTable {
  readonly table: string;
  wanted(replay: ReplayedBook, head: Head): ReadonlyMap<string, string>;
  /** Gives `key` and `value` of the book $1. */
  readonly found: string;
}

const text = (...fields: readonly unknown[]): string =>
  fields.map((field) => `${field}`).join(' | ');

/** Values of a map as text. */
const texts = <Key, Value>(
  rows: ReadonlyMap<Key, Value>,
  fields: (value: Value) => readonly unknown[],
): Map<string, string> =>
  new Map([...rows].map(([key, value]) => [`${key}`, text(...fields(value))]));

const byKey = <Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  fields: (row: Row) => readonly unknown[],
): Map<string, string> => new Map(rows.map((row) => [key(row), text(...fields(row))]));

/** Columns as the text above: null as `null`. */
const columns = (...names: readonly string[]): string =>
  names.map((name) => `coalesce((${name})::text, 'null')`).join(` || ' | ' || `);

export const REPLAYED_TABLES: readonly ReplayedTable[] = [
  {
    table: 'books',
    wanted({ lastNumber, layouts, lockedThrough, sealedThrough, settings }, { hash, position }) {
      if (!settings) return new Map();
      const { address, legalName, locale, name, negatives, registrationNumber, timeZone } =
        settings;
      const presented = [name, legalName, registrationNumber, address, timeZone, locale, negatives];
      const state = [
        settings.roundingAccount ?? null,
        lockedThrough,
        sealedThrough,
        layoutsText(layouts),
        lastNumber,
        position,
        hash,
      ];
      return new Map([['book', text(...presented, ...state)]]);
    },
    found: `select 'book' as key, ${columns('name', 'legal_name', 'registration_number', 'address', 'time_zone', 'locale', 'negatives', 'rounding_account_id', 'locked_through', 'sealed_through', 'layouts', 'last_number', 'head', "encode(head_hash, 'hex')")} as value
      from books where id = $1`,
  },
  {
    table: 'accounts',
    wanted: ({ accounts }) =>
      texts(accounts, (a) => [
        a.code,
        a.name,
        a.path,
        a.type,
        a.closed,
        a.controls,
        a.cashFlow,
        a.tags.join(';'),
      ]),
    found: `select id::text as key, ${columns('code', 'name', 'path', 'type', 'closed', 'controls', 'cash_flow', "array_to_string(tags, ';')")} as value
      from accounts where book_id = $1`,
  },
  {
    table: 'memberships',
    wanted: ({ members }) => texts(members, (role) => [role]),
    found: 'select user_id::text as key, role as value from memberships where book_id = $1',
  },
  {
    table: 'account_balances',
    wanted: ({ balances }) => texts(balances, (b) => [b.debit, b.credit, b.lastPosition]),
    found: `select concat_ws('/', account_id, month, closing::text) as key,
      ${columns('debit', 'credit', 'last_position')} as value from account_balances where book_id = $1`,
  },
  {
    table: 'unit_balances',
    wanted: ({ unitBalances }) =>
      texts(unitBalances, (b) => [
        ...[b.debitQuantity, b.creditQuantity, b.debit, b.credit],
        b.lastPosition,
      ]),
    found: `select concat_ws('/', account_id, unit, month, closing::text) as key,
      ${columns('debit_quantity', 'credit_quantity', 'debit', 'credit', 'last_position')} as value
      from unit_balances where book_id = $1`,
  },
  {
    table: 'units',
    wanted: ({ units }) => texts(units, (facts) => facts),
    found: `select code as key, ${columns('decimals', 'name')} as value from units where book_id = $1`,
  },
  {
    table: 'rates',
    wanted: ({ rates }) => texts(rates, (facts) => facts),
    found: `select concat_ws('/', unit, day::text) as key, ${columns('rate', 'position')} as value
      from rates where book_id = $1`,
  },
  {
    table: 'parties',
    wanted: ({ parties }) => texts(parties, (facts) => facts),
    found: `select id::text as key, ${columns('code', 'closed', 'changed_position')} as value
      from parties where book_id = $1`,
  },
  {
    table: 'dimensions',
    wanted: ({ dimensions }) => texts(dimensions.defined, (facts) => facts),
    found: `select id::text as key, ${columns('code', 'name')} as value from dimensions where book_id = $1`,
  },
  {
    table: 'dimension_values',
    wanted: ({ dimensions }) =>
      texts(dimensions.values, (v) => [v.dimension, v.code, v.name, v.parent, v.closed]),
    found: `select id::text as key, ${columns('dimension_id', 'code', 'name', 'parent_id', 'closed')} as value
      from dimension_values where book_id = $1`,
  },
  {
    table: 'required_dimensions',
    wanted: ({ dimensions: { required } }) =>
      texts(new Map([...required].filter(([, ids]) => ids.length > 0)), (ids) => [ids.join(',')]),
    found: `select r.account_id::text as key, string_agg(r.dimension_id::text, ',' order by r.dimension_id) as value
      from required_dimensions r join accounts a on a.id = r.account_id where a.book_id = $1 group by r.account_id`,
  },
  {
    table: 'tax_codes',
    wanted: ({ taxes }) =>
      texts(taxes.codes, (c) => [
        ...[c.code, c.name, c.kind, c.account, c.baseBox, c.taxBox, c.closed],
      ]),
    found: `select id::text as key, ${columns('code', 'name', 'kind', 'account_id', 'base_box', 'tax_box', 'closed')} as value
      from tax_codes where book_id = $1`,
  },
  {
    table: 'tax_rates',
    wanted: ({ taxes }) => texts(taxes.rates, (rate) => [rate]),
    found: `select concat_ws('/', r.tax_code_id, r.from_date::text) as key, r.rate as value
      from tax_rates r join tax_codes c on c.id = r.tax_code_id where c.book_id = $1`,
  },
  {
    table: 'budget_amounts',
    wanted: ({ budget }) => texts(budget, (facts) => facts),
    found: `select concat_ws('/', account_id, value_ids, month) as key,
      ${columns('amount', 'last_position')} as value from budget_amounts where book_id = $1`,
  },
  {
    table: 'group_members',
    wanted: ({ group }) =>
      texts(group.members, (m) => [
        ...[m.name, m.intercompany, mappingText(m.mapping), m.reader, m.removed],
        ...[m.memberPosition, m.takenPosition, m.namedPosition],
      ]),
    found: `select member_id::text as key, ${columns('name', 'intercompany', 'mapping', 'reader_id', 'removed', 'member_position', 'taken_position', 'named_position')} as value
      from group_members where book_id = $1`,
  },
  {
    table: 'group_accounts',
    wanted: ({ group }) =>
      texts(group.accounts, (a) => [a.member, a.code, a.name, a.path, a.accountType]),
    found: `select account_id::text as key, ${columns('member_id', 'code', 'name', 'path', 'type')} as value
      from group_accounts where book_id = $1`,
  },
  {
    table: 'group_balances',
    wanted: ({ group }) => texts(group.balances, (b) => [b.debit, b.credit, b.lastPosition]),
    found: `select concat_ws('/', account_id, month, closing::text) as key,
      ${columns('debit', 'credit', 'last_position')} as value from group_balances where book_id = $1`,
  },
  {
    table: 'item_balances',
    wanted: ({ details }) =>
      byKey(
        details.items(),
        (i) => text(i.account, i.party, i.document, i.unit, i.month, i.closing),
        (i) => [
          ...[i.debitQuantity, i.creditQuantity, i.debit, i.credit],
          ...[i.firstDate, i.dueDate, i.position],
        ],
      ),
    found: `select ${columns('account_id', 'party_id', 'document', 'unit', 'month', 'closing')} as key,
      ${columns('debit_quantity', 'credit_quantity', 'debit', 'credit', 'first_date', 'due_date', 'last_position')} as value
      from item_balances where book_id = $1`,
  },
  {
    table: 'items',
    wanted: ({ details }) => wholeItems(details.items()),
    found: `select ${columns('account_id', 'party_id', 'document', 'unit')} as key,
      ${columns('debit_quantity', 'credit_quantity', 'debit', 'credit', 'last_month')} as value
      from items where book_id = $1`,
  },
  {
    table: 'detail_balances',
    wanted: ({ details }) =>
      byKey(
        details.list(),
        (row) => text(row.account, row.kind, row.of, row.month, row.closing),
        (row) => [row.debit, row.credit, row.position],
      ),
    found: `select ${columns('account_id', 'kind', 'of_id', 'month', 'closing')} as key,
      ${columns('debit', 'credit', 'last_position')} as value from detail_balances where book_id = $1`,
  },
  {
    table: 'journal_entries',
    wanted: ({ singleEntries }) => new Map([['entries without an import', `${singleEntries}`]]),
    found: `select 'entries without an import' as key, count(*)::text as value
      from journal_entries where book_id = $1 and import_id is null`,
  },
  {
    table: 'imports',
    wanted: ({ imports }) => new Map(imports.map((id) => [`${id}`, 'posted'])),
    found:
      "select id::text as key, state as value from imports where book_id = $1 and state = 'posted'",
  },
];

/** Items over all their months. */
function wholeItems(items: ReturnType<ReplayedBook['details']['items']>): Map<string, string> {
  const whole = Map.groupBy(items, (i) => text(i.account, i.party, i.document, i.unit));
  const sums = ['debitQuantity', 'creditQuantity', 'debit', 'credit'] as const;
  return texts(whole, (months) => [
    ...sums.map((key) => months.reduce((sum, own) => sum + BigInt(own[key]), 0n)),
    months.reduce((last, { month }) => (month > last ? month : last), ''),
  ]);
}
