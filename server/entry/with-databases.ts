// Databases for the tools of operators (verify, rebuild, reconcile, user): those of the environment, else those of the
// Daybook that runs in the data folder, else that folder's own, started for as long as the tool works.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { houseConfig } from '../config.ts';
import { livingPid } from '../embedded/left-over.ts';
import { ADDRESSES_FILE, type House, openHouse } from './run-house.ts';

type Addresses = House['addresses'];

export async function withDatabases(work: (at: Addresses) => Promise<void>): Promise<void> {
  const { DATABASE_URL, MONGODB_URL, REDIS_URL, DAYBOOK_DATA } = houseConfig();
  if (DATABASE_URL && MONGODB_URL) {
    await work({ databaseUrl: DATABASE_URL, mongoUrl: MONGODB_URL, redisUrl: REDIS_URL });
  } else if (livingPid(join(DAYBOOK_DATA, 'house.pid')) !== null) {
    await work(JSON.parse(readFileSync(join(DAYBOOK_DATA, ADDRESSES_FILE), 'utf8')) as Addresses);
  } else {
    const house = await openHouse({
      nodeEnv: 'production',
      step: (_name, step) => step(console.error),
    });
    try {
      await work(house.addresses);
    } finally {
      await house.stop();
    }
  }
}
