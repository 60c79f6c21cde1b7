// Many heads in two finds, whoever asked for them: first where the books are, with the heads that were moved lately, then
// the other heads of these generations. A head is then at least as new as the position that comes with it.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { Collections } from './collections.ts';
import { headAddress, headOfText, headTextStart, toHead, toPosition } from './head-address.ts';
import type { DocumentsPosition } from './reader.ts';

export interface WantedHead {
  readonly book: number;
  readonly report: string;
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
  const positions = new Map(stored.map((own) => [own._id, { own, position: toPosition(own) }]));
  const asked = wanted.map(({ book, report, period }) => {
    const at = positions.get(book);
    if (!at) return { position: null, head: null, address: null };
    const { own, position } = at;
    const head = recentHead(own.recent ?? [], report, period);
    const address = head ? null : headAddress(book, own.generation, report, period);
    return { position, head, address };
  });
  const ids = [...new Set(asked.flatMap(({ address }) => address ?? []))];
  const found = ids.length === 0 ? [] : await all.heads.find({ _id: { $in: ids } }).toArray();
  const heads = new Map(found.map((head) => [head._id, toHead(head)]));
  return asked.map(({ position, head, address }) => ({
    position,
    head: unlessDropped(head ?? heads.get(address ?? '') ?? null),
  }));
}

/** A head without a digest says that its document is kept no more. */
const unlessDropped = (head: ReportHead | null) => (head?.digest === '' ? null : head);

function recentHead(recent: readonly string[], report: string, period: PeriodKey) {
  const start = headTextStart(report, period);
  const text = recent.find((own) => own.startsWith(start));
  return text === undefined ? null : headOfText(text);
}

/** All heads of a book's generation, with those that stand in its position document. */
export async function headsOfBook(
  all: Collections,
  book: number,
  { generation, recent = [] }: { generation: number; recent?: readonly string[] },
): Promise<ReportHead[]> {
  const settled = (await all.heads.find({ book, generation }).toArray()).map(toHead);
  const heads = [...settled, ...recent.map(headOfText)];
  const newest = new Map(heads.map((own) => [headTextStart(own.report, own.period), own]));
  return [...newest.values()].filter(({ digest }) => digest !== '');
}
