// Buckets of activity as a chart reads them: equal steps without gaps, with means and percentiles. Percentiles come
// from classes of latency, so they are upper bounds: never better than what readers saw.
import type { ActivityDocument, ActivityPeaks, ActivitySums } from './activity.ts';

/** Upper bounds of the classes of latency in milliseconds; one more class is open above. */
export const LATENCY_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;

export interface StepRange {
  /** Epoch milliseconds, a multiple of `stepMs`. */
  readonly from: number;
  /** A multiple of a bucket's ten seconds. */
  readonly stepMs: number;
  readonly count: number;
}

/** What happened in a book from `at` (epoch milliseconds) on, for one step. Times are in milliseconds. */
export interface ActivityStep {
  readonly at: number;
  /** Events that the documents began to show. */
  readonly changes: number;
  readonly recomputes: number;
  readonly documents: number;
  readonly msMean: number;
  readonly msMax: number;
  /** The longest time from an event's recording to documents that show it. */
  readonly lagMax: number;
  readonly sent: number;
  readonly notModified: number;
  readonly failed: number;
  readonly rendered: number;
  /** Latency of downloads; null when there was none. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly latencyMax: number;
}

/** @param buckets in any order; those outside the range are left out. */
export function activitySteps(
  buckets: readonly ActivityDocument[],
  { from, stepMs, count }: StepRange,
): ActivityStep[] {
  const groups: ActivityDocument[][] = Array.from({ length: count }, () => []);
  for (const bucket of buckets)
    groups[Math.floor((bucket.at.getTime() - from) / stepMs)]?.push(bucket);
  let shown: number | null = null;
  return groups.map((group, index) => {
    const position = most(group, 'position');
    // Where the range begins nothing is known of what was shown before.
    const changes = shown === null || position < shown ? 0 : position - shown;
    if (position > 0) shown = position;
    return { ...summed(group), at: from + index * stepMs, changes };
  });
}

function summed(group: readonly ActivityDocument[]): Omit<ActivityStep, 'at' | 'changes'> {
  const recomputes = sum(group, 'recomputes');
  const latencyMax = most(group, 'latencyMax');
  const classes = Array.from({ length: LATENCY_BOUNDS.length + 1 }, (_, at) =>
    group.reduce((total, bucket) => total + (bucket.latency?.[`${at}`] ?? 0), 0),
  );
  return {
    recomputes,
    documents: sum(group, 'documents'),
    msMean: recomputes === 0 ? 0 : sum(group, 'msSum') / recomputes,
    msMax: most(group, 'msMax'),
    lagMax: most(group, 'lagMax'),
    sent: sum(group, 'sent'),
    notModified: sum(group, 'notModified'),
    failed: sum(group, 'failed'),
    rendered: sum(group, 'rendered'),
    p50: percentile(classes, 0.5, latencyMax),
    p99: percentile(classes, 0.99, latencyMax),
    latencyMax,
  };
}

const sum = (group: readonly ActivityDocument[], key: keyof ActivitySums): number =>
  group.reduce((total, bucket) => total + (bucket[key] ?? 0), 0);

const most = (group: readonly ActivityDocument[], key: keyof ActivityPeaks): number =>
  group.reduce((peak, bucket) => Math.max(peak, bucket[key] ?? 0), 0);

/** The bound of the class that this share of the downloads reaches, and never above the slowest one. */
function percentile(classes: readonly number[], share: number, slowest: number): number | null {
  const total = classes.reduce((all, count) => all + count, 0);
  if (total === 0) return null;
  let reached = 0;
  const at = classes.findIndex((count) => {
    reached += count;
    return reached >= total * share;
  });
  return Math.min(LATENCY_BOUNDS[at] ?? slowest, slowest);
}
