// `npm run oracle -- --books 1000 --seed 42`: random books against hledger, Ledger and Beancount.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { books: { type: 'string' }, seed: { type: 'string' } } });
const books = values.books ?? '100';
const seed = values.seed ?? String(randomInt(2 ** 31));
console.log(`${books} books, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [resolve('node_modules/vitest/vitest.mjs'), 'run', 'tests/oracle'],
  { stdio: 'inherit', env: { ...process.env, ORACLE_BOOKS: books, ORACLE_SEED: seed } },
);
process.exitCode = status ?? 1;
