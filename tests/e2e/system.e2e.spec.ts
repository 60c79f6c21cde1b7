// The owner's System page: a load in progress can be followed on it, checks that were run are said there, and nobody
// else may look.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childEnvironment } from '#server/config.ts';
import { accepted, twoLines } from '#tests/ledger/open-book.ts';
import { openBrowser, signedIn } from './browser.ts';
import { type E2eHouse, startHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  house = await startHouse();
  browser = await openBrowser();
  page = await signedIn(browser, house, 'owner');
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const year = new Date().getUTCFullYear();
const REPORT = `/books/acme/reports/balance-sheet/${year}-01`;
const section = (name: string) => page.getByRole('region', { name });
/** The number in front of a word. */
const figure = async (name: string, word: string): Promise<number> => {
  const said = (await section(name).textContent()) ?? '';
  return Number(new RegExp(`([\\d,]+) ${word}`).exec(said)?.[1]?.replaceAll(',', '') ?? 0);
};

test('it is in the side bar, and a quiet book is up to date', async () => {
  await page.getByRole('link', { name: 'System' }).click();
  await page.getByRole('heading', { name: 'System' }).waitFor();
  await section('Freshness').getByText('Up to date').waitFor();
  await section('Processes')
    .getByText(/^1 worker, \d+ MB of memory/)
    .waitFor();
  await section('Last checks').getByText('npm run verify').waitFor();
});

test('posts and downloads appear while they go on, without loading the page again', async () => {
  await page.evaluate(() => Object.assign(window, { same: true }));
  const before = await figure('Downloads', 'download');
  const headers = { authorization: `Bearer ${house.people.manager.apiKey}` };
  let etag = '';
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 5; n++) {
      const answer = await fetch(`${house.url}${REPORT}.pdf`, {
        headers: { ...headers, 'if-none-match': etag },
      });
      await answer.arrayBuffer();
      etag = answer.headers.get('etag') ?? '';
    }
    const call = {
      actor: { userId: house.ownerId, via: 'system' as const },
      book: house.bookId,
      commandId: randomUUID(),
    };
    const entry = twoLines(`${year}-01-15`, '5000', '1000', '1.00');
    accepted(await house.side.commands.postJournalEntry(call, entry));
    await house.level();
  }
  await expect.poll(() => figure('Downloads', 'download'), { timeout: 20_000 }).toBe(before + 20);
  await expect
    .poll(() => figure('Recomputes', 'recompute'), { timeout: 20_000 })
    .toBeGreaterThan(3);
  await section('Downloads')
    .getByRole('img', { name: /^Downloads a second: / })
    .waitFor();
  await section('Freshness')
    .getByRole('img', { name: /^Delay until shown: / })
    .waitFor();
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
});

/** Runs a tool of operators against the house's databases. @returns its exit code. */
const runTool = (name: 'verify' | 'reconcile') =>
  new Promise<number | null>((resolve, reject) => {
    const env = childEnvironment({
      DATABASE_URL: house.lines.database.url,
      MONGODB_URL: house.lines.mongo.url,
    });
    const tool = spawn(process.execPath, [`server/entry/${name}.ts`], { env, stdio: 'ignore' });
    tool.once('error', reject);
    tool.once('exit', resolve);
  });

test('checks that operators run are said there, and in red what they find', async () => {
  expect(await runTool('verify')).toBe(0);
  await section('Last checks')
    .getByText(/^\d+ events, all as they should be/)
    .waitFor();
  expect(await runTool('reconcile')).toBe(0);
  await section('Last checks')
    .getByText(/^\d+ documents, all as they should be/)
    .waitFor();
  await house.side.documents.standing.noteCheck(house.bookId, {
    ...{ kind: 'reconciliation', at: new Date().toISOString(), compared: 90 },
    difference: 'journal/2026 is missing',
  });
  const wrong = section('Last checks').getByText('journal/2026 is missing');
  await wrong.waitFor();
  expect(await wrong.getAttribute('data-wrong')).toBe('true');
});

test('every invariant is listed with how often it held, and what one is broken by', async () => {
  const row = (sentence: RegExp) =>
    section('Invariants').getByRole('row').filter({ hasText: sentence });
  const balances = row(/Assets equal liabilities and equity, at every date/);
  await balances.getByText('balance-sheet-balances').waitFor();
  await balances.getByText(/^Held/).waitFor();
  expect(Number((await balances.getByRole('cell').nth(1).textContent())!)).toBeGreaterThan(3);
  await house.side.documents.standing.noteViolations(house.bookId, Date.now(), [
    {
      ...{ invariant: 'balance-sheet-balances', report: 'balance-sheet', period: `${year}-01` },
      ...{ figure: `it balances at ${year}-01-31`, found: '5.01', expected: '5.00' },
      ...{ difference: '0.01', unit: 'EUR' },
    },
  ]);
  const said = `Broken in balance-sheet ${year}-01: it balances at ${year}-01-31: 5.01 against 5.00 EUR, 0.01 apart`;
  const wrong = balances.getByText(said);
  await wrong.waitFor();
  expect(await wrong.getAttribute('data-wrong')).toBe('true');
  await section('Invariants').getByText('1 invariant does not hold').waitFor();
});

test('two hours can be shown; other roles may not look', async () => {
  await page.getByRole('link', { name: '2 hours' }).click();
  await section('Freshness').getByText('Changes shown per 1 min').waitFor();
  for (const role of ['accountant', 'manager', 'auditor'] as const) {
    const other = await signedIn(browser, house, role);
    expect((await other.goto(`${house.url}/books/acme/system`))?.status()).toBe(403);
    await other.goto(`${house.url}/books/acme`);
    expect(await other.getByRole('link', { name: 'System' }).count()).toBe(0);
    await other.context().close();
  }
});
