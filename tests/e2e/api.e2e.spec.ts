// The API and the files as programs use them, over a whole Daybook: who may, what is read back, and bad input.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '#ledger/commands/create-user.ts';
import { type Action, isPermitted, ROLES } from '#ledger/domain/permissions.ts';
import { accepted, twoLines } from '#tests/ledger/open-book.ts';
import { type E2eHouse, startHouse } from './start-house.ts';

let house: E2eHouse;
let strangerKey: string;
beforeAll(async () => {
  house = await startHouse();
  const user = {
    email: 'stranger@example.org',
    name: 'S',
    password: randomBytes(9).toString('hex'),
  };
  const userId = await createUser(house.side.store, user);
  const call = { actor: { userId, via: 'system' as const }, commandId: randomUUID() };
  strangerKey = accepted(await house.side.commands.issueApiKey(call, { name: 's' })).key;
}, 400_000);
afterAll(() => house?.stop());

const year = new Date().getUTCFullYear();
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const as = (role: keyof E2eHouse['people']) => bearer(house.people[role].apiKey);
const api = (path: string, init: RequestInit = {}) =>
  fetch(`${house.url}/api/v1/books/acme${path}`, init);
const report = (path: string, headers: Record<string, string> = as('manager')) =>
  fetch(`${house.url}/books/acme/reports/${path}`, { headers });
