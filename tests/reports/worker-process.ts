// A worker of its own process for tests that kill it: recomputes one book over and over until it is killed.
//   node worker-process.ts DATABASE_URL MONGODB_URL DB_NAME BOOK_ID
import { setTimeout as sleep } from 'node:timers/promises';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { recomputeBook } from '#workers/recompute.ts';

const RESTS_MS = 40;
const [databaseUrl, url, dbName, book] = process.argv.slice(2) as [string, string, string, string];
const store = connectLedger({ url: databaseUrl, poolSize: 3 });
const documents = await openDocuments({ url, dbName });
process.stdout.write('working\n');
for (;;) {
  await recomputeBook({ store, documents, bookId: +book });
  // Two that never rest leave the databases no time for who posts.
  await sleep(RESTS_MS);
}
