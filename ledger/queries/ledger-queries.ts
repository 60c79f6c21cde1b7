// Every look-up on the relational snapshot that the entry screens and the API use, put together over one store.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { apiKeysOf, membersOf } from './members.ts';

export const createQueries = (store: LedgerStore) => ({
  membersOf: (book: number) => membersOf(store, book),
  apiKeysOf: (user: number) => apiKeysOf(store, user),
});

export type LedgerQueries = ReturnType<typeof createQueries>;
