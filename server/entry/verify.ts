// `npm run verify`: walks every book's chain and compares the snapshot tables with a replay of the events. Ends with 1
// and names the first difference of a book that has one.
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { runEntry } from './run-entry.ts';
import { withDatabases } from './with-databases.ts';

await runEntry(() =>
  withDatabases(async ({ databaseUrl }) => {
    const store = connectLedger({ url: databaseUrl, poolSize: 2 });
    try {
      for (const { slug, events, difference } of await verifyBooks(store)) {
        if (difference === null) console.log(`${slug}: ${events} events, all as they should be`);
        else {
          console.error(`${slug}: ${difference}`);
          process.exitCode = 1;
        }
      }
    } finally {
      await store.close();
    }
  }),
);
