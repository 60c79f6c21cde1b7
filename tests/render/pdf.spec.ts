// The printed page: read back as text with places. Names in any European script, figures on their decimal sign, heads
// on every page, and equal input gives equal bytes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';
import { GOLDEN } from './golden-pages.ts';
import { readPdf, textOf, type Word } from './read-pdf.ts';

const DIGEST = 'abcdef0123456789'.repeat(4);

async function drawn(source: ReportSource): Promise<Buffer> {
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await drawPdf(source, pipe);
  return bytes;
}

const draw = (body: ReportBody): Promise<Buffer> =>
  drawn({
    body,
    digest: DIGEST,
    rows: async function* () {
      yield body.rows;
    },
  });

/** By lines, then from the left. */
const inOrder = (page: readonly Word[]) =>
  page.toSorted((a, b) => Math.round(a.y * 10) - Math.round(b.y * 10) || a.x - b.x);

const GOLDEN_WORDS = readFileSync(new URL('golden-pages.txt', import.meta.url), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((part) => {
    const [name = '', ...lines] = part.trimEnd().split('\n');
    return { name, words: lines.map((line) => line.split('\t')) };
  });

test.each(GOLDEN_WORDS)('every word stands where it stood: $name', async ({ name, words }) => {
  const source = GOLDEN[name]!();
  const pages = await readPdf(await drawn({ ...source, digest: DIGEST }));
  const found = pages.flatMap((page, at) =>
    inOrder(page).map((word) => ({ ...word, page: at + 1 })),
  );
  expect(found.map(({ page, text }) => `${page} ${text}`)).toEqual(
    words.map(([page, , , , text]) => `${page} ${text}`),
  );
  for (const [at, { x, y, width }] of found.entries()) {
    const [, ...places] = words[at]!;
    for (const [side, value] of [x, y, width].entries()) {
      expect(Math.abs(value - Number(places[side])), words[at]!.join(' ')).toBeLessThan(0.02);
    }
  }
});

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
  const pages = await readPdf(await drawn({ body, digest: DIGEST, rows }));
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

test('the rows are read as fast as the file is taken, and no further than a page ahead', async () => {
  const { body } = longLedger(50_000);
  let read = 0;
  async function* rows() {
    for await (const batch of longLedger(50_000).rows()) {
      for (const row of batch) {
        read++;
        yield [row];
      }
    }
  }
  const taken: (() => void)[] = [];
  const stuck = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      taken.push(done);
    },
  });
  const drawing = drawPdf({ body, digest: DIGEST, rows }, stuck);
  const readSoFar: number[] = [];
  for (let page = 0; page < 4; page++) {
    await vi.waitFor(() => expect(taken.length).toBe(1));
    await setTimeout(20);
    readSoFar.push(read);
    taken.pop()!();
  }
  for (const [page, rowsRead] of readSoFar.entries())
    expect(rowsRead).toBeLessThan(60 * (page + 2));
  stuck.destroy();
  await expect(drawing).rejects.toThrow('the reader of the PDF has gone');
});

test.each([
  ['without a word', undefined, 'the reader of the PDF has gone'],
  ['with a fault', new Error('connection reset'), 'connection reset'],
])('a reader that goes away %s ends the drawing', async (_how, fault, message) => {
  const { body } = longLedger(50_000);
  let ended = false;
  async function* rows() {
    try {
      yield* longLedger(50_000).rows();
    } finally {
      ended = true;
    }
  }
  const pipe = new PassThrough();
  const drawing = drawPdf({ body, digest: DIGEST, rows }, pipe);
  pipe.once('data', () => pipe.destroy(fault));
  await expect(drawing).rejects.toThrow(message);
  expect(ended).toBe(true);
});

test('a reader that goes away at the very end is told apart from one that took everything', async () => {
  const body = trialBalance(1);
  const pipe = new PassThrough({ highWaterMark: 1 });
  const drawing = drawPdf(
    {
      body,
      digest: DIGEST,
      rows: async function* () {
        yield body.rows;
      },
    },
    pipe,
  );
  setImmediate(() => pipe.destroy());
  await expect(drawing).rejects.toThrow('the reader of the PDF has gone');
});

test('letters of every script and marks above them are copied out as they were written', async () => {
  const name = 'Ελλάδα Машины Ærø ạ̣ b\u0323\u0301 日本 €1,5';
  const text = textOf((await readPdf(await draw({ ...trialBalance(2), title: name })))[0]!);
  for (const word of name.split(' '))
    expect(text.normalize('NFC')).toContain(word.normalize('NFC'));
});

test('a statement of one page takes no more than 30 KB', async () => {
  const one = trialBalance(1204);
  const rows = Array.from({ length: 40 }, (_, at) => ({
    ...one.rows[1 + (at % 3)]!,
    account: `${1000 + at}`,
    name: `${one.rows[1 + (at % 2)]!.name} ${at} Quarzgewinde & Jahrfxkvp`,
    values: { debit: `${at * 1_234_567}.89`, closingCredit: `-${at}.05` },
  }));
  expect((await draw({ ...one, rows })).length).toBeLessThan(30 * 1024);
});
