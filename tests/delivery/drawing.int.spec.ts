// Files that are drawn: once however many ask, seldom when a document keeps changing, and ahead of who will ask.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { drawOnce } from '#reports/delivery/draw-once.ts';
import { createFairQueue } from '#reports/delivery/fair-queue.ts';
import { reportFiles } from '#reports/delivery/file-bytes.ts';
import { renderAhead } from '#reports/delivery/render-ahead.ts';
import { createRenderPool } from '#reports/delivery/render-pool.ts';
import { readPdf, textOf } from '../render/read-pdf.ts';
import { type ReadingRig, startReading } from './reading-rig.ts';
import { trialBalance } from './sample-reports.ts';

const PDF = '/books/nord/reports/trial-balance/2026-03.pdf';
const ADDRESS = { book: 1, report: 'trial-balance', period: '2026-03', format: 'pdf' };

let rig: ReadingRig;
let signedIn: Record<string, string>;

beforeAll(async () => {
  rig = await startReading(inject('mongoUrl'), { trustMs: 25_000, waitMs: 10_000 });
  await rig.person(11, 'manager');
  signedIn = { cookie: await rig.cookie(11) };
  await rig.publish(1, trialBalance(1, '1.25'));
}, 60_000);
afterAll(() => rig?.close());

const figureIn = async (answer: Response): Promise<string> => {
  const [page] = await readPdf(new Uint8Array(await answer.arrayBuffer()));
  return /\b\d+\.25\b/.exec(textOf(page!))![0];
};

test('a document that keeps changing is drawn once in two seconds, and each file goes under its own tag', async () => {
  // The thread that draws is started by the first one.
  await rig.get(PDF, signedIn);
  const before = rig.door.rendered();
  const started = performance.now();
  const tags = new Map<string, string>();
  let position = 1;
  while (performance.now() - started < 5_000) {
    position++;
    await rig.publish(position, trialBalance(position, `${position}.25`));
    const answer = await rig.get(PDF, signedIn);
    expect(answer.status).toBe(200);
    const claimed = answer.headers.get('x-ledger-position')!;
    const tag = answer.headers.get('etag')!;
    const figure = await figureIn(answer);
    expect(figure).toBe(`${claimed}.25`);
    expect(tags.get(figure) ?? tag).toBe(tag);
    tags.set(figure, tag);
    // However fast the machine, the next test's positions are higher.
    await sleep(15);
  }
  expect(position).toBeGreaterThan(4);
  const most = 1 + Math.ceil((performance.now() - started) / 2_000);
  expect(rig.door.rendered() - before).toBeLessThanOrEqual(most);
  const own = await rig.get(`${PDF}?minPosition=${position}`, signedIn);
  expect(own.headers.get('x-ledger-position')).toBe(`${position}`);
  expect(await figureIn(own)).toBe(`${position}.25`);
});

test('a document that changes after a quiet time: who asks gets what was current until then, unless the new file is there soon', async () => {
  const before = 500;
  await rig.publish(before, trialBalance(before, '500.25'));
  expect(await figureIn(await rig.get(`${PDF}?minPosition=${before}`, signedIn))).toBe('500.25');
  await sleep(5_000);

  await rig.publish(before + 1, trialBalance(before + 1, '501.25'));
  await expect
    .poll(async () => figureIn(await rig.get(PDF, signedIn)), { interval: 100, timeout: 2_000 })
    .toBe('501.25');
  await sleep(5_000);

  const small = trialBalance(before + 2, '502.25');
  const rows = Array.from({ length: 40_000 }, () => small.rows[1]!);
  await rig.publish(before + 2, { ...small, rows });
  const own = rig.get(`${PDF}?minPosition=${before + 2}`, signedIn);
  const answer = await rig.get(PDF, signedIn);
  expect(answer.headers.get('x-ledger-position')).toBe(`${before + 1}`);
  expect(await figureIn(answer)).toBe('501.25');
  expect((await own).headers.get('x-ledger-position')).toBe(`${before + 2}`);
  const next = await rig.get(PDF, signedIn);
  expect(next.headers.get('x-ledger-position')).toBe(`${before + 2}`);
}, 60_000);

test('a claim is one process’s at a time, lapses when nobody says that it goes on, and names what is finished', async () => {
  const { drawings } = rig.documents;
  const address = { ...ADDRESS, period: '2026-01' };
  const claims = await Promise.all(
    Array.from({ length: 20 }, () => drawings.claim(address, 'a', 2_000)),
  );
  expect(claims.filter(({ mine }) => mine)).toHaveLength(1);
  await drawings.finish(address, { digest: 'a', template: '1', position: 5 });
  expect(await drawings.claim(address, 'b', 2_000)).toMatchObject({
    mine: false,
    digest: 'a',
    finished: { digest: 'a', position: 5 },
  });
  expect(await drawings.claim(address, 'b', 0)).toMatchObject({
    mine: true,
    before: { file: { digest: 'a', position: 5 } },
  });
  await drawings.giveUp(address, 'b');
  expect(await drawings.claim(address, 'c', 2_000)).toMatchObject({ mine: true });
});

test('what is downloaded is drawn ahead when its document moves; what nobody asked for isn’t', async () => {
  const { documents } = rig;
  await expect
    .poll(async () => [...(await documents.drawings.demanded(1))])
    .toEqual(['trial-balance/2026-03.pdf']);
  const pool = createRenderPool({
    mongoUrl: inject('mongoUrl'),
    dbName: rig.dbName,
    threads: 1,
    niceness: 10,
    rendered: () => undefined,
  });
  const faults: unknown[] = [];
  const fault = (why: unknown) => faults.push(why);
  const { drawings } = documents;
  const files = reportFiles(documents.files, 1_000_000);
  const ahead = renderAhead(drawings, drawOnce({ drawings, files, pool, fault }), fault);
  const [digest] = await rig.publish(900, trialBalance(900, '900.25'));
  const head = {
    ...{ digest: digest!, position: 900, asOf: 900, computedAt: new Date().toISOString() },
    report: 'trial-balance' as const,
  };
  ahead.moved(1, [{ ...head, period: '2026-02' as PeriodKey }]);
  await sleep(300);
  ahead.moved(1, [
    { ...head, period: '2026-02' as PeriodKey },
    { ...head, period: '2026-03' as PeriodKey },
    { ...head, period: '2026-Q1' as PeriodKey },
  ]);
  await expect.poll(() => pool.made().count, { timeout: 10_000 }).toBe(1);
  const before = rig.door.rendered();
  expect(await figureIn(await rig.get(`${PDF}?minPosition=900`, signedIn))).toBe('900.25');
  expect(rig.door.rendered()).toBe(before);
  expect(faults).toEqual([]);
  await ahead.stop();
  await pool.close();
});

test('books take turns: a thousand files of one delay another by one', async () => {
  const queue = createFairQueue(1);
  const order: number[] = [];
  const work = (book: number) =>
    queue.run(book, async () => {
      order.push(book);
      if (book === 3) throw new Error('this one fails');
    });
  const all = [...Array.from({ length: 1_000 }, () => work(1)), work(2), work(3).catch(() => 0)];
  expect(queue.waiting()).toBe(1_001);
  await Promise.all(all);
  expect(order.indexOf(2)).toBeLessThanOrEqual(2);
  expect(order.indexOf(3)).toBeLessThanOrEqual(3);
  expect(order).toHaveLength(1_002);
});
