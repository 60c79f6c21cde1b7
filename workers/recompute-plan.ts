// What a recompute has to do: read in the snapshot what changed since the documents' position, and name the documents
// whose feed is newer than their head. Nothing is written here.
import {
  type CalendarDate,
  type Month,
  monthOf,
  type Period,
  periodsThrough,
  todayIn,
} from '#ledger/domain/calendar.ts';
import type { BookLedger } from '#reports/catalogue/book-ledger.ts';
import { type BudgetRow, budgetTable } from '#reports/catalogue/budget-table.ts';
import { type DetailRow, detailTable } from '#reports/catalogue/detail-table.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { type LateTable, lateTable } from '#reports/catalogue/late-table.ts';
import type { PostedEntry } from '#reports/catalogue/month-lines.ts';
import { type BalanceRow, monthTable } from '#reports/catalogue/month-table.ts';
import { feedPosition, isPaged, reportsOf, viewOf } from '#reports/catalogue/registry.ts';
import { type ReportHead, SCHEMA_VERSION } from '#reports/catalogue/report.ts';
import { type UnitRow, unitTable } from '#reports/catalogue/unit-table.ts';
import { readName } from '#reports/catalogue/view.ts';
import type { StoredPosition } from '#reports/documents/documents.ts';
import { readBudget, readDetails, readDimensions, readTaxCodes } from './recompute-details.ts';
import { groupAt, type HeldGroup } from './recompute-group.ts';
import { itemsFor } from './recompute-items.ts';
import { readLate, readLocks } from './recompute-late.ts';
import type { BookMemory, HeldItems } from './recompute-memory.ts';
import { headKey } from './recompute-pages.ts';
import {
  orderedEntries,
  type PostingColumns,
  postedByImports,
  postedSingly,
} from './recompute-postings.ts';
import { type HeldRates, ratesAt } from './recompute-rates.ts';
import {
  type BookAtHead,
  type LedgerConnection,
  readAccounts,
  readBalances,
  readBook,
  readUnitBalances,
} from './recompute-snapshot.ts';
import { sumsSince } from './recompute-sums.ts';

export interface Target {
  readonly report: string;
  readonly period: Period;
  readonly position: number;
}

export interface Plan {
  readonly book: BookAtHead;
  readonly ledger: BookLedger;
  /** What `ledger.group` is. */
  readonly group: HeldGroup;
  /** What `ledger.rates` are. */
  readonly rates: HeldRates;
  /** What `ledger.items` are. */
  readonly items: HeldItems;
  /** Last month that is to have documents. */
  readonly through: Month;
  /** All periods that have documents. */
  readonly periods: readonly Period[];
  /** Documents to compute; a rebuild computes all. */
  readonly targets: readonly Target[];
  /** Months that were posted to. */
  readonly touched: ReadonlySet<Month>;
  /** What was posted, by date and number; null when it is so much that months are cut anew. */
  readonly entries: readonly PostedEntry[] | null;
  /** Everything that the book looks like on paper may have changed. */
  readonly presentation: boolean;
}

/** A document by its address in the book. */
export type Asking = Pick<ReportHead, 'report' | 'period'>;

/** So many new lines are put into stored pages one segment at a time; with more, touched months are cut anew. */
const MOST_INSERTED = 5_000;

/** Why documents are made anew in a generation of their own, or null when they can be carried on. */
export function reasonToRebuild(book: BookAtHead, stored: StoredPosition | null): string | null {
  if (!stored) return 'no documents yet';
  if (stored.schemaVersion !== SCHEMA_VERSION) return 'the catalogue changed';
  if (stored.position > book.head) return 'the ledger is older than its documents';
  if (book.hashThen === stored.hash) return null;
  return 'the ledger has another event at their position';
}

/** What a recompute of a remembered book begins with. */
export interface Changes {
  readonly book: BookAtHead | null;
  readonly balances: readonly BalanceRow[];
  readonly units: readonly UnitRow[];
  readonly details: readonly DetailRow[];
  readonly budget: readonly BudgetRow[];
  /** Lines of entries that were posted singly. */
  readonly lines: readonly PostingColumns[];
}

