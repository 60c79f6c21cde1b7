// Builds Next.js when what it is built from has changed since.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { childEnvironment } from '../config.ts';

const SOURCES = ['app/**/*.{ts,tsx,css}', 'ledger/domain/*.ts', '*.{js,json}', 'proxy.ts'];
const STAMP = '.next/daybook-sources';

/** @returns whether there was anything to build. @throws with the builder's own words. */
export async function buildScreens(): Promise<boolean> {
  const sum = createHash('sha256');
  for (const file of globSync(SOURCES).sort()) sum.update(file).update(readFileSync(file));
  const stamp = sum.digest('hex');
  if (existsSync(STAMP) && existsSync('.next/BUILD_ID') && readFileSync(STAMP, 'utf8') === stamp)
    return false;
  const words: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      env: childEnvironment({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    }
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`The screens could not be built:\n${words.join('')}`);
  mkdirSync('.next', { recursive: true });
  writeFileSync(STAMP, stamp);
  return true;
}
