// A report compared with itself: of the same ledger computed for several periods, its figures stand in one table, with the change
// and per cent between the first two. A row that a period hasn't is nothing there. Of a list stands there what its lines come
// to. It is a document like others: computed by the worker, kept current, by ID.
import { monthOf, type Period } from '#ledger/domain/calendar.ts';
import { roundedQuotient } from '#ledger/domain/decimal.ts';
import { decimalText } from '#ledger/domain/money.ts';
import type { BookLedger, Stamp } from './book-ledger.ts';
import { mustEqual } from './invariants.ts';
import type { BehindFigures, Figure, LinesBehind } from './lines-behind.ts';
import { lineCount, type ReportBody, type ReportColumn, type ReportRow } from './report.ts';
import type { Checked, LinesIndex, ReportDefinition, Summary } from './report-definition.ts';
import { periodsOfView, type View, viewName, viewWords } from './view.ts';

type Compared = NonNullable<NonNullable<ReportDefinition['views']>['compared']>;

/** Name of the invariant that all comparatives share. */
export const AGREES_WITH_REPORT = {
  name: 'comparatives-are-their-reports',
  sentence: 'Where a report stands beside other periods, its first column is the report’s own.',
};

/** The definition of a view of a report. */
export function viewedReport(base: ReportDefinition, view: View): ReportDefinition {
  const inShort = view.compare && base.summary;
  const { behind, ...shown } = inShort ? { ...base, ...summaryOf(inShort) } : base;
  const periods = ({ facts }: BookLedger, period: Period) =>
    periodsOfView(facts.calendar, period, view);
  const viewed = {
    ...shown,
    name: viewName(base.name, view),
    title: base.title + viewWords(view),
  };
  const { name, title } = viewed;
  return {
    ...viewed,
    ...behindView(base, behind, view),
    fed: (ledger, period) =>
      periods(ledger, period).reduce((last, own) => Math.max(last, base.fed(ledger, own)), 0),
    compute(ledger, period, stamp, lines) {
      const counted = view.closing ? countingClosings(ledger) : ledger;
      const bodies = bodiesOf(shown.compute, counted, periods(ledger, period), stamp, lines);
      const whole = view.compare ? sideBySide(bodies, base.views!.compared!) : bodies[0]!;
      const rows = view.zeros || !base.views?.zeros ? whole.rows : withoutZeros(whole.rows);
      const controlTotals = { ...whole.controlTotals, rows: lineCount(rows) };
      const notes = view.closing ? [...whole.notes, POST_CLOSING] : whole.notes;
      return { ...whole, report: name, title, rows, controlTotals, notes };
    },
    invariants: view.compare
      ? [{ ...AGREES_WITH_REPORT, against: base.name, check: (checked) => agrees(base, checked) }]
      : base.invariants.filter(({ afterClosing }) => view.closing && afterClosing),
  };
}

const POST_CLOSING = 'Closing entries of the year are counted.';

/** The ledger for reports that leave closing entries out, with these among the others. */
function countingClosings(ledger: BookLedger): BookLedger {
  const { table } = ledger;
  return {
    ...ledger,
    table: {
      ...table,
      between: (account, from, until) => table.between(account, from, until, 'all'),
      hasClosing: () => false,
    },
  };
}

const summaryOf = ({ behind, compute }: Summary) => ({ behind, compute, paged: false });

function behindView(
  base: ReportDefinition,
  behind: BehindFigures | undefined,
  view: View,
): Pick<ReportDefinition, 'behind'> {
  if (!behind) return {};
  if (view.compare) return { behind: behindCompared(base.views!.compared![0], behind, view) };
  return { behind: view.closing ? behindClosed(behind) : behind };
}

/** Closing entries count in every figure. */
function behindClosed(behind: BehindFigures): BehindFigures {
  const counted = (lines: readonly LinesBehind[] | null) =>
    lines?.map((own) => ({ ...own, closingBefore: null })) ?? null;
  return { ...behind, line: (figure) => counted(behind.line(figure)) };
}

/** Every column is the report's own of one of the periods; changes and per cents are none. */
function behindCompared(compared: string, behind: BehindFigures, view: View): BehindFigures {
  const inPeriod = (figure: Figure): Figure | null => {
    const { book, key } = figure;
    const period = periodsOfView(book.facts.calendar, figure.period, view).find(
      ({ to }) => monthOf(to) === key,
    );
    return period ? { ...figure, period, key: compared } : null;
  };
  return {
    line(figure) {
      const own = inPeriod(figure);
      return own && behind.line(own);
    },
    sum(figure) {
      const own = inPeriod(figure);
      return own ? behind.sum?.(own) : null;
    },
  };
}

