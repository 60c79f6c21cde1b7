// Brings a database up to date by the SQL files under prisma/migrations, in order, each in a transaction of its own, and
// notes them in Prisma's own table with Prisma's own checksums: its CLI reads the history as its own. The CLI itself
// would download a native engine at install time.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

const LOCK = 72_707_369;
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** @returns the migrations of this tree, oldest first. */
export const migrations = (): Migration[] => {
  const folder = join(import.meta.dirname, '../../prisma/migrations');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** Applies what is missing. @returns the names of those applied. @throws when an applied one has changed since. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    const known = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const applied: string[] = [];
    for (const { name, sql, checksum } of migrations()) {
      const before = known.get(name);
      if (before === checksum) continue;
      if (before !== undefined)
        throw new Error(`The migration ${name} was changed after it had been applied.`);
      await client.query('begin');
      await client.query(sql);
      await client.query(
        `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         values ($1, $2, $3, now(), 1)`,
        [randomUUID(), checksum, name],
      );
      await client.query('commit');
      applied.push(name);
    }
    return applied;
  } finally {
    // Ending the session gives up the lock and whatever was begun.
    await client.end();
  }
}
