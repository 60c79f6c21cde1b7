// The commands that fill the demo, and how they are run: a refusal is a fault of the demo.
export interface DemoCall {
  readonly actor: { readonly userId: number; readonly via: 'system' };
  readonly book?: number;
  readonly commandId: string;
}
type Answer<R> =
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly refusal: { readonly code: string } };
export type DemoCommand<R> = (call: DemoCall, input: unknown) => Promise<Answer<R>>;

/** The commands that a fill needs: a part of `LedgerCommands`. */
export interface DemoCommands {
  readonly createBook: DemoCommand<{ id: number; slug: string }>;
  readonly changeBookSettings: DemoCommand<unknown>;
  readonly openAccount: DemoCommand<unknown>;
  readonly startImport: DemoCommand<{ id: number }>;
  readonly reverseEntry: DemoCommand<unknown>;
  readonly recordRates: DemoCommand<unknown>;
  readonly addParty: DemoCommand<unknown>;
  readonly defineDimension: DemoCommand<unknown>;
  readonly addDimensionValue: DemoCommand<unknown>;
  readonly defineTaxCode: DemoCommand<unknown>;
  readonly setTaxRate: DemoCommand<unknown>;
  readonly designateAccount: DemoCommand<unknown>;
  readonly classifyAccount: DemoCommand<unknown>;
  readonly tagAccount: DemoCommand<unknown>;
  readonly setStatementLayout: DemoCommand<unknown>;
  readonly postJournalEntry: DemoCommand<unknown>;
  readonly revalueCurrencies: DemoCommand<unknown>;
  readonly copyBudget: DemoCommand<unknown>;
  readonly setBudget: DemoCommand<unknown>;
  readonly closeYear: DemoCommand<unknown>;
  readonly lockThrough: DemoCommand<unknown>;
  readonly reopenDates: DemoCommand<unknown>;
  readonly addMember: DemoCommand<unknown>;
  readonly addGroupMember: DemoCommand<unknown>;
  readonly issueApiKey: DemoCommand<{ key: string }>;
}

/** The result of a command. @throws when it is refused */
export async function run<R>(command: DemoCommand<R>, call: DemoCall, input: unknown): Promise<R> {
  const answer = await command(call, input);
  if (answer.ok) return answer.result;
  throw new Error(
    `The demo could not be filled: ${call.commandId} was refused, ${answer.refusal.code}`,
  );
}
