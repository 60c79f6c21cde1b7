// What operators watch of the recomputes: how many, how many documents they moved, how long they took.
import { Counter, Histogram } from 'prom-client';

export const recomputeMetrics = {
  recomputes: new Counter({
    name: 'daybook_recomputes_total',
    help: 'Recomputes that moved the documents of a book.',
  }),
  documents: new Counter({
    name: 'daybook_recomputed_documents_total',
    help: 'Report documents computed anew.',
  }),
  seconds: new Histogram({
    name: 'daybook_recompute_seconds',
    help: 'Time from reading the snapshot to moved heads.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
  }),
};
