// `npm run reconcile`: recomputes every document of every book from the postings and compares digests. Ends with 1 when
// one differs.
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { reconcileBook } from '#workers/recompute-reconcile.ts';
import { runEntry } from './run-entry.ts';
import { withDatabases } from './with-databases.ts';

await runEntry(() =>
  withDatabases(async ({ databaseUrl, mongoUrl }) => {
    const store = connectLedger({ url: databaseUrl, poolSize: 4 });
    const documents = await openDocuments({ url: mongoUrl });
    try {
      const { rows } = await store.pool.query<{ id: number; slug: string }>(
        'select id, slug from books order by id',
      );
      for (const { id, slug } of rows) {
        const result = await reconcileBook({ store, documents, bookId: id });
        console.log(`${slug}: ${result.documents} documents compared`);
        await documents.standing.noteCheck(id, {
          kind: 'reconciliation',
          at: new Date().toISOString(),
          compared: result.documents,
          difference: result.differences[0] ?? null,
        });
        for (const difference of result.differences) console.error(`${slug}: ${difference}`);
        if (result.differences.length > 0) process.exitCode = 1;
      }
    } finally {
      await documents.close();
      await store.close();
    }
  }),
);
