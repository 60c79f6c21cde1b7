// How busy each book is: counters in buckets of ten seconds, kept for two hours. Processes count in memory and write
// every few seconds by adding, so that any number of front doors and workers may write the same bucket.
import type { AnyBulkWriteOperation } from 'mongodb';
import { type ActivityStep, activitySteps, type StepRange } from './activity-steps.ts';
import type { Collections } from './collections.ts';
import { addHeld } from './invariant-notes.ts';

const BUCKET_MS = 10_000;
/** How long buckets are kept, in seconds: the index drops them by itself. */
export const ACTIVITY_KEPT_S = 7_200;

/** What adds up over processes. */
export interface ActivitySums {
  recomputes: number;
  /** Report documents computed anew. */
  documents: number;
  /** Time of all recomputes together, in milliseconds. */
  msSum: number;
  /** Downloads answered with bytes, and those answered with 304. */
  sent: number;
  notModified: number;
  /** Downloads answered with 5xx. */
  failed: number;
  /** Files made. */
  rendered: number;
}

/** Where the largest counts. `position` is that of the documents: its steps are the changes shown. */
export interface ActivityPeaks {
  msMax: number;
  lagMax: number;
  latencyMax: number;
  position: number;
}

/** What one process counted of one book since it last wrote. */
export interface ActivityTally extends ActivitySums, ActivityPeaks {
  readonly book: number;
  /** Downloads by class of latency, one number per class. */
  readonly latency: readonly number[];
  /** By name of an invariant, in how many sets it held. */
  readonly checked: ReadonlyMap<string, number>;
  /** When it last did, epoch milliseconds. */
  readonly checkedAt: number;
}

/** One bucket as stored; what was never counted is not there. */
export type ActivityDocument = Partial<ActivitySums & ActivityPeaks> & {
  _id: string;
  book: number;
  at: Date;
  latency?: Record<string, number>;
};

export interface Activity {
  /** Adds what was counted to the bucket of that moment (epoch milliseconds), and what held to the invariants. */
  add(at: number, tallies: readonly ActivityTally[]): Promise<void>;
  /** A book's activity in equal steps, oldest first; steps in which nothing happened are there too. */
  steps(book: number, range: StepRange): Promise<ActivityStep[]>;
}

export const activityStore = (all: Collections): Activity => ({
  async add(at, tallies) {
    const start = at - (at % BUCKET_MS);
    const writes = tallies.map((tally) => bucketWrite(tally, start));
    if (writes.length > 0) await all.activity.bulkWrite(writes, { ordered: false });
    await addHeld(all, tallies);
  },
  async steps(book, range) {
    const from = new Date(range.from);
    const buckets = await all.activity.find({ book, at: { $gte: from } }).toArray();
    return activitySteps(buckets, range);
  },
});

const PEAKS: readonly (keyof ActivityPeaks)[] = ['msMax', 'lagMax', 'latencyMax', 'position'];
const SUMS: readonly (keyof ActivitySums)[] = [
  'recomputes',
  'documents',
  'msSum',
  'sent',
  'notModified',
  'failed',
  'rendered',
];

function bucketWrite(tally: ActivityTally, start: number): AnyBulkWriteOperation<ActivityDocument> {
  const { book } = tally;
  const added: Record<string, number> = {};
  for (const key of SUMS) if (tally[key] > 0) added[key] = tally[key];
  tally.latency.forEach((count, at) => {
    if (count > 0) added[`latency.${at}`] = count;
  });
  const most: Record<string, number> = {};
  for (const key of PEAKS) if (tally[key] > 0) most[key] = tally[key];
  return {
    updateOne: {
      filter: { _id: `${book}/${start / BUCKET_MS}` },
      update: {
        $setOnInsert: { book, at: new Date(start) },
        ...(Object.keys(added).length > 0 ? { $inc: added } : {}),
        ...(Object.keys(most).length > 0 ? { $max: most } : {}),
      },
      upsert: true,
    },
  };
}
