// The printed page: read back as text with places. Names in any European script, figures on their decimal sign, heads
// on every page, and equal input gives equal bytes.
import { createHash } from 'node:crypto';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';
import { readPdf, textOf } from './read-pdf.ts';

const DIGEST = 'abcdef0123456789'.repeat(4);

async function draw(body: ReportBody): Promise<Buffer> {
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await drawPdf(
    {
      body,
      digest: DIGEST,
      rows: async function* () {
        yield body.rows;
      },
    },
    pipe,
  );
  return bytes;
}

test('says whose it is, what it covers, from where, and how final it is', async () => {
  const [page] = await readPdf(await draw(trialBalance(1204)));
  const text = textOf(page!);
  for (const words of [
    'Ελλάδα Łódź & Ærø Trading Ltd',
    'Registration number HRB 12345 · 12 High Street, Dublin 2',
    'Trial balance',
    '1 March 2026 to 31 March 2026',
    'Amounts in EUR · Unaudited · Provisional: the period is not locked',
    'Bank of Łódź',
    'Αθήνα',
    'Ledger position 1,204 · recorded 2 Apr 2026, 10:30 IST · digest abcdef012345',
    'Page 1 of 1',
  ]) {
    expect(text).toContain(words);
  }
});

test('figures of a column end at one place, negatives in parentheses hang out', async () => {
  const body = { ...trialBalance(7), book: { ...TITLE, negatives: 'parentheses' as const } };
  const rows = body.rows.map((row) =>
    row.account === '1010' ? { ...row, values: { closingDebit: '-12.00' } } : row,
  );
  const [page] = await readPdf(await draw({ ...body, rows }));
  const decimals = page!
    .filter((word) => ['1,234.50', '(12.00)'].includes(word.text))
    .map((word) => ({ text: word.text, end: word.x + word.width }));
  const negative = decimals.find(({ text }) => text === '(12.00)')!;
  const regular = decimals.filter(({ text }) => text === '1,234.50').map(({ end }) => end);
  // The parenthesis is 3 to 4 points wide; without it both end at the same place.
  const distances = regular.map((end) => negative.end - end).filter((gap) => Math.abs(gap) < 8);
  expect(distances.length).toBeGreaterThan(0);
  for (const gap of distances) expect(gap).toBeCloseTo(distances[0]!, 1);
  expect(distances[0]).toBeGreaterThan(1);
});

test('figures and dates follow the locale', async () => {
  const body = {
    ...trialBalance(1204),
    book: { ...TITLE, locale: 'de-DE', timeZone: 'Europe/Berlin' },
  };
  const text = textOf((await readPdf(await draw(body)))[0]!);
  expect(text).toContain('1.234,50');
  expect(text).toContain('1. März 2026 to 31. März 2026');
  expect(text).toContain('Ledger position 1.204');
});

test('equal input gives equal bytes', async () => {
  const digests = [await draw(trialBalance(3)), await draw(trialBalance(3))].map((bytes) =>
    createHash('sha256').update(bytes).digest('hex'),
  );
  expect(digests[0]).toBe(digests[1]);
});

test('letters that are parts of other letters can still be copied out of a later page', async () => {
  await draw({ ...trialBalance(1), title: 'ź ś ĺ' });
  const text = textOf(
    (await readPdf(await draw({ ...trialBalance(2), title: 'zsl -> März' })))[0]!,
  );
  expect(text).toContain('zsl -> März');
});

test('a long ledger names its columns and account on every page and counts its pages', async () => {
  const { body, rows } = longLedger(1000);
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await drawPdf({ body, digest: DIGEST, rows }, pipe);
  const pages = await readPdf(await bytes);
  expect(pages.length).toBeGreaterThan(20);
  for (const [at, page] of pages.entries()) {
    const text = textOf(page);
    expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
    expect(text).toContain('Balance');
  }
  expect(textOf(pages[1]!)).toContain('1000 Færge og skib (continued)');
  const all = pages.map(textOf).join(' ');
  for (const entry of ['1', '499', '500', '1000'])
    expect(all).toMatch(new RegExp(`(^| )${entry} `));
});

test('a ledger of 50 000 lines streams: memory does not grow with it', async () => {
  const { body, rows } = longLedger(50_000);
  let [size, most] = [0, 0];
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
      setImmediate(done);
    },
  });
  const before = process.memoryUsage().arrayBuffers;
  await drawPdf({ body, digest: DIGEST, rows }, slow);
  expect(size).toBeGreaterThan(2_000_000);
  expect(most - before).toBeLessThan(60_000_000);
}, 120_000);
