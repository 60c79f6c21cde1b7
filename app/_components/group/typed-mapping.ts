// Where accounts of a member go, as it is typed: a line each, what it picks, an arrow, a code of the group.

export interface MappedLine {
  readonly accounts: string;
  readonly to: string;
}

/** Reads `4000..4999 -> 4000`; empty lines are none. A line without an arrow is no code, and is refused as one. */
export const typedMapping = (text: string): MappedLine[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, accounts = line, to = line] = /^(.*?)\s*(?:->|→)\s*(.*)$/.exec(line) ?? [];
      return { accounts, to };
    });

export const mappingAsTyped = (mapping: readonly MappedLine[]): string =>
  mapping.map(({ accounts, to }) => `${accounts} → ${to}`).join('\n');
