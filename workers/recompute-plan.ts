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
import { feedPosition } from '#reports/catalogue/compute.ts';
import { type BalanceRow, monthTable } from '#reports/catalogue/month-table.ts';
import {
  REPORTS,
  type ReportHead,
  type ReportName,
  SCHEMA_VERSION,
} from '#reports/catalogue/report.ts';
import type { StoredPosition } from '#reports/documents/documents.ts';
import { type BookMemory, balanceKey } from './recompute-memory.ts';
import { headKey, type Touched } from './recompute-pages.ts';
import {
  type BookAtHead,
  eventHash,
  type LedgerConnection,
  readAccounts,
  readBalances,
  renamedSince,
} from './recompute-snapshot.ts';

export interface Target {
  readonly report: ReportName;
  readonly period: Period;
  readonly position: number;
}

export interface Plan {
  readonly book: BookAtHead;
  readonly ledger: BookLedger;
  readonly balances: Map<string, BalanceRow>;
  /** Last month that is to have documents. */
  readonly through: Month;
  /** Documents to compute; a rebuild computes all. */
  readonly targets: readonly Target[];
  readonly touched: ReadonlyMap<Month, Touched>;
  /** Everything that the book looks like on paper may have changed. */
  readonly presentation: boolean;
}

/** Why documents are made anew in a generation of their own, or null when they can be carried on. */
export async function reasonToRebuild(
  connection: LedgerConnection,
  book: BookAtHead,
  stored: StoredPosition | null,
): Promise<string | null> {
  if (!stored) return 'no documents yet';
  if (stored.schemaVersion !== SCHEMA_VERSION) return 'the catalogue changed';
  if (stored.position > book.head) return 'the ledger is older than its documents';
  const hash = await eventHash(connection, book.facts.id, stored.position);
  return hash === stored.hash ? null : 'the ledger has another event at their position';
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
  readonly heads: ReadonlyMap<string, ReportHead>;
  readonly now: number;
}

/** Plans a recompute. To be called in the snapshot. */
export async function planRecompute(input: PlanInput): Promise<Plan> {
  const { connection, book, stored, memory, heads } = input;
  const { facts } = book;
  const since = stored?.position ?? 0;
  const accounts = await readAccounts(connection, facts.id);
  const read = await readBalances(connection, facts.id, memory ? since : 0);
  const balances = memory?.balances ?? new Map<string, BalanceRow>();
  for (const row of read) balances.set(balanceKey(row), row);
  const table = monthTable(monthOf(facts.calendar.startDate), balances.values());
  const ledger: BookLedger = { facts, accounts, table };
  const through = lastMonthOf(book, table, stored?.through ?? null, input.now);
  const renamed = stored ? await renamedSince(connection, facts.id, since) : false;
  return {
    book,
    ledger,
    balances,
    through,
    targets: targetsOf(ledger, through, heads),
    touched: touchedMonths(balances.values(), read, since, renamed),
    presentation: facts.presentationPosition > since,
  };
}

function targetsOf(
  ledger: BookLedger,
  through: Month,
  heads: ReadonlyMap<string, ReportHead>,
): Target[] {
  return periodsThrough(ledger.facts.calendar, through).flatMap((period) =>
    REPORTS.flatMap((report) => {
      const position = feedPosition(ledger, report, period);
      const head = heads.get(headKey(report, period.key));
      return head?.position === position ? [] : [{ report, period, position }];
    }),
  );
}

function touchedMonths(
  all: Iterable<BalanceRow>,
  read: readonly BalanceRow[],
  since: number,
  renamed: boolean,
): Map<Month, Touched> {
  const months = new Map<Month, { accounts: Set<number>; journal: boolean }>();
  const touch = (month: Month) => {
    const touched = months.get(month) ?? { accounts: new Set<number>(), journal: true };
    months.set(month, touched);
    return touched;
  };
  for (const row of read) if (row.lastPosition > since) touch(row.month).accounts.add(row.account);
  if (renamed) for (const row of all) touch(row.month);
  return months;
}

/** Every calendar month that the paged documents among the targets show. */
export const monthsShown = (targets: readonly Target[]): Set<Month> =>
  new Set(
    targets
      .filter(({ report }) => report === 'general-ledger' || report === 'journal')
      .flatMap(({ period }) => period.months),
  );

/** Whether the documents lack nothing at this head. */
export const isLevel = (book: BookAtHead, stored: StoredPosition, now: number): boolean =>
  stored.position === book.head &&
  stored.hash === book.headHash &&
  stored.through >= monthOf(todayIn(book.facts.title.timeZone, now) as CalendarDate);
