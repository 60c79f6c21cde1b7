// `npm run mutations`: breaks the arithmetic of the reports in a copy of the sources, one way after the other, and runs the
// reports' specs on each. A way that none of them notices is printed, and fails the run.
//   npm run mutations                 all      ·      npm run mutations -- cash-flow     those of files that match
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ALL_WAYS } from './all-ways.ts';

const copy = mkdtempSync(join(tmpdir(), 'daybook-mutations-'));
for (const part of ['ledger', 'reports', 'server', 'tests', 'workers', 'prisma']) {
  cpSync(resolve(part), join(copy, part), { recursive: true });
}
for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts']) {
  cpSync(resolve(file), join(copy, file));
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));

/** Specs that take seconds: what others notice needn't wait for them. */
const SLOW = ['properties', 'views', 'pages'];

/** Whether these specs of reports, which need no database, pass on the copy as it is. */
function passes(which: 'quick' | 'all'): boolean {
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const args = ['run', '--project', 'unit', '--bail', '1', 'tests/reports'];
  const without =
    which === 'all' ? [] : SLOW.flatMap((name) => ['--exclude', `**/*${name}.spec.ts`]);
  return spawnSync(process.execPath, [vitest, ...args, ...without], { cwd: copy }).status === 0;
}

if (!passes('quick') || !passes('all'))
  throw new Error('the specs of tests/reports fail before anything is broken');
const [wanted = ''] = process.argv.slice(2);
const ways = ALL_WAYS.filter(({ file }) => file.includes(wanted));
let unnoticed = 0;
for (const { file, right, what, wrong } of ways) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(right).length !== 2) throw new Error(`${file} should say once: ${right}`);
  writeFileSync(
    path,
    text.replace(right, () => wrong),
  );
  const noticed = !passes('quick') || !passes('all');
  writeFileSync(path, text);
  console.log(`${noticed ? 'noticed  ' : 'UNNOTICED'}  ${file}: ${what}`);
  if (!noticed) unnoticed++;
}
rmSync(copy, { recursive: true });
console.log(`${ways.length - unnoticed} of ${ways.length} noticed`);
process.exitCode = unnoticed > 0 ? 1 : 0;
