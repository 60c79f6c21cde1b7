// Every command of the ledger, put together over one store. What to wake after a commit is passed in.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { Notify } from './answer.ts';

export type { Actor, Answer, CommandCall, Notify } from './answer.ts';

export const createCommands = (_store: LedgerStore, _notify: Notify) => ({});

export type LedgerCommands = ReturnType<typeof createCommands>;
