// An owner adds a book to a group on screen; what it posts is in the group's consolidated statements without a word.
import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { accepted, twoLines } from '#tests/ledger/open-book.ts';
import { openGroup } from '#tests/ledger/open-group.ts';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();
const FIRST = { startDate: `${year - 1}-01-01`, firstYearEnd: `${year - 1}-12-31` };

test('a book is added, consolidated, changed and removed', async () => {
  const { bookId, ownerId, side } = house;
  const { commands } = side;
  const page = await signedIn(browser, house, 'owner');
  await openGroup({ commands, ownerId }, { ...FIRST, name: 'Acme Group' });
  await house.level();
  await page.goto(`${house.url}/books/group/reports`);
  await page.getByRole('link', { name: 'Balance sheet', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Consolidation' }).count()).toBe(0);

  await page.goto(`${house.url}/books/group/group`);
  const add = page.getByRole('form', { name: 'Add a book to the group' });
  await add.getByLabel('Book', { exact: true }).selectOption('Acme');
  await add.getByLabel('Where its accounts go').fill('5000 > 5000');
  await add.getByRole('button', { name: 'Add' }).click();
  await add.getByText('Line 1: The book has no account 5000 > 5000.').first().waitFor();
  await add.getByLabel('Where its accounts go').fill('5000 -> 5000');
  await add.getByLabel('Intercompany accounts').fill('1100');
  await add.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('heading', { name: 'Acme (EUR)' }).waitFor();

  const sheet = `${house.url}/books/group/reports/consolidation/${year}-01`;
  await expect
    .poll(
      async () => {
        await page.goto(sheet);
        return page.getByRole('row', { name: /^Intercompany difference/ }).count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  const call = { actor: { userId: ownerId, via: 'system' as const }, book: bookId };
  const late = twoLines(`${year}-01-25`, '1000', '4000', '77.00');
  accepted(await commands.postJournalEntry({ ...call, commandId: randomUUID() }, late));
  await page.getByRole('cell', { name: '1,277.00' }).first().waitFor({ timeout: 15_000 });

  await page.getByRole('link', { name: '1,277.00' }).last().click();
  await page.getByRole('row', { name: /The figure .*1,277\.00/ }).waitFor();
  await page
    .getByRole('row', { name: /^Acme / })
    .getByRole('link')
    .first()
    .click();
  await page.getByText('the part of Acme').waitFor();
  await page
    .getByRole('row', { name: / 77\.00 / })
    .getByRole('link')
    .first()
    .click();
  await page.waitForURL(/\/books\/acme\/entries\/\d+$/);

  await page.goto(`${house.url}/books/group/group`);
  await page.getByText(/^Last taken .* at its event \d+\./).waitFor();
  const change = page.getByRole('form', { name: 'Change Acme' });
  expect(await change.getByLabel('Where its accounts go').inputValue()).toBe('5000 → 5000');
  await change.getByLabel('Name in columns of reports').fill('Acme Ltd');
  await change.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('heading', { name: 'Acme Ltd (EUR)' }).waitFor();
  await page.getByRole('button', { name: 'Remove Acme Ltd from the group' }).click();
  await page.getByText('No other books belong to this one').waitFor();
}, 180_000);

test('a program adds a book with a key of all books, not with one that is limited to the group', async () => {
  const { ownerId, people, side, url } = house;
  const call = { actor: { userId: ownerId, via: 'system' as const }, commandId: randomUUID() };
  const limited = await side.commands.issueApiKey(call, { name: 'limited', book: 'group' });
  const ask = (key: string, method: string, path = '', body?: object) =>
    fetch(`${url}/api/v1/books/group/group-members${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const refused = await ask(accepted(limited).key, 'POST', '', { book: 'acme' });
  expect(await refused.json()).toMatchObject({ status: 403, code: 'key-limited' });
  const { apiKey } = people.owner;
  expect((await ask(apiKey, 'POST', '', { book: 'acme' })).status).toBe(201);
  const changed = { intercompany: '1100', mapping: [{ accounts: '5000', to: '5000' }] };
  expect((await ask(apiKey, 'PATCH', '/acme', changed)).status).toBe(200);
  const listed = await (await ask(accepted(limited).key, 'GET')).json();
  expect(listed).toMatchObject({
    groupMembers: [{ book: 'acme', name: 'Acme', currency: 'EUR', readable: true, ...changed }],
  });
  expect((await ask(apiKey, 'DELETE', '/acme')).status).toBe(200);
  expect(await (await ask(apiKey, 'GET')).json()).toEqual({ groupMembers: [] });
});