/** Asks for all of it at once. */
export async function readChanges(
  connection: LedgerConnection,
  bookId: number,
  { position, lastNumber }: StoredPosition,
): Promise<Changes> {
  const [book, balances, units, details, budget, lines] = await Promise.all([
    readBook(connection, bookId, position),
    readBalances(connection, bookId, position),
    readUnitBalances(connection, bookId, position),
    readDetails(connection, bookId, position),
    readBudget(connection, bookId, position),
    postedSingly(connection, bookId, lastNumber, MOST_INSERTED),
  ]);
  return { book, balances, units, details, budget, lines };
}

/** The last month with documents: that of the last posting or of today in the book's time zone, never less than before. */
function lastMonthOf(
  book: BookAtHead,
  table: { last: Month },
  stored: Month | null,
  now: number,
): Month {
  const today = monthOf(todayIn(book.facts.title.timeZone, now));
  return [table.last, today, stored ?? table.last].reduce((a, b) => (a > b ? a : b));
}

export interface PlanInput {
  readonly connection: LedgerConnection;
  readonly book: BookAtHead;
  /** Documents to carry on from; null: all are made anew. */
  readonly stored: StoredPosition | null;
  readonly memory: BookMemory | null;
  /** What was read of a remembered book already. */
  readonly changes: Changes | null;
  readonly heads: ReadonlyMap<string, ReportHead>;
  /** Documents that were asked for and aren't there yet. */
  readonly asked: readonly Asking[];
  readonly now: number;
}

/** Plans a recompute. To be called in the snapshot. */
export async function planRecompute(input: PlanInput): Promise<Plan> {
  const { connection, book, stored, memory } = input;
  const { facts } = book;
  const since = stored?.position ?? 0;
  const { accounts, dimensions, taxCodes } =
    memory && memory.chart === book.chart ? memory : await readChart(connection, facts.id);
  const read = input.changes?.balances ?? (await readBalances(connection, facts.id, 0));
  const table = memory?.table ?? monthTable(monthOf(facts.calendar.startDate), []);
  table.put(read);
  const units = memory?.units ?? unitTable(monthOf(facts.calendar.startDate), []);
  units.put(input.changes?.units ?? (await readUnitBalances(connection, facts.id, 0)));
  const details = memory?.details ?? detailTable(monthOf(facts.calendar.startDate), []);
  details.put(input.changes?.details ?? (await readDetails(connection, facts.id, 0)));
  const planned = input.changes?.budget ?? (await readBudget(connection, facts.id, 0));
  const budget = memory?.budget ?? budgetTable(monthOf(facts.calendar.startDate), []);
  budget.put(planned);
  const months = touchedMonths(read, since);
  const late = await lateOf(input, months);
  const lines = await linesSince(input);
  const sums = await sumsSince(connection, book, accounts, memory?.sums ?? null, lines);
  const group = await groupAt(connection, book, memory?.group ?? null);
  const rates = await ratesAt(connection, book, units, memory?.rates ?? null);
  const known = {
    ...{ facts, accounts, dimensions, taxCodes, table, units, details, budget, late, sums },
    ...{ group: group.group, rates: rates.rates },
  };
  const through = lastMonthOf(book, table, stored?.through ?? null, input.now);
  const same = memory && memory.stored.through === through;
  const plan = {
    ...{ book, through },
    periods: same ? memory.periods : periodsThrough(facts.calendar, through),
    touched: months,
    presentation: facts.presentationPosition > since,
    parties: facts.partiesPosition > since,
    budget: planned.some(({ lastPosition }) => lastPosition > since),
    members: book.groupPosition > since,
    rated: book.ratesRecorded && rates.key !== '',
  };
  const entries = lines && orderedEntries(lines, { exponent: facts.exponent, units });
  const fed: BookLedger = { ...known, items: NO_ITEMS, parties: new Map() };
  const targets = targetsOf({ ...plan, ledger: fed }, input);
  const { items, parties } = await itemsFor(connection, facts, targets, memory);
  const ledger: BookLedger = { ...known, items: items.table, parties };
  return { ...plan, ledger, group, rates, items, targets, entries };
}

