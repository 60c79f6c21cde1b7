// Wake-ups over the queue: they arrive, a burst is one, and news during the work is not lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openWakeUps, prepareQueue, receiveWakeUps } from '#server/queue/wake-ups.ts';
import { startRig } from '../rig/start-rig.ts';

test('a burst wakes once, and news during the work wakes once more', async () => {
  const rig = await startRig();
  const faults: unknown[] = [];
  const address = {
    databaseUrl: rig.databaseUrl,
    fault: (fault: unknown) => void faults.push(fault),
  };
  await prepareQueue(address);
  const sender = openWakeUps(address);
  const woken: number[] = [];
  const receiver = receiveWakeUps(address, 'book', async (id) => {
    woken.push(id);
    if (woken.length === 1) for (let n = 0; n < 50; n++) sender.wake('book', id);
    await sleep(300);
  });
  for (let n = 0; n < 100; n++) sender.wake('book', 7);
  await expect.poll(() => woken, { timeout: 10_000 }).toEqual([7, 7]);
  await sleep(800);
  expect(woken).toEqual([7, 7]);
  expect(faults).toEqual([]);
  await sender.close();
  await receiver.close();
  await rig.stop();
});
