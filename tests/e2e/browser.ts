// Chromium: the one on the PATH, else the one that npm carries on Linux, else what Playwright has installed.
import { type Browser, chromium, type Page } from 'playwright-core';
import { childEnvironment, searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';
import type { E2eHouse } from './start-house.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox'];
  for (const name of NAMES) {
    const executablePath = onPath(name, searchPath());
    if (executablePath) return chromium.launch({ executablePath, args });
  }
  if (process.platform === 'linux') {
    const carried = await import('./carried-chromium.ts');
    const { executablePath, args: own, env } = await carried.carriedChromium();
    return chromium.launch({
      executablePath,
      args: [...own, ...args],
      env: childEnvironment(env) as Record<string, string>,
    });
  }
  return chromium.launch({ args });
}

/** A page of somebody signed in, 1280 × 800. */
export async function signedIn(
  browser: Browser,
  house: E2eHouse,
  role: keyof E2eHouse['people'],
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
  const page = await context.newPage();
  const { email, password } = house.people[role];
  await page.goto(`${house.url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  // Enabled once the page is alive.
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return page;
}
