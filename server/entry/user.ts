// `npm run user -- --email E --name N`: makes somebody who may sign in and begin books, or gives them a new password.
import { parseArgs } from 'node:util';
import { createUser } from '#ledger/commands/create-user.ts';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { newPassword } from '#ledger/store/passwords.ts';
import { ConfigFault } from '../config.ts';
import { runEntry } from './run-entry.ts';
import { withDatabases } from './with-databases.ts';

await runEntry(async () => {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, name: { type: 'string' } },
  });
  const { email, name } = values;
  if (!email?.includes('@')) {
    throw new ConfigFault('Say who: npm run user -- --email ada@example.org --name "Ada Quinn"');
  }
  await withDatabases(async ({ databaseUrl }) => {
    const store = connectLedger({ url: databaseUrl, poolSize: 1 });
    try {
      const password = newPassword();
      await createUser(store, { email, name: name ?? email.split('@')[0]!, password });
      console.log(`${email}  ${password}`);
    } finally {
      await store.close();
    }
  });
});
