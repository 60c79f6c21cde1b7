// `npm run migrate`: brings the database of DATABASE_URL up to date.
import { houseConfig } from '../config.ts';
import { migrate } from '../embedded/migrate.ts';
import { runEntry } from './run-entry.ts';

await runEntry(async () => {
  const { DATABASE_URL } = houseConfig();
  if (!DATABASE_URL)
    throw new Error('DATABASE_URL is missing: which database is to be brought up to date?');
  const applied = await migrate(DATABASE_URL);
  for (const name of applied) console.log(`applied ${name}`);
  if (applied.length === 0) console.log('nothing to apply');
});
