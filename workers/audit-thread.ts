// Runs in a worker thread, with connections of its own and behind everything else: what auditors ask may take seconds, and
// nobody else waits for it.
import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { workerData } from 'node:worker_threads';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import type { AuditPlace, AuditTask } from './audit-pool.ts';
import { knownFile, showKnown } from './show-known.ts';
import { verifyDocument } from './verify-document.ts';

// piscina hands its own things over in front of ours.
const place = (Array.isArray(workerData) ? workerData.at(-1) : workerData) as AuditPlace;
// Linux keeps a priority for each thread; elsewhere this would be the whole process.
if (platform === 'linux') setPriority(place.niceness);
const store = connectLedger({ url: place.databaseUrl, poolSize: 1 });
const documents = await openDocuments({
  url: place.mongoUrl,
  ...(place.dbName === undefined ? {} : { dbName: place.dbName }),
});

export default async function audit(task: AuditTask) {
  switch (task.kind) {
    case 'verify':
      return verifyDocument({ store, documents, bookId: task.bookId }, task.claim);
    case 'show':
      return showKnown(store, task.question, task.page);
    case 'file':
      return knownFile(store, task.question, task.format);
  }
}
