// Wake-ups over the queue: they arrive, a burst is one, and news during the work is not lost.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchPath } from '#server/config.ts';
import { anyFreePort } from '#server/embedded/ports.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import { openWakeUps, prepareQueue, receiveWakeUps } from '#server/queue/wake-ups.ts';
import { startRig } from '../rig/start-rig.ts';

const redisServer = onPath('redis-server', searchPath());
let redis: ChildProcess | undefined;
let redisUrl = '';
beforeAll(async () => {
  if (!redisServer) return;
  const port = await anyFreePort();
  redis = spawn(redisServer, ['--port', `${port}`, '--save', '', '--appendonly', 'no']);
  redisUrl = `redis://127.0.0.1:${port}`;
  await new Promise<void>((resolve) =>
    redis?.stdout?.on('data', (said: Buffer) => said.includes('Ready to accept') && resolve()),
  );
});
afterAll(() => void redis?.kill());

test('in PostgreSQL: a burst wakes once, and news during the work wakes once more', () =>
  burst(undefined));

test.skipIf(!redisServer)('in Redis: the same', () => burst(redisUrl));

async function burst(redisAddress: string | undefined): Promise<void> {
  const rig = await startRig();
  const faults: unknown[] = [];
  const address = {
    databaseUrl: rig.databaseUrl,
    redisUrl: redisAddress,
    fault: (fault: unknown) => void faults.push(fault),
  };
  await prepareQueue(address);
  const sender = openWakeUps(address);
  const woken: number[] = [];
  const work = async (id: number) => {
    woken.push(id);
    if (woken.length === 1) for (let n = 0; n < 50; n++) sender.wake('book', id);
    await sleep(300);
    return false;
  };
  const receiver = receiveWakeUps(address, 'book', {
    atOnce: 2,
    restMs: 0,
    share: 1,
    mostRestMs: 0,
    work,
  });
  for (let n = 0; n < 100; n++) sender.wake('book', 7);
  await expect.poll(() => woken, { timeout: 10_000 }).toEqual([7, 7]);
  await sleep(800);
  expect(woken).toEqual([7, 7]);
  expect(faults).toEqual([]);
  await sender.close();
  await receiver.close();
  await rig.stop();
}

test('what always has news is worked on for its share of the time, others in between', async () => {
  const rig = await startRig();
  const address = { databaseUrl: rig.databaseUrl, fault: () => undefined };
  await prepareQueue(address);
  const sender = openWakeUps(address);
  const worked = new Map<number, number>();
  const work = async (id: number) => {
    worked.set(id, (worked.get(id) ?? 0) + 1);
    await sleep(id === 1 ? 100 : 1);
    return id === 1;
  };
  const rest = { restMs: 0, share: 1 / 4, mostRestMs: 400 };
  const receiver = receiveWakeUps(address, 'book', { atOnce: 1, ...rest, work });
  sender.wake('book', 1);
  await expect.poll(() => worked.get(1)).toBe(1);
  const began = performance.now();
  for (const id of [2, 3, 4]) sender.wake('book', id);
  await sleep(2_000);
  const most = 2 + (performance.now() - began) / 400;
  expect(worked.get(1)).toBeLessThanOrEqual(most);
  expect([2, 3, 4].map((id) => worked.get(id))).toEqual([1, 1, 1]);
  await sender.close();
  await receiver.close();
  await rig.stop();
});
