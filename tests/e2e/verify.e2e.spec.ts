// An auditor's way in Chromium: a downloaded PDF is recognised; after a back-dated entry the difference and the entry are
// shown; a changed byte is told; the digest from the footer says the same.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accepted, twoLines } from '#tests/ledger/open-book.ts';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();
const pictures = resolve('.daybook/test/pictures');

async function verify(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Verify' }).click();
}

test('a downloaded PDF is verified, what changed since is shown, a changed byte is told', async () => {
  mkdirSync(pictures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'daybook-'));
  const { apiKey } = house.people.auditor;
  const address = `${house.url}/books/acme/reports/income-statement/${year}-01.pdf`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${apiKey}` } });
  const pdf = Buffer.from(await answer.arrayBuffer());
  const file = join(folder, 'income.pdf');
  writeFileSync(file, pdf);

  const page = await signedIn(browser, house, 'auditor');
  await page.goto(`${house.url}/verify`);
  await page.waitForURL(/\/books\/acme\/verify/);
  await verify(page, file);
  await page.getByText('This book produced the document').waitFor();
  await page.getByText('byte for byte').waitFor();
  await page.getByText('Nothing that this report shows has changed since').waitFor();
  await page.screenshot({ path: join(pictures, 'verified.png') });

  const { commands } = house.side;
  const call = {
    actor: { userId: house.ownerId, via: 'system' as const },
    ...{ book: house.bookId, commandId: 'back-dated' },
  };
  const entry = twoLines(`${year}-01-12`, '5000', '1000', '44.00');
  accepted(await commands.postJournalEntry(call, entry));
  await house.level();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('What has changed since').waitFor();
  const changed = page.getByRole('row', { name: /5000 Rent Month/ });
  expect(await changed.textContent()).toMatch(/300\.00.*344\.00.*44\.00/);
  await page.screenshot({ path: join(pictures, 'changed-since.png'), fullPage: true });
  await page.getByRole('link', { name: '4', exact: true }).click();
  await page.waitForURL(/entries\/4/);

  // The same report as it was known before that entry.
  const screen = `${house.url}/books/acme/reports/income-statement/${year}-01`;
  const head = (await house.side.documents.position(house.bookId))!.position;
  await page.goto(`${screen}?knownAt=${head - 1}`);
  await page.getByText(`As known at position ${head - 1}.`).waitFor();
  expect(await page.getByRole('row', { name: /5000/ }).textContent()).toContain('300.00');
  await page.screenshot({ path: join(pictures, 'as-known.png') });
  const known = await page.request.get(`${screen}/as-known.csv?at=${head - 1}`);
  expect(await known.text()).toMatch(/5000,.*300\.00/);
  const drawn = await page.request.get(`${screen}/as-known.pdf?at=${head - 1}`);
  expect((await drawn.body()).equals(pdf)).toBe(true);
  const stranger = await fetch(`${screen}/as-known.csv?at=${head - 1}`);
  expect(stranger.status).toBe(401);
  expect((await page.request.get(`${screen}/as-known.csv?at=x`)).status()).toBe(400);
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(`${screen}?knownAt=${today}`);
  await page.getByText('As known at the end of').waitFor();
  expect(await page.getByRole('row', { name: /5000/ }).textContent()).toContain('344.00');
  await page.goto(`${screen}?knownAt=1999-01-01`);
  await page.getByText('The book had no such day or position').waitFor();
  await page.getByRole('link', { name: 'The current report' }).click();
  await page.getByText('Up to date').waitFor();

  const forged = Buffer.from(pdf);
  forged[Math.floor(pdf.length / 2)]! ^= 1;
  writeFileSync(file, forged);
  await page.goto(`${house.url}/books/acme/verify`);
  await verify(page, file);
  await page.getByText('The file is not as this book draws it').waitFor();
  await page.screenshot({ path: join(pictures, 'changed-byte.png'), fullPage: true });

  await page.goto(`${house.url}/books/acme/verify?digest=${'0'.repeat(12)}`);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('No stored document has this digest').waitFor();
  writeFileSync(file, 'no PDF');
  await verify(page, file);
  await page.getByText('The file is not a PDF').waitFor();
  await page.context().close();
});
