// A process that runs imports until it is killed: node import-process.ts DATABASE_URL IMPORT_ID
import pino from 'pino';
import { connectLedger } from '#ledger/store/connect-ledger.ts';
import { runImport } from '#workers/import.ts';

const [url = '', id = ''] = process.argv.slice(2);
const store = connectLedger({ url, poolSize: 5 });
const silent = () => undefined;
await runImport(
  {
    store,
    notify: {
      bookChanged: silent,
      accessChanged: silent,
      importChanged: silent,
      importProgressed: silent,
    },
    log: pino({ level: 'silent' }),
  },
  Number(id),
);
process.stdout.write('done\n');
await store.close();
