// docs/PERFORMANCE.md: the words of bench/performance.md with the figures of this run between their markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { BenchHouse } from './house/bench-house.ts';
import { canPin, machineLine } from './machine.ts';
import type { Row } from './scenario.ts';
import { markdownTable } from './table.ts';

const TEMPLATE = join(import.meta.dirname, 'performance.md');
const TARGET = resolve('docs/PERFORMANCE.md');
const MARKERS = /(<!-- figures -->)[\s\S]*(<!-- \/figures -->)/;

const STORES: Readonly<Record<string, string>> = {
  mongod: 'mongod',
  'mongod-download': 'mongod 8.0.12, downloaded',
  'secantusd-rs': 'SecantusDB, the Rust server (secantusd-rs)',
  'secantusd-wheel':
    "SecantusDB's Python wheel: it answers half as many look-ups and a seventh of the writes of the stores that the targets are for, and bounds every row that writes documents",
};

/** Writes it. @returns its path */
export async function writePerformance(
  house: BenchHouse,
  quick: boolean,
  rows: readonly Row[],
): Promise<string> {
  const facts = [
    `Run on ${new Date().toISOString().slice(0, 10)}${quick ? ' with `--quick`: small sizes and short phases' : ''}.`,
    `Machine: ${machineLine()}.`,
    canPin
      ? 'Server and load generator had a core each in the comparisons at the peak; under open load the generator kept its core and the house used both.'
      : 'Server and load generator shared all cores: there are fewer than two, or no `taskset`.',
    `PostgreSQL ${await postgresVersion(house)}, as embedded. Document store: ${STORES[house.storeKind] ?? house.storeKind}.`,
  ];
  const figures = `${facts.map((fact) => `- ${fact}`).join('\n')}\n\n${markdownTable(rows)}`;
  const template = readFileSync(TEMPLATE, 'utf8');
  writeFileSync(
    TARGET,
    template.replace(MARKERS, (_, from, to) => `${from}\n${figures}\n${to}`),
  );
  return TARGET;
}

async function postgresVersion({ databaseUrl }: BenchHouse): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query('show server_version')).rows[0].server_version;
  } finally {
    await client.end();
  }
}
