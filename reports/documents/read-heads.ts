// Many heads in two finds, whoever asked for them: first where the books are, then the heads of these generations. A
// head is then at least as new as the position that comes with it.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead, ReportName } from '#reports/catalogue/report.ts';
import type { Collections } from './collections.ts';
import { headAddress, toHead, toPosition } from './head-address.ts';
import type { DocumentsPosition } from './reader.ts';

export interface WantedHead {
  readonly book: number;
  readonly report: ReportName;
  readonly period: PeriodKey;
}

/** Null: the book has no documents yet, or not this one. */
export interface HeadAt {
  readonly position: DocumentsPosition | null;
  readonly head: ReportHead | null;
}

/** @returns one answer for each that is wanted, in their order. */
export async function readHeads(
  all: Collections,
  wanted: readonly WantedHead[],
): Promise<HeadAt[]> {
  const books = [...new Set(wanted.map(({ book }) => book))];
  const stored = await all.positions.find({ _id: { $in: books } }).toArray();
  const positions = new Map(stored.map((position) => [position._id, toPosition(position)]));
  const addresses = wanted.map(({ book, report, period }) => {
    const position = positions.get(book);
    return position ? headAddress(book, position.generation, report, period) : null;
  });
  const ids = [...new Set(addresses.filter((address) => address !== null))];
  const found = ids.length === 0 ? [] : await all.heads.find({ _id: { $in: ids } }).toArray();
  const heads = new Map(found.map((head) => [head._id, toHead(head)]));
  return wanted.map(({ book }, at) => ({
    position: positions.get(book) ?? null,
    head: heads.get(addresses[at] ?? '') ?? null,
  }));
}
