// What a line says beside its account and amount, on its way into the tables and out of them.
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import type { Posting } from '#ledger/domain/journal-entry.ts';
import { type LineDetails, NO_DETAILS } from '#ledger/domain/line-details.ts';

/** Columns of `postings` that hold it, in the order of `detailFields`; all null for a line that says nothing more. */
export const DETAIL_COLUMNS =
  'party_id, document, due_date, dimension_value_ids, tax_code_id, tax_part';

/** The same columns (under the alias p) as one value of JSON; null for a line that says nothing more. */
export const DETAILS_AS_JSON = `case when coalesce(p.party_id, p.tax_code_id) is null and p.document is null
  and p.dimension_value_ids is null then null else json_build_object('party', p.party_id,
    'document', coalesce(p.document, ''), 'due', p.due_date::text, 'dimensions', coalesce(p.dimension_value_ids, '{}'),
    'tax', case when p.tax_code_id is null then null
      else json_build_object('code', p.tax_code_id, 'part', p.tax_part) end) end`;

export interface DetailsColumn {
  readonly details: LineDetails | null;
}

/** The part of a posting that the column says. */
export const detailsPart = ({ details }: DetailsColumn): Pick<Posting, 'details'> =>
  details ? { details } : {};

type Field = string | number | CalendarDate | null;

/** Values of the columns; a list of ids as PostgreSQL's text of an array. */
export function detailFields(details: LineDetails = NO_DETAILS): readonly Field[] {
  const { dimensions, document, due, party, tax } = details;
  return [
    party,
    document || null,
    due,
    dimensions.length > 0 ? `{${dimensions.join(',')}}` : null,
    tax?.code ?? null,
    tax?.part ?? null,
  ];
}

/** Its fields in one order, as digests cover them. */
export const plainDetails = ({ dimensions, document, due, party, tax }: LineDetails) => [
  party,
  document,
  due,
  dimensions,
  tax && [tax.code, tax.part],
];