/** With all accounts, so that those of all periods have the same sections. */
const bodiesOf = (
  compute: ReportDefinition['compute'],
  ledger: BookLedger,
  periods: readonly Period[],
  stamp: Stamp,
  lines: LinesIndex,
): ReportBody[] =>
  periods.map((period) => compute({ ...ledger, zeros: true }, period, stamp, lines));

const CHANGES: readonly ReportColumn[] = [
  { key: 'change', label: 'Change', kind: 'amount' },
  { key: 'percent', label: '%', kind: 'amount' },
];

/** @param bodies of one report, from the newest period; the first is what it is about */
function sideBySide(bodies: readonly ReportBody[], compared: Compared): ReportBody {
  const [first] = bodies as [ReportBody, ...ReportBody[]];
  const words = first.columns.filter(({ kind }) => kind !== 'amount');
  const texts = words.filter(({ kind }) => kind === 'text').map(({ key }) => key);
  const rows = mergedRows(
    bodies.map(({ rows: own }) => own),
    texts,
  );
  const columns = bodies.map(
    (body): ReportColumn => ({
      ...{ key: monthOf(body.period.to), kind: 'amount' },
      label: body.report.endsWith('balance-sheet') ? body.period.to : body.period.key,
    }),
  );
  const { charts: _, ...plain } = first;
  const merged = rows.map((own) => mergedRow(own, words, columns, compared));
  return {
    ...plain,
    columns: [
      ...words.filter(({ key }) => merged.some(({ values }) => values[key])),
      ...columns,
      ...(bodies.length > 1 ? CHANGES : []),
    ],
    rows: merged,
    notes: [...new Set(bodies.flatMap(({ notes }) => notes))],
  };
}

/** Rows of the same place, one per body; undefined where a body hasn't that row. */
type Alike = readonly (ReportRow | undefined)[];

/** All rows of all lists, each in the order of its list: what only a later one has stands after what it follows there. */
function mergedRows(lists: readonly (readonly ReportRow[])[], texts: readonly string[]): Alike[] {
  const order: string[] = [];
  const found = lists.map((rows) => new Map(withPlaces(rows, texts)));
  for (const rows of found) {
    let at = 0;
    for (const place of rows.keys()) {
      const known = order.indexOf(place, at);
      if (known < 0 && order.includes(place)) continue;
      if (known < 0) order.splice(at, 0, place);
      at = (known < 0 ? at : known) + 1;
    }
  }
  return order.map((place) => found.map((rows) => rows.get(place)));
}

/** What a row is called, and its texts, with the headings over it; among rows called alike, its number. */
function withPlaces(
  rows: readonly ReportRow[],
  texts: readonly string[],
): [place: string, row: ReportRow][] {
  const headings: string[] = [];
  const times = new Map<string, number>();
  return rows.map((row) => {
    headings.length = Math.min(headings.length, row.level);
    const said = texts.map((key) => row.values[key] ?? '');
    const own = JSON.stringify([row.kind, row.account, row.name, ...said]);
    const place = JSON.stringify([...headings, own]);
    if (row.kind === 'heading') headings[row.level] = own;
    const time = (times.get(place) ?? 0) + 1;
    times.set(place, time);
    return [`${place} ${time}`, row];
  });
}

function mergedRow(
  alike: Alike,
  words: readonly ReportColumn[],
  columns: readonly ReportColumn[],
  compared: Compared,
): ReportRow {
  const row = alike.find((own) => own !== undefined)!;
  const figures = alike.map((own) => own && figureOf(own, compared));
  const places = figures.find((own) => own)?.places;
  const values = wordsOf(row, words);
  if (places === undefined) return { ...row, values };
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

/** What isn't a figure stays: formulas, dates, entries. */
const wordsOf = ({ values }: ReportRow, words: readonly ReportColumn[]): Record<string, string> =>
  Object.fromEntries(
    words.filter(({ key }) => values[key] !== undefined).map(({ key }) => [key, values[key]!]),
  );

/** What stands for a period in a row; null where the row has no figures. */
function figureOf(
  { values }: ReportRow,
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
function withoutZeros(rows: readonly ReportRow[]): ReportRow[] {
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

/** Holds the first column against the report itself, account by account. */
function agrees({ summary, views }: ReportDefinition, { body, other, period }: Checked): void {
  const own = sumsOf(body, [monthOf(period.to)]);
  const stated = summary?.stated?.(other) ?? sumsOf(other, views!.compared!);
  for (const [name, figure] of stated) mustEqual(body, name, own.get(name) ?? 0n, figure);
}

/** What lines of an account come to, and totals. */
function sumsOf({ rows }: ReportBody, compared: Compared): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const counts = row.kind === 'total' || (row.kind === 'line' && row.accountId !== undefined);
    const figure = counts ? figureOf(row, compared) : null;
    const name = `${row.account ?? ''} ${row.name}`.trim();
    if (figure) sums.set(name, (sums.get(name) ?? 0n) + figure.amount);
  }
  return sums;
}
