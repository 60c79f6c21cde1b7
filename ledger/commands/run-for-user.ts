// The wrapper of commands that are about no book yet, or about oneself: parse, lock the user's row, find the receipt,
// decide and write, keep the receipt: one READ COMMITTED transaction.
import type pg from 'pg';
import type { z } from 'zod';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { type AccessChange, type Answer, type Notify, Refused, type Run } from './answer.ts';
import { earlierAnswer, keepReceipt, receiptOf } from './command-receipts.ts';
import { inTransaction } from './in-transaction.ts';
import { parseInput } from './parse-input.ts';

interface Done<Result> {
  /** Position of the book's last event, 0 when no book is concerned. */
  readonly position?: number;
  readonly result: Result;
  /** What the receipt keeps in place of `result`, when that holds a secret shown once. */
  readonly kept?: Result;
  readonly access?: AccessChange;
}

export interface OwnUseCase<Input, Result> {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Whether a repeated command gets its first answer; off where a receipt would have to remember a password. */
  readonly receipt: boolean;
  run(client: pg.ClientBase, userId: number, input: Input): Promise<Done<Result>>;
}

/** Makes a command of a use case about the actor. */
export const forUser =
  <Input, Result>(
    store: LedgerStore,
    notify: Notify,
    useCase: OwnUseCase<Input, Result>,
  ): Run<Result> =>
  async (call, raw) => {
    const parsed = parseInput(useCase.input, raw, call.commandId);
    if ('refusal' in parsed) return { ok: false, refusal: parsed.refusal };
    const { actor } = call;
    const receipt = receiptOf({ actor, commandId: call.commandId }, useCase.name, parsed.input);
    const { answer, done } = await inTransaction(store, call.dryRun === true, async (client) => {
      await client.query('select from users where id = $1 for update', [actor.userId]);
      const earlier = useCase.receipt ? await earlierAnswer<Result>(client, receipt) : null;
      if (earlier) return { answer: earlier };
      const outcome = await attempt(client, useCase, actor.userId, parsed.input);
      const { answer, done } = outcome;
      if (useCase.receipt) {
        const kept = answer.ok && done?.kept ? { ...answer, result: done.kept } : answer;
        await keepReceipt(client, receipt, kept);
      }
      return outcome;
    });
    if (done && !call.dryRun) {
      if (done.access) notify.accessChanged(done.access);
      for (const book of done.access?.bookIds ?? []) notify.bookChanged(book);
    }
    return answer;
  };

async function attempt<Input, Result>(
  client: pg.ClientBase,
  useCase: OwnUseCase<Input, Result>,
  userId: number,
  input: Input,
): Promise<{ answer: Answer<Result>; done?: Done<Result> }> {
  await client.query('savepoint decision');
  try {
    const done = await useCase.run(client, userId, input);
    const { position = 0, result } = done;
    return { answer: { ok: true, position, replayed: false, result }, done };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await client.query('rollback to savepoint decision');
    return { answer: { ok: false, refusal: error.refusal } };
  }
}
