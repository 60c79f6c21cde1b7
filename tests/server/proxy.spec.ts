// What the front door passes on arrives as it was sent, whatever its size; an answer that breaks off is shown as broken.
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFrontDoor, type FrontDoor } from '#server/front-door/front-door.ts';

interface Seen {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

let behind: Server;
let door: FrontDoor;
let port: number;
let seen: Seen[] = [];
beforeAll(async () => {
  behind = createServer(async (asked, answer) => {
    const body = await buffer(asked).catch(() => null);
    if (body === null) return;
    seen.push({ headers: asked.headers, body });
    answer.writeHead(201, { 'content-type': 'text/plain', 'content-length': 6 });
    if (asked.url === '/api/v1/half') answer.write('hal', () => answer.destroy());
    else answer.end('whole.');
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  const api = { name: 'The API', host: '127.0.0.1', port: (behind.address() as AddressInfo).port };
  door = createFrontDoor({
    publicUrl: new URL('http://books.example.org'),
    handlers: [],
    quick: () => null,
    api,
    // Nobody listens there.
    web: { name: 'The web process', host: '127.0.0.1', port: 1 },
    usesCookie: () => false,
    answered: () => undefined,
    fault: () => undefined,
  });
  port = await door.listen(0, '127.0.0.1');
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  await door.close();
  behind.closeAllConnections();
  behind.close();
});

interface Sending {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}

const send = ({ path = '/api/v1/x', method = 'POST', headers = {}, body }: Sending) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, async (answer) => {
      const text = buffer(answer).then((bytes) => bytes.toString());
      resolve(text.then((said) => ({ status: answer.statusCode ?? 0, text: said })));
    });
    asked.once('error', reject);
    asked.end(body);
  });

test.each([
  ['none', 0, {}],
  ['a small one', 300, { 'content-length': '300' }],
  ['a large one', 500_000, { 'content-length': '500000' }],
  ['one of unannounced length', 300, { 'transfer-encoding': 'chunked' }],
])('a body: %s', async (_, size, headers) => {
  const body = Buffer.alloc(size, 'a');
  expect(await send({ headers, body })).toEqual({ status: 201, text: 'whole.' });
  expect(seen.map((one) => one.body.equals(body))).toEqual([true]);
});

test('a GET', async () => {
  expect(await send({ method: 'GET' })).toEqual({ status: 201, text: 'whole.' });
  expect(seen).toHaveLength(1);
});

test('Host is kept, and what clients claim to be forwarded from is said anew', async () => {
  const headers = {
    host: 'books.example.org',
    'x-forwarded-for': '10.1.2.3',
    'x-real-ip': '10.1.2.3',
  };
  await send({ headers });
  expect(seen[0]?.headers).toMatchObject({
    host: 'books.example.org',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': 'books.example.org',
    'x-forwarded-proto': 'http',
  });
  expect(seen[0]?.headers).not.toHaveProperty('x-real-ip');
});

test('half an answer is a broken one', async () => {
  await expect(send({ path: '/api/v1/half' })).rejects.toThrow(/aborted|hang up/);
});

test('a body over 8 MB is refused, one of a file to import is not', async () => {
  const body = Buffer.alloc(8_000_001);
  const headers = { 'content-length': `${body.length}` };
  expect((await send({ headers, body })).status).toBe(413);
  expect(seen).toEqual([]);
  expect((await send({ path: '/api/v1/books/b/imports', headers, body })).status).toBe(201);
});

test('a process that is away is a 503 that says so', async () => {
  const { status, text } = await send({ path: '/books', method: 'GET' });
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ code: 'not-reachable' });
});

test('a request whose body never ends reaches nobody', async () => {
  const socket = connect(port, '127.0.0.1');
  const head = 'POST /api/v1/x HTTP/1.1\r\nHost: b\r\nContent-Length: 100\r\n\r\nhalf';
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await send({});
  expect(seen).toHaveLength(1);
});
