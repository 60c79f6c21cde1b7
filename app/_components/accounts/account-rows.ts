// The chart as a tree: a row for every account and for every name above it that is no account itself.
import type { AccountType } from '#ledger/domain/account.ts';
import type { AccountWithBalance } from '#ledger/queries/accounts.ts';

export interface AccountRow {
  readonly path: string;
  readonly name: string;
  readonly level: number;
  /** Null: a heading. */
  readonly account: AccountWithBalance | null;
}

const ORDER: readonly AccountType[] = ['asset', 'liability', 'equity', 'income', 'expense'];

/** Types in the order of the statements; within one, accounts by the lowest code of their group. */
export function accountRows(accounts: readonly AccountWithBalance[]): AccountRow[] {
  const byPath = new Map(accounts.map((account) => [account.path, account]));
  const lowest = new Map<string, string>();
  for (const { code, path, type } of accounts) {
    for (const part of prefixes(path)) {
      const key = `${type}/${part}`;
      if (!lowest.has(key) || code < lowest.get(key)!) lowest.set(key, code);
    }
  }
  const rank = ({ path, type }: AccountWithBalance) => [
    String(ORDER.indexOf(type)),
    ...prefixes(path).map((part) => lowest.get(`${type}/${part}`)!),
  ];
  const ranked = accounts.map((account) => ({ account, rank: rank(account) }));
  ranked.sort((a, b) => compare(a.rank, b.rank));
  const shown = new Set<string>();
  const rows: AccountRow[] = [];
  for (const { account } of ranked) {
    for (const [level, path] of prefixes(account.path).entries()) {
      const isSelf = path === account.path;
      if (!isSelf && (shown.has(path) || byPath.has(path))) continue;
      shown.add(path);
      const name = path.slice(path.lastIndexOf(':') + 1);
      rows.push({
        path,
        name: isSelf ? account.name : name,
        level,
        account: isSelf ? account : null,
      });
    }
  }
  return rows;
}

function prefixes(path: string): string[] {
  const parts = path.split(':');
  return parts.map((_, nth) => parts.slice(0, nth + 1).join(':'));
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at]! !== b[at]!) return a[at]! < b[at]! ? -1 : 1;
  }
  return a.length - b.length;
}
