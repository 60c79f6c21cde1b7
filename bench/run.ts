// `npm run bench`, beside a running `npm run demo`: the same PDF from bare node:http, from the front door, as a 304, and
// computed and drawn on request. One run on one machine; the ratios count.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseConfig } from '#server/config.ts';
import { withDatabases } from '#server/entry/with-databases.ts';
import { measure, table } from './load.ts';

const SECONDS = 8;

interface Demo {
  readonly url: string;
  readonly book: string;
  readonly users: { readonly manager: { readonly apiKey: string } };
}

async function serve(file: string, args: readonly string[]): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout!.once('data', (said: Buffer) => resolve(said.toString().trim())),
  );
  return [child, `http://127.0.0.1:${port}/`];
}

const demoFile = join(houseConfig().DAYBOOK_DATA, 'demo.json');
const running = existsSync(demoFile) && (JSON.parse(readFileSync(demoFile, 'utf8')) as Demo);
if (!running || !(await fetch(`${running.url}/readyz`).catch(() => null))?.ok) {
  console.error('Start `npm run demo` in another terminal first.');
  process.exit(1);
}
const { book, url, users } = running;
const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7);
const address = `${url}/books/${book}/reports/balance-sheet/${month}.pdf`;
const headers = { authorization: `Bearer ${users.manager.apiKey}` };
const first = await fetch(address, { headers });
const etag = first.headers.get('etag') ?? '';
const file = join(mkdtempSync(join(tmpdir(), 'daybook-bench-')), 'report.pdf');
writeFileSync(file, Buffer.from(await first.arrayBuffer()));
console.log(
  `balance sheet ${month}, ${readFileSync(file).length} bytes, 32 connections, ${SECONDS} s each`,
);

await withDatabases(async ({ databaseUrl }) => {
  const [bare, bareUrl] = await serve('bare-server.ts', [file]);
  const figures = [await measure('bare node:http, same bytes', bareUrl, {}, 200, SECONDS)];
  bare.kill();
  figures.push(await measure('front door, API key', address, headers, 200, SECONDS));
  figures.push(
    await measure('front door, 304', address, { ...headers, 'if-none-match': etag }, 304, SECONDS),
  );
  const [crud, crudUrl] = await serve('crud-server.ts', [databaseUrl, book, month]);
  figures.push(await measure('computed and drawn on request', crudUrl, {}, 200, SECONDS));
  crud.kill();
  console.log(table(figures));
});
