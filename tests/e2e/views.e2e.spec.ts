// A manager chooses what stands beside a report: nobody had asked for it before, and then it moves with what is posted.
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

test('by keyboard: the month before beside the income statement, as a screen and as a file', async () => {
  const page = await signedIn(browser, house, 'manager');
  await page.goto(`${house.url}/books/acme/reports/income-statement/${year}-02`);
  await page.getByRole('button', { name: 'Compare' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '1 month before', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/income-statement~previous-1/);
  await page.getByRole('columnheader', { name: `Feb ${year}` }).waitFor({ timeout: 15_000 });
  await page.getByRole('columnheader', { name: `Jan ${year}` }).waitFor();
  await page.getByRole('columnheader', { name: 'Change' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`acme-income-statement~previous-1-${year}-02.csv`);
  await page.getByRole('button', { name: '1 month before' }).click();
  await page.getByRole('link', { name: 'Shown', exact: true }).click();
  await page.waitForURL(/income-statement~previous-1~zeros/);
  await page
    .getByRole('heading', { name: /with accounts at zero/ })
    .first()
    .waitFor();
});
