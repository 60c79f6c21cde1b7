// Receipts of commands: the same command id with the same content gets the first answer again, a refusal too.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Answer, CommandCall } from './answer.ts';

export interface Receipt {
  /** Within which command ids are unique: a book, or a person's own commands. */
  readonly scope: string;
  readonly commandId: string;
  readonly payloadHash: Buffer;
}

/** What was kept of a command. */
export interface KeptAnswer<Result> {
  readonly payloadHash: Buffer;
  readonly answer: Answer<Result>;
}

/** @param name of the command @param input as parsed, so that equal meaning is equal content */
export function receiptOf(call: CommandCall, name: string, input: unknown): Receipt {
  const { actor, book, commandId } = call;
  const payload = JSON.stringify([name, actor.userId, input]);
  return {
    scope: book === undefined ? `user:${actor.userId}` : `book:${book}`,
    commandId,
    payloadHash: createHash('sha256').update(payload).digest(),
  };
}

/** The kept answers to commands of one scope, by command id. */
export async function keptAnswers<Result>(
  client: pg.ClientBase,
  scope: string,
  commandIds: readonly string[],
): Promise<Map<string, KeptAnswer<Result>>> {
  const { rows } = await client.query<{ id: string } & KeptAnswer<Result>>({
    name: 'kept-answers',
    text: `select command_id as id, payload_hash as "payloadHash", answer
           from command_receipts where scope = $1 and command_id = any($2)`,
    values: [scope, commandIds],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The answer to a command that was given before. Refuses an id that was used for something else. */
export function answerAgain<Result>(
  { payloadHash, answer }: KeptAnswer<Result>,
  receipt: Receipt,
): Answer<Result> {
  if (!payloadHash.equals(receipt.payloadHash)) {
    return { ok: false, refusal: { code: 'command-id-reused' } };
  }
  return answer.ok ? { ...answer, replayed: true } : answer;
}

/** The answer that this command was given before, or null. */
export async function earlierAnswer<Result>(
  client: pg.ClientBase,
  receipt: Receipt,
): Promise<Answer<Result> | null> {
  const { scope, commandId } = receipt;
  const kept = (await keptAnswers<Result>(client, scope, [commandId])).get(commandId);
  return kept ? answerAgain(kept, receipt) : null;
}

/** Keeps the answers to commands of one scope. */
export async function keepReceipts(
  client: pg.ClientBase,
  scope: string,
  answers: ReadonlyMap<string, KeptAnswer<unknown>>,
): Promise<void> {
  const kept = [...answers.values()];
  await client.query({
    name: 'keep-receipts',
    text: `insert into command_receipts (scope, command_id, payload_hash, answer)
           select $1, row.* from unnest($2::text[], $3::bytea[], $4::jsonb[]) as row`,
    values: [
      scope,
      [...answers.keys()],
      kept.map((one) => one.payloadHash),
      kept.map((one) => JSON.stringify(one.answer)),
    ],
  });
}

export const keepReceipt = (
  client: pg.ClientBase,
  { scope, commandId, payloadHash }: Receipt,
  answer: Answer<unknown>,
): Promise<void> => keepReceipts(client, scope, new Map([[commandId, { payloadHash, answer }]]));