const post = (body: unknown, headers: Record<string, string> = {}) =>
  api('/journal-entries', {
    method: 'POST',
    headers: { ...as('accountant'), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const ROUTES: [method: string, path: string, action: Action][] = [
  ['GET', '', 'book.read'],
  ['PATCH', '', 'book.settings'],
  ['PUT', '/locked-through', 'book.lock'],
  ['GET', '/position', 'book.read'],
  ['GET', '/accounts', 'account.read'],
  ['POST', '/accounts', 'account.change'],
  ['PUT', '/accounts/9999/name', 'account.change'],
  ['PUT', '/accounts/9999/code', 'account.change'],
  ['PUT', '/accounts/9999/type', 'account.change'],
  ['POST', '/accounts/9999/close', 'account.change'],
  ['GET', '/journal-entries', 'journal.read'],
  ['POST', '/journal-entries', 'entry.post'],
  ['GET', '/journal-entries/1', 'journal.read'],
  ['POST', '/journal-entries/9999/reversal', 'entry.reverse'],
  ['GET', '/export', 'history.read'],
  ['POST', '/reopenings', 'book.reopen'],
  ['PUT', '/sealed-through', 'book.reopen'],
  ['GET', '/parties', 'account.read'],
  ['POST', '/parties', 'party.change'],
  ['PATCH', '/parties/nobody', 'party.change'],
  ['PUT', '/accounts/1000/controls', 'account.change'],
  ['PUT', '/accounts/1000/cash-flow', 'account.change'],
  ['GET', '/group-members', 'group.read'],
  ['POST', '/group-members', 'group.change'],
  ['PATCH', '/group-members/none', 'group.change'],
  ['DELETE', '/group-members/none', 'group.change'],
  ['GET', '/dimensions', 'account.read'],
  ['POST', '/dimensions', 'dimension.change'],
  ['POST', '/dimensions/none/values', 'dimension.change'],
  ['PATCH', '/dimensions/none/values/none', 'dimension.change'],
  ['PUT', '/accounts/1000/dimensions', 'dimension.change'],
  ['GET', '/tax-codes', 'account.read'],
  ['POST', '/tax-codes', 'tax.change'],
  ['PATCH', '/tax-codes/none', 'tax.change'],
  ['PUT', '/tax-codes/none/rate', 'tax.change'],
  ['GET', '/units', 'account.read'],
  ['POST', '/units', 'unit.change'],
  ['GET', '/rates', 'account.read'],
  ['POST', '/rates', 'unit.change'],
  ['POST', '/revaluations', 'entry.post'],
  ['POST', '/closings', 'book.lock'],
  ['GET', '/imports', 'import.read'],
  ['POST', '/imports?format=csv', 'import.run'],
  ['GET', '/imports/9999', 'import.read'],
  ['POST', '/imports/9999/confirm', 'import.run'],
  ['POST', '/imports/9999/abandon', 'import.run'],
  ['GET', '/members', 'member.read'],
  ['POST', '/members', 'member.change'],
  ['PATCH', '/members/9999', 'member.change'],
  ['DELETE', '/members/9999', 'member.change'],
  ['GET', '/api-keys', 'api-key.own'],
  ['DELETE', '/api-keys/9999', 'api-key.own'],
];

describe('who may', () => {
  test.each(ROUTES)('%s %s: every role, a stranger, nobody', async (method, path, action) => {
    const ask = async (headers: Record<string, string>) => {
      const answer = await api(path, { method, headers });
      const text = await answer.text();
      const code = text.startsWith('{') ? ((JSON.parse(text) as { code?: string }).code ?? '') : '';
      return { status: answer.status, code };
    };
    expect(await ask({})).toMatchObject({ status: 401 });
    expect(await ask(bearer(strangerKey))).toMatchObject({ status: 404, code: 'no-such-book' });
    for (const role of ROLES) {
      const { status, code } = await ask(as(role));
      if (!isPermitted(role, action)) expect(status, role).toBe(403);
      else {
        expect(status, role).toBeLessThan(500);
        expect(code, role).not.toMatch(/not-signed-in|not-permitted|no-such-book/);
      }
    }
  });

  test('reports and the live stream: members only', async () => {
    for (const path of [
      `balance-sheet/${year}.json`,
      `trial-balance/${year}-01.pdf`,
      `journal/${year}.csv`,
      `income-statement/${year}.xlsx`,
    ]) {
      for (const role of ROLES) expect((await report(path, as(role))).status, role).toBe(200);
      expect((await report(path, bearer(strangerKey))).status).toBe(404);
      expect((await report(path, {})).status).toBe(401);
    }
    const live = (headers: Record<string, string>) =>
      fetch(`${house.url}/books/acme/live`, { headers, signal: AbortSignal.timeout(5_000) });
    expect((await live({})).status).toBe(401);
    expect((await live(bearer(strangerKey))).status).toBe(404);
    const own = await live(as('manager'));
    expect(own.headers.get('content-type')).toContain('text/event-stream');
    await own.body?.cancel();
  });

  test('a removed member and a revoked key are out within a minute', async () => {
    const user = {
      email: 'leaving@example.org',
      name: 'L',
      password: randomBytes(9).toString('hex'),
    };
    const userId = await createUser(house.side.store, user);
    const { commands } = house.side;
    const owner = () => ({
      actor: { userId: house.ownerId, via: 'system' as const },
      book: house.bookId,
      commandId: randomUUID(),
    });
    const own = () => ({ actor: { userId, via: 'system' as const }, commandId: randomUUID() });
    accepted(await commands.addMember(owner(), { email: user.email, role: 'manager' }));
    const one = accepted(await commands.issueApiKey(own(), { name: 'one' }));
    const two = accepted(await commands.issueApiKey(own(), { name: 'two' }));
    const status = async (key: string) =>
      (await report(`journal/${year}.json`, bearer(key))).status;
    await expect.poll(() => status(one.key), { timeout: 20_000 }).toBe(200);
    await expect.poll(() => status(two.key), { timeout: 20_000 }).toBe(200);
    accepted(await commands.revokeApiKey(own(), { id: one.id }));
    await expect.poll(() => status(one.key), { timeout: 60_000, interval: 500 }).toBe(401);
    accepted(await commands.removeMember(owner(), { userId }));
    await expect.poll(() => status(two.key), { timeout: 60_000, interval: 500 }).toBe(404);
  }, 150_000);
});

describe('an entry', () => {
  test('is posted once per key, shown by its number, and in the reports at its position', async () => {
    const key = { 'idempotency-key': 'sale-4711' };
    const entry = twoLines(`${year}-01-25`, '1100', '4000', '99.90');
    const first = await post(entry, key);
    expect(first.status).toBe(201);
    const made = (await first.json()) as { number: number; position: number };
    expect(await (await post(entry, key)).json()).toMatchObject(made);
    const shown = await (
      await api(`/journal-entries/${made.number}`, { headers: as('auditor') })
    ).json();
    expect(shown).toMatchObject({ date: `${year}-01-25`, lines: [{ amount: '99.90' }, {}] });
    const fresh = await report(`trial-balance/${year}-01.json?minPosition=${made.position}`);
    expect(fresh.status).toBe(200);
    expect(Number(fresh.headers.get('x-ledger-position'))).toBeGreaterThanOrEqual(made.position);
    const { rows } = (await fresh.json()) as {
      rows: { account: string; values: { debit: string } }[];
    };
    expect(rows.find(({ account }) => account === '1100')?.values.debit).toBe('1299.90');
    const etag = fresh.headers.get('etag') ?? '';
    const again = await report(`trial-balance/${year}-01.json`, {
      ...as('manager'),
      'if-none-match': etag,
    });
    expect(again.status).toBe(304);
  });

  test('a dry run posts nothing; a reversal is a new entry', async () => {
    const entry = twoLines(`${year}-01-26`, '5000', '1000', '1.00');
    const dry = await api('/journal-entries?dryRun=true', {
      method: 'POST',
      headers: { ...as('accountant'), 'content-type': 'application/json' },
      body: JSON.stringify(entry),
    });
    expect(dry.status).toBe(200);
    const { number } = (await (await post(entry)).json()) as { number: number };
    const reversal = await api(`/journal-entries/${number}/reversal`, {
      method: 'POST',
      headers: { ...as('accountant'), 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'twice' }),
    });
    expect(reversal.status).toBe(201);
    expect(await reversal.json()).toMatchObject({ number: number + 1 });
  });
});

test('a journal is accepted at once, posted by a worker, and told line by line when it is wrong', async () => {
  const send = (text: string) =>
    api('/imports?format=hledger&createAccounts=true', {
      method: 'POST',
      headers: as('accountant'),
      body: text,
    });
  const rest = async (text: string) => {
    const accepted = await send(text);
    expect(accepted.status).toBe(202);
    const location = accepted.headers.get('location') ?? '';
    let last: { state: string } = { state: '' };
    await expect
      .poll(
        async () => {
          const answer = await fetch(house.url + location, { headers: as('accountant') });
          last = (await answer.json()) as typeof last;
          return last.state;
        },
        { timeout: 20_000 },
      )
      .toMatch(/posted|rejected/);
    return last;
  };
  expect(await rest(`${year}-02-01 Tea\n  Expenses:Tea  2.50 EUR\n  Assets:Bank\n`)).toMatchObject({
    state: 'posted',
    entries: 1,
    postings: 2,
  });
  expect(
    await rest(`${year}-02-01 Tea\n  Expenses:Tea  2.50 EUR\n  Assets:Bank  -2.40 EUR\n`),
  ).toMatchObject({
    state: 'rejected',
    errors: [{ line: 1, code: 'out-of-balance' }],
  });
});

describe('bad input gets a clear 4xx', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[string, string | Buffer, number]>([
    ['half a JSON', '{"date":', 400],
    ['broken UTF-8', Buffer.from([0x7b, 0xff, 0xfe]), 400],
    ['10 MB of JSON', `"${'x'.repeat(10_000_000)}"`, 413],
    ['an array', '[]', 400],
    ['a number for a date', '{"date": 5}', 400],
    ['a huge amount', JSON.stringify(twoLines('2026-01-01', '1000', '4000', '9'.repeat(60))), 422],
    [
      'an unknown field',
      JSON.stringify({ ...twoLines('2026-01-01', '1000', '4000', '1'), extra: 1 }),
      400,
    ],
  ])('%s', async (_, body, status) => {
    const answer = await api('/journal-entries', {
      method: 'POST',
      headers: { ...as('accountant'), ...json },
      body: new Uint8Array(Buffer.from(body)),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as { code: string; title: string };
    expect(problem.code).toMatch(/^[a-z0-9-]+$/);
    expect(JSON.stringify(problem)).not.toMatch(/ at .*\.ts/);
  });

  test.each([
    ['a month 13', 'balance-sheet/2026-13.pdf', 400],
    ['a report that isn’t one', 'magic/2026.pdf', 404],
    ['a year before the book', 'journal/1990.csv', 404],
    ['a path upwards', 'balance-sheet/..%2f..%2fetc%2fpasswd.pdf', 400],
    ['a position that is no number', `journal/${year}.json?minPosition=soon`, 400],
  ])('%s', async (_, path, status) => {
    expect((await report(path)).status).toBe(status);
  });

  test('a cookie write from another origin, and a wrong method', async () => {
    const forged = await api('/journal-entries', {
      method: 'POST',
      headers: { ...json, cookie: 'next-auth.session-token=x', origin: 'https://evil.example' },
      body: '{}',
    });
    expect(forged.status).toBe(403);
    const wrong = await fetch(`${house.url}/books/acme/reports/journal/${year}.json`, {
      method: 'DELETE',
      headers: as('owner'),
    });
    expect(wrong.status).toBeLessThan(500);
    expect(wrong.status).toBeGreaterThanOrEqual(400);
  });
});
