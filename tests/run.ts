// `npm test`: every kind of test, one after the other, and at the end one line with the count.
//   npm test                 all      ·      npm test -- tests/ledger     only what matches
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { searchPath } from '#server/config.ts';
import { onPath } from '#server/embedded/run-tool.ts';

interface Outcome {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

const report = resolve('.daybook/test/outcome.json');
mkdirSync(resolve('.daybook/test'), { recursive: true });
rmSync(report, { force: true });

const hledger = onPath('hledger', searchPath());
const vitest = resolve('node_modules/vitest/vitest.mjs');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const run = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  stdio: 'inherit',
});

const outcome = readOutcome();
const broken = outcome.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
const failed = outcome.numFailedTests + broken;
if (!hledger)
  console.log('Skipped: what needs hledger, which is not on the PATH (apt-get install hledger).');
if (!onPath('bean-check', searchPath()))
  console.log(
    'Skipped: what Beancount says, which is not on the PATH (apt-get install beancount).',
  );
if (!onPath('ledger', searchPath()))
  console.log('Skipped: what Ledger says, which is not on the PATH (apt-get install ledger).');
if (!onPath('xmllint', searchPath()))
  console.log(
    'Skipped: what the schema of SAF-T says, since xmllint is not on the PATH (apt-get install libxml2-utils).',
  );
if (!onPath('soffice', searchPath()))
  console.log(
    'Skipped: what LibreOffice makes of workbooks, which is not on the PATH (apt-get install libreoffice-calc-nogui).',
  );
if (!process.env['DAYBOOK_VERAPDF'])
  console.log('Skipped: what veraPDF says, of which DAYBOOK_VERAPDF names no jar (Maven Central).');
if (!process.env['DAYBOOK_SAMPLES'])
  console.log('Skipped: ledgers and schemas of others, of which DAYBOOK_SAMPLES names no folder.');
const silent = run.status !== 0 && failed === 0 ? 1 : 0;
if (outcome.numPendingTests > 0) console.log(`${outcome.numPendingTests} skipped`);
console.log(`${outcome.numPassedTests} passed, ${failed + silent} failed`);
process.exitCode = failed + silent > 0 || outcome.numPassedTests === 0 ? 1 : 0;

function readOutcome(): Outcome {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Outcome;
  } catch (fault) {
    console.error('The tests ended without a report:', fault);
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
  }
}
