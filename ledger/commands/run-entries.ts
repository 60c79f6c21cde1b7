// The wrapper of posting and reversing: a group of commands of one book, decided one after another against one state in
// memory and written together: one READ COMMITTED transaction, one append, one commit (design §5). The answers are those
// that the commands would have got one by one.
import type pg from 'pg';
import type { z } from 'zod';
import type { JournalEntry } from '#ledger/domain/journal-entry.ts';
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';
import { appendAuthored } from '#ledger/store/append-events.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import { type EntryRow, entryStatements } from '#ledger/store/insert-entries.ts';
import { type Answer, type Notify, Refused, type Run } from './answer.ts';
import type { BookTurns } from './book-turns.ts';
import {
  answerAgain,
  type KeptAnswer,
  keepReceipts,
  keptAnswers,
  type Receipt,
  receiptOf,
} from './command-receipts.ts';
import { entryEvent } from './entry-event.ts';
import { type EntryNeeds, type EntryState, GroupState, loadKnown } from './entry-state.ts';
import { inPipelinedTransaction, NotConnected, type Sent } from './in-transaction.ts';
import { parseInput } from './parse-input.ts';
import { type LockedBook, lockBook } from './run-in-book.ts';

/** What posting and reversing answer with: the new entry's number. */
export interface Numbered {
  readonly number: number;
}

/** A use case that makes one entry. */
export interface EntryUseCase<Input> {
  readonly name: string;
  readonly action: Action;
  readonly input: z.ZodType<Input>;
  /** What has to be read before it can be decided. */
  needs(input: Input): EntryNeeds;
  /** Lines to write, as far as they are known. */
  lines(input: Input): number;
  /** Pure. Refuses by `refuse`. */
  decide(state: EntryState, input: Input): JournalEntry;
}

/** A parsed command that waits for its turn. */
export interface EntryCommand {
  readonly userId: number;
  readonly action: Action;
  readonly receipt: Receipt;
  readonly needs: EntryNeeds;
  readonly lines: number;
  decide(state: EntryState): JournalEntry;
}

/** Makes a command of a use case. */
export const asEntry =
  <Input>(
    store: LedgerStore,
    notify: Notify,
    turns: BookTurns<EntryCommand, Answer<Numbered>>,
    useCase: EntryUseCase<Input>,
  ): Run<Numbered> =>
  async (call, raw) => {
    const parsed = parseInput(useCase.input, raw, call.commandId);
    if ('refusal' in parsed) return { ok: false, refusal: parsed.refusal };
    const { input } = parsed;
    const book = call.book ?? 0;
    const command: EntryCommand = {
      userId: call.actor.userId,
      action: useCase.action,
      receipt: receiptOf(call, useCase.name, input),
      needs: useCase.needs(input),
      lines: useCase.lines(input),
      decide: (state) => useCase.decide(state, input),
    };
    if (call.dryRun) {
      // Rolled back, so never beside a command that is not.
      return turns.alone(book, async () => {
        return (await runOnce(store, true, book, [command]))[0]!;
      });
    }
    const answer = await turns.together(book, command);
    if (answer.ok && !answer.replayed) notify.bookChanged(book);
    return answer;
  };

/**
 * Runs a group in one transaction. If that fails, its members are tried singly, so that a fault is its own command's
 * alone; a receipt tells a member whose commit went through unheard. Only a database that takes no connection is
 * everybody's fault at once: 128 waits for it, one after the other, would help nobody.
 */
export async function runEntries(
  store: LedgerStore,
  book: number,
  commands: readonly EntryCommand[],
): Promise<PromiseSettledResult<Answer<Numbered>>[]> {
  try {
    const answers = await runOnce(store, false, book, commands);
    return answers.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (commands.length === 1 || reason instanceof NotConnected) {
      return commands.map(() => ({ status: 'rejected', reason }));
    }
  }
  const outcomes: PromiseSettledResult<Answer<Numbered>>[] = [];
  for (const command of commands) {
    const last = outcomes.at(-1);
    const away = last?.status === 'rejected' && last.reason instanceof NotConnected;
    outcomes.push(...(away ? [last] : await runEntries(store, book, [command])));
  }
  return outcomes;
}

const runOnce = (
  store: LedgerStore,
  dryRun: boolean,
  book: number,
  commands: readonly EntryCommand[],
): Promise<Answer<Numbered>[]> =>
  inPipelinedTransaction(store, dryRun, (client, begun) => runGroup(client, begun, book, commands));

