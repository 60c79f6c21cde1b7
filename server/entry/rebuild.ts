// `npm run rebuild -- --book B`: computes all documents of a book anew and switches to them, on a live system.
import { parseArgs } from 'node:util';
import { bookBySlug } from '#ledger/queries/books.ts';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { rebuildBook } from '#workers/recompute.ts';
import { ConfigFault } from '../config.ts';
import { runEntry } from './run-entry.ts';
import { withDatabases } from './with-databases.ts';

await runEntry(async () => {
  const { values } = parseArgs({ options: { book: { type: 'string' } } });
  const slug = values.book;
  if (!slug) throw new ConfigFault('Say which book: npm run rebuild -- --book its-address');
  await withDatabases(async ({ databaseUrl, mongoUrl }) => {
    const store = connectLedger({ url: databaseUrl, poolSize: 4 });
    const documents = await openDocuments({ url: mongoUrl });
    try {
      const book = await bookBySlug(store, slug);
      if (!book) throw new ConfigFault(`There is no book ${slug}.`);
      const before = new Map(
        (await documents.heads(book.id)).map((head) => [
          `${head.report}/${head.period}`,
          head.digest,
        ]),
      );
      await rebuildBook({ store, documents, bookId: book.id });
      const after = await documents.heads(book.id);
      const changed = after.filter(
        (head) => before.get(`${head.report}/${head.period}`) !== head.digest,
      );
      console.log(
        `${slug}: ${after.length} documents, ${changed.length} with another digest than before`,
      );
    } finally {
      await documents.close();
      await store.close();
    }
  });
});
