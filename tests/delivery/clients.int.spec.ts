// Clients as they are: some leave in the middle, some read slowly or never, some send nothing or too much. None of them
// costs anything that lasts, and none of them holds up another.
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const CSV = '/books/nord/reports/trial-balance/2026-03.csv';
const IDLE_MS = 700;
/** Larger than what one look into the store brings. */
const LARGE = 60_000;

let rig: ReadingRig;
let cookie: string;

beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'), {
    trustMs: 25_000,
    waitMs: 20_000,
    idleMs: IDLE_MS,
  });
  await rig.person(11, 'manager');
  cookie = await rig.cookie(11);
  const small = trialBalance(1);
  const line = small.rows[1]!;
  const rows = Array.from({ length: LARGE }, (_, at) => ({
    ...line,
    name: `Account number ${at}`,
  }));
  await rig.publish(1, { ...small, rows });
  expect((await rig.get(CSV, { cookie })).status).toBe(200);
}, 120_000);
afterAll(() => rig?.close());

const port = () => Number(new URL(rig.url).port);
const requestText = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n${more}\r\n`;

/** Opens a connection and sends. Its errors are the client's own business. */
const open = (text: string): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(text);
      resolve(socket);
    });
    socket.on('error', () => undefined);
  });

const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const held = async (): Promise<number> => {
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resume) => setTimeout(resume, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** So many downloads of a large file that end after the first bytes, a hundred at a time. */
async function abort(count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const socket = await open(requestText(CSV));
      await new Promise<void>((resolve) => {
        socket.once('data', () => resolve());
        socket.once('close', () => resolve());
      });
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: 100 }, one));
}

test('ten thousand aborted downloads leave memory where it was', async () => {
  await abort(1_000);
  const before = await held();
  await abort(10_000);
  const after = await held();
  expect(after - before).toBeLessThan(8_000_000);
  expect((await rig.get(CSV, { cookie })).status).toBe(200);
}, 240_000);

test('readers that never read are let go, and hold nobody up meanwhile', async () => {
  const idle = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = await open(requestText(CSV));
      socket.pause();
      return socket;
    }),
  );
  const started = performance.now();
  const answer = await rig.get(CSV, { cookie });
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(2_000_000);
  expect(performance.now() - started).toBeLessThan(20_000);
  await expect.poll(() => connections(), { timeout: 10_000 }).toBeLessThan(20);
  for (const socket of idle) socket.destroy();
});

test('who never reads is let go, though the clock runs out while more is written to it', async () => {
  const { server } = rig.door;
  // The tests' own connection may be kept.
  const alone = () => expect.poll(connections, { timeout: IDLE_MS * 10 }).toBeLessThan(2);
  await alone();
  let written = 0;
  // Nothing of it goes out: it waits behind what isn't read.
  const more = (socket: Socket) => {
    if (written++ === 0) socket.write('more');
  };
  server.on('timeout', more);
  const socket = await open(requestText(CSV));
  socket.pause();
  await expect.poll(() => written, { timeout: IDLE_MS * 10 }).toBe(1);
  await alone();
  server.off('timeout', more);
  socket.destroy();
});

const connections = (): Promise<number> =>
  new Promise((resolve, reject) =>
    rig.door.server.getConnections((fault, count) => (fault ? reject(fault) : resolve(count))),
  );

test('a slow reader that goes on gets everything', async () => {
  const socket = await open(requestText(CSV, 'connection: close\r\n'));
  const leaks: string[] = [];
  const warned = ({ name }: Error) => void leaks.push(name);
  process.on('warning', warned);
  let bytes = 0;
  for await (const chunk of socket) {
    bytes += (chunk as Buffer).length;
    if (bytes < 1_000_000) await new Promise((resume) => setTimeout(resume, 20));
  }
  process.off('warning', warned);
  expect(bytes).toBeGreaterThan(2_000_000);
  // Listeners that stay behind with every chunk are a leak that node warns of.
  expect(leaks).toEqual([]);
}, 60_000);

test('who sends nothing, or half a request, is let go', async () => {
  const silent = await open('');
  const half = await open('GET /healthz HTTP/1.1\r\nhost: 127');
  const started = performance.now();
  await Promise.all([ended(silent), ended(half)]);
  expect(performance.now() - started).toBeLessThan(IDLE_MS * 6);
});

test('who has just come may ask, though this process stood still meanwhile', async () => {
  rig.door.server.once('connection', () => {
    const until = performance.now() + IDLE_MS * 2;
    while (performance.now() < until);
  });
  const socket = await open('');
  await new Promise((resume) => setTimeout(resume, IDLE_MS / 10));
  socket.write(requestText('/healthz', 'connection: close\r\n'));
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  await ended(socket);
  expect(Buffer.concat(pieces).toString()).toContain('HTTP/1.1 200 OK');
});

test('whoever has asked is answered, though the clock runs out before the question is read', async () => {
  const socket = await open('');
  await new Promise((resume) => setTimeout(resume, 100));
  await new Promise<void>((resume) =>
    // Timers come next after this phase of the loop, and only then what has come in.
    setImmediate(() => {
      socket.write(requestText('/healthz', 'connection: close\r\n'));
      const until = performance.now() + IDLE_MS * 1.5;
      while (performance.now() < until);
      resume();
    }),
  );
  let text = '';
  for await (const chunk of socket) text += (chunk as Buffer).toString();
  expect(text).toMatch(/^HTTP\/1.1 /);
});

test('headers past the limit are refused as such', async () => {
  const socket = await open(requestText(CSV, `x-long: ${'a'.repeat(40_000)}\r\n`));
  let text = '';
  for await (const chunk of socket) text += (chunk as Buffer).toString();
  expect(text).toMatch(/^HTTP\/1.1 431 /);
});
