// What `npm run bench` may be told.
import { parseArgs } from 'node:util';
import { ConfigFault } from '#server/config.ts';

export interface BenchOptions {
  /** Small sizes and short phases: under three minutes in all. */
  readonly quick: boolean;
  /** Books stay for the next run, and those of the last one are used. */
  readonly keep: boolean;
  /** Names of scenarios; null for all. */
  readonly only: readonly string[] | null;
  /** An installation to load in place of a house of the bench's own. */
  readonly address: BenchAddress | null;
}

export interface BenchAddress {
  readonly url: string;
  readonly key: string;
  readonly book: string;
  /** Entries may be posted into the book. They stay there for ever. */
  readonly post: boolean;
}

const USAGE = `npm run bench                                    all scenarios in a Daybook of its own
npm run bench -- --quick                         the same in under three minutes
npm run bench -- --only pdf,json                 some of them
npm run bench -- --keep                          leave the books for the next run, use those of the last
npm run bench -- --url http://… --key dbk_… --book slug [--post]
                                                 what can be asked of any installation; --post writes entries`;

/** @param names of the scenarios there are. @throws {ConfigFault} with the usage. */
export function readOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parse(args);
  const { quick, keep, only, url, key, book, post } = values;
  const chosen = only?.split(',').map((name) => name.trim()) ?? null;
  const unknown = chosen?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new ConfigFault(
      `No scenario is called ${unknown.join(', ')}. Known: ${names.join(', ')}`,
    );
  if (url === undefined) {
    if (key ?? book ?? post)
      throw new ConfigFault(`--key, --book and --post need --url.\n${USAGE}`);
    return { quick, keep, only: chosen, address: null };
  }
  if (!URL.canParse(url) || key === undefined || book === undefined)
    throw new ConfigFault(`--url is an address and needs --key and --book.\n${USAGE}`);
  const address = { url: new URL(url).origin, key, book, post: post ?? false };
  return { quick, keep, only: chosen, address };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        only: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        book: { type: 'string' },
        post: { type: 'boolean' },
      },
    });
  } catch (fault) {
    throw new ConfigFault(`${(fault as Error).message}\n${USAGE}`);
  }
}
