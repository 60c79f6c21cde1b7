// What a file brings beside its entries, in Chromium and through the API: customers and values that it adds, and closing
// entries that don't say so, which whoever confirms may leave ordinary.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { accepted } from '#tests/ledger/open-book.ts';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const last = new Date().getUTCFullYear() - 1;
const pictures = resolve('.daybook/test/pictures');
const HEAD = 'date,reference,description,account,amount,party,party name,invoice,dimension:centre';
const FILE = `${HEAD}
${last}-05-01,S1,Sale,1100,250.00,ada,Ada Quinn,A1,
${last}-05-01,S1,Sale,4000,-250.00,,,,north
${last}-12-31,C1,Result to capital,4000,250.00,,,,
${last}-12-31,C1,Result to capital,3000,-250.00,,,,
`;

beforeAll(async () => {
  const { commands } = house.side;
  const call = () => ({
    actor: { userId: house.ownerId, via: 'system' as const },
    book: house.bookId,
    commandId: randomUUID(),
  });
  accepted(await commands.designateAccount(call(), { code: '1100', controls: 'receivables' }));
  accepted(await commands.defineDimension(call(), { code: 'centre', name: 'Cost centre' }));
});

const api = (path: string, init: RequestInit = {}) =>
  fetch(`${house.url}/api/v1/books/acme/imports${path}`, {
    ...init,
    headers: { authorization: `Bearer ${house.people.accountant.apiKey}` },
  });

test('the preview says what would be added and what is taken for a closing entry', async () => {
  mkdirSync(pictures, { recursive: true });
  const file = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'sales.csv');
  writeFileSync(file, FILE);
  const page = await signedIn(browser, house, 'accountant');
  await page.goto(`${house.url}/books/acme/imports`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByLabel('Add customers, suppliers and values of dimensions').check();
  await page.screenshot({ path: join(pictures, 'import-form.png'), fullPage: true });
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByText('Read and checked; nothing is posted yet.').waitFor();
  await page.getByText('New: 1 customer, 1 value of Cost centre').waitFor();
  await page.getByText('“Result to capital” (line 4) brings income and expenses to zero').waitFor();
  await page.screenshot({ path: join(pictures, 'import-preview.png'), fullPage: true });
  await page.getByText('1 of them as closing entry.').waitFor();
  await page.getByLabel('Post them as closing entries').uncheck();
  await page.getByRole('button', { name: 'Post 2 entries' }).click();
  await page.getByText('Posted as a whole.').waitFor();
  const { rows } = await house.side.store.pool.query(
    'select kind from posted_entries where book_id = $1 and import_id is not null order by number',
    [house.bookId],
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['ordinary', 'ordinary']);
  await page.goto(`${house.url}/books/acme/parties`);
  await page.getByRole('cell', { name: 'Ada Quinn', exact: true }).waitFor();
  await page.context().close();
});

test('the API takes the options, refuses others, and describes them', async () => {
  const posted = async (query: string) => {
    const answer = await api(`?format=csv&${query}`, { method: 'POST', body: FILE });
    return { status: answer.status, body: (await answer.json()) as { id: number; code?: string } };
  };
  for (const query of ['createParties=perhaps', 'createValues=1', 'closingEntries=maybe']) {
    expect(await posted(query)).toMatchObject({ status: 400, body: { code: 'bad-option' } });
  }
  const { status, body } = await posted(
    'again=true&preview=true&createParties=true&createValues=true&closingEntries=keep-kind',
  );
  expect(status).toBe(202);
  const state = async () => ((await (await api(`/${body.id}`)).json()) as { state: string }).state;
  await expect.poll(state, { timeout: 20_000 }).toBe('preview');
  expect(await (await api(`/${body.id}`)).json()).toMatchObject({
    newMasters: { parties: [], dimensions: [], values: [] },
    preview: { closing: [] },
  });
  const confirm = (query: string) => api(`/${body.id}/confirm${query}`, { method: 'POST' });
  expect((await confirm('?closingEntries=maybe')).status).toBe(400);
  expect((await confirm('?closingEntries=recognise')).status).toBe(202);
  await expect.poll(state, { timeout: 20_000 }).toBe('posted');
  const described = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, { post: { parameters: { name: string }[] } }>;
  };
  const names = (path: string) =>
    described.paths[`/api/v1/books/{book}/imports${path}`]!.post.parameters.map(({ name }) => name);
  expect(names('')).toEqual(
    expect.arrayContaining(['createParties', 'createValues', 'closingEntries', 'openingDate']),
  );
  expect(names('/{id}/confirm')).toContain('closingEntries');
});
