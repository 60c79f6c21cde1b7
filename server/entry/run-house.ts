// A whole Daybook on one machine: databases, migrations, processes, a demo company. `npm run demo` and `npm run dev`
// are this; the data folder remembers ports, secret and kind of store, so a second start takes seconds.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { initiateReplicaSet } from '#reports/documents/initiate-replica-set.ts';
import { ConfigFault, childEnvironment, houseConfig } from '../config.ts';
import { type StoreKind, startDocumentStore } from '../embedded/document-store.ts';
import { livingPid, writePid } from '../embedded/left-over.ts';
import { migrate } from '../embedded/migrate.ts';
import { anyFreePort, isFree, nextFreePort } from '../embedded/ports.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { prepareQueue } from '../queue/wake-ups.ts';

interface Settings {
  readonly postgresPort: number;
  readonly mongoPort: number;
  readonly secret: string;
  readonly kind?: StoreKind;
}

export interface House {
  readonly folder: string;
  readonly url: string;
  readonly addresses: {
    readonly databaseUrl: string;
    readonly mongoUrl: string;
    readonly redisUrl: string | undefined;
  };
  readonly env: NodeJS.ProcessEnv;
  /** Ends the embedded servers. */
  stop(): Promise<void>;
}

export interface HouseOptions {
  readonly nodeEnv: 'production' | 'development';
  /** A house of its own in this folder: databases that the environment names are left alone. */
  readonly apart?: string;
  /** Runs one step and says its time. */
  step<Result>(
    name: string,
    work: (say: (line: string) => void) => Promise<Result>,
  ): Promise<Result>;
}

const DEFAULT_PORT = 3000;
/** Where the databases of a running house are found by `with-databases.ts`. */
export const ADDRESSES_FILE = 'addresses.json';

/** Starts the databases and brings them up to date; the processes are the caller's. */
export async function openHouse({ nodeEnv, apart, step }: HouseOptions): Promise<House> {
  const { DAYBOOK_DATA, PORT, ...named } = houseConfig();
  const found: Partial<typeof named> = apart === undefined ? named : {};
  const folder = apart ?? DAYBOOK_DATA;
  mkdirSync(join(folder, 'logs'), { recursive: true });
  takeFolder(folder);
  const settings = await readSettings(folder);
  const stops: (() => Promise<void>)[] = [];
  const databaseUrl =
    found.DATABASE_URL ??
    (await step('PostgreSQL', async () => {
      const server = await startPostgres({ folder, port: settings.postgresPort });
      stops.push(server.stop);
      await ensureDatabase(server.url('postgres'));
      return server.url('daybook');
    }));
  const mongoUrl =
    found.MONGODB_URL ??
    (await step('Document store', async (say) => {
      const store = await startDocumentStore({
        folder,
        tools: join(DAYBOOK_DATA, 'tools'),
        port: settings.mongoPort,
        kind: settings.kind,
        say,
        initiate: initiateReplicaSet,
      });
      stops.push(store.stop);
      writeSettings(folder, { ...settings, kind: store.kind });
      return store.url;
    }));
  const redisUrl = found.REDIS_URL;
  await step('Migrations', async () => {
    await migrate(databaseUrl);
    await prepareQueue({ databaseUrl, redisUrl, fault: console.error });
  });
  const addresses = { databaseUrl, mongoUrl, redisUrl };
  writeFileSync(join(folder, ADDRESSES_FILE), JSON.stringify(addresses), { mode: 0o600 });
  const port = await freePort(PORT);
  const url = `http://localhost:${port}`;
  const env = childEnvironment({
    NODE_ENV: nodeEnv,
    DATABASE_URL: databaseUrl,
    MONGODB_URL: mongoUrl,
    REDIS_URL: redisUrl,
    NEXTAUTH_SECRET: settings.secret,
    NEXTAUTH_URL: url,
    PORT: `${port}`,
    API_PORT: `${await anyFreePort()}`,
    WEB_PORT: `${await anyFreePort()}`,
  });
  return {
    folder,
    url,
    addresses,
    env,
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

/** One Daybook per data folder. */
function takeFolder(folder: string): void {
  const file = join(folder, 'house.pid');
  const other = livingPid(file);
  if (other !== null && other !== process.pid) {
    throw new ConfigFault(
      `Process ${other} already runs a Daybook in ${folder}: stop it, or set DAYBOOK_DATA to another folder.`,
    );
  }
  writePid(file, process.pid);
}

async function readSettings(folder: string): Promise<Settings> {
  const file = join(folder, 'settings.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Settings;
  const settings = {
    postgresPort: await anyFreePort(),
    mongoPort: await anyFreePort(),
    secret: randomBytes(33).toString('base64'),
  };
  writeSettings(folder, settings);
  return settings;
}

const writeSettings = (folder: string, settings: Settings): void =>
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });

async function ensureDatabase(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = 'daybook'");
    if (rowCount === 0) await client.query('create database daybook');
  } finally {
    await client.end();
  }
}

async function freePort(asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (await isFree(asked)) return asked;
    throw new ConfigFault(`Port ${asked} is taken: set PORT to another.`);
  }
  const port = await nextFreePort(DEFAULT_PORT);
  if (port !== DEFAULT_PORT) console.log(`  Port ${DEFAULT_PORT} is taken: using ${port}.`);
  return port;
}
