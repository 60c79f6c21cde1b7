// A fresh migrated database and a fresh document database for one test file:
//   const rig = await startRig(); …rig.databaseUrl, rig.mongoUrl, rig.dbName…; await rig.stop();
// Databases are copies of a template that is made once per set of migrations.
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate, migrations } from '#server/embedded/migrate.ts';

export interface Rig {
  /** As the owner; the ledger's store takes the application's role by itself. */
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly dbName: string;
  stop(): Promise<void>;
}

const TEMPLATE_LOCK = 7_419;

/** Takes a copy of the template. */
export async function startRig(): Promise<Rig> {
  const server = inject('databaseUrl');
  const sums = migrations().map(({ checksum }) => checksum);
  const template = `template_${createHash('sha256').update(sums.join()).digest('hex').slice(0, 16)}`;
  const dbName = `t_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      template,
    ]);
    if (rowCount === 0) {
      const unfinished = `${template}_new`;
      await client.query(`drop database if exists ${unfinished} with (force)`);
      await client.query(`create database ${unfinished}`);
      await migrate(withDatabase(server, unfinished));
      await client.query(`alter database ${unfinished} rename to ${template}`);
    }
    await client.query(`create database ${dbName} template ${template}`);
  });
  return {
    databaseUrl: withDatabase(server, dbName),
    mongoUrl: inject('mongoUrl'),
    dbName,
    stop: () =>
      onServer(server, async (client) => {
        await client.query(`drop database if exists ${dbName} with (force)`);
      }),
  };
}

async function onServer(server: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
