// The main job in Chromium: sign in, post by keyboard alone, import a file, see the report change without reload,
// download the PDF and read the amounts in it.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readPdf, textOf } from '#tests/render/read-pdf.ts';
import { aroundHouse } from './around-house.ts';
import { signedIn } from './browser.ts';
import type { E2eHouse } from './start-house.ts';

let house: E2eHouse;
let browser: Browser;
aroundHouse((home) => {
  ({ house, browser } = home);
});

const year = new Date().getUTCFullYear();
const report = (name: string, period: string | number) =>
  `${house.url}/books/acme/reports/${name}/${period}`;

describe('an accountant', () => {
  test('posts an entry by keyboard alone, and an open report shows it without reload', async () => {
    const reader = await signedIn(browser, house, 'manager');
    await reader.goto(report('income-statement', `${year}-02`));
    await reader.getByText('Up to date').waitFor();
    const page = await signedIn(browser, house, 'accountant');
    await page.goto(`${house.url}/books/acme/entries/new`);
    await page.getByLabel('Date', { exact: true }).waitFor();
    const { keyboard } = page;
    // The date has the focus once the page is alive.
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('Date');
    await keyboard.type(`14/2/${year}`);
    await keyboard.press('Tab');
    await keyboard.type('February sale');
    for (const text of ['', '']) {
      await keyboard.press('Tab');
      await keyboard.type(text);
    }
    await keyboard.press('Tab');
    await keyboard.type('debt');
    await keyboard.press('Tab');
    await keyboard.type('600+77.70');
    await keyboard.press('Enter');
    await keyboard.press('Shift+Tab');
    await keyboard.type('sales');
    await keyboard.press('Tab');
    await keyboard.press('F4');
    await page.getByText('debit 677.70 · credit 677.70').waitFor();
    await keyboard.press('Control+Enter');
    const sent = page.getByLabel('Entries of this session');
    await sent.locator('li[data-state=posted]').waitFor();
    expect(await sent.locator('li a').first().textContent()).toBe('4');
    expect(
      await page.getByRole('combobox', { name: 'Description' }).inputValue(),
      'ready for the next',
    ).toBe('');
    await reader.getByText('677.70').first().waitFor({ timeout: 10_000 });
    const entry = await house.side.queries.entryByNumber(house.bookId, 4);
    expect(entry).toMatchObject({ date: `${year}-02-14`, description: 'February sale' });
    expect(entry?.lines.map(({ account, amount, side }) => `${account} ${side} ${amount}`)).toEqual(
      ['1100 debit 677.70', '4000 credit 677.70'],
    );
    await page.context().close();
    await reader.context().close();
  });

  test('a refused entry says why and comes back with one key; a reload loses nothing', async () => {
    const page = await signedIn(browser, house, 'accountant');
    await page.goto(`${house.url}/books/acme/entries/new`);
    const fill = async (line: number, account: string, debit: string, credit: string) => {
      await page.getByRole('combobox', { name: `Account of line ${line}` }).fill(account);
      await page.getByLabel(`Debit of line ${line}`).fill(debit);
      await page.getByLabel(`Credit of line ${line}`).fill(credit);
    };
    await page.getByLabel('Date', { exact: true }).fill(`1/1/${year - 3}`);
    await page.getByRole('combobox', { name: 'Description' }).fill('Too early');
    await fill(1, '1000', '5', '');
    await fill(2, '4000', '', '5');
    await page.reload();
    const description = page.getByRole('combobox', { name: 'Description' });
    await expect.poll(() => description.inputValue()).toBe('Too early');
    await page.keyboard.press('Control+Enter');
    await page.getByText('before the book').waitFor();
    await page.keyboard.press('F2');
    await expect.poll(() => description.inputValue()).toBe('Too early');
    await page.context().close();
  });

  test('records a rate and posts dollars by it and at a rate of their own', async () => {
    const page = await signedIn(browser, house, 'accountant');
    await page.goto(`${house.url}/books/acme/currencies`);
    await page.getByLabel('Rates: EUR for one').fill(`USD ${year}-01-15 0.92`);
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByText('1 rate recorded.').waitFor();
    await page.getByRole('row', { name: /USD/ }).waitFor();
    await page.goto(`${house.url}/books/acme/entries/new`);
    const post = async (description: string, debit: string, credit: string) => {
      await page.getByLabel('Date', { exact: true }).fill(`20/2/${year}`);
      await page.getByRole('combobox', { name: 'Description' }).fill(description);
      await page.getByRole('combobox', { name: 'Account of line 1' }).fill('1000');
      await page.getByLabel('Debit of line 1').fill(debit);
      await page.getByRole('combobox', { name: 'Account of line 2' }).fill('4000');
      await page.getByLabel('Credit of line 2').fill(credit);
      await page.keyboard.press('Control+Enter');
    };
    await post('At the book’s rate', '100 usd', '92');
    await post('At its own', '100 USD @ 0.95', '95');
    const sent = page.getByLabel('Entries of this session');
    await expect.poll(() => sent.locator('li[data-state=posted]').count()).toBe(2);
    const number = await sent.locator('li a').first().textContent();
    await page.goto(`${house.url}/books/acme/entries/${number}`);
    await page.getByText('100.00 USD at 0.95 EUR').waitFor();
    const entry = await house.side.queries.entryByNumber(house.bookId, Number(number) - 1);
    expect(entry?.lines.map(({ amount, units }) => [amount, units?.rate])).toEqual([
      ['92.00', '0.92'],
      ['92.00', undefined],
    ]);
    await page.context().close();
  });

  test('imports a file: preview, confirmation, posted', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'daybook-')), 'spring.journal');
    writeFileSync(
      file,
      `${year}-03-01 (R1) Landlord\n  Expenses:Rent  €400.00\n  Assets:Bank\n\n${year}-03-05 Coffee\n  Expenses:Food:Coffee  €12.30\n  Assets:Bank\n`,
    );
    const page = await signedIn(browser, house, 'accountant');
    // As on a slow line: the file is chosen before the page is alive.
    const alive = Promise.withResolvers<void>();
    await page.route('**/*.js', async (route) => {
      await alive.promise;
      await route.continue();
    });
    await page.goto(`${house.url}/books/acme/imports`, { waitUntil: 'commit' });
    await page.locator('input[type=file]').setInputFiles(file);
    alive.resolve();
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByText('Read and checked; nothing is posted yet.').waitFor();
    expect(await page.getByLabel('Type of Expenses:Food:Coffee').inputValue()).toBe('expense');
    await page.getByRole('button', { name: 'Post 2 entries' }).click();
    await page.getByText('Posted as a whole.').waitFor();
    await house.level();
    await page.context().close();
  });

  test('a manager downloads the PDF of the balance sheet and its amounts are the ledger’s', async () => {
    const page = await signedIn(browser, house, 'manager');
    await page.goto(report('balance-sheet', `${year}-03`));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: 'PDF' })
        .first()
        .evaluate((link) => {
          link.setAttribute('download', '');
          (link as HTMLAnchorElement).click();
        }),
    ]);
    const pages = await readPdf(readFileSync(await download.path()));
    const text = pages.map(textOf).join(' ');
    // Bank: 5 000 − 300 + 92 + 95 − 400 − 12.30.
    expect(text).toContain('4,474.70');
    expect(text).toContain('Acme Łódź Ltd');
    expect(text).toContain('Unaudited');
    await page.context().close();
  });

  test('a manager follows a figure of a statement to the lines that come to it', async () => {
    const page = await signedIn(browser, house, 'manager');
    await page.goto(report('balance-sheet', `${year}-Q1`));
    const figure = page.getByRole('row', { name: 'Total assets' }).getByRole('link').first();
    const amount = await figure.textContent();
    await figure.click();
    await page.getByRole('heading', { name: 'Total assets' }).waitFor();
    const foot = page.getByRole('row', { name: /^The figure/ });
    expect(await foot.locator('td').last().textContent()).toBe(amount);
    const counted = await page.getByRole('row').count();
    expect(await foot.textContent()).toContain(`${counted - 2} lines`);
    await page.context().close();
  });

  test('a manager filters the overview by group of accounts, and its figures follow', async () => {
    const page = await signedIn(browser, house, 'manager');
    await page.goto(`${house.url}/books/acme?period=${year}-03`);
    await page.getByLabel('Accounts').selectOption({ label: 'Rent' });
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL((address) => address.searchParams.get('group') === 'Expenses:Rent');
    const figure = page.locator('dl').first().locator('div', { hasText: 'Rent' });
    await figure.getByText('400.00').waitFor();
    await page.getByText('Figures').first().click();
    await page
      .getByRole('table', { name: 'Rent' })
      .getByRole('row', { name: /March/ })
      .getByText('400.00')
      .waitFor();
    await page.getByRole('link', { name: 'Previous period' }).click();
    await page.waitForURL((address) => address.searchParams.get('period') === `${year}-02`);
    expect(new URL(page.url()).searchParams.get('group')).toBe('Expenses:Rent');
    await page.context().close();
  });

  test('names a customer, an invoice and its tax in one cell, and the open items show it', async () => {
    const page = await signedIn(browser, house, 'accountant');
    const fill = async (form: string, fields: Record<string, string>, button: string) => {
      const own = page.getByRole('form', { name: form });
      for (const [label, text] of Object.entries(fields)) {
        const field = own.getByLabel(new RegExp(`^${label}`));
        if (await field.evaluate((element) => element.tagName === 'SELECT')) {
          await field.selectOption({ label: text });
        } else await field.fill(text);
      }
      await own.getByRole('button', { name: button }).click();
    };
    await page.goto(`${house.url}/books/acme/parties`);
    await fill('Add a customer or supplier', { Code: 'C-1', Name: 'Ada Ltd' }, 'Add');
    await page.getByRole('row', { name: /C-1/ }).waitFor();
    await fill(
      'Name a control account',
      { Account: '1100 Debtors', Of: 'receivables' },
      'Name as control account',
    );
    await page.getByRole('row', { name: /1100 Debtors/ }).waitFor();
    await page.goto(`${house.url}/books/acme/taxes`);
    const code = { Code: 'OUT', Name: 'VAT', Kind: 'charged on sales' };
    const boxes = { 'Box of what was taxed': '1', 'Box of the tax': '2' };
    const account = { 'Account of the tax': '2000 Creditors' };
    await fill('Define a tax code', { ...code, ...account, ...boxes }, 'Define');
    await page.getByRole('row', { name: /none yet/ }).waitFor();
    await fill('Set a rate', { From: `${year}-01-01`, 'Per cent': '25' }, 'Set rate');
    await page.getByRole('row', { name: /25 % from/ }).waitFor();

    await page.goto(`${house.url}/books/acme/entries/new`);
    await page.getByLabel('Date', { exact: true }).fill(`3/3/${year}`);
    await page.getByRole('combobox', { name: 'Description' }).fill('Invoice A1');
    await page.getByRole('combobox', { name: 'Account of line 1' }).fill('1100');
    await page.getByLabel('Debit of line 1').fill('125');
    const details = page.getByRole('combobox', { name: 'Details of line 1' });
    await details.pressSequentially('ada');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await details.pressSequentially(`#A1 due:20/3/${year}`);
    await page.getByRole('combobox', { name: 'Account of line 2' }).fill('4000');
    await page.getByLabel('Credit of line 2').fill('100');
    await page.getByRole('combobox', { name: 'Details of line 2' }).fill('vat:OUT');
    await page.getByText('Rates and taxes are worked out when it is posted').waitFor();
    await page.keyboard.press('Control+Enter');
    const sent = page.getByLabel('Entries of this session');
    await sent.locator('li[data-state=posted]').waitFor();
    const number = await sent.locator('li a').first().textContent();
    await page.goto(`${house.url}/books/acme/entries/${number}`);
    await page.getByText(`C-1 Ada Ltd · A1, due 20/03/${year}`).waitFor();
    await page.getByText('OUT, tax · OUT 25 %').waitFor();
    await page.goto(report('open-items', `${year}-03`));
    const row = page.getByRole('row', { name: /A1/ });
    await row.waitFor({ timeout: 10_000 });
    expect(await row.textContent()).toContain('125.00');
    await page.context().close();
  });

  test('plans a year in the grid: typed, pasted, copied, and the open report follows', async () => {
    const reader = await signedIn(browser, house, 'manager');
    await reader.goto(report('budget', `${year}-02`));
    await reader.getByText(`The book has no budget for ${year}.`).waitFor();
    const page = await signedIn(browser, house, 'accountant');
    await page.goto(`${house.url}/books/acme/budget?year=${year}`);
    const cell = (month: string) => page.getByLabel(`4000 Sales, ${month} ${year}`);
    await cell('January').fill('100 000,00x');
    await page.getByText('A marked cell is no amount.').waitFor();
    await cell('January').fill('1,000.50');
    await cell('February').focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', '700\t800\n');
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    });
    await page.getByText('3 amounts changed, not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('3 amounts saved.').waitFor();
    expect(await cell('January').inputValue()).toBe('1,000.50');
    // Not reloaded.
    const sales = reader.getByRole('row', { name: /4000/ });
    await sales.waitFor({ timeout: 10_000 });
    expect(await sales.textContent()).toContain('700.00');
    await page.getByLabel('More by, %').fill('10');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText(/has a budget already|has nothing to copy/).waitFor();
    await reader.context().close();
    await page.context().close();
  });
});
