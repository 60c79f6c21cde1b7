// A whole book over HTTP: who may, what the answer says of itself, what is refused, and that nobody who goes away or takes
// nothing keeps a connection to the ledger for good.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApi } from '#api/build-api.ts';
import { createUser } from '#ledger/commands/create-user.ts';
import { isPermitted, ROLES, type Role } from '#ledger/domain/permissions.ts';
import { explain, statusOf } from '#ledger/domain/refusal-sentences.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import type { MembershipCopy } from '#reports/documents/reader.ts';
import { openBookFile } from '#server/entry/open-book-file.ts';
import { createSessionCheck } from '#server/session/session-check.ts';
import { importFile } from '#tests/ledger/import-file.ts';
import { accepted, type OpenBook, openBook, twoLines } from '#tests/ledger/open-book.ts';

const ENTRIES = 12_000;

let book: OpenBook;
let documents: Documents;
let api: FastifyInstance;
let base: string;
const keys = new Map<string, string>();
/** What an operator would find in the log. */
const faults: unknown[] = [];

beforeAll(async () => {
  book = await openBook();
  const { mongoUrl: url, dbName } = book.rig;
  documents = await openDocuments({ url, dbName });
  const { commands, queries, store } = book;
  api = await buildApi({
    ...{ commands, queries, documents, explain, statusOf },
    sessions: createSessionCheck<MembershipCopy>({
      secret: randomBytes(32).toString('hex'),
      cookieName: 'session',
      person: (id) => queries.accessOfUser(id),
      apiKey: (hash) => queries.apiKeyByHash(hash),
    }),
    openExport: (id, format) => openBookFile(store, id, format),
    verify: () => Promise.reject(new Error('not asked for here')),
    fault: (fault) => faults.push(fault),
  });
  await api.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}/api/v1/books`;
  for (const role of [...ROLES, 'stranger']) {
    const email = `${role}@people.example.org`;
    const password = randomBytes(9).toString('hex');
    const userId = await createUser(store, { email, name: role, password });
    if (role !== 'stranger') accepted(await commands.addMember(book.call(), { email, role }));
    const call = { actor: { userId, via: 'session' as const }, commandId: email };
    keys.set(role, accepted(await commands.issueApiKey(call, { name: role })).key);
  }
  accepted(
    await commands.postJournalEntry(book.call(), twoLines('2026-02-03', '1000', '4000', '12.50')),
  );
});
afterAll(async () => {
  await api?.close();
  await documents?.close();
  await book?.stop();
});

const bearer = (who: string) => ({ authorization: `Bearer ${keys.get(who)}` });
const ask = (query: string, who: string, init: RequestInit = {}) =>
  fetch(`${base}/test/export${query}`, { headers: bearer(who), ...init });
const inUse = () => book.store.pool.totalCount - book.store.pool.idleCount;

test.each([
  ['hledger', 'journal', 'text/plain', '    Assets:Bank  12.50 EUR'],
  ['beancount', 'beancount', 'text/plain', '  Assets:Bank  12.50 EUR'],
  ['saft', 'xml', 'application/xml', '<DebitAmount><Amount>12.50</Amount></DebitAmount>'],
])(
  '%s: the answer names the book, its position and its kind',
  async (format, ending, type, line) => {
    const { head } = (await book.queries.bookHead(book.bookId, 0))!;
    const answer = await ask(`?format=${format}`, 'auditor');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="test-${head}.${ending}"`,
      'x-ledger-position': `${head}`,
      'cache-control': 'private, no-store',
    });
    expect(await answer.text()).toContain(line);
    const asked = await ask(`?format=${format}`, 'auditor', { method: 'HEAD' });
    expect([asked.status, asked.headers.get('x-ledger-position')]).toEqual([200, `${head}`]);
    await expect.poll(inUse).toBe(0);
  },
);

test('what a format has no way to write is refused before anything is sent', async () => {
  const actor = { userId: book.ownerId, via: 'session' as const };
  const input = { name: 'Dinars', slug: 'dinars', baseCurrency: 'KWD' };
  accepted(await book.commands.createBook({ actor, commandId: 'dinars' }, input));
  const call = { actor, commandId: 'dinars-key' };
  const { key } = accepted(await book.commands.issueApiKey(call, { name: 'owner' }));
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${base}/dinars/export?format=saft`, { headers });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'format-cannot-hold-book', field: 'format' });
  await expect.poll(inUse).toBe(0);
  expect((await fetch(`${base}/dinars/export`, { headers })).status).toBe(200);
  await expect.poll(inUse).toBe(0);
  faults.splice(0);
});

test('whoever may read the history may have it; nobody else knows of it', async () => {
  for (const role of ROLES) {
    const answer = await ask('', role);
    await answer.text();
    expect(answer.status, role).toBe(isPermitted(role as Role, 'history.read') ? 200 : 403);
  }
  expect((await ask('', 'stranger')).status).toBe(404);
  expect((await fetch(`${base}/test/export`)).status).toBe(401);
});

test.each(['xml', '', 'hledger&format=beancount', '__proto__'])(
  'no such format: %s',
  async (format) => {
    const answer = await ask(`?format=${format}`, 'owner');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'unknown-format', field: 'format' });
  },
);

test('whoever goes away or takes nothing gives the connection back, and others still find one', async () => {
  const text = 'x'.repeat(900);
  const rows = Array.from(
    { length: ENTRIES },
    (_, nth) => `2026-03-01,${nth},${text};,1000,1.00\n2026-03-01,${nth},${text};,4000,-1.00`,
  );
  const csv = `date,reference,description,account,amount\n${rows.join('\n')}\n`;
  expect(await importFile(book, 'csv', csv)).toMatchObject({ state: 'posted', entries: ENTRIES });
  const stalled = await Promise.all(Array.from({ length: 4 }, takesNothing));
  await expect.poll(inUse).toBe(4);
  const refused = await ask('', 'owner');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({ code: 'exports-busy' });
  for (const client of stalled) client.destroy();
  await expect.poll(inUse).toBe(0);
  const whole = await (await ask('', 'owner')).text();
  expect(whole.match(/^2026-03-01 /gm)).toHaveLength(ENTRIES);
  await expect.poll(inUse).toBe(0);
  expect(faults.splice(0)).toMatchObject([{ problem: { code: 'exports-busy' } }]);
});

test('a ledger that ends an answer half-way cuts it off: half a book must not look whole', async () => {
  const client = await takesNothing();
  // Before anything ends: what happens to a client that nobody listens to is told to nobody.
  const ended = new Promise<string>((resolve) => {
    client.on('error', () => resolve('cut off'));
    client.on('end', () => resolve('whole'));
  });
  await expect.poll(inUse).toBe(1);
  // As PostgreSQL does with whoever takes nothing for too long.
  const owner = new pg.Client({ connectionString: book.rig.databaseUrl });
  await owner.connect();
  const ends = async () =>
    (
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction'`,
      )
    ).rowCount;
  await expect.poll(ends).toBe(1);
  await owner.end();
  client.resume();
  expect(await ended).toBe('cut off');
  await expect.poll(inUse).toBe(0);
  expect(faults).toHaveLength(1);
});

/** A client that has the head of its answer and reads no further. */
function takesNothing() {
  return new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const asked = request(`${base}/test/export`, { headers: bearer('owner'), agent: false });
    asked.once('error', reject);
    asked.once('response', resolve);
    asked.end();
  });
}
