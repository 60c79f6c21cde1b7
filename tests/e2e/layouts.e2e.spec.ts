// An owner lays out the income statement: by keyboard, with a warning for what falls through, and the open report follows.
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

test('a preset is taken over, changed and kept; the report shows it without reload', async () => {
  const reader = await signedIn(browser, house, 'manager');
  await reader.goto(`${house.url}/books/acme/reports/income-statement/${year}`);
  await reader.getByRole('row', { name: /^Total income/ }).waitFor();
  await reader.goto(`${house.url}/books/acme/layouts?statement=income-statement`);
  expect(await reader.getByRole('button', { name: 'Lay out the statement' }).count()).toBe(0);
  await reader.goto(`${house.url}/books/acme/reports/income-statement/${year}`);

  const page = await signedIn(browser, house, 'owner');
  await page.goto(`${house.url}/books/acme/layouts?statement=income-statement`);
  await page.getByLabel('Begin with').selectOption('IFRS');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByRole('row', { name: /^Profit before income taxes/ }).waitFor();
  const first = page.getByLabel('Line 1, accounts');
  await first.fill('some thing');
  await page.getByText('Line 1: “some thing” picks no accounts.').waitFor();
  expect(await page.getByRole('button', { name: 'Lay out the statement' }).isDisabled()).toBe(true);
  await first.fill('tag trade');
  await preview.getByText(/^In no line, so shown in one of their own:.*4000/).waitFor();
  await first.fill('type income');
  await page.getByLabel('Line 1, name').fill('Turnover');
  await page.getByLabel('Line 1, name').press('Enter');
  await page.getByLabel('Line 2, name').fill('Own work');
  await page.getByLabel('Line 2, name').press('Alt+ArrowRight');
  await page.getByRole('button', { name: 'Lay out the statement' }).click();
  await page.getByText('Kept. The reports are being made anew.').waitFor();

  await reader.getByRole('row', { name: /^Total turnover/ }).waitFor({ timeout: 10_000 });
  await reader.getByRole('row', { name: /^Operating profit/ }).waitFor();
  await page.reload();
  expect(await page.getByLabel('Line 1, name').inputValue()).toBe('Turnover');
});
