// A manager chooses what stands beside a report, or filters the overview: nobody had asked for that document before, and then it
// moves with what is posted.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { readPdf, textOf } from '../render/read-pdf.ts';
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

test('the budget beside the income statement, and a ledger beside a month before: what came of it leads to its lines', async () => {
  const page = await signedIn(browser, house, 'accountant');
  await page.goto(`${house.url}/books/acme/reports/income-statement/${year}-02`);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('link', { name: 'Budget', exact: true }).last().click();
  await page.waitForURL(/income-statement~budget/);
  for (const name of ['Actual', 'Budget', 'Difference']) {
    await page.getByRole('columnheader', { name, exact: true }).waitFor({ timeout: 15_000 });
  }
  await page.goto(`${house.url}/books/acme/reports/general-ledger/${year}-02`);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('link', { name: '1 month before', exact: true }).click();
  await page.waitForURL(/general-ledger~previous-1/);
  await page.getByRole('columnheader', { name: `Jan ${year}` }).waitFor({ timeout: 15_000 });
  await page.locator('tbody td a[href*="/lines?"]').first().click();
  await page.waitForURL(/general-ledger~previous-1.*lines/);
  await page.getByRole('row', { name: /^The figure \d+ lines? / }).waitFor();
});

test('the overview filtered: its PDF says by what, and so does the report’s page', async () => {
  const page = await signedIn(browser, house, 'manager');
  await page.goto(`${house.url}/books/acme?period=${year}-02`);
  await page.getByLabel('Accounts').selectOption('Expenses:Rent');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/group=Expenses/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PDF' }).first().click(),
  ]);
  const name = 'dashboard~group-Expenses.Rent';
  expect(download.suggestedFilename()).toBe(`acme-${name}-${year}-02.pdf`);
  const words = textOf((await readPdf(readFileSync(await download.path())))[0]!);
  expect(words).toContain('Dashboard, Rent');
  expect(words).toContain('Total Rent');
  await page.getByRole('link', { name: 'As a report' }).click();
  await page.waitForURL(new RegExp(`reports/${name}/`));
  await page.getByRole('heading', { name: 'Dashboard, Rent' }).first().waitFor();
  await page.getByRole('rowheader', { name: 'Total Rent' }).waitFor();
});
