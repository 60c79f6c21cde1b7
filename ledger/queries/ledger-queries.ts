// Every look-up on the relational snapshot that the entry screens and the API use, put together over one store.
import type { Month } from '#ledger/domain/calendar.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { accountLedger, lastMonthOf } from './account-ledger.ts';
import { accountBalances, chart } from './accounts.ts';
import {
  accessOfUser,
  apiKeyByHash,
  bookById,
  bookBySlug,
  bookHead,
  layouts,
  sealedThrough,
  verifyPassword,
} from './books.ts';
import { budget } from './budget.ts';
import { entryByNumber, type JournalFilter, journal } from './entries.ts';
import { lastEntryDate, likelyDouble, suggestions } from './entry-help.ts';
import { groupMembers } from './group-members.ts';
import { type HistoryFilter, history, peopleOfHistory } from './history.ts';
import { importById, imports } from './imports.ts';
import { dimensions, parties, taxCodes } from './line-facts.ts';
import { apiKeysOf, membersOf } from './members.ts';
import { rates, roundingAccount, units } from './units.ts';

export const createQueries = (store: LedgerStore) => ({
  bookBySlug: (slug: string) => bookBySlug(store, slug),
  bookById: (id: number) => bookById(store, id),
  bookHead: (id: number, shown: number) => bookHead(store, id, shown),
  accessOfUser: (user: number) => accessOfUser(store, user),
  apiKeyByHash: (hash: string) => apiKeyByHash(store, hash),
  verifyPassword: (email: string, password: string) => verifyPassword(store, email, password),
  membersOf: (book: number) => membersOf(store, book),
  apiKeysOf: (user: number, book?: number) => apiKeysOf(store, user, book),
  chart: (book: number) => chart(store, book),
  accountBalances: (book: number) => accountBalances(store, book),
  entryByNumber: (book: number, number: number) => entryByNumber(store, book, number),
  journal: (book: number, filter: JournalFilter) => journal(store, book, filter),
  accountLedger: (book: number, code: string, range: Parameters<typeof accountLedger>[3]) =>
    accountLedger(store, book, code, range),
  lastMonthOf: (book: number, account: number) => lastMonthOf(store, book, account),
  suggestions: (book: number, text: string) => suggestions(store, book, text),
  lastEntryDate: (book: number) => lastEntryDate(store, book),
  likelyDouble: (book: number, reference: string, total: bigint) =>
    likelyDouble(store, book, reference, total),
  history: (book: number, filter: HistoryFilter) => history(store, book, filter),
  peopleOfHistory: (book: number) => peopleOfHistory(store, book),
  parties: (book: number) => parties(store.pool, book),
  dimensions: (book: number) => dimensions(store.pool, book),
  taxCodes: (book: number) => taxCodes(store.pool, book),
  budget: (book: number, from: Month, to: Month) => budget(store, book, from, to),
  groupMembers: (book: number) => groupMembers(store, book),
  layouts: (book: number) => layouts(store, book),
  units: (book: number) => units(store, book),
  sealedThrough: (book: number) => sealedThrough(store, book),
  roundingAccount: (book: number) => roundingAccount(store, book),
  rates: (book: number, page: number) => rates(store, book, page),
  imports: (book: number) => imports(store, book),
  importById: (book: number, id: number) => importById(store, book, id),
});

export type LedgerQueries = ReturnType<typeof createQueries>;
