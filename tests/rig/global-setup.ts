// Starts PostgreSQL and the document store once for a run, or joins those of a run beside it; addresses reach the tests
// as inject('databaseUrl') (its user may create databases) and inject('mongoUrl').
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { initiateReplicaSet } from '#reports/documents/initiate-replica-set.ts';
import {
  type EmbeddedStore,
  type StoreKind,
  startDocumentStore,
} from '#server/embedded/document-store.ts';
import { livingPid, writePid } from '#server/embedded/left-over.ts';
import { anyFreePort } from '#server/embedded/ports.ts';
import { type EmbeddedPostgres, startPostgres } from '#server/embedded/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    mongoUrl: string;
  }
}

interface Settings {
  readonly postgresPort: number;
  readonly mongoPort: number;
  readonly kind?: StoreKind;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = resolve('.daybook/test');
  const runs = join(folder, 'runs');
  mkdirSync(runs, { recursive: true });
  const own = join(runs, `${process.pid}.json`);
  writePid(own, process.pid);
  const settings = readSettings(folder) ?? {
    postgresPort: await anyFreePort(),
    mongoPort: await anyFreePort(),
  };
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  const postgres: EmbeddedPostgres = await startPostgres({
    folder,
    port: settings.postgresPort,
    careless: true,
  });
  const store: EmbeddedStore = await startDocumentStore({
    folder,
    tools: resolve('.daybook/tools'),
    port: settings.mongoPort,
    kind: settings.kind,
    say,
    initiate: initiateReplicaSet,
  });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...settings, kind: store.kind }));
  project.provide('databaseUrl', postgres.url('postgres'));
  project.provide('mongoUrl', store.url);
  return async () => {
    rmSync(own, { force: true });
    const others = readdirSync(runs).some((file) => livingPid(join(runs, file)) !== null);
    if (others) return;
    await store.stop();
    await postgres.stop();
  };
}

function readSettings(folder: string): Settings | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as Settings;
  } catch {
    // The first run.
    return null;
  }
}
