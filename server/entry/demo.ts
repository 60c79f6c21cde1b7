// `npm run demo`: a whole Daybook from nothing, with a demo company, until Ctrl-C. The second time it starts with the
// data as it was left.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUser } from '#ledger/commands/create-user.ts';
import { todayIn } from '#ledger/domain/calendar.ts';
import { createLog } from '../log.ts';
import { buildScreens } from './build-screens.ts';
import { type FilledDemo, fillDemo } from './demo-fill.ts';
import { openLedgerSide } from './open-ledger-side.ts';
import { runChildren } from './run-children.ts';
import { runEntry, whenStopped } from './run-entry.ts';
import { type House, openHouse } from './run-house.ts';
import { step } from './tell-steps.ts';
import { answers, documentsLevel } from './wait-until.ts';

await runEntry(async () => {
  console.log('Daybook');
  const house = await openHouse({ nodeEnv: 'production', step });
  const logs = join(house.folder, 'logs');
  const children = runChildren({ env: house.env, logs, say: (line) => console.log(line) });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= children.stop().then(house.stop);
    return closing;
  };
  whenStopped(async () => {
    console.log('\nStopping …');
    await close();
  });
  try {
    await step('Screens', async () => void (await buildScreens()));
    await step('Front door, pages, API and worker', async () => {
      for (const name of ['worker', 'web', 'api', 'front-door']) children.start(name);
      await answers(`${house.url}/readyz`);
    });
    const demo = await demoOf(house);
    tell(house, demo);
  } catch (fault) {
    await close();
    throw fault;
  }
});

/** What was filled before, or is now. */
async function demoOf(house: House): Promise<FilledDemo> {
  const file = join(house.folder, 'demo.json');
  const write = (demo: FilledDemo) =>
    writeFileSync(file, `${JSON.stringify({ url: house.url, ...demo }, null, 2)}\n`, {
      mode: 0o600,
    });
  if (existsSync(file)) {
    const { book, users } = JSON.parse(readFileSync(file, 'utf8')) as FilledDemo;
    write({ book, users });
    return { book, users };
  }
  const side = await openLedgerSide(house.addresses, createLog('demo', 'warn'));
  try {
    const demo = await step('Demo company', (_say, bar) =>
      fillDemo({
        commands: side.commands,
        createUser: (user) => createUser(side.store, user),
        importState: async (book, id) => (await side.queries.importById(book, id))!,
        today: todayIn('UTC', Date.now()),
        progress: bar,
      }),
    );
    await step('Report documents', () => documentsLevel(side));
    write(demo);
    return demo;
  } finally {
    await side.close();
  }
}

function tell(house: House, { users }: FilledDemo): void {
  console.log(`\n  ${house.url}\n`);
  for (const [role, { email, password }] of Object.entries(users)) {
    console.log(`  ${role.padEnd(11)} ${email.padEnd(32)} ${password}`);
  }
  console.log(`\n  Also in ${join(house.folder, 'demo.json')}. Ctrl-C stops everything.`);
}
