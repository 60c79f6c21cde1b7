// Members of a book, passwords and keys.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
});
afterAll(() => book?.stop());

test('a new member gets a password once; roles bind; the last owner stays', async () => {
  const id = randomUUID();
  const input = { email: 'Mia@Example.org', role: 'manager' };
  const added = accepted(await book.commands.addMember(book.call(id), input));
  expect(await book.queries.verifyPassword('mia@example.org', added.password ?? '')).toMatchObject({
    id: added.userId,
  });
  expect(accepted(await book.commands.addMember(book.call(id), input))).toEqual({
    userId: added.userId,
  });
  const asManager = book.call(undefined, added.userId);
  expect(
    await book.commands.postJournalEntry(asManager, twoLines('2026-06-01', '1000', '4000', '1')),
  ).toMatchObject({ refusal: { code: 'not-permitted' } });
  expect(await book.commands.removeMember(book.call(), { userId: book.ownerId })).toMatchObject({
    refusal: { code: 'last-owner' },
  });
  accepted(await book.commands.removeMember(book.call(), { userId: added.userId }));
  expect(
    await book.commands.postJournalEntry(
      book.call(undefined, added.userId),
      twoLines('2026-06-01', '1000', '4000', '1'),
    ),
  ).toMatchObject({ refusal: { code: 'book-not-found' } });
});

test('a password is argon2id and changing it voids sessions; a key is kept as a hash', async () => {
  const own = () => ({
    actor: { userId: book.ownerId, via: 'session' as const },
    commandId: randomUUID(),
  });
  const change = { current: 'a long password', next: 'another long one' };
  const before = await book.queries.accessOfUser(book.ownerId);
  accepted(await book.commands.changePassword(own(), change));
  expect((await book.queries.accessOfUser(book.ownerId))?.epoch).toBe((before?.epoch ?? 0) + 1);
  expect(await book.commands.changePassword(own(), change)).toMatchObject({
    refusal: { code: 'password-wrong' },
  });
  const { rows } = await book.store.pool.query('select password_hash from users limit 1');
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const { key } = accepted(await book.commands.issueApiKey(own(), { name: 'cron', book: 'test' }));
  const kept = await book.store.pool.query(
    `select row_to_json(k)::text || coalesce((select string_agg(answer::text, '') from command_receipts), '') as all from api_keys k`,
  );
  expect(kept.rows[0].all).not.toContain(key);
});
