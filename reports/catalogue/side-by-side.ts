// Documents of one report in one table: a column for each, the change and per cent between the first two. A row that one of
// them hasn't is nothing there.
import { roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { ReportBody, ReportColumn, ReportRow } from './report.ts';
import type { Views } from './view.ts';

/** What stands for a document in each of its rows. */
export type Compared = NonNullable<Views['compared']>;

/** A column of figures: what one body states. */
export interface Side {
  readonly key: string;
  readonly label: string;
  readonly body: ReportBody;
}

/** @param sides of one report; the first is what it is about, and differs from the second by the `difference` */
export function sideBySide(
  sides: readonly Side[],
  compared: Compared,
  difference: string,
): ReportBody {
  const bodies = sides.map(({ body }) => body);
  const [first] = bodies as [ReportBody, ...ReportBody[]];
  const rows = mergedRows(bodies.map(({ rows: own }) => own));
  const columns = sides.map(({ key, label }): ReportColumn => ({ key, kind: 'amount', label }));
  const changes: readonly ReportColumn[] = [
    { key: 'change', label: difference, kind: 'amount' },
    { key: 'percent', label: '%', kind: 'amount' },
  ];
  const words = first.columns.filter(({ kind }) => kind !== 'amount');
  const merging = { columns, compared, words };
  const { charts: _, ...plain } = first;
  return {
    ...plain,
    columns: [...words, ...columns, ...(bodies.length > 1 ? changes : [])],
    rows: rows.map((own) => mergedRow(own, merging)),
    notes: [...new Set(bodies.flatMap(({ notes }) => notes))],
  };
}

/** What rows are merged into. */
interface Merging {
  /** Of figures, one for each body. */
  readonly columns: readonly ReportColumn[];
  readonly compared: Compared;
  readonly words: readonly ReportColumn[];
}

/** Rows of the same place, one per body; undefined where a body hasn't that row. */
type Alike = readonly (ReportRow | undefined)[];

/** All rows of all lists, each in the order of its list: what only a later one has stands after what it follows there. */
function mergedRows(lists: readonly (readonly ReportRow[])[]): Alike[] {
  const order: string[] = [];
  const placed = new Set<string>();
  const found = lists.map((rows) => new Map(withPlaces(rows)));
  for (const rows of found) {
    let at = 0;
    for (const place of rows.keys()) {
      const isPlaced = placed.has(place);
      const known = isPlaced ? order.indexOf(place, at) : -1;
      if (known < 0 && isPlaced) continue;
      if (known < 0) order.splice(at, 0, place);
      placed.add(place);
      at = (known < 0 ? at : known) + 1;
    }
  }
  return order.map((place) => found.map((rows) => rows.get(place)));
}

/** What a row is called with the headings over it, its entry and its currency; among rows called alike, its number. */
function withPlaces(rows: readonly ReportRow[]): [place: string, row: ReportRow][] {
  const headings: string[] = [];
  const times = new Map<string, number>();
  return rows.map((row) => {
    headings.length = Math.min(headings.length, row.level);
    const own = JSON.stringify([row.kind, row.account, row.name, row.entry, row.values['unit']]);
    const place = JSON.stringify([...headings, own]);
    if (row.kind === 'heading') headings[row.level] = own;
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    return [`${place} ${time}`, row];
  });
}

function mergedRow(alike: Alike, merging: Merging): ReportRow {
  const { columns, compared } = merging;
  const row = alike.find((own) => own !== undefined)!;
  const figures = alike.map((own) => own && figureOf(own, compared));
  const places = figures.find((own) => own)?.places;
  if (places === undefined) return { ...row, values: wordsOf(row, merging) };
  const values: Record<string, string> = wordsOf(row, merging);
  for (const [at, { key }] of columns.entries()) {
    const missing = alike[at] === undefined ? 0n : null;
    const amount = figures[at]?.amount ?? missing;
    values[key] = amount === null ? '' : decimalText(amount, places);
  }
  const [now, before] = [figures[0]?.amount ?? 0n, figures[1]?.amount ?? 0n];
  if (columns.length > 1) {
    values['change'] = decimalText(now - before, places);
    values['percent'] = percentOf(now - before, before);
  }
  return { ...row, values };
}

/** What isn't a figure stays: formulas, dates, numbers of documents and entries. */
const wordsOf = ({ values }: ReportRow, { compared, words }: Merging): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([key, text]) =>
        !compared.includes(key) &&
        (!FIGURE.test(text) || words.some((own) => own.key === key && own.kind === 'entry')),
    ),
  );
const FIGURE = /^-?\d+(?:\.\d+)?$/;

/** What stands for a period in a row; null where the row has no figures. */
export function figureOf(
  { values }: Pick<ReportRow, 'values'>,
  [key, less]: Compared,
): { readonly amount: bigint; readonly places: number } | null {
  const text = values[key];
  if (text === undefined || text === '') return null;
  const off = less === undefined ? 0n : digitsOf(values[less] ?? '0');
  return { amount: digitsOf(text) - off, places: text.split('.')[1]?.length ?? 0 };
}

const digitsOf = (text: string): bigint => BigInt(text.replace('.', ''));

/** One decimal, half away from zero; none of nothing. */
function percentOf(change: bigint, before: bigint): string {
  const divisor = before < 0n ? -before : before;
  return divisor === 0n ? '' : decimalText(roundedQuotient(change * 1_000n, divisor), 1);
}

/** Without accounts that are at zero in every column, and without the headings of nothing that this leaves. */
export function withoutZeros(rows: readonly ReportRow[]): ReportRow[] {
  const kept: ReportRow[] = [];
  for (const row of rows) {
    const isAccount = row.kind === 'line' && row.accountId !== undefined;
    if (isAccount && Object.values(row.values).every((text) => !/[1-9]/.test(text))) continue;
    const last = kept.at(-1);
    const ofNothing = last?.kind === 'heading' && last.level === row.level && row.level > 0;
    if (row.kind === 'subtotal' && ofNothing) kept.pop();
    else kept.push(row);
  }
  return kept;
}
