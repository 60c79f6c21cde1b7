// A whole Daybook for the browser tests: production build, all four processes, real databases, one small book.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import pino from 'pino';
import { createUser } from '#ledger/commands/create-user.ts';
import type { Role } from '#ledger/domain/permissions.ts';
import { childEnvironment } from '#server/config.ts';
import { anyFreePort } from '#server/embedded/ports.ts';
import { buildScreens } from '#server/entry/build-screens.ts';
import { type LedgerSide, openLedgerSide } from '#server/entry/open-ledger-side.ts';
import { type Children, runChildren } from '#server/entry/run-children.ts';
import { answers, documentsLevel } from '#server/entry/wait-until.ts';
import { prepareQueue } from '#server/queue/wake-ups.ts';
import { accepted, CHART, twoLines } from '#tests/ledger/open-book.ts';
import { type CuttableLine, cuttableLine } from '#tests/rig/cuttable-line.ts';
import { startRig } from '#tests/rig/start-rig.ts';

export interface E2eHouse {
  readonly url: string;
  readonly side: LedgerSide;
  readonly children: Children;
  /** Between the processes and their databases. */
  readonly lines: { readonly database: CuttableLine; readonly mongo: CuttableLine };
  /** Sign-in by role in the book `acme`. */
  readonly people: Readonly<Record<Role, { email: string; password: string; apiKey: string }>>;
  readonly bookId: number;
  readonly ownerId: number;
  level(): Promise<void>;
  stop(): Promise<void>;
}

const ROLES: readonly Role[] = ['owner', 'accountant', 'manager', 'auditor'];

export async function startHouse(): Promise<E2eHouse> {
  const rig = await startRig();
  const mongoUrl = new URL(rig.mongoUrl);
  mongoUrl.pathname = `/${rig.dbName}`;
  const { databaseUrl } = rig;
  await prepareQueue({ databaseUrl, redisUrl: undefined, fault: console.error });
  await buildScreens();
  const lines = {
    database: await cuttableLine(databaseUrl),
    mongo: await cuttableLine(mongoUrl.href),
  };
  const port = await anyFreePort();
  const url = `http://localhost:${port}`;
  const env = childEnvironment({
    NODE_ENV: 'production',
    DATABASE_URL: lines.database.url,
    MONGODB_URL: lines.mongo.url,
    NEXTAUTH_SECRET: randomBytes(33).toString('base64'),
    NEXTAUTH_URL: url,
    PORT: `${port}`,
    API_PORT: `${await anyFreePort()}`,
    WEB_PORT: `${await anyFreePort()}`,
    DAYBOOK_LOG: 'warn',
  });
  const logs = resolve('.daybook/test/logs');
  mkdirSync(logs, { recursive: true });
  const children = runChildren({ env, logs, say: () => undefined });
  for (const name of ['worker', 'web', 'api', 'front-door']) children.start(name);
  const side = await openLedgerSide(
    { databaseUrl, mongoUrl: mongoUrl.href },
    pino({ level: 'silent' }),
  );
  const filled = await fill(side);
  await answers(`${url}/readyz`);
  await answers(`${url}/sign-in`);
  await documentsLevel(side);
  return {
    url,
    side,
    children,
    lines,
    ...filled,
    level: () => documentsLevel(side),
    async stop() {
      await children.stop();
      await side.close();
      await lines.database.close();
      await lines.mongo.close();
      await rig.stop();
    },
  };
}

/** The book `acme` with a few entries of last year and this one, and somebody of every role. */
async function fill({ commands, store }: LedgerSide) {
  const people: Partial<
    Record<Role, { id: number; email: string; password: string; apiKey: string }>
  > = {};
  for (const role of ROLES) {
    const email = `${role}@acme.example`;
    const password = randomBytes(9).toString('base64url');
    const id = await createUser(store, { email, name: `The ${role}`, password });
    const own = { actor: { userId: id, via: 'system' as const }, commandId: randomUUID() };
    const { key } = accepted(await commands.issueApiKey(own, { name: 'test' }));
    people[role] = { id, email, password, apiKey: key };
  }
  const actor = { userId: people.owner!.id, via: 'system' as const };
  const year = new Date().getUTCFullYear();
  const { id: book } = accepted(
    await commands.createBook(
      { actor, commandId: randomUUID() },
      {
        name: 'Acme',
        slug: 'acme',
        baseCurrency: 'EUR',
        startDate: `${year - 1}-01-01`,
        firstYearEnd: `${year - 1}-12-31`,
        timeZone: 'Europe/Dublin',
        locale: 'en-IE',
        chart: 'empty',
      },
    ),
  );
  const call = () => ({ actor, book, commandId: randomUUID() });
  for (const [code, name, path, type] of CHART) {
    accepted(await commands.openAccount(call(), { code, name, path, type }));
  }
  accepted(
    await commands.changeBookSettings(call(), {
      legalName: 'Acme Łódź Ltd',
      registrationNumber: '12345',
    }),
  );
  for (const role of ROLES.slice(1)) {
    accepted(await commands.addMember(call(), { email: people[role]!.email, role }));
  }
  accepted(
    await commands.postJournalEntry(
      call(),
      twoLines(`${year - 1}-03-01`, '1000', '3000', '5000.00'),
    ),
  );
  accepted(
    await commands.postJournalEntry(call(), twoLines(`${year}-01-10`, '1100', '4000', '1200.00')),
  );
  accepted(
    await commands.postJournalEntry(call(), twoLines(`${year}-01-20`, '5000', '1000', '300.00')),
  );
  return {
    bookId: book,
    ownerId: people.owner!.id,
    people: people as E2eHouse['people'],
  };
}
