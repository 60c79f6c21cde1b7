// Commands that wait for one book share a transaction, and nobody can tell: any sequence of commands, sent in bursts,
// leaves the same book and gives the same answers as the same sequence sent one by one to another book.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '#ledger/commands/create-user.ts';
import { createCommands } from '#ledger/commands/ledger-commands.ts';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { createFaults } from './database-faults.ts';
import { bookContent, newBook, type Step, send } from './group-steps.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
let clerk: number;
beforeAll(async () => {
  book = await openBook();
  const person = { email: 'clerk@example.org', name: 'Clerk', password: 'a long password' };
  clerk = await createUser(book.store, person);
  await createFaults(book.rig.databaseUrl);
});
afterAll(() => book?.stop());

/** Mostly what goes well, so that a sequence gets somewhere; now and then one of the others. */
const mostly = <Value>(usual: readonly Value[], others: readonly Value[], weight = 15) =>
  fc.oneof(
    { weight, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
const code = mostly(['1000', '1100'], ['5000', '7000', 'none']);
const who = mostly(['owner', 'clerk'], ['nobody']);
/** Few ids, so that they come again, with the same content and with another. */
const id = fc.oneof({ weight: 4, arbitrary: fc.uuid() }, fc.constantFrom('a', 'b', 'c'));
const post = fc.record({
  do: fc.constant('post' as const),
  id,
  who,
  dryRun: mostly([false], [true]),
  debit: code,
  credit: mostly(['4000', '2000'], ['1000', '7000', 'none']),
  // Two of the large ones on one side of an account are too much.
  amount: mostly(['1.00', '2.50', '2.50', '6000000000000000.00'], ['0', '1.234']),
  date: mostly(['2026-02-01', '2026-03-15'], ['2026-01-31', '2025-01-01', '2026-02-30']),
  memo: mostly([''], ['fault', 'flaky', 'always-retry', 'cut-connection'], 80),
});
const reversal = fc.record({
  do: fc.constant('reverse' as const),
  id,
  who,
  number: fc.integer({ min: 1, max: 12 }),
  date: fc.constantFrom(null, null, '2026-03-20'),
});
const other = fc.record({
  do: fc.constantFrom('open' as const, 'close' as const, 'lock' as const, 'role' as const),
  id,
  who,
  code,
  date: fc.constantFrom(null, '2026-01-31', '2026-02-01'),
  role: fc.constantFrom('accountant', 'manager'),
});
const steps: fc.Arbitrary<(Step & { pause: boolean })[]> = fc.array(
  fc
    .tuple(
      fc.oneof(
        { weight: 12, arbitrary: post },
        { weight: 3, arbitrary: reversal },
        { weight: 1, arbitrary: other },
      ),
      fc.integer({ min: 0, max: 14 }),
    )
    .map(([step, chance]) => ({ ...step, pause: chance === 0 })),
  { minLength: 5, maxLength: 60 },
);

const CUT = /57P01|EPIPE|ECONNRESET|Connection terminated/;

/** A connection that is cut is heard of by what was being read or written at that moment. */
function heard(outcome: PromiseSettledResult<unknown>): unknown {
  if (outcome.status === 'fulfilled') return outcome;
  const { code, message } = outcome.reason as { code?: string; message: string };
  return CUT.test(`${code} ${message}`) ? 'the connection was cut' : outcome;
}

test('in bursts as one by one: answers, events, numbers, balances, receipts', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const [together, singly] = [await newBook(book), await newBook(book)];
      const answers: Promise<PromiseSettledResult<unknown>[]>[] = [];
      for (const step of sequence) {
        answers.push(Promise.allSettled([send(book, together, step, clerk)]));
        if (step.pause) await Promise.all(answers);
      }
      const wanted: PromiseSettledResult<unknown>[] = [];
      for (const step of sequence) {
        wanted.push(...(await Promise.allSettled([send(book, singly, step, clerk)])));
      }
      expect((await Promise.all(answers)).flat().map(heard)).toEqual(wanted.map(heard));
      expect(await bookContent(book, together)).toEqual(await bookContent(book, singly));
    }),
    { numRuns: 40, endOnFailure: true },
  );
  for (const { difference } of await verifyBooks(book.store)) expect(difference).toBeNull();
}, 240_000);

const postMany = (bookId: number, count: number, change: (nth: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, nth) =>
    book.commands.postJournalEntry(
      { ...book.call(), book: bookId },
      { ...twoLines('2026-03-01', '1000', '4000', `${nth + 1}.00`), ...change(nth) },
    ),
  );

/** How many entries each transaction wrote, in order. */
async function groups(bookId: number): Promise<number[]> {
  const { rows } = await book.store.pool.query<{ members: number }>(
    `select count(*)::int as members from events where book_id = $1 and type = 'JournalEntryPosted'
     group by xmin order by min(position)`,
    [bookId],
  );
  return rows.map(({ members }) => members);
}

