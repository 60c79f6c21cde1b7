// A whole Daybook with one of its databases gone: reading goes on without PostgreSQL (and so without queue and worker),
// writing goes on without MongoDB, and the documents catch up by themselves.
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { verifyBooks } from '#ledger/verify/verify-book.ts';
import { twoLines } from '#tests/ledger/open-book.ts';
import { withBookLock } from '#workers/recompute-lock.ts';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();
const REPORTS = ['trial-balance', 'balance-sheet', 'income-statement', 'general-ledger', 'journal'];
const key = (role: keyof E2eHouse['people']) => ({
  authorization: `Bearer ${house.people[role].apiKey}`,
});
const post = (amount: string) =>
  fetch(`${house.url}/api/v1/books/acme/journal-entries`, {
    method: 'POST',
    headers: { ...key('accountant'), 'content-type': 'application/json' },
    body: JSON.stringify(twoLines(`${year}-02-01`, '1000', '4000', amount)),
  });

test('without PostgreSQL signed-in people and API keys read and download every document', async () => {
  const page = await signedIn(browser, house, 'manager');
  house.lines.database.cut();
  for (const report of REPORTS) {
    for (const period of [`${year}`, `${year}-Q1`, `${year}-01`]) {
      for (const format of ['json', 'csv', 'pdf', 'xlsx']) {
        const address = `${house.url}/books/acme/reports/${report}/${period}.${format}`;
        const answer = await fetch(address, { headers: key('manager') });
        expect(answer.status, address).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
      }
    }
    const shown = await page.goto(`${house.url}/books/acme/reports/${report}/${year}-01`);
    expect(shown?.status(), report).toBe(200);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  }
  const overview = await page.goto(`${house.url}/books/acme`);
  expect(overview?.status()).toBe(200);
  const refused = await post('5.00');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ code: 'ledger-not-reachable' });
  house.lines.database.mend();
  await expect.poll(async () => (await post('5.00')).status, { timeout: 20_000 }).toBe(201);
  await house.level();
  await page.context().close();
});

test('without MongoDB entries are posted by people and programs, and the documents catch up', async () => {
  const page = await signedIn(browser, house, 'accountant');
  await page.goto(`${house.url}/books/acme/entries/new`);
  house.lines.mongo.cut();
  const posted = await post('7.00');
  expect(posted.status).toBe(201);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Date');
  const lines = [
    ['1000', '8', ''],
    ['4000', '', '8'],
  ] as const;
  await page.getByRole('combobox', { name: 'Description' }).fill('While documents are away');
  for (const [at, [account, debit, credit]] of lines.entries()) {
    await page.getByRole('combobox', { name: `Account of line ${at + 1}` }).fill(account);
    await page.getByLabel(`Debit of line ${at + 1}`).fill(debit);
    await page.getByLabel(`Credit of line ${at + 1}`).fill(credit);
  }
  await page.keyboard.press('Control+Enter');
  await page.locator('li[data-state=posted]').waitFor({ timeout: 60_000 });
  const journal = await page.goto(`${house.url}/books/acme/journal`);
  expect(journal?.status()).toBe(200);
  await page.getByText('While documents are away').waitFor();
  house.lines.mongo.mend();
  await house.level();
  const verdicts = await verifyBooks(house.side.store);
  expect(verdicts.map(({ difference }) => difference)).toEqual([null]);
  await page.context().close();
});

test('documents that stay behind are “Updating…”, at once to who posted and soon to everybody', async () => {
  const address = `${house.url}/books/acme/reports/income-statement/${year}-03`;
  const reader = await signedIn(browser, house, 'manager');
  await reader.goto(address);
  await reader.getByText('Up to date').waitFor();
  const page = await signedIn(browser, house, 'accountant');
  await page.goto(`${house.url}/books/acme/entries/new`);
  await page.getByText('Amounts in EUR').waitFor();
  const { promise: done, resolve: release } = Promise.withResolvers<void>();
  const held = withBookLock(house.side.store, house.bookId, 10_000, () => done);
  const lines = [
    ['1000', '41.15', ''],
    ['4000', '', '41.15'],
  ] as const;
  await page.getByLabel('Date', { exact: true }).fill(`3/3/${year}`);
  await page.getByRole('combobox', { name: 'Description' }).fill('While workers are away');
  for (const [at, [account, debit, credit]] of lines.entries()) {
    await page.getByRole('combobox', { name: `Account of line ${at + 1}` }).fill(account);
    await page.getByLabel(`Debit of line ${at + 1}`).fill(debit);
    await page.getByLabel(`Credit of line ${at + 1}`).fill(credit);
  }
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Entries of this session').locator('li[data-state=posted]').waitFor();
  const response = await page.goto(address);
  expect(await response?.text(), 'before its script is alive').toContain('Updating…');
  await page.getByText('Updating…').waitFor({ timeout: 2_000 });
  await reader.getByText('Updating…').waitFor({ timeout: 10_000 });
  await reader.reload();
  await reader.getByText('Updating…').waitFor({ timeout: 10_000 });
  release();
  await held;
  for (const own of [page, reader]) {
    await own.getByText('41.15').first().waitFor({ timeout: 10_000 });
    await own.getByText('Up to date').waitFor();
    await own.context().close();
  }
});
