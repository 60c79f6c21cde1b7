// What every process that runs commands holds: the ledger, the documents, the queue, and what is told after a commit.

import type { Logger } from 'pino';
import type { Notify } from '#ledger/commands/answer.ts';
import { createCommands, type LedgerCommands } from '#ledger/commands/ledger-commands.ts';
import { createQueries, type LedgerQueries } from '#ledger/queries/ledger-queries.ts';
import { connectLedger, type LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import { noteLate } from '#workers/note-late.ts';
import { copyAccess, copyImport } from '#workers/recompute-access.ts';
import { openWakeUps, type WakeUps } from '../queue/wake-ups.ts';

export interface LedgerAddresses {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName?: string;
  readonly redisUrl?: string | undefined;
}

export interface LedgerSide {
  readonly store: LedgerStore;
  readonly documents: Documents;
  readonly notify: Notify;
  readonly commands: LedgerCommands;
  readonly queries: LedgerQueries;
  /** Wake-ups in the queue. */
  readonly wakeUpDepth: WakeUps['depth'];
  close(): Promise<void>;
}

const POOL_SIZE = 20;

/** Opens all of it. Faults of the queue or of the copies are logged: the sweeper makes up for them. */
export async function openLedgerSide(at: LedgerAddresses, log: Logger): Promise<LedgerSide> {
  const fault = (err: unknown, what: string) => log.warn({ err, what }, 'left to the sweeper');
  const store = connectLedger({ url: at.databaseUrl, poolSize: POOL_SIZE });
  const { mongoUrl: url, dbName } = at;
  const documents = await openDocuments({ url, ...(dbName === undefined ? {} : { dbName }) });
  const wakeUps = openWakeUps({ databaseUrl: at.databaseUrl, redisUrl: at.redisUrl, fault });
  const copies = { store, documents };
  const late = noteLate({ ...copies, fault: (err) => fault(err, 'note of late documents') });
  const copy = (importId: number) => {
    copyImport(copies, importId).catch((err: unknown) => fault(err, 'copy of an import'));
  };
  const notify: Notify = {
    bookChanged(book) {
      wakeUps.wake('book', book);
      late.changed(book);
    },
    accessChanged: (change) => {
      copyAccess(copies, change).catch((err: unknown) => fault(err, 'copy of access'));
    },
    importChanged: (importId) => {
      wakeUps.wake('import', importId);
      copy(importId);
    },
    importProgressed: copy,
  };
  return {
    store,
    documents,
    notify,
    commands: createCommands(store, notify),
    queries: createQueries(store),
    wakeUpDepth: wakeUps.depth,
    async close() {
      late.close();
      await wakeUps.close();
      await documents.close();
      await store.close();
    },
  };
}
