// Documents that were asked for: which wait to be made, and which are dropped when a book has too many of them.
import { viewOf } from '#reports/catalogue/registry.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import type { AskedFor } from '#reports/documents/asked.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { headKey } from './recompute-pages.ts';

/** So many of them a book keeps current. */
const MOST_STANDING = 200;

export interface AskedStanding {
  readonly all: readonly AskedFor[];
  readonly waiting: readonly AskedFor[];
}

export async function askedOf(documents: Documents, book: number): Promise<AskedStanding> {
  const all = await documents.asked.ofBook(book);
  return { all, waiting: all.filter(({ made }) => !made) };
}

/**
 * Heads that say that their documents are kept no more: those that weren't read for longest, when there are too many.
 * @param heads before the move; @param moved what it moves
 */
export function dropped(
  heads: ReadonlyMap<string, ReportHead>,
  moved: readonly ReportHead[],
  { all, waiting }: AskedStanding,
  { asOf, now, most = MOST_STANDING }: { asOf: number; now: number; most?: number },
): ReportHead[] {
  if (waiting.length === 0) return [];
  const keyOf = ({ period, report }: Pick<ReportHead, 'report' | 'period'>) =>
    headKey(report, period);
  const isStanding = ({ report }: ReportHead) => viewOf(report) !== null;
  const standing = new Map(
    [...heads.values(), ...moved].filter(isStanding).map((head) => [keyOf(head), head]),
  );
  const read = new Map(all.map((own) => [keyOf(own), own.at.getTime()]));
  const [fresh, readAt] = [
    new Set(waiting.map(keyOf)),
    (head: ReportHead) => read.get(keyOf(head)) ?? 0,
  ];
  return [...standing.values()]
    .filter((head) => !fresh.has(keyOf(head)))
    .toSorted((a, b) => readAt(a) - readAt(b))
    .slice(0, Math.max(0, standing.size - most))
    .map(({ period, position, report }) => ({
      ...{ report, period, position, asOf },
      digest: '',
      computedAt: new Date(now).toISOString(),
    }));
}
