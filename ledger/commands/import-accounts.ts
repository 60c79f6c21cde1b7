// The accounts that a file names: found by code, then by exact path; unknown ones become new accounts of the import.
import type pg from 'pg';
import type { Account, AccountId, AccountType } from '#ledger/domain/account.ts';
import type { SourceAccount } from '#ledger/formats/source-item.ts';
import { ACCOUNT_CODE, accountPath } from './input-shapes.ts';
import { type NewAccount, reserveAccountIds } from './open-account.ts';

/** An account that the import will open under a reserved id. Null: nothing says its type. */
export interface ProposedAccount {
  readonly id: AccountId;
  readonly path: string;
  readonly name: string;
  readonly type: AccountType | null;
  /** From a directive of the file. */
  readonly code: string | null;
  /** The line that names it first. */
  readonly line: number;
}

const IDS_AT_ONCE = 50;

/** The usual roots in English. */
const ROOTS: Readonly<Record<string, AccountType>> = {
  asset: 'asset',
  assets: 'asset',
  liability: 'liability',
  liabilities: 'liability',
  equity: 'equity',
  income: 'income',
  revenue: 'income',
  revenues: 'income',
  expense: 'expense',
  expenses: 'expense',
};

/** Where the codes of new accounts begin. */
const FIRST_CODE: Readonly<Record<AccountType, string>> = {
  asset: '1',
  liability: '2',
  equity: '3',
  income: '4',
  expense: '5',
};

export class ImportAccounts {
  private readonly client: pg.ClientBase;
  private readonly byCode: Map<string, Account>;
  private readonly byPath: Map<string, Account>;
  private readonly declared = new Map<string, SourceAccount>();
  private readonly fresh = new Map<string, { id: AccountId; line: number }>();
  private ids: number[] = [];

  private constructor(client: pg.ClientBase, chart: readonly Account[]) {
    this.client = client;
    this.byCode = new Map(chart.map((account) => [account.code, account]));
    this.byPath = new Map(chart.map((account) => [account.path, account]));
  }

  static async of(client: pg.ClientBase, book: number): Promise<ImportAccounts> {
    const { rows } = await client.query<Account>(
      'select id, code, name, path, type, closed, controls, cash_flow as "cashFlow", tags from accounts where book_id = $1',
      [book],
    );
    return new ImportAccounts(client, rows);
  }

  /** Remembers a directive. A declared account is opened only when an entry stands on it. */
  declare(account: SourceAccount): void {
    this.declared.set(account.path, { ...this.declared.get(account.path), ...account });
  }

  /** An account of the book; undefined for one that the import would open. */
  known(name: string): Account | undefined {
    const code = this.declared.get(name)?.code;
    // A name that the file declares with a code is no code itself, whatever it looks like.
    if (code !== undefined) return this.byPath.get(name) ?? this.byCode.get(code);
    return this.byCode.get(name) ?? this.byPath.get(name);
  }

  /** Accounts of the book that the file declares with another type: a code may mean something else here. */
  otherTypes(): string[] {
    return [...this.declared.values()].flatMap(({ accountType, path }) => {
      const known = this.known(path);
      return known && accountType && known.type !== accountType
        ? [
            `${path}, an account of type ${accountType} in the file, is taken for ${known.code} ${known.path} of type ${known.type}.`,
          ]
        : [];
    });
  }

  /** The type of an account of the book, or of one that would be opened, as far as the file was read. */
  typeOf(name: string, types: Readonly<Record<string, AccountType>>): AccountType | null {
    return this.known(name)?.type ?? this.newType(name, types);
  }

  /** Types of all accounts of the book and all that would be opened, where somebody said them. */
  types(said: Readonly<Record<string, AccountType>>): Map<AccountId, AccountType> {
    const known = [...this.byPath.values()].map(({ id, type }) => [id, type] as const);
    const fresh = this.proposed(said).flatMap(({ id, type }) =>
      type ? [[id, type] as const] : [],
    );
    return new Map([...known, ...fresh]);
  }

  /** The id under which a new account will be opened, the same for the same name. @returns null: no possible name */
  async propose(name: string, line: number): Promise<AccountId | null> {
    const before = this.fresh.get(name);
    if (before) return before.id;
    if (!accountPath.safeParse(name).success) return null;
    if (this.ids.length === 0) this.ids = await reserveAccountIds(this.client, IDS_AT_ONCE);
    const id = this.ids.shift()!;
    this.fresh.set(name, { id, line });
    return id;
  }

  /** Ids of an account and, if asked, of all below it; none for an account that nothing stands on. */
  idsOf(name: string, withSubAccounts: boolean): AccountId[] {
    const path = this.known(name)?.path ?? name;
    const ids = [this.known(name)?.id ?? this.fresh.get(name)?.id ?? []].flat();
    if (!withSubAccounts) return ids;
    const below = `${path}:`;
    for (const account of this.byPath.values())
      if (account.path.startsWith(below)) ids.push(account.id);
    for (const [fresh, { id }] of this.fresh) if (fresh.startsWith(below)) ids.push(id);
    return ids;
  }

  /** @param types what the user said of roots or whole names; it goes before directives and usual roots */
  proposed(types: Readonly<Record<string, AccountType>>): ProposedAccount[] {
    return [...this.fresh].map(([path, { id, line }]) => ({
      id,
      path,
      line,
      name: this.declared.get(path)?.name ?? path.slice(path.lastIndexOf(':') + 1),
      type: this.newType(path, types),
      code: this.declared.get(path)?.code ?? null,
    }));
  }

  /** Said by the user for the nearest name above, declared for it, that of a parent in the book, or of its root. */
  private newType(path: string, types: Readonly<Record<string, AccountType>>): AccountType | null {
    const parts = path.split(':');
    const names = parts.map((_, nth) => parts.slice(0, parts.length - nth).join(':'));
    const first = (find: (name: string) => AccountType | undefined) =>
      names.map(find).find((type) => type !== undefined);
    return (
      first((name) => (Object.hasOwn(types, name) ? types[name] : undefined)) ??
      first((name) => this.declared.get(name)?.accountType) ??
      first((name) => this.byPath.get(name)?.type) ??
      (Object.hasOwn(ROOTS, parts[0]!.toLowerCase()) ? ROOTS[parts[0]!.toLowerCase()]! : null)
    );
  }
}

/**
 * New accounts with codes: those of directives, else the next free one of their type's range (1000, 1010, … for
 * assets), in the order of their paths.
 * @param taken the book's codes
 */
export function withCodes(
  proposed: readonly (ProposedAccount & { readonly type: AccountType })[],
  taken: ReadonlySet<string>,
): (NewAccount & { readonly id: AccountId })[] {
  const used = new Set(taken);
  const next = new Map<AccountType, number>();
  return [...proposed]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ id, path, name, type, code: wanted }) => {
      let code = wanted ?? '';
      if (used.has(code) || !ACCOUNT_CODE.test(code)) {
        let nth = next.get(type) ?? 0;
        do code = codeAt(type, nth++);
        while (used.has(code));
        next.set(type, nth);
      }
      used.add(code);
      return { id, code, name, path, type };
    });
}

/** The first hundred by tens with four digits, then five digits one by one: 1000, 1010 … 1990, 10000, 10001 … */
const codeAt = (type: AccountType, nth: number): string =>
  nth < 100
    ? `${FIRST_CODE[type]}${String(nth * 10).padStart(3, '0')}`
    : `${FIRST_CODE[type]}${String(nth - 100).padStart(4, '0')}`;
