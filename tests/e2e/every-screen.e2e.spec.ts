// Every screen, light and dark: it opens, it does not scroll sideways at 1280 × 800, and axe-core finds nothing serious.
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();
const SCREENS = [
  '/books',
  '/books/new',
  '/account',
  '/books/acme',
  `/books/acme?period=${year}-Q1`,
  `/books/acme?period=${year}&group=Expenses%3ARent`,
  '/books/acme?period=never&group=nothing+like+that',
  '/books/acme/entries/new',
  '/books/acme/journal',
  '/books/acme/journal?text=nothing+like+that',
  '/books/acme/entries/1',
  '/books/acme/accounts',
  '/books/acme/accounts/1000',
  '/books/acme/currencies',
  '/books/acme/parties',
  '/books/acme/dimensions',
  '/books/acme/taxes',
  '/books/acme/budget',
  '/books/acme/imports',
  '/books/acme/reports',
  `/books/acme/reports/trial-balance/${year}`,
  `/books/acme/reports/balance-sheet/${year}-01`,
  `/books/acme/reports/income-statement/${year}-Q1`,
  `/books/acme/reports/balance-sheet/${year}-01/lines?row=1&column=amount`,
  `/books/acme/reports/general-ledger/${year}-01`,
  `/books/acme/reports/journal/${year}-01`,
  `/books/acme/reports/dashboard/${year}`,
  `/books/acme/reports/income-by-month/${year}`,
  `/books/acme/reports/changes-in-equity/${year}`,
  `/books/acme/reports/balances-by-unit/${year}-01`,
  `/books/acme/reports/currency-exposure/${year}-01`,
  `/books/acme/reports/income-by-dimension/${year}`,
  `/books/acme/reports/result-by-dimension/${year}`,
  `/books/acme/reports/aged-receivables/${year}-01`,
  `/books/acme/reports/open-items/${year}-01`,
  `/books/acme/reports/party-balances/${year}`,
  `/books/acme/reports/party-statements/${year}`,
  `/books/acme/reports/cash-flow/${year}`,
  `/books/acme/reports/key-figures/${year}`,
  `/books/acme/reports/budget/${year}`,
  `/books/acme/reports/tax-return/${year}-Q1`,
  `/books/acme/reports/income-statement~previous-1~zeros/${year}-02`,
  '/books/acme/verify',
  '/books/acme/history',
  '/books/acme/group',
  '/books/acme/members',
  '/books/acme/settings',
  '/books/acme/layouts',
  '/books/acme/layouts?statement=cash-flow',
  '/books/acme/system',
  '/books/acme/system?range=2h',
];

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    page = await signedIn(browser, house, 'owner', scheme);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (fault) => complaints.push(fault.message));
  });
  afterAll(() => page?.context().close());

  test.each(SCREENS)('%s', async (path) => {
    complaints.length = 0;
    const response = await page.goto(house.url + path);
    expect(response?.status()).toBe(200);
    await page.locator('h1').first().waitFor();
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(wide, 'scrolls sideways').toBe(false);
    const axe = new AxeBuilder({ page });
    // In the dark the same elements have other colours.
    if (scheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
    expect(serious).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

test('every page keeps to itself: a strict policy and the usual headers', async () => {
  const page = await signedIn(browser, house, 'owner');
  for (const path of ['/sign-in', '/books', '/books/acme/journal', '/books/nobodys']) {
    const headers = (await page.goto(house.url + path))?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  }
  await page.context().close();
});

test('guessing a password is stopped after ten attempts', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.url}/sign-in`);
  await page.getByLabel('E-mail').fill('auditor@acme.example');
  for (let attempt = 1; attempt <= 11; attempt++) {
    await page.getByRole('textbox', { name: 'Password' }).fill(`guess ${attempt}`);
    await Promise.all([
      page.waitForResponse((response) => response.url().includes('/callback/credentials')),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
  }
  await page.getByText('Too many attempts').waitFor();
  await page.context().close();
});

test('the sign-in page, and what is not there', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${house.url}/books/acme/journal`);
  await page.getByRole('textbox', { name: 'Password' }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual(
    [],
  );
  const manager = await signedIn(browser, house, 'manager');
  expect((await manager.goto(`${house.url}/books/acme/history`))?.status()).toBe(403);
  expect((await manager.goto(`${house.url}/books/nobodys`))?.status()).toBe(404);
  expect(
    (await manager.goto(`${house.url}/books/acme/reports/balance-sheet/${year}-13`))?.status(),
  ).toBe(404);
});
