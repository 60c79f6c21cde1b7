// What lines may name beside their account: the book's customers and suppliers, its dimensions and its tax codes.
import type pg from 'pg';

/** The pool, or the connection of a snapshot. */
type Readable = Pick<pg.ClientBase, 'query'>;

export interface ListedParty {
  readonly code: string;
  readonly name: string;
  readonly closed: boolean;
}

export interface ListedDimension {
  readonly code: string;
  readonly name: string;
  /** Accounts whose lines must name a value. */
  readonly requiredBy: readonly string[];
  readonly values: readonly {
    readonly code: string;
    readonly name: string;
    readonly closed: boolean;
    /** Code of the value that it is a part of. */
    readonly parent: string | null;
  }[];
}

export interface ListedTaxCode {
  readonly code: string;
  readonly name: string;
  readonly kind: 'output' | 'input';
  /** Code of the account that the tax is posted to. */
  readonly account: string;
  readonly baseBox: string;
  readonly taxBox: string;
  readonly closed: boolean;
  /** Per cent, the newest first. */
  readonly rates: readonly { readonly from: string; readonly rate: string }[];
}

/** By code. */
export async function parties(db: Readable, book: number): Promise<ListedParty[]> {
  const { rows } = await db.query<ListedParty>(
    'select code, name, closed from parties where book_id = $1 order by code',
    [book],
  );
  return rows;
}

/** By code, and their values by code. */
export async function dimensions(db: Readable, book: number): Promise<ListedDimension[]> {
  const { rows } = await db.query<ListedDimension>(
    `select d.code, d.name,
       (select coalesce(json_agg(a.code order by a.code), '[]') from required_dimensions r
        join accounts a on a.id = r.account_id where r.dimension_id = d.id) as "requiredBy",
       (select coalesce(json_agg(json_build_object('code', v.code, 'name', v.name, 'closed', v.closed,
          'parent', p.code) order by v.code), '[]')
        from dimension_values v left join dimension_values p on p.id = v.parent_id
        where v.dimension_id = d.id) as values
     from dimensions d where d.book_id = $1 order by d.code`,
    [book],
  );
  return rows;
}

/** By code. */
export async function taxCodes(db: Readable, book: number): Promise<ListedTaxCode[]> {
  const { rows } = await db.query<ListedTaxCode>(
    `select c.code, c.name, c.kind, a.code as account, c.base_box as "baseBox", c.tax_box as "taxBox", c.closed,
       (select coalesce(json_agg(json_build_object('from', r.from_date::text, 'rate', r.rate)
          order by r.from_date desc), '[]')
        from tax_rates r where r.tax_code_id = c.id) as rates
     from tax_codes c join accounts a on a.id = c.account_id where c.book_id = $1 order by c.code`,
    [book],
  );
  return rows;
}

/** What a line says beside its account and amount, by the book's codes; null when it says nothing more. */
export interface LineFacts {
  readonly party: string | null;
  readonly partyName: string | null;
  readonly document: string;
  readonly dueDate: string | null;
  /** Codes of values by codes of dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly taxCode: string | null;
  readonly taxPart: 'base' | 'tax' | null;
}

/** Of lines `p`: a `LineFacts` as JSON. */
export const LINE_FACTS = `
  case when coalesce(p.party_id, p.tax_code_id) is null and p.document is null and p.dimension_value_ids is null
    then null
    else (select json_build_object('party', (select y.code from parties y where y.id = p.party_id),
      'partyName', (select y.name from parties y where y.id = p.party_id),
      'document', coalesce(p.document, ''), 'dueDate', p.due_date::text,
      'dimensions', (select coalesce(json_object_agg(d.code, v.code order by d.code), '{}')
        from unnest(p.dimension_value_ids) as own(id) join dimension_values v on v.id = own.id
        join dimensions d on d.id = v.dimension_id),
      'taxCode', (select t.code from tax_codes t where t.id = p.tax_code_id), 'taxPart', p.tax_part))
  end`;
