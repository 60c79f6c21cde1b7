// A Daybook of the bench's own: a data folder beside the demo's, embedded databases, worker, API and front door. The
// pages' process is left out: nothing here asks for a screen.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFault, houseConfig } from '#server/config.ts';
import { endLeftOver, livingPid } from '#server/embedded/left-over.ts';
import { type LedgerSide, openLedgerSide } from '#server/entry/open-ledger-side.ts';
import { runChildren } from '#server/entry/run-children.ts';
import { openHouse } from '#server/entry/run-house.ts';
import { step } from '#server/entry/tell-steps.ts';
import { createLog } from '#server/log.ts';
import { descendants } from '../machine.ts';

export type Role = 'front-door' | 'api' | 'worker' | 'postgres' | 'documents';

export interface BenchHouse {
  readonly folder: string;
  readonly url: string;
  readonly databaseUrl: string;
  /** Of the document store, as its settings call it. */
  readonly storeKind: string;
  readonly side: LedgerSide;
  /** Processes that do this now. */
  pids(role: Role): number[];
  /** Something that an earlier run with `--keep` made, or is made now and noted. */
  once<T>(name: string, make: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const WORDS: Readonly<Record<Role, string>> = {
  'front-door': 'server/entry/front-door.ts',
  api: 'server/entry/api.ts',
  worker: 'server/entry/worker.ts',
  postgres: 'postgres',
  documents: join('documents', 'data'),
};
const PATIENCE_MS = 60_000;

/** Starts it. @param keep whether books stay for the next run, and those of the last one are used */
export async function openBenchHouse(keep: boolean): Promise<BenchHouse> {
  const folder = join(houseConfig().DAYBOOK_DATA, 'bench');
  if (livingPid(join(folder, 'house.pid')) !== null)
    throw new ConfigFault(`A bench runs in ${folder} already.`);
  if (!keep) await clear(folder);
  const house = await openHouse({ nodeEnv: 'production', apart: folder, step });
  const children = runChildren({
    // One process, as the bare server that it is held against.
    env: { ...house.env, WEB_CONCURRENCY: '1', DAYBOOK_LOG: 'warn' },
    logs: join(folder, 'logs'),
    say: console.error,
  });
  const side = await openLedgerSide(house.addresses, createLog('bench', 'warn'));
  const end = async () => {
    await children.stop();
    await side.close();
    await house.stop();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= end();
    return ending;
  };
  try {
    await step('Front door, API and worker', async () => {
      for (const name of ['worker', 'api', 'front-door']) children.start(name);
      await ready(house.url);
    });
  } catch (fault) {
    await stop();
    throw fault;
  }
  const settings = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
  const pids = (role: Role) => descendants(WORDS[role]);
  return {
    folder,
    url: house.url,
    databaseUrl: house.addresses.databaseUrl,
    storeKind: settings.kind,
    side,
    pids,
    once: noted(join(folder, 'bench.json')),
    stop,
  };
}

async function clear(folder: string): Promise<void> {
  await endLeftOver(join(folder, 'postgres', 'postgres.pid'), 'SIGINT');
  await endLeftOver(join(folder, 'documents', 'documents.pid'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

async function ready(url: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    const said = answer?.ok
      ? ((await answer.json()) as { documents: boolean; api: boolean })
      : null;
    if (said?.documents && said.api) return;
    if (Date.now() > end) throw new Error(`${url} is not ready after ${PATIENCE_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Results by name, in a file beside the books that they speak of. */
function noted(file: string) {
  const known: Record<string, unknown> = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
  return async <T>(name: string, make: () => Promise<T>): Promise<T> => {
    if (name in known) return known[name] as T;
    const made = await make();
    known[name] = made;
    // It holds keys.
    writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
    return made;
  };
}
