// Customers, suppliers, dimensions and values that an import adds with its entries: their events and their rows.
import type pg from 'pg';
import type { LedgerEvent } from '#ledger/domain/events.ts';
import type { Action } from '#ledger/domain/permissions.ts';

export interface NewParty {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** As the file says, or as the account controls that names it first; null: neither says. */
  readonly role: 'customer' | 'supplier' | null;
  /** The line that names it first. */
  readonly line: number;
}

export interface NewDimension {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly line: number;
}

export interface NewValue {
  readonly id: number;
  /** Id of its dimension, which may be new too. */
  readonly dimension: number;
  readonly dimensionName: string;
  readonly code: string;
  readonly name: string;
  readonly line: number;
}

export interface NewMasters {
  readonly parties: readonly NewParty[];
  readonly dimensions: readonly NewDimension[];
  readonly values: readonly NewValue[];
}

/** What somebody must be allowed to do who adds these. */
export const actionsFor = ({ dimensions, parties, values }: NewMasters): Action[] => [
  ...(parties.length > 0 ? (['party.change'] as const) : []),
  ...(dimensions.length + values.length > 0 ? (['dimension.change'] as const) : []),
];

const TAKEN = `
  select exists (select from parties where book_id = $1 and code = any($2))
    or exists (select from dimensions where book_id = $1 and code = any($3))
    or exists (select from dimension_values v join unnest($4::int[], $5::text[]) as own(dimension, code)
               on v.dimension_id = own.dimension and v.code = own.code) as taken`;

const isEmpty = ({ dimensions, parties, values }: NewMasters): boolean =>
  dimensions.length + parties.length + values.length === 0;

/** Whether the book has one of their codes by now. */
export async function areTaken(
  client: pg.ClientBase,
  book: number,
  masters: NewMasters,
): Promise<boolean> {
  if (isEmpty(masters)) return false;
  const { dimensions, parties, values } = masters;
  const codes = (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => code);
  const { rows } = await client.query<{ taken: boolean }>(TAKEN, [
    ...[book, codes(parties), codes(dimensions)],
    ...[values.map(({ dimension }) => dimension), codes(values)],
  ]);
  return rows[0]!.taken;
}

/** Dimensions before their values. */
export const addedEvents = ({ dimensions, parties, values }: NewMasters): LedgerEvent[] => [
  ...parties.map(({ code, id }) => ({ type: 'PartyAdded' as const, party: id, code })),
  ...dimensions.map(({ code, id, name }) => ({
    ...{ type: 'DimensionDefined' as const, dimension: id, code, name },
  })),
  ...values.map(({ code, dimension, id, name }) => ({
    ...{ type: 'DimensionValueAdded' as const, value: id, dimension, code, name, parent: null },
  })),
];

export async function insertMasters(
  client: pg.ClientBase,
  book: number,
  masters: NewMasters,
): Promise<void> {
  if (isEmpty(masters)) return;
  const { dimensions, parties, values } = masters;
  const columns = (rows: readonly { id: number; code: string; name: string }[]) => [
    ...[book, rows.map(({ id }) => id), rows.map(({ code }) => code)],
    rows.map(({ name }) => name),
  ];
  for (const [table, rows] of Object.entries({ parties, dimensions })) {
    await client.query(
      `insert into ${table} (id, book_id, code, name)
       select id, $1, code, name from unnest($2::int[], $3::text[], $4::text[]) as row(id, code, name)`,
      columns(rows),
    );
  }
  await client.query(
    `insert into dimension_values (id, book_id, dimension_id, code, name)
     select id, $1, dimension, code, name
     from unnest($2::int[], $3::text[], $4::text[], $5::int[]) as row(id, code, name, dimension)`,
    [...columns(values), values.map(({ dimension }) => dimension)],
  );
}
