// Putting new entries into the stored lines of an account or a journal: down the nodes to the segments that they fall
// into, those cut anew, and the nodes above rewritten. What comes out is what cutting everything from the start gives.
import {
  type Cutting,
  climb,
  groupNodes,
  PageCutter,
  type PageEntry,
  type Stretch,
} from '#reports/catalogue/pages.ts';
import type { StretchRef } from '#reports/catalogue/report.ts';

/** What lies under stored stretches. */
export interface ReadContents {
  entries(pages: readonly Stretch[]): Promise<PageEntry[]>;
  stretches(node: Stretch): Promise<readonly Stretch[]>;
}

/**
 * The stretch with new entries in their places.
 * @param entries by date and number; none of them is there yet.
 * @param gone told of each page and node that was read to be rewritten.
 */
export async function insertEntries(
  cutting: Cutting,
  read: ReadContents,
  stretch: Stretch | null,
  entries: readonly PageEntry[],
  gone: (digest: string) => void,
): Promise<Stretch> {
  const list = stretch
    ? await grow({ cutting, read, gone }, stretch, entries)
    : cutEntries(cutting, entries);
  return climb(cutting, list)!;
}

interface Room {
  readonly cutting: Cutting;
  readonly read: ReadContents;
  readonly gone: (digest: string) => void;
}

/** The stretches of the same level that take the place of one. */
async function grow(
  room: Room,
  stretch: Stretch,
  entries: readonly PageEntry[],
): Promise<Stretch[]> {
  const { level, digest } = stretch.ref;
  room.gone(digest);
  const children = level === 0 ? [stretch] : await room.read.stretches(stretch);
  const units = level <= 1 ? segmentsOf(children) : children.map((child) => [child]);
  const list: Stretch[] = [];
  let next = 0;
  for (const [at, unit] of units.entries()) {
    const following = units[at + 1]?.[0];
    const start = next;
    while (next < entries.length && (!following || isBefore(entries[next]!, following.ref))) next++;
    const own = entries.slice(start, next);
    if (own.length === 0) list.push(...unit);
    else if (level <= 1) list.push(...(await recut(room, unit, own)));
    else list.push(...(await grow(room, unit[0]!, own)));
  }
  return level === 0 ? list : groupNodes(room.cutting, list);
}

/** Pages from one content cut to the next. */
function segmentsOf(pages: readonly Stretch[]): Stretch[][] {
  const segments: Stretch[][] = [];
  for (const page of pages) {
    const segment = segments.at(-1);
    if (!segment || page.ref.cut > 0) segments.push([page]);
    else segment.push(page);
  }
  return segments;
}

async function recut(
  room: Room,
  segment: readonly Stretch[],
  entries: readonly PageEntry[],
): Promise<Stretch[]> {
  for (const { ref } of segment) room.gone(ref.digest);
  return cutEntries(room.cutting, merge(await room.read.entries(segment), entries));
}

function cutEntries(cutting: Cutting, entries: readonly PageEntry[]): Stretch[] {
  const cutter = new PageCutter(cutting);
  for (const entry of entries) cutter.add(entry);
  return cutter.finish();
}

const isBefore = ([date, entry]: PageEntry, ref: Pick<StretchRef, 'date' | 'entry'>): boolean =>
  date < ref.date || (date === ref.date && entry < ref.entry);

/** Stored and new entries in order; entries that went on over several pages are whole again. */
function merge(stored: readonly PageEntry[], entries: readonly PageEntry[]): PageEntry[] {
  const merged: PageEntry[] = [];
  let next = 0;
  for (const entry of stored) {
    const [date, number, description, reference, continued, lines] = entry;
    const last = merged.at(-1);
    if (continued && last) {
      const all = [...last[5], ...lines];
      merged[merged.length - 1] = [date, number, description, reference, 0, all];
      continue;
    }
    while (next < entries.length && isBefore(entries[next]!, { date, entry: number }))
      merged.push(entries[next++]!);
    merged.push(entry);
  }
  return [...merged, ...entries.slice(next)];
}
