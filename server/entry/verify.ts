// `npm run verify`: walks every book's chain and compares the snapshot tables with a replay of the events. Ends with 1
// and names the first difference of a book that has one. The result is noted for the book's System page.
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { type Verdict, verifyBooks } from '#ledger/verify/verify-book.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { runEntry } from './run-entry.ts';
import { withDatabases } from './with-databases.ts';

await runEntry(() =>
  withDatabases(async ({ databaseUrl, mongoUrl }) => {
    const store = connectLedger({ url: databaseUrl, poolSize: 2 });
    try {
      const verdicts = await verifyBooks(store);
      for (const { slug, events, difference } of verdicts) {
        if (difference === null) console.log(`${slug}: ${events} events, all as they should be`);
        else {
          console.error(`${slug}: ${difference}`);
          process.exitCode = 1;
        }
      }
      await noteVerdicts(mongoUrl, verdicts);
    } finally {
      await store.close();
    }
  }),
);

/** The ledger is verified whether or not the document store answers: only the note is lost without it. */
async function noteVerdicts(url: string, verdicts: readonly Verdict[]): Promise<void> {
  const documents = await openDocuments({ url });
  const at = new Date().toISOString();
  try {
    for (const { book, events, difference } of verdicts) {
      await documents.standing.noteCheck(book, {
        kind: 'verification',
        at,
        compared: events,
        difference,
      });
    }
  } catch (fault) {
    console.error('The result could not be noted for the System page:', fault);
  } finally {
    await documents.close();
  }
}