/** All that is read is asked for at once: carried out in this order, the book is locked before the rest is looked at. */
async function runGroup(
  client: pg.ClientBase,
  begun: Promise<unknown>,
  bookId: number,
  commands: readonly EntryCommand[],
): Promise<Sent<Answer<Numbered>[]>> {
  const { scope } = commands[0]!.receipt;
  const ids = commands.map(({ receipt }) => receipt.commandId);
  const [, book, callers, kept, known] = await Promise.all([
    begun,
    lockBook(client, bookId),
    loadCallers(client, bookId, commands),
    keptAnswers<Numbered>(client, scope, ids),
    loadKnown(
      client,
      bookId,
      commands.map(({ needs }) => needs),
    ),
  ]);
  if (!book) {
    const nobodys = { ok: false, refusal: { code: 'book-not-found' } } as const;
    return { result: commands.map(() => nobodys), writes: [] };
  }
  const state = new GroupState(book, known);
  const { answers, fresh, rows } = decideGroup({ book, commands, ...callers, kept, state });
  const writes = rows.length > 0 ? [write(client, book, rows)] : [];
  if (fresh.size > 0) writes.push(keepReceipts(client, scope, fresh));
  return { result: answers, writes };
}

interface Callers {
  readonly roles: Readonly<Record<string, Role>>;
  /** Reserved ids, one for each command; those of refused ones are never used. */
  readonly entryIds: readonly string[];
}

async function loadCallers(
  client: pg.ClientBase,
  book: number,
  commands: readonly EntryCommand[],
): Promise<Callers> {
  const users = [...new Set(commands.map(({ userId }) => userId))];
  const { rows } = await client.query<Callers>({
    name: 'entry-callers',
    text: `
      select (select coalesce(jsonb_object_agg(user_id, role), '{}') from memberships
              where book_id = $1 and user_id = any($2::int[])) as roles,
        array(select nextval('journal_entries_id_seq')::text from generate_series(1, $3::int)) as "entryIds"`,
    values: [book, users, commands.length],
  });
  return rows[0]!;
}

interface Group extends Callers {
  readonly book: LockedBook;
  readonly commands: readonly EntryCommand[];
  /** Receipts of earlier transactions, by command id. */
  readonly kept: ReadonlyMap<string, KeptAnswer<Numbered>>;
  readonly state: GroupState;
}

/** Decides the members in their order. A later one sees what an earlier one did, its receipt included. */
function decideGroup({ book, commands, entryIds, kept, roles, state }: Group) {
  const rows: EntryRow[] = [];
  const fresh = new Map<string, KeptAnswer<Numbered>>();
  const answers = commands.map((command, index): Answer<Numbered> => {
    const { action, receipt, userId } = command;
    const { commandId, payloadHash } = receipt;
    const role = roles[userId];
    if (!role) return { ok: false, refusal: { code: 'book-not-found' } };
    if (!isPermitted(role, action)) {
      return { ok: false, refusal: { code: 'not-permitted', action } };
    }
    const earlier = kept.get(commandId) ?? fresh.get(commandId);
    if (earlier) return answerAgain(earlier, receipt);
    const position = book.head + rows.length + 1;
    const row = decideOne(command, state, { id: entryIds[index]!, position });
    const answer: Answer<Numbered> =
      'code' in row
        ? { ok: false, refusal: row }
        : { ok: true, position, replayed: false, result: { number: row.entry.number } };
    if ('entry' in row) rows.push(row);
    fresh.set(commandId, { payloadHash, answer });
    return answer;
  });
  return { answers, fresh, rows };
}

/** @returns the entry as it will be written, or the refusal */
function decideOne(
  command: EntryCommand,
  state: GroupState,
  { id, position }: { id: string; position: number },
): EntryRow | Refused['refusal'] {
  try {
    const entry = command.decide(state);
    const original = entry.reverses === null ? undefined : state.originals.get(entry.reverses);
    state.add(entry, id);
    return { id, position, userId: command.userId, entry, reversesId: original?.id ?? null };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** Sends all that is written; nothing is awaited in between. */
async function write(
  client: pg.ClientBase,
  book: LockedBook,
  rows: readonly EntryRow[],
): Promise<void> {
  const events = rows.map(({ entry, userId }) => ({ event: entryEvent(entry), userId }));
  const head = { position: book.head, hash: book.head_hash };
  const lastNumber = rows.at(-1)?.entry.number ?? null;
  await Promise.all([
    appendAuthored(client, book.id, head, events, lastNumber),
    ...entryStatements(book.id, rows).map((statement) => client.query(statement)),
  ]);
}
