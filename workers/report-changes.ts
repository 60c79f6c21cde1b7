// What has changed in a report since an earlier position: its figures line by line, and what was recorded since that
// touches it. Whether an entry touches a report is asked of the report's own feed, by which documents are stamped too.
import type { AccountId } from '#ledger/domain/account.ts';
import type { CalendarDate, Month, Period } from '#ledger/domain/calendar.ts';
import { negated, parseDecimal, plainDecimal, plus } from '#ledger/domain/decimal.ts';
import { changesPresentation, type LedgerEvent } from '#ledger/domain/events.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { detailTable } from '#reports/catalogue/detail-table.ts';
import { NO_GROUP } from '#reports/catalogue/group-members.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { isLate, lateTable } from '#reports/catalogue/late-table.ts';
import { monthTable } from '#reports/catalogue/month-table.ts';
import { NO_RATES } from '#reports/catalogue/rate-table.ts';
import { feedPosition, readsRates } from '#reports/catalogue/registry.ts';
import type { ReportRow } from '#reports/catalogue/report.ts';
import { unitTable } from '#reports/catalogue/unit-table.ts';
import type { KnownBook, KnownReport } from './as-known.ts';
import { INSTANT, type LedgerConnection, select } from './recompute-snapshot.ts';

/** A figure that is another one now; an empty text where the row wasn't, or isn't any more. */
export interface ChangedFigure {
  /** Which row and column it is, no two the same. */
  readonly place: string;
  readonly account: string | null;
  /** Name of the row; of a ledger's line with its entry. */
  readonly name: string;
  /** Label of the column. */
  readonly column: string;
  /** As the report writes them: amounts of the book's currency, ratios, days. */
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

export interface EntrySince {
  readonly number: number;
  readonly position: number;
  readonly date: CalendarDate;
  readonly description: string;
  readonly recordedAt: string;
}

export interface ChangesSince {
  /** The head of the book that it was compared with. */
  readonly head: number;
  readonly figures: readonly ChangedFigure[];
  /** How many figures changed, also those that aren't listed. */
  readonly figureCount: number;
  /** Newest first. */
  readonly entries: readonly EntrySince[];
  /** More entries were recorded since than were looked through. */
  readonly entriesCut: boolean;
  /** Names, types, settings, locks and plans that changed since, newest first. */
  readonly others: readonly { readonly position: number; readonly type: string }[];
}

const MOST_FIGURES = 500;
const MOST_ENTRIES = 2_000;
const MOST_OTHERS = 50;
/** Position of a book's first event, which is no entry. */
const FIRST = 1;
/** What is told by its kind besides what changes names, types, settings and locks. */
const TOLD: readonly LedgerEvent['type'][] = ['PartyChanged', 'BudgetSet', 'MemberBalancesTaken'];

/** Compares two states of one report. Both belong to the same snapshot. */
export async function changesSince(
  connection: LedgerConnection,
  books: { readonly before: KnownBook; readonly after: KnownBook },
  reports: { readonly before: KnownReport; readonly after: KnownReport },
  period: Period,
): Promise<ChangesSince> {
  const figures = await changedFigures(reports.before, reports.after);
  const candidates = await entriesSince(connection, books.before, period);
  const touching = candidates.filter((own) =>
    touches(books.after.ledger, reports.after, period, own),
  );
  const others = await othersSince(connection, books.before, reports.after.body.report);
  return {
    head: books.after.position,
    figures: figures.slice(0, MOST_FIGURES),
    figureCount: figures.length,
    entries: touching.map(({ date, description, number, position, recordedAt }) => ({
      ...{ number, position, date, description, recordedAt },
    })),
    entriesCut: candidates.length === MOST_ENTRIES,
    others,
  };
}

interface PlacedRow {
  readonly row: ReportRow;
  readonly under: string;
}

/** Rows by what they are: account or name under the headings above them, or the entry that they show. */
async function rowsByPlace(report: KnownReport): Promise<Map<string, PlacedRow>> {
  const places = new Map<string, PlacedRow>();
  const headings: ReportRow[] = [];
  for await (const batch of report.rows()) {
    for (const row of batch) {
      const { accountId, entry, kind, level, name } = row;
      while ((headings.at(-1)?.level ?? -1) >= level && kind === 'heading') headings.pop();
      const above = headings.filter((own) => own.level < level || kind !== 'heading');
      const own = entry === undefined ? `${kind}/${accountId ?? name}` : `${entry}/${accountId}`;
      const key = [...above.map((heading) => heading.accountId ?? heading.name), own].join('/');
      let nth = 1;
      while (places.has(`${key}/${nth}`)) nth++;
      places.set(`${key}/${nth}`, { row, under: headings.at(-1)?.name ?? '' });
      if (kind === 'heading') headings.push(row);
    }
  }
  return places;
}

/** The figures that differ, in the order of the report as it is now; rows that went come last. */
async function changedFigures(earlier: KnownReport, later: KnownReport): Promise<ChangedFigure[]> {
  if (earlier.digest === later.digest) return [];
  const [before, after] = [await rowsByPlace(earlier), await rowsByPlace(later)];
  const labels = new Map(
    [...earlier.body.columns, ...later.body.columns]
      .filter(({ kind }) => kind === 'amount')
      .map(({ key, label }) => [key, label]),
  );
  const changed: ChangedFigure[] = [];
  for (const place of new Set([...after.keys(), ...before.keys()])) {
    const [old, fresh] = [before.get(place), after.get(place)];
    const { row, under } = (fresh ?? old)!;
    for (const [key, label] of labels) {
      // A line's running balance follows from what stands above it.
      if (key === 'balance' && row.entry !== undefined) continue;
      const [was, is] = [old?.row.values[key] ?? '', fresh?.row.values[key] ?? ''];
      const difference = was === is ? null : differenceOf(was, is);
      if (difference === null) continue;
      const name = row.entry === undefined ? row.name : `${under}, entry ${row.entry}: ${row.name}`;
      changed.push({
        ...{ place: `${place}/${key}`, account: row.account, name, column: label },
        ...{ before: was, after: is, difference },
      });
    }
  }
  return changed;
}

/** Null where both are worth the same; an empty text where one is no figure. */
function differenceOf(was: string, is: string): string | null {
  const [from, to] = [parseDecimal(was || '0'), parseDecimal(is || '0')];
  if (!from || !to) return '';
  const difference = plus(to, negated(from));
  if (difference.digits === 0n) return null;
  const places = Math.max(...[was, is].map((text) => text.split('.')[1]?.length ?? 0));
  const text = plainDecimal(difference);
  const [whole, part = ''] = text.split('.');
  return places === 0 ? text : `${whole}.${part.padEnd(places, '0')}`;
}

interface Candidate extends EntrySince {
  readonly month: Month;
  readonly closing: boolean;
  readonly lines: readonly {
    readonly account: AccountId;
    readonly unit: string | null;
    readonly values: readonly number[] | null;
    readonly taxCode: number | null;
  }[];
}

const ENTRIES = `
  select e.number::int as number, e.position, e.entry_date::text as date, e.description,
    to_char(e.entry_date, 'YYYY-MM') as month, e.closing,
    to_char(e.recorded_at at time zone 'UTC', ${INSTANT}) as "recordedAt",
    (select json_agg(json_build_object('account', p.account_id, 'unit', p.unit, 'values', p.dimension_value_ids,
       'taxCode', p.tax_code_id)) from postings p where p.entry_id = e.id) as lines
  from posted_entries e
  where e.book_id = $1 and e.position > $2 and e.entry_date <= $3::date
  order by e.position desc, e.id desc limit ${MOST_ENTRIES}`;

const entriesSince = (
  connection: LedgerConnection,
  { ledger, position }: KnownBook,
  { to }: Period,
): Promise<Candidate[]> => select(connection, ENTRIES, [ledger.facts.id, position, to]);

/** Whether the report would be stamped with an entry if nothing but plans had been recorded before it. */
function touches(
  ledger: BookLedger,
  { body }: KnownReport,
  period: Period,
  candidate: Candidate,
): boolean {
  const { closing, lines, month, position } = candidate;
  const { first } = ledger.table;
  const nothing = { month, closing, debit: 0n, credit: 0n, lastPosition: position };
  const quantities = { debitQuantity: 0n, creditQuantity: 0n, decimals: 0 };
  const rows = lines.map(({ account }) => ({ ...nothing, account }));
  const units = lines.flatMap(({ account, unit }) =>
    unit === null ? [] : [{ ...nothing, ...quantities, account, unit }],
  );
  const details = lines.flatMap(({ account, taxCode, values }) => [
    ...(values ?? []).map((of) => ({ ...nothing, account, kind: 'dimension' as const, of })),
    ...(taxCode === null ? [] : [{ ...nothing, account, kind: 'tax' as const, of: taxCode }]),
  ]);
  const alone: BookLedger = {
    ...ledger,
    facts: { ...ledger.facts, presentationPosition: 0, partiesPosition: 0 },
    table: monthTable(first, rows),
    units: unitTable(first, units),
    details: detailTable(first, details),
    items: itemTable([]),
    group: NO_GROUP,
    rates: NO_RATES,
    sums: {
      ...{ ...ledger.sums, cash: monthTable(first, []) },
      ...{ exchange: monthTable(first, []), adjustments: monthTable(first, []) },
    },
    late: lateTable([], isLate(ledger.late.locks, candidate) ? [{ ...candidate, lines: [] }] : []),
    // A report that compares with a plan is fed where there is one: as if that had been the first event.
    budget: {
      ...ledger.budget,
      positionBetween: (from, to) => Math.min(ledger.budget.positionBetween(from, to), FIRST),
    },
  };
  return feedPosition(alone, body.report, period) === position;
}

const OTHERS = `
  select position, type from events
  where book_id = $1 and position > $2 and type not in ('JournalEntryPosted', 'ImportPosted')
  order by position desc`;

async function othersSince(
  connection: LedgerConnection,
  { ledger, position }: KnownBook,
  report: string,
) {
  const told = readsRates(report) ? [...TOLD, 'RatesRecorded'] : TOLD;
  const rows = await select<{ position: number; type: LedgerEvent['type'] }>(connection, OTHERS, [
    ledger.facts.id,
    position,
  ]);
  return rows
    .filter((row) => told.includes(row.type) || changesPresentation(row as never))
    .slice(0, MOST_OTHERS);
}
