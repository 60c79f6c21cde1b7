// Never a stale answer presented as fresh: what a reader gets through every state of the caches, on a real document
// store and a real change stream over a line that can be cut, slowed and silenced.
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { type CuttableLine, cuttableLine } from '../rig/cuttable-line.ts';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const FILE = '/books/nord/reports/trial-balance/2026-03.json';
const STALE_MS = 700;

let line: CuttableLine;
let rig: ReadingRig;
let signedIn: Record<string, string>;
/** What was published: the bank's balance by position. */
let published: Map<number, string>;

beforeEach(async () => {
  line = await cuttableLine(inject('mongoUrl'));
  rig = await startReading(inject('mongoUrl'), { streamUrl: line.url, staleMs: STALE_MS });
  await rig.person(11, 'manager');
  signedIn = { cookie: await rig.cookie(11) };
  published = new Map();
  await publish(1);
  await trusted(true);
});
afterEach(async () => {
  await rig.close();
  await line.close();
});

const publish = async (position: number) => {
  const bank = `${position}.25`;
  await rig.publish(position, trialBalance(position, bank));
  published.set(position, bank);
};

const trusted = (wanted: boolean) =>
  expect.poll(() => rig.door.changes.trusted(), { timeout: 10_000 }).toBe(wanted);

/** Reads, and holds what is claimed against what was published. @returns the position that is claimed. */
async function read(query = '', url = rig.url): Promise<number> {
  const answer = await fetch(`${url}${FILE}${query}`, { headers: signedIn });
  expect(answer.status).toBe(200);
  const claimed = Number(answer.headers.get('x-ledger-position'));
  const body = (await answer.json()) as {
    position: number;
    rows: { account: string; values: object }[];
  };
  const bank = body.rows.find(({ account }) => account === '1000');
  expect(bank?.values).toMatchObject({ closingDebit: published.get(body.position) });
  const newestThen = Math.max(...[...published.keys()].filter((position) => position <= claimed));
  expect(body.position).toBeGreaterThanOrEqual(newestThen);
  return claimed;
}

test('cold and warm: whoever has waited for a position reads it', async () => {
  expect(await read()).toBe(1);
  for (let position = 2; position < 12; position++) {
    await publish(position);
    expect(await read(`?minPosition=${position}`)).toBe(position);
    expect(await read()).toBeLessThanOrEqual(position);
  }
  await expect.poll(() => read()).toBe(11);
});

test('the stream cut: heads come from the store, and from memory again when it is mended', async () => {
  await read();
  line.cut();
  await trusted(false);
  await publish(2);
  expect(await read()).toBe(2);
  line.mend();
  await trusted(true);
  expect(await read()).toBe(2);
  await publish(3);
  expect(await read('?minPosition=3')).toBe(3);
  await expect.poll(() => read()).toBe(3);
});

test('a stream that lags a little: answers are honest about it, and a position that is asked for is had at once', async () => {
  await read();
  line.delay(400);
  const waited: number[] = [];
  let earlier = 0;
  // A busy machine may keep anybody waiting once; it doesn't wait for the stream each time.
  for (let position = 2; position < 7; position++) {
    await publish(position);
    if ((await read()) === position - 1) earlier++;
    const asked = performance.now();
    expect(await read(`?minPosition=${position}`)).toBe(position);
    waited.push(performance.now() - asked);
    await expect.poll(() => read()).toBe(position);
  }
  expect(earlier).toBeGreaterThan(0);
  expect(Math.min(...waited)).toBeLessThan(300);
});

test('a stream that lags too much is not trusted', async () => {
  await read();
  line.delay(STALE_MS * 2);
  await trusted(false);
  await publish(2);
  expect(await read()).toBe(2);
});

test('no sign of life: a stream that says nothing is not trusted, however whole its connection is', async () => {
  await read();
  line.silence();
  await trusted(false);
  await publish(2);
  expect(await read()).toBe(2);
  line.mend();
  await trusted(true);
  await publish(3);
  await expect.poll(() => read()).toBe(3);
});

