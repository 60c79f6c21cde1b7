// The dashboard of a period and the one it is held against: that of a year before, else of the period before.
import type { Period } from '#ledger/domain/calendar.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { type DashboardParts, dashboardParts } from './dashboard-parts.ts';
import { periodOf } from './periods.ts';
import { rooms } from './rooms.ts';

export interface ReadDashboard {
  readonly parts: DashboardParts;
  readonly position: number;
  readonly computedAt: string;
  readonly before: { readonly key: string; readonly parts: DashboardParts } | null;
}

/** Null while the document isn't there. */
export async function readDashboard(
  book: BookCopy,
  period: Period,
  previous: string | null,
): Promise<ReadDashboard | null> {
  const own = await partsAt(book.id, period.key);
  if (!own) return null;
  const yearBefore = `${+period.key.slice(0, 4) - 1}${period.key.slice(4)}`;
  for (const key of [yearBefore, previous]) {
    const other = key === null ? null : periodOf(book, key);
    const before = other && (await partsAt(book.id, other.key));
    if (other && before) return { ...own, before: { key: other.key, parts: before.parts } };
  }
  return { ...own, before: null };
}

async function partsAt(book: number, period: Period['key']) {
  const { documents } = rooms();
  const head = await documents.head(book, 'dashboard', period);
  const body = head && (await documents.body(head.digest));
  if (!body) return null;
  return { parts: dashboardParts(body), position: body.position, computedAt: head.computedAt };
}
