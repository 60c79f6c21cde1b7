// Groups: who may add which book, what is refused, and balances that are taken once, into the group's own log.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '#ledger/commands/create-user.ts';
import { membersThatMoved, takeMemberBalances } from '#ledger/commands/take-member-balances.ts';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { accepted, type OpenBook, openBook, twoLines } from './open-book.ts';
import { type OpenGroup, openGroup } from './open-group.ts';

let book: OpenBook;
let group: OpenGroup;
beforeAll(async () => {
  book = await openBook();
  group = await openGroup(book);
}, 60_000);
afterAll(() => book?.stop());

const quiet = { bookChanged: () => undefined };
const take = () => takeMemberBalances(book.store, quiet, { group: group.id, member: book.bookId });
const post = async (amount: string, date = '2026-02-10') =>
  accepted(
    await book.commands.postJournalEntry(book.call(), twoLines(date, '1000', '4000', amount)),
  );
const add = (input: object = {}, userId?: number) =>
  book.commands.addGroupMember(group.call(userId), { book: 'test', ...input });
const headOf = async (id: number) => (await book.queries.bookHead(id, 0))!.head;

const moved = async () =>
  (await membersThatMoved(book.store)).map(({ group: of, member }) => [of, member]);

interface Taken {
  code: string;
  month: string;
  net: string;
}

const taken = async (): Promise<string[]> => {
  const { rows } = await book.store.pool.query<Taken>(
    `select a.code, b.month, (b.debit - b.credit)::text as net from group_balances b
     join group_accounts a using (book_id, account_id) where b.book_id = $1 order by a.code, b.month`,
    [group.id],
  );
  return rows.map(({ code, month, net }) => `${code} ${month} ${net}`);
};

describe('is refused:', () => {
  test.each([
    ['group-member-unknown', 'book', { book: 'nothing' }],
    ['group-of-itself', 'book', { book: 'group' }],
    ['picks-malformed', 'intercompany', { intercompany: '1000; hello world' }],
    ['picks-malformed', 'intercompany', { intercompany: 'tag current' }],
    ['picks-malformed', 'mapping.0.accounts', { mapping: [{ accounts: '1..2..3', to: '1000' }] }],
    ['account-unknown', 'mapping.0.to', { mapping: [{ accounts: '1000', to: '9999' }] }],
    ['input-malformed', 'name', { name: '' }],
  ])('%s at %s', async (code, field, input) => {
    expect(await add(input)).toMatchObject({ ok: false, refusal: { code, field } });
  });

  test('a book that whoever asks may not read, as if there were none', async () => {
    const email = 'other@example.org';
    const other = await createUser(book.store, { email, name: 'Other', password: randomUUID() });
    const owner = { email, role: 'owner' };
    accepted(await book.commands.addMember(group.call(), owner));
    expect(await add({}, other)).toMatchObject({
      refusal: { code: 'group-member-unknown', book: 'test' },
    });
  });

  test('changing or removing what isn’t in the group', async () => {
    const refusal = { code: 'group-member-unknown', field: 'book' };
    const input = { book: 'test' };
    const { changeGroupMember, removeGroupMember } = book.commands;
    expect(await changeGroupMember(group.call(), input)).toMatchObject({ ok: false, refusal });
    expect(await removeGroupMember(group.call(), input)).toMatchObject({ ok: false, refusal });
  });
});

describe('a member', () => {
  test('is added once, and its balances are taken', async () => {
    await post('100.00');
    expect(await moved()).toEqual([]);
    accepted(await add({ intercompany: '2000', mapping: [{ accounts: '4000', to: '5000' }] }));
    expect(await add()).toMatchObject({ refusal: { code: 'group-member-exists' } });
    expect(await moved()).toEqual([[group.id, book.bookId]]);
    expect(await take()).toBe(true);
    expect(await taken()).toEqual(['1000 2026-02 10000', '4000 2026-02 -10000']);
    expect(await moved()).toEqual([]);
  });

  test('taken again without news changes nothing, together with others neither', async () => {
    const head = await headOf(group.id);
    expect(await take()).toBe(false);
    await post('1.00');
    expect((await Promise.all([take(), take(), take()])).filter(Boolean)).toHaveLength(1);
    expect(await headOf(group.id)).toBe(head + 1);
    expect(await taken()).toEqual(['1000 2026-02 10100', '4000 2026-02 -10100']);
  });

  test('whose news are no balances is looked at once', async () => {
    const head = await headOf(group.id);
    accepted(await book.commands.lockThrough(book.call(), { date: '2026-01-31' }));
    expect(await moved()).toEqual([[group.id, book.bookId]]);
    expect(await take()).toBe(false);
    expect([await moved(), await headOf(group.id)]).toEqual([[], head]);
  });

  test('with a renamed account is taken again', async () => {
    accepted(await book.commands.renameAccount(book.call(), { code: '4000', name: 'Fees' }));
    expect(await take()).toBe(true);
    const { rows } = await book.store.pool.query(
      "select name from group_accounts where book_id = $1 and code = '4000'",
      [group.id],
    );
    expect(rows).toEqual([{ name: 'Fees' }]);
  });

  test('can be no group, and a group no member', async () => {
    const third = await openGroup(book, { slug: 'third' });
    const under = { book: 'third' };
    const refusal = { code: 'group-in-group' };
    const { addGroupMember } = book.commands;
    expect(await addGroupMember(book.call(), under)).toMatchObject({ ok: false, refusal });
    const above = await addGroupMember(third.call(), { book: 'group' });
    expect(above).toMatchObject({ ok: false, refusal });
  });

  test('isn’t taken while whoever added it may no longer read it', async () => {
    const email = 'reader@example.org';
    const reader = await createUser(book.store, { email, name: 'R', password: randomUUID() });
    accepted(await book.commands.addMember(group.call(), { email, role: 'owner' }));
    accepted(await book.commands.addMember(book.call(), { email, role: 'auditor' }));
    accepted(await book.commands.changeGroupMember(group.call(reader), { book: 'test' }));
    await take();
    accepted(await book.commands.removeMember(book.call(), { userId: reader }));
    await post('7.00', '2026-03-01');
    expect([await moved(), await take()]).toEqual([[], false]);
    accepted(await book.commands.changeGroupMember(group.call(), { book: 'test', name: 'Test' }));
    expect(await take()).toBe(true);
    expect(await taken()).toContain('1000 2026-03 700');
  });

  test('that was removed isn’t taken until it is added again', async () => {
    accepted(await book.commands.removeGroupMember(group.call(), { book: 'test' }));
    await post('3.00', '2026-04-01');
    expect([await moved(), await take()]).toEqual([[], false]);
    accepted(await add());
    expect(await take()).toBe(true);
    expect(await taken()).toContain('1000 2026-04 300');
  });
});

test('the events give the tables again, and a lie in one is found', async () => {
  const differences = async () =>
    (await verifyBooks(book.store)).map(({ difference }) => difference).filter(Boolean);
  expect(await differences()).toEqual([]);
  await book.store.pool.query('update group_balances set debit = debit + 1');
  expect((await differences()).join()).toContain('group_balances');
});
