// The items that a recompute's documents show: those that a worker remembers of the book, with what changed, or read
// anew from the first month that is asked for. A book that posts into this year doesn't go through the items of years ago.
import { type FiscalCalendar, type Month, monthOf } from '#ledger/domain/calendar.ts';
import type { BookFacts, BookLedger } from '#reports/catalogue/book-ledger.ts';
import { itemTable } from '#reports/catalogue/item-table.ts';
import { periodsShown, readsItems } from '#reports/catalogue/registry.ts';
import { readChangedItems, readItems, readParties } from './recompute-details.ts';
import type { BookMemory, HeldItems } from './recompute-memory.ts';
import type { Target } from './recompute-plan.ts';
import type { LedgerConnection } from './recompute-snapshot.ts';

/** With more rows, items are read anew each time rather than kept in memory. */
const MOST_REMEMBERED = 200_000;

const NONE: HeldItems = { table: itemTable([]), from: null };

/** To be called in the snapshot. */
export async function itemsFor(
  connection: LedgerConnection,
  { calendar, id: book }: Pick<BookFacts, 'calendar' | 'id'>,
  targets: readonly Target[],
  memory: Pick<BookMemory, 'items' | 'stored'> | null,
): Promise<{ readonly items: HeldItems; readonly parties: BookLedger['parties'] }> {
  const first = firstMonth(calendar, targets);
  const held = memory?.items ?? NONE;
  if (memory && held.from !== null && (first === null || held.from <= first)) {
    held.table.put(await readChangedItems(connection, book, memory.stored.position));
    const parties = first === null ? new Map() : await readParties(connection, book);
    return { items: held, parties };
  }
  if (first === null) return { items: NONE, parties: new Map() };
  const rows = await readItems(connection, book, first);
  const parties = await readParties(connection, book);
  return { items: { table: itemTable(rows), from: first }, parties };
}

/** What is kept of them until the next recompute. */
export const remembered = (items: HeldItems): HeldItems =>
  items.table.size > MOST_REMEMBERED ? NONE : items;

/** The first month of the periods whose documents are computed from items; null: none are. */
function firstMonth(calendar: FiscalCalendar, targets: readonly Target[]): Month | null {
  const months = targets
    .filter(({ report }) => readsItems(report))
    .flatMap(({ period, report }) => periodsShown(calendar, report, period))
    .map(({ from }) => monthOf(from));
  return months.length === 0 ? null : months.reduce((a, b) => (a < b ? a : b));
}