/** What came late, and what is remembered of it brought up to date. */
async function lateOf(
  { book, connection, memory, stored }: PlanInput,
  touched: ReadonlySet<Month>,
): Promise<LateTable> {
  const { id } = book.facts;
  const locks =
    memory?.chart === book.chart ? memory.late.locks : await readLocks(connection, id, book.head);
  const known = memory?.late ?? lateTable(locks, []);
  const range = memory
    ? { since: stored?.position ?? 0, months: touched }
    : { since: 0, months: null };
  known.put(await readLate(connection, id, locks, { ...range, until: book.head }));
  return { ...known, locks };
}

const NO_ITEMS = itemTable([]);

async function readChart(connection: LedgerConnection, book: number) {
  const [accounts, dimensions, taxCodes] = await Promise.all([
    readAccounts(connection, book),
    readDimensions(connection, book),
    readTaxCodes(connection, book),
  ]);
  return { accounts, dimensions, taxCodes };
}

/** Lines of new entries, those of an entry together, or null when there are too many, or all. */
async function linesSince(input: PlanInput): Promise<PostingColumns[] | null> {
  const { connection, book, stored, changes } = input;
  if (!stored || book.imported > MOST_INSERTED) return null;
  if (stored.lastNumber === book.lastNumber) return [];
  const since = [connection, book.facts.id, stored.lastNumber, MOST_INSERTED] as const;
  const lines = [...(changes?.lines ?? (await postedSingly(...since)))];
  if (book.imported > 0) lines.push(...(await postedByImports(...since)));
  return lines.length > MOST_INSERTED ? null : lines;
}

function targetsOf(
  plan: Pick<Plan, 'ledger' | 'through' | 'periods' | 'touched' | 'presentation'> & {
    readonly parties: boolean;
    readonly budget: boolean;
    readonly members: boolean;
    readonly rated: boolean;
  },
  { asked, stored, heads }: PlanInput,
): Target[] {
  const all =
    plan.presentation ||
    plan.parties ||
    plan.budget ||
    plan.members ||
    plan.rated ||
    plan.through !== stored?.through;
  // A document is fed by its own months and earlier ones only.
  const first = [...plan.touched].reduce((a, b) => (a < b ? a : b), '9999-12' as Month);
  const standing = Map.groupBy(
    [
      ...[...heads.values()].filter(({ report }) => viewOf(report)),
      ...asked.filter((own) => canBe(own, plan)),
    ],
    ({ period }) => period,
  );
  return plan.periods.flatMap((period) => {
    const views = (standing.get(period.key) ?? []).map(({ report }) => report);
    const fed = all || monthOf(period.to) >= first;
    const wanted = fed
      ? [...reportsOf(period.kind, plan.ledger.facts.isGroup), ...views]
      : asked.length > 0
        ? views
        : [];
    return [...new Set(wanted)].flatMap((report) => {
      const position = feedPosition(plan.ledger, report, period);
      const head = heads.get(headKey(report, period.key));
      return head?.position === position ? [] : [{ report, period, position }];
    });
  });
}

/** Whether such a document can be: one of a report and view that there are, for a period of that kind. */
const canBe = (
  { period, report }: Asking,
  { ledger, periods }: Pick<Plan, 'ledger' | 'periods'>,
): boolean => {
  const kind = periods.find(({ key }) => key === period)?.kind;
  if (kind === undefined || viewOf(report) === null) return false;
  return reportsOf(kind, ledger.facts.isGroup).includes(readName(report)!.report);
};

const touchedMonths = (read: readonly BalanceRow[], since: number): Set<Month> =>
  new Set(read.filter((row) => row.lastPosition > since).map((row) => row.month));

/** Every calendar month that the paged documents among the targets show. */
export const monthsShown = (targets: readonly Target[]): Set<Month> =>
  new Set(targets.filter(({ report }) => isPaged(report)).flatMap(({ period }) => period.months));

/** Whether the documents lack nothing at this head. */
export const isLevel = (book: BookAtHead, stored: StoredPosition, now: number): boolean =>
  stored.position === book.head &&
  stored.hash === book.headHash &&
  stored.through >= monthOf(todayIn(book.facts.title.timeZone, now) as CalendarDate);
