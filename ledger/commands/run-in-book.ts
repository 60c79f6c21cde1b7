// The wrapper of every command in a book that makes no entry: lock the book's row, find the receipt, authorise, decide,
// append, apply, write the receipt, move the head: one READ COMMITTED transaction (design §5), in its turn.
import type pg from 'pg';
import type { z } from 'zod';
import { type CalendarDate, todayIn } from '#ledger/domain/calendar.ts';
import type { CurrencyCode } from '#ledger/domain/currency.ts';
import type { DateFacts } from '#ledger/domain/decide-entry.ts';
import { changesPresentation, type LedgerEvent } from '#ledger/domain/events.ts';
import { type Action, isPermitted, type Role } from '#ledger/domain/permissions.ts';
import { appendEvents } from '#ledger/store/append-events.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import {
  type AccessChange,
  type Answer,
  type CommandCall,
  type Notify,
  Refused,
  type Run,
} from './answer.ts';
import type { BookTurns } from './book-turns.ts';
import { earlierAnswer, keepReceipt, receiptOf } from './command-receipts.ts';
import { inTransaction } from './in-transaction.ts';
import { parseInput } from './parse-input.ts';

/** The book as it stands under its lock. */
export interface LockedBook {
  readonly id: number;
  readonly base_currency: CurrencyCode;
  readonly start_date: CalendarDate;
  readonly first_year_end: CalendarDate;
  readonly locked_through: CalendarDate | null;
  readonly sealed_through: CalendarDate | null;
  readonly time_zone: string;
  readonly last_number: number;
  readonly head: number;
  readonly head_hash: Buffer;
}

/** What a use case decided: its events, the rows they change, and the answer. */
export interface Decision<Result> {
  readonly events: readonly LedgerEvent[];
  readonly result: Result;
  /** What the receipt keeps in place of `result`, when that holds a secret shown once. */
  readonly kept?: Result;
  readonly access?: AccessChange;
  /** An import that a worker has something to do for now. */
  readonly importId?: number;
  /**
   * Writes the events to the relational snapshot.
   * @param position of the first event
   * @param userId whose command it is
   */
  apply(client: pg.ClientBase, position: number, userId: number): Promise<void>;
}

/** One use case: what it takes, who may, and what it decides under the book's lock. */
export interface UseCase<Input, Result> {
  readonly name: string;
  readonly action: Action;
  readonly input: z.ZodType<Input>;
  /** @param userId whose command it is */
  decide(
    client: pg.ClientBase,
    book: LockedBook,
    input: Input,
    userId: number,
  ): Promise<Decision<Result>>;
}

/** An answer, what the receipt keeps of it, and whose copies it made outdated. */
interface Outcome<Result> {
  readonly answer: Answer<Result>;
  readonly kept?: Answer<Result>;
  readonly access?: AccessChange | undefined;
  readonly importId?: number | undefined;
}

// Not `for update`: an import's staged rows hold the book's key by their foreign key, and who posts must not wait for it.
const LOCK_BOOK = `
  select id, base_currency, start_date::text, first_year_end::text, locked_through::text, sealed_through::text, time_zone,
    last_number, head, head_hash
  from books where id = $1 for no key update`;

/** Locks the book's row until the transaction ends. @returns undefined when there is no such book */
export async function lockBook(
  client: pg.ClientBase,
  book: number | undefined,
): Promise<LockedBook | undefined> {
  const query = { name: 'lock-book', text: LOCK_BOOK, values: [book] };
  return (await client.query<LockedBook>(query)).rows[0];
}

/** What the dates of an entry are held against. */
export const dateFacts = (book: LockedBook): DateFacts => ({
  startDate: book.start_date,
  lockedThrough: book.locked_through,
  today: todayIn(book.time_zone, Date.now()),
});

/** Makes a command of a use case. */
export const inBook =
  <Input, Result>(
    store: LedgerStore,
    notify: Notify,
    turns: Pick<BookTurns<never, never>, 'alone'>,
    useCase: UseCase<Input, Result>,
  ): Run<Result> =>
  async (call, raw) => {
    const parsed = parseInput(useCase.input, raw, call.commandId);
    if ('refusal' in parsed) return { ok: false, refusal: parsed.refusal };
    const { answer, access, importId } = await turns.alone(call.book ?? 0, () =>
      inTransaction(store, call.dryRun === true, (client) =>
        work(client, useCase, call, parsed.input),
      ),
    );
    if (answer.ok && !answer.replayed && !call.dryRun) {
      notify.bookChanged(call.book ?? 0);
      if (access) notify.accessChanged(access);
      if (importId !== undefined) notify.importChanged(importId);
    }
    return answer;
  };

async function work<Input, Result>(
  client: pg.ClientBase,
  useCase: UseCase<Input, Result>,
  call: CommandCall,
  input: Input,
): Promise<Outcome<Result>> {
  const book = await lockBook(client, call.book);
  const role = await roleOf(client, call);
  if (!book || !role) return { answer: { ok: false, refusal: { code: 'book-not-found' } } };
  if (!isPermitted(role, useCase.action)) {
    return { answer: { ok: false, refusal: { code: 'not-permitted', action: useCase.action } } };
  }
  const receipt = receiptOf(call, useCase.name, input);
  const earlier = await earlierAnswer<Result>(client, receipt);
  if (earlier) return { answer: earlier };
  const outcome = await decideAndApply(client, useCase, call, book, input);
  await keepReceipt(client, receipt, outcome.kept ?? outcome.answer);
  return outcome;
}

async function decideAndApply<Input, Result>(
  client: pg.ClientBase,
  useCase: UseCase<Input, Result>,
  call: CommandCall,
  book: LockedBook,
  input: Input,
): Promise<Outcome<Result>> {
  // A refusal leaves no trace but its receipt.
  await client.query('savepoint decision');
  try {
    const { events, result, kept, access, importId, apply } = await useCase.decide(
      client,
      book,
      input,
      call.actor.userId,
    );
    const head = await appendEvents(
      client,
      book.id,
      call.actor.userId,
      { position: book.head, hash: book.head_hash },
      events,
    );
    await apply(client, book.head + 1, call.actor.userId);
    if (events.some(changesPresentation)) {
      await client.query('update books set presentation_position = head where id = $1', [book.id]);
    }
    const answer = { ok: true, position: head.position, replayed: false, result } as const;
    return { answer, access, importId, ...(kept && { kept: { ...answer, result: kept } }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await client.query('rollback to savepoint decision');
    return { answer: { ok: false, refusal: error.refusal } };
  }
}

async function roleOf(client: pg.ClientBase, call: CommandCall): Promise<Role | undefined> {
  const found = await client.query<{ role: Role }>(
    'select role from memberships where book_id = $1 and user_id = $2',
    [call.book, call.actor.userId],
  );
  return found.rows[0]?.role;
}