describe('a turn', () => {
  test('starts at once, and takes at most 128 of those that wait', async () => {
    const id = await newBook(book);
    for (const answer of await Promise.all(postMany(id, 300))) accepted(answer);
    expect(await groups(id)).toEqual([1, 128, 128, 43]);
  });

  test('takes no more lines than it can carry', async () => {
    const id = await newBook(book);
    const lines = Array.from({ length: 4_000 }, (_, nth) => ({
      account: nth % 2 ? '1000' : '4000',
      side: nth % 2 ? 'debit' : 'credit',
      amount: '1',
    }));
    for (const answer of await Promise.all(postMany(id, 6, () => ({ lines })))) accepted(answer);
    expect(await groups(id)).toEqual([1, 2, 2, 1]);
  });

  test('is shared by what waits side by side; a dry run stands alone and leaves nothing', async () => {
    const id = await newBook(book);
    const dry = book.commands.postJournalEntry(
      { ...book.call(), book: id, dryRun: true },
      twoLines('2026-03-01', '1000', '4000', '1.00'),
    );
    const before = postMany(id, 3);
    const locked = book.commands.lockThrough({ ...book.call(), book: id }, { date: '2026-03-01' });
    const after = postMany(id, 2);
    expect(accepted(await dry)).toEqual({ number: 1 });
    for (const answer of await Promise.all(before)) accepted(answer);
    accepted(await locked);
    for (const answer of await Promise.all(after)) {
      expect(answer).toMatchObject({ refusal: { code: 'date-locked' } });
    }
    expect(await groups(id)).toEqual([3]);
  });
});

describe('neighbours', () => {
  test.each(['fault', 'always-retry', 'cut-connection'])(
    'of a command that ends in a %s are posted',
    async (memo) => {
      const id = await newBook(book);
      const poison = twoLines('2026-03-01', '1000', '4000', '1.00').lines.map((asked) => ({
        ...asked,
        memo,
      }));
      const outcomes = await Promise.allSettled(
        postMany(id, 12, (nth) => (nth === 5 ? { lines: poison } : {})),
      );
      expect(outcomes.map(({ status }) => status)).toEqual(
        outcomes.map((_, nth) => (nth === 5 ? 'rejected' : 'fulfilled')),
      );
      const numbers = outcomes.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [accepted(outcome.value).number] : [],
      );
      expect(numbers).toEqual(Array.from({ length: 11 }, (_, nth) => nth + 1));
    },
  );

  test('of a member who is removed while they wait are posted, the member is refused', async () => {
    const id = await newBook(book);
    const call = () => ({ ...book.call(undefined, clerk), book: id });
    const entry = twoLines('2026-03-01', '1000', '4000', '1.00');
    const first = book.commands.postJournalEntry(call(), entry);
    const removed = book.commands.removeMember({ ...book.call(), book: id }, { userId: clerk });
    const late = book.commands.postJournalEntry(call(), entry);
    const [neighbour] = postMany(id, 1);
    accepted(await first);
    accepted(await removed);
    expect(await late).toMatchObject({ refusal: { code: 'book-not-found' } });
    expect(accepted(await neighbour!)).toEqual({ number: 2 });
  });

  test('two processes at once: numbers without a gap, ids once', async () => {
    const id = await newBook(book);
    const store = connectLedger({ url: book.rig.databaseUrl, poolSize: 4 });
    const silent = () => undefined;
    const commands = createCommands(store, {
      bookChanged: silent,
      accessChanged: silent,
      importChanged: silent,
      importProgressed: silent,
    });
    const ids = Array.from({ length: 100 }, () => randomUUID());
    const entry = twoLines('2026-03-01', '1000', '4000', '1.00');
    const answers = await Promise.all(
      ids.flatMap((commandId) => {
        const call = { ...book.call(commandId), book: id };
        return [
          book.commands.postJournalEntry(call, entry),
          commands.postJournalEntry(call, entry),
        ];
      }),
    );
    await store.close();
    const fresh = answers.flatMap((answer) => (answer.ok && !answer.replayed ? [answer] : []));
    const numbers = fresh.map(({ result }) => result.number).sort((a, b) => a - b);
    expect(numbers).toEqual(ids.map((_, nth) => nth + 1));
  });
});

test('while the database takes no connection, all who wait hear it at once', async () => {
  const store = connectLedger({ url: 'postgresql://nobody@127.0.0.1:1/none', poolSize: 2 });
  const silent = () => undefined;
  const notify = {
    bookChanged: silent,
    accessChanged: silent,
    importChanged: silent,
    importProgressed: silent,
  };
  const { postJournalEntry } = createCommands(store, notify);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, () =>
      postJournalEntry(book.call(), twoLines('2026-03-01', '1000', '4000', '1.00')),
    ),
  );
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { cause: { code: 'ECONNREFUSED' } },
    });
  }
  await store.close();
});
