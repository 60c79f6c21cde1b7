// A manager takes the reports of a month with them, as files in one archive and as one PDF.
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();

test('a manager downloads the month’s pack, the marked reports in one file', async () => {
  const page = await signedIn(browser, house, 'manager');
  await page.goto(`${house.url}/books/acme/reports?period=${year}-02`);
  await page.getByLabel('Journal in the pack').check();
  await page.getByLabel('Cash flow statement in the pack').uncheck();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'XLSX', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`acme-${year}-02.zip`);
  const names = Object.keys(unzipSync(readFileSync(await download.path())));
  expect(names.at(-1)).toMatch(/-journal-\d{4}-02\.xlsx$/);
  expect(names.join()).toContain('-balance-sheet-');
  expect(names.join()).not.toContain(`-cash-flow-${year}`);
  const [pack] = await Promise.all([
    page.waitForResponse((response) => response.url().includes(`/packs/${year}-02.pdf?`)),
    page.getByRole('button', { name: 'One PDF' }).click(),
  ]);
  expect(pack.status()).toBe(200);
  expect(pack.headers()['content-type']).toBe('application/pdf');
  expect(pack.url()).toContain('reports=journal');
  expect(pack.url()).not.toMatch(/reports=cash-flow(&|$)/);
  await page.context().close();
});
