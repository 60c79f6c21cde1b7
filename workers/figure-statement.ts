// What stands behind a figure, as SQL: every line once for each part of the figure that it belongs to.
import type { ItemsBehind, LinesBehind } from '#reports/catalogue/lines-behind.ts';
import { ADJUSTING } from './recompute-postings.ts';

interface Statement {
  /** A `with` clause that names `lines`: what each moved (debit positive) and the sign with which it counts. */
  readonly text: string;
  readonly values: unknown[];
}

/** @param until entries recorded until this position count */
export function linesStatement(
  book: number,
  until: number,
  behind: readonly LinesBehind[],
): Statement {
  const values: unknown[] = [book, until];
  const place = (value: unknown) => `$${values.push(value)}`;
  const parts = behind.map((lines) => partOf(lines, place));
  return { text: `with lines as (${parts.join(' union all ')})`, values };
}

type Place = (value: unknown) => string;

const dayOf = (place: Place, month: string) => `(${place(month)}::text || '-01')::date`;

function partOf(lines: LinesBehind, place: Place): string {
  const {
    accounts,
    adjusting,
    closing,
    entries,
    items,
    noneOf,
    quantities,
    side,
    sign,
    tax,
    unit,
    values,
  } = lines;
  const conditions = [
    'p.book_id = $1 and e.position <= $2',
    `p.account_id = any(${place(accounts)}::int[])`,
    ...monthsOf(lines, place, ['p', 'e']),
    closing && 'e.closing',
    side && `p.side = ${side === 'debit' ? 1 : -1}`,
    adjusting !== undefined && `${adjusting ? '' : 'not '}${ADJUSTING}`,
    values && `p.dimension_value_ids && ${place(values)}::int[]`,
    noneOf && `not coalesce(p.dimension_value_ids && ${place(noneOf)}::int[], false)`,
    tax && `p.tax_code_id = ${place(tax.code)} and p.tax_part = ${place(tax.part)}`,
    unit !== undefined && `p.unit = ${place(unit)}`,
    entries && `e.number = any(${place(entries)}::int[])`,
    items && (items === 'rest' ? WITHOUT_ITEM : itemsOf(lines, items, place)),
  ].filter((condition) => typeof condition === 'string');
  return `
    select e.number, e.entry_date as date, e.description, p.entry_id, p.line, p.memo, p.account_id,
      p.side * ${quantities ? 'p.quantity' : 'p.amount'} as moved, ${sign} as sign
    from posted_postings p join posted_entries e on e.id = p.entry_id
    where ${conditions.join('\n      and ')}`;
}

/** @param line what the statement calls a posting @param entry and its entry */
function monthsOf(
  { closingBefore, from, until }: Pick<LinesBehind, 'closingBefore' | 'from' | 'until'>,
  place: Place,
  [line, entry]: readonly [line: string, entry: string],
): string[] {
  return [
    ...(from === null ? [] : [`${line}.entry_date >= ${dayOf(place, from)}`]),
    `${line}.entry_date < ${dayOf(place, until)}`,
    ...(closingBefore === null
      ? []
      : [`(not ${entry}.closing or ${line}.entry_date < ${dayOf(place, closingBefore)})`]),
  ];
}

const WITHOUT_ITEM = `p.party_id is null and coalesce(p.document, '') = ''`;

/** What an item is known by. */
const ITEM = (lines: string) =>
  `${lines}.account_id, coalesce(${lines}.party_id, 0), coalesce(${lines}.document, ''), coalesce(${lines}.unit, '')`;

function itemsOf(lines: LinesBehind, items: ItemsBehind, place: Place): string {
  const { document, ofUnit, open, overdue, party } = items;
  const own = [
    `coalesce(p.party_id, 0) = ${place(party)} and not (${WITHOUT_ITEM})`,
    document !== undefined && `coalesce(p.document, '') = ${place(document)}`,
    ofUnit !== undefined && `coalesce(p.unit, '') = ${place(ofUnit)}`,
  ].filter((condition) => typeof condition === 'string');
  const days = ({ at }: { readonly at: string }) =>
    `${place(at)}::date - coalesce(min(i.due_date), min(i.entry_date))`;
  const having = [
    open && '(sum(i.side * i.amount) <> 0 or coalesce(sum(i.side * i.quantity), 0) <> 0)',
    overdue?.from != null && `${days(overdue)} >= ${place(overdue.from)}`,
    overdue?.to != null && `${days(overdue)} <= ${place(overdue.to)}`,
  ].filter((condition) => typeof condition === 'string');
  if (having.length === 0) return own.join(' and ');
  const months = monthsOf({ ...lines, from: null }, place, ['i', 'j']);
  return `${own.join(' and ')} and (${ITEM('p')}) in (
        select ${ITEM('i')} from posted_postings i join posted_entries j on j.id = i.entry_id
        where i.book_id = $1 and j.position <= $2 and i.account_id = any(${place(lines.accounts)}::int[])
          and coalesce(i.party_id, 0) = ${place(party)} and ${months.join(' and ')}
        group by ${ITEM('i')} having ${having.join(' and ')})`;
}