test('a store that is away is said so, and read again when it is back', async () => {
  const away = await cuttableLine(inject('mongoUrl'));
  const other = await startReading(inject('mongoUrl'), { doorUrl: away.url });
  await other.person(11, 'manager');
  await other.publish(1, trialBalance(1, '1.25'));
  const get = () => other.get(FILE, signedIn);
  await expect.poll(async () => (await get()).status).toBe(200);
  away.cut();
  await expect.poll(async () => (await get()).status, { timeout: 15_000 }).toBe(503);
  away.mend();
  await expect.poll(async () => (await get()).status, { timeout: 15_000 }).toBe(200);
  await other.close();
  await away.close();
}, 60_000);

/** Readers that ask all the time while something is written: one front door never goes back. */
async function readersBeside(writing: () => Promise<void>): Promise<void> {
  let stillWriting = true;
  const reading = Array.from({ length: 8 }, async (_, nth) => {
    for (let last = 0; stillWriting; ) {
      const now = await read(nth % 4 === 0 ? `?minPosition=${last}` : '');
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });
  const written = writing().finally(() => {
    stillWriting = false;
  });
  await Promise.all([written, ...reading]);
}

test('a reader and a writer race: no answer is older than it claims', () =>
  readersBeside(async () => {
    for (let position = 2; position < 60; position++) {
      published.set(position, `${position}.25`);
      await publish(position);
      if (position % 20 === 0) line.cut();
      if (position % 20 === 5) line.mend();
    }
  }));

test('a stream about as late as it may be: what was read past it is not forgotten', () =>
  readersBeside(async () => {
    // With a beat every 400 ms the newest is at times older than is allowed when nobody looks.
    line.delay(380);
    for (let position = 2; position < 40; position++) {
      published.set(position, `${position}.25`);
      await publish(position);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }));

test('two front doors side by side: both are as fresh, and a file is made once for both', async () => {
  const second = await rig.another();
  await expect.poll(() => second.changes.trusted(), { timeout: 10_000 }).toBe(true);
  for (let position = 2; position < 6; position++) {
    await publish(position);
    expect(await read(`?minPosition=${position}`)).toBe(position);
    expect(await read(`?minPosition=${position}`, second.url)).toBe(position);
  }
  const before = rig.door.rendered() + second.rendered();
  const urls = [rig.url, second.url];
  const pdf = FILE.replace('.json', '.pdf');
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, async (_, nth) => {
      const answer = await fetch(`${urls[nth % 2]}${pdf}`, { headers: signedIn });
      return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
    }),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.every(({ bytes }) => bytes.equals(answers[0]!.bytes))).toBe(true);
  expect(rig.door.rendered() + second.rendered() - before).toBe(1);
  await second.close();
}, 60_000);

test('access that changes is heard of at once, however long it would be remembered', async () => {
  const patient = await startReading(inject('mongoUrl'), { trustMs: 25_000 });
  await expect.poll(() => patient.door.changes.trusted(), { timeout: 10_000 }).toBe(true);
  await patient.publish(1, trialBalance(1));
  await patient.person(11, 'manager');
  const key = await patient.apiKey(11);
  const bearer = { authorization: `Bearer ${key}` };
  const status = async (headers: Record<string, string>) =>
    (await patient.get(FILE, headers)).status;
  for (let warm = 0; warm < 3; warm++) expect(await status(bearer)).toBe(200);
  expect(await status(signedIn)).toBe(200);
  await patient.apiKey(11, { key, revoked: true });
  await expect.poll(() => status(bearer), { timeout: 2_000 }).toBe(401);
  await patient.person(11, 'manager', 2);
  await expect.poll(() => status(signedIn), { timeout: 2_000 }).toBe(401);
  const again = { cookie: await patient.cookie(11, 2) };
  expect(await status(again)).toBe(200);
  await patient.person(11, null, 2);
  await expect.poll(() => status(again), { timeout: 2_000 }).toBe(404);
  await patient.close();
});
