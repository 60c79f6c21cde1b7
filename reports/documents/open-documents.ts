// The way into the document store. Opening asks nothing of the server: processes start, and writes go on, while
// MongoDB is down; each call then fails within seconds and works again when the server does.
import { MongoClient } from 'mongodb';
import { isPaged } from '#reports/catalogue/registry.ts';
import { activityStore } from './activity.ts';
import { openAsked } from './asked.ts';
import { collectGarbage } from './collect-garbage.ts';
import { collectionsOf, prepareCollections } from './collections.ts';
import { accessCopies } from './copy-access.ts';
import type { Documents, Move, MoveResult, StoredPosition } from './documents.ts';
import { drawings } from './drawings.ts';
import { fileStore } from './files.ts';
import { moveHeads, replaceGeneration } from './move-heads.ts';
import { readDocuments, readTexts } from './read-documents.ts';
import { headsOfBook, readHeads } from './read-heads.ts';
import { replacedNotes } from './replaced-notes.ts';
import { standingStore } from './standing.ts';
import { watchChanges } from './watch-changes.ts';
import { writeBodies, writtenSince } from './write-bodies.ts';

export interface DocumentsOptions {
  readonly url: string;
  /** Default: the database that the URL names, else `daybook`. */
  readonly dbName?: string;
  /** How long a call waits for a server that isn't there. */
  readonly patienceMs?: number;
}

export async function openDocuments(options: DocumentsOptions): Promise<Documents> {
  const patience = options.patienceMs ?? 3_000;
  const client = new MongoClient(options.url, {
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: patience,
    maxPoolSize: 20,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    retryWrites: true,
  });
  const named = new URL(options.url.replace(/^mongodb(\+srv)?:/, 'http:').replace(/,[^/]*/, ''))
    .pathname;
  const dbName =
    options.dbName ?? (named.length > 1 ? decodeURIComponent(named.slice(1)) : 'daybook');
  const all = collectionsOf(client, client.db(dbName));
  let prepared: Promise<void> | null = null;
  const notes = replacedNotes(all);
  const noted = async ({ book, replaced }: Move, moving: Promise<MoveResult>) => {
    const result = await moving;
    if (result.moved) notes.add(book, replaced);
    return result;
  };
  return {
    ...readDocuments(all),
    files: fileStore(all),
    access: accessCopies(all),
    drawings: drawings(all),
    asked: openAsked(all),
    headsAt: (wanted) => readHeads(all, wanted),
    watch: (listener, { url = options.url, ...how } = {}) => watchChanges(all, url, listener, how),
    activity: activityStore(all),
    standing: standingStore(all),
    prepare() {
      prepared ??= prepareCollections(all).catch((fault: unknown) => {
        prepared = null;
        throw fault;
      });
      return prepared;
    },
    async storedPosition(book): Promise<StoredPosition | null> {
      const stored = await all.positions.findOne({ _id: book });
      if (!stored) return null;
      const { generation, position, hash, through, lastNumber, schemaVersion, token } = stored;
      const recent = stored.recent ?? [];
      return { generation, position, hash, through, lastNumber, schemaVersion, token, recent };
    },
    headsAtPosition: (book, stored) => headsOfBook(all, book, stored),
    bodyTexts: (digests) => readTexts(all, digests),
    writtenSince: (book, since) => writtenSince(all, book, since),
    writeBodies: (book, bodies) => writeBodies(all, book, bodies),
    async keep({ book, report }, digests) {
      const wanted = { _id: { $in: [...digests] }, kept: { $ne: true } };
      const values = isPaged(report) ? { kept: true, unwalked: book } : { kept: true };
      await all.bodies.updateMany(wanted, { $set: values });
    },
    move: (move) => noted(move, moveHeads(all, move)),
    replaceGeneration: (move) => noted(move, replaceGeneration(all, move)),
    async noteHead(book, head) {
      await all.positions.updateOne({ _id: book, head: { $lt: head } }, { $set: { head } });
    },
    async collectGarbage(book, olderThan, signal) {
      await notes.flush();
      return collectGarbage(all, book, olderThan, signal);
    },
    async close() {
      await notes.flush().catch(() => undefined);
      await client.close();
    },
  };
}
