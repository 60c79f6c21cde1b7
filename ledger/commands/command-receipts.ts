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

/** The answer that this command was given before, or null. Refuses an id that was used for something else. */
export async function earlierAnswer<Result>(
  client: pg.ClientBase,
  { scope, commandId, payloadHash }: Receipt,
): Promise<Answer<Result> | null> {
  const found = await client.query<{ payload_hash: Buffer; answer: Answer<Result> }>(
    'select payload_hash, answer from command_receipts where scope = $1 and command_id = $2',
    [scope, commandId],
  );
  const row = found.rows[0];
  if (!row) return null;
  if (!row.payload_hash.equals(payloadHash)) {
    return { ok: false, refusal: { code: 'command-id-reused' } };
  }
  return row.answer.ok ? { ...row.answer, replayed: true } : row.answer;
}

export async function keepReceipt(
  client: pg.ClientBase,
  { scope, commandId, payloadHash }: Receipt,
  answer: Answer<unknown>,
): Promise<void> {
  await client.query(
    'insert into command_receipts (scope, command_id, payload_hash, answer) values ($1, $2, $3, $4)',
    [scope, commandId, payloadHash, answer],
  );
}
