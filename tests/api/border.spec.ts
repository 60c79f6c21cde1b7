// The API's border: role by route, and input that can't be read. What lies behind the border only says that it was reached.
import { expect, test } from 'vitest';
import type { ApiRooms } from '#api/api-rooms.ts';
import { buildApi } from '#api/build-api.ts';
import { type Action, isPermitted, ROLES } from '#ledger/domain/permissions.ts';

const reached = async () => ({
  ok: true,
  position: 1,
  replayed: false,
  result: { number: 1, id: 1, slug: 'nord' },
});
const api = await buildApi({
  commands: new Proxy({}, { get: () => reached }),
  queries: new Proxy(
    {},
    { get: (_, name) => async () => (name === 'bookBySlug' ? { id: 1, slug: 'nord' } : {}) },
  ),
  documents: { position: async () => null, bookBySlug: async () => null },
  sessions: {
    authenticate: async ({ authorization: role }: { authorization?: string }) =>
      role
        ? {
            userId: 1,
            via: 'api-key',
            name: '',
            memberships: role === 'none' ? [] : [{ book: 1, role }],
            bookLimit: null,
          }
        : null,
    refreshed: async () => null,
    usesCookie: () => false,
  },
  explain: ({ code }: { code: string }) => ({ title: code, detail: code }),
  statusOf: () => 422,
  fault: () => {},
} as unknown as ApiRooms);

const ROUTES: [
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  action: Action,
][] = [
  ['GET', '', 'book.read'],
  ['PATCH', '', 'book.settings'],
  ['PUT', '/locked-through', 'book.lock'],
  ['GET', '/position', 'book.read'],
  ['GET', '/accounts', 'account.read'],
  ['POST', '/accounts', 'account.change'],
  ['PUT', '/accounts/1000/name', 'account.change'],
  ['POST', '/accounts/1000/close', 'account.change'],
  ['GET', '/journal-entries', 'journal.read'],
  ['POST', '/journal-entries', 'entry.post'],
  ['GET', '/journal-entries/1', 'journal.read'],
  ['POST', '/journal-entries/1/reversal', 'entry.reverse'],
  ['GET', '/imports', 'import.read'],
  ['POST', '/imports?format=csv', 'import.run'],
  ['GET', '/imports/1', 'import.read'],
  ['POST', '/imports/1/confirm', 'import.run'],
  ['GET', '/members', 'member.read'],
  ['POST', '/members', 'member.change'],
  ['DELETE', '/members/1', 'member.change'],
  ['GET', '/api-keys', 'api-key.own'],
  ['POST', '/api-keys', 'api-key.own'],
  ['DELETE', '/api-keys/1', 'api-key.own'],
];

test.each(ROUTES)('%s %s: every role, a stranger, nobody', async (method, path, action) => {
  const url = `/api/v1/books/nord${path}`;
  const ask = async (headers: Record<string, string>) =>
    (await api.inject({ method, url, headers })).statusCode;
  expect(await ask({})).toBe(401);
  expect(await ask({ authorization: 'none' })).toBe(404);
  for (const role of ROLES) {
    const status = await ask({ authorization: role });
    if (isPermitted(role, action)) expect(status).toBeLessThan(300);
    else expect(status).toBe(403);
  }
});

test.each([
  ['{"a":', 400, 'not-json'],
  [Buffer.from([0x7b, 0xff, 0xfe]), 400, 'not-utf-8'],
  [`"${'x'.repeat(10_000_000)}"`, 413, 'too-large'],
])('a body that cannot be read (%#)', async (payload, status, code) => {
  const headers = { authorization: 'owner', 'content-type': 'application/json' };
  const answer = await api.inject({
    method: 'POST',
    url: '/api/v1/books/nord/journal-entries',
    headers,
    payload,
  });
  expect(answer.json()).toMatchObject({ status, code });
});
