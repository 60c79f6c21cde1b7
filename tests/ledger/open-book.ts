// A real ledger for one test file: an owner, a book with a few accounts, and its commands and queries.
import { randomUUID } from 'node:crypto';
import { createUser } from '#ledger/commands/create-user.ts';
import {
  type Answer,
  type CommandCall,
  createCommands,
  type LedgerCommands,
} from '#ledger/commands/ledger-commands.ts';
import { createQueries, type LedgerQueries } from '#ledger/queries/ledger-queries.ts';
import { connectLedger, type LedgerStore } from '#ledger/store/connect-ledger.ts';
import { type Rig, startRig } from '#tests/rig/start-rig.ts';

export interface OpenBook {
  readonly rig: Rig;
  readonly store: LedgerStore;
  readonly commands: LedgerCommands;
  readonly queries: LedgerQueries;
  readonly bookId: number;
  readonly ownerId: number;
  /** A call by the owner, or by somebody else, with an id of its own or the one given. */
  call(commandId?: string, userId?: number): CommandCall;
  stop(): Promise<void>;
}

export const CHART = [
  ['1000', 'Bank', 'Assets:Bank', 'asset'],
  ['1100', 'Debtors', 'Assets:Debtors', 'asset'],
  ['2000', 'Creditors', 'Liabilities:Creditors', 'liability'],
  ['3000', 'Capital', 'Equity:Capital', 'equity'],
  ['4000', 'Sales', 'Income:Sales', 'income'],
  ['5000', 'Rent', 'Expenses:Rent', 'expense'],
] as const;

export async function openBook(settings: Record<string, string> = {}): Promise<OpenBook> {
  const rig = await startRig();
  const store = connectLedger({ url: rig.databaseUrl, poolSize: 12 });
  const silent = () => undefined;
  const notify = {
    bookChanged: silent,
    accessChanged: silent,
    importChanged: silent,
    importProgressed: silent,
  };
  const commands = createCommands(store, notify);
  const ownerId = await createUser(store, {
    email: 'owner@example.org',
    name: 'Olive Owner',
    password: 'a long password',
  });
  const actor = { userId: ownerId, via: 'session' } as const;
  const made = accepted(
    await commands.createBook(
      { actor, commandId: randomUUID() },
      {
        name: 'Test Ltd',
        slug: 'test',
        baseCurrency: 'EUR',
        startDate: '2026-01-01',
        firstYearEnd: '2026-12-31',
        chart: 'empty',
        ...settings,
      },
    ),
  );
  const call = (commandId: string = randomUUID(), userId = ownerId): CommandCall => ({
    actor: { userId, via: 'session' },
    book: made.id,
    commandId,
  });
  for (const [code, name, path, type] of CHART) {
    accepted(await commands.openAccount(call(), { code, name, path, type }));
  }
  return {
    rig,
    store,
    commands,
    queries: createQueries(store),
    bookId: made.id,
    ownerId,
    call,
    async stop() {
      await store.close();
      await rig.stop();
    },
  };
}

/** The result of an answer that must be a yes. */
export function accepted<Result>(answer: Answer<Result>): Result {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.result;
}

/** An entry of two lines: debit, credit, amount. */
export const twoLines = (date: string, debit: string, credit: string, amount: string) => ({
  date,
  description: `${debit} to ${credit}`,
  lines: [
    { account: debit, side: 'debit', amount },
    { account: credit, side: 'credit', amount },
  ],
});
