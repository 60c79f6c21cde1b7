// Days that are locked, opened again by an owner with a reason, and locked for good.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '#ledger/commands/create-user.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
let accountant: number;
beforeAll(async () => {
  book = await openBook();
  const email = 'accountant@example.org';
  const user = { email, name: 'A', password: 'a long password' };
  accountant = await createUser(book.store, user);
  accepted(await book.commands.addMember(book.call(), { email, role: 'accountant' }));
}, 60_000);
afterAll(() => book?.stop());

const by = (user: number) => book.call(randomUUID(), user);
const lock = (date: string, user = book.ownerId) => book.commands.lockThrough(by(user), { date });
const reopen = (date: string | null, reason = 'An invoice came late', user = book.ownerId) =>
  book.commands.reopenDates(by(user), { date, reason });
const seal = (date: string, user = book.ownerId) => book.commands.sealThrough(by(user), { date });
const post = (date: string) =>
  book.commands.postJournalEntry(book.call(), twoLines(date, '1000', '4000', '1.00'));
const refused = (code: string) => ({ ok: false, refusal: { code } });

test('an accountant locks, further on only', async () => {
  expect(await reopen(null)).toMatchObject(refused('nothing-to-reopen'));
  accepted(await lock('2026-02-28', accountant));
  expect(await post('2026-02-28')).toMatchObject(refused('date-locked'));
  expect(await lock('2026-01-31', accountant)).toMatchObject(refused('lock-goes-back'));
  expect(accepted(await lock('2026-02-28', accountant))).toEqual({ lockedThrough: '2026-02-28' });
});

test('an owner alone opens days again, with a reason that stays', async () => {
  expect(await reopen('2026-01-31', 'x', accountant)).toMatchObject(refused('not-permitted'));
  expect(await reopen('2026-01-31', ' ')).toMatchObject(refused('input-malformed'));
  expect(await reopen('2026-02-28')).toMatchObject(refused('nothing-to-reopen'));
  accepted(await reopen('2026-01-31'));
  accepted(await post('2026-02-28'));
  expect(await post('2026-01-31')).toMatchObject(refused('date-locked'));
  const { rows } = await book.store.pool.query<{ said: string }>(
    "select convert_from(bytes, 'utf8') as said from events where type = 'DatesReopened'",
  );
  expect(rows[0]?.said).toContain('An invoice came late');
});

test('what is locked for good nobody opens', async () => {
  expect(await seal('2026-02-28')).toMatchObject(refused('seal-before-lock'));
  expect(await seal('2026-01-31', accountant)).toMatchObject(refused('not-permitted'));
  accepted(await lock('2026-03-31'));
  accepted(await seal('2026-02-28'));
  expect(await seal('2026-01-31')).toMatchObject(refused('dates-sealed'));
  expect(await reopen(null)).toMatchObject(refused('dates-sealed'));
  expect(await reopen('2026-02-27')).toMatchObject(refused('dates-sealed'));
  accepted(await reopen('2026-02-28'));
  expect(await book.queries.sealedThrough(book.bookId)).toBe('2026-02-28');
  expect(await verifyBooks(book.store)).toMatchObject([{ difference: null }]);
});
