// A Daybook and a browser around the tests of a file.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from './browser.ts';
import { type E2eHouse, startHouse } from './start-house.ts';

/** Opens both before the file's first test and closes them after its last. @param opened is told before that test */
export function aroundHouse(
  opened: (home: { readonly house: E2eHouse; readonly browser: Browser }) => void,
): void {
  let house: E2eHouse | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    house = await startHouse();
    browser = await openBrowser();
    opened({ house, browser });
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });
}
