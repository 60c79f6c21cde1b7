// Which entries of a fiscal year's last day close the year: those that bring its income and expenses to zero against equity,
// and those that empty the account of equity on which that was gathered. Nothing is read here but lines and what stands.
import { type AccountId, type AccountType, isResultAccount } from './account.ts';
import type { Posting } from './journal-entry.ts';

/** An entry of the day that doesn’t say of which kind it is. */
export interface ClosingCandidate {
  /** Its place among the entries of the file. */
  readonly ordinal: number;
  readonly lines: readonly Posting[];
}

/** What stands at the end of the day, all entries of the day counted; debit positive. */
export interface Standing {
  /** Base amounts by account, or quantities by account and unit. */
  readonly by: 'amount' | 'quantity';
  /** By `standingKey`. Keys that aren’t there stand at zero. */
  readonly balances: ReadonlyMap<string, bigint>;
}

export interface FoundClosings<Candidate> {
  readonly closing: readonly Candidate[];
  /** Entries that bring each account that they touch to zero, where others keep a balance. */
  readonly partly: readonly Candidate[];
}

type TypeOf = (account: AccountId) => AccountType | null;

/** The key of what an account holds. @param unit null: base currency. Where amounts count, units are no matter. */
export const standingKey = (
  { by }: Pick<Standing, 'by'>,
  account: AccountId,
  unit: string | null,
): string => (by === 'amount' ? `${account}` : `${account}/${unit ?? ''}`);

const isResult = (type: AccountType | null): boolean => type !== null && isResultAccount(type);

/** Whether every line is on income, expenses or equity. */
const staysInEquity = ({ lines }: ClosingCandidate, typeOf: TypeOf): boolean =>
  lines.every(({ account }) => isResult(typeOf(account)) || typeOf(account) === 'equity');

/**
 * @param typeOf null: an account whose type nobody knows
 * @param standings ways of counting, the first by amount; income and expenses must stand at zero in one of them
 */
export function closingEntries<Candidate extends ClosingCandidate>(
  candidates: readonly Candidate[],
  typeOf: TypeOf,
  standings: readonly Standing[],
): FoundClosings<Candidate> {
  const own = candidates.filter((candidate) => staysInEquity(candidate, typeOf));
  const zero = standings.find(({ balances }) =>
    [...balances].every(([key, balance]) => balance === 0n || !isResult(typeOf(accountOf(key)))),
  );
  if (!zero) return { closing: [], partly: partly(own, typeOf, standings[0]!) };
  const closing = widest(own, typeOf, zero);
  const emptying = own.filter((candidate) => emptiesSummary(candidate, closing, typeOf, standings));
  const found = [...closing, ...emptying].sort((a, b) => a.ordinal - b.ordinal);
  return { closing: found, partly: [] };
}

/**
 * Once everything stands at zero, any entry can be said to have brought its accounts there. Those that close touch many of
 * them, each once: the widest go first, then those that move most, then the last of the file.
 */
function widest<Candidate extends ClosingCandidate>(
  candidates: readonly Candidate[],
  typeOf: TypeOf,
  standing: Standing,
): Candidate[] {
  const inOrder = candidates
    .map((candidate) => ({
      candidate,
      keys: [...moves(candidate, isResultOf(typeOf), standing).keys()],
      size: turnover(candidate),
    }))
    .filter(({ keys }) => keys.length > 0)
    .sort(
      (a, b) =>
        b.keys.length - a.keys.length ||
        (a.size < b.size ? 1 : a.size > b.size ? -1 : b.candidate.ordinal - a.candidate.ordinal),
    );
  const taken = new Set<string>();
  const found: Candidate[] = [];
  for (const { candidate, keys } of inOrder) {
    if (keys.some((key) => taken.has(key))) continue;
    for (const key of keys) taken.add(key);
    found.push(candidate);
  }
  return found;
}

/** Whether an entry within equity takes away again what closing entries put on an account that stands at zero then. */
function emptiesSummary(
  candidate: ClosingCandidate,
  closing: readonly ClosingCandidate[],
  typeOf: TypeOf,
  [standing]: readonly Standing[],
): boolean {
  if (candidate.lines.some(({ account }) => isResult(typeOf(account)))) return false;
  const isEquity = (account: AccountId) => typeOf(account) === 'equity';
  const gathered = new Map<string, bigint>();
  for (const own of closing) {
    for (const [key, moved] of moves(own, isEquity, standing!)) {
      gathered.set(key, (gathered.get(key) ?? 0n) + moved);
    }
  }
  return [...moves(candidate, isEquity, standing!)].some(
    ([key, moved]) => moved === -(gathered.get(key) ?? 0n) && !standing!.balances.get(key),
  );
}

function partly<Candidate extends ClosingCandidate>(
  candidates: readonly Candidate[],
  typeOf: TypeOf,
  standing: Standing,
): Candidate[] {
  return candidates.filter((candidate) => {
    const keys = [...moves(candidate, isResultOf(typeOf), standing).keys()];
    // An entry on one account alone is more often an expense that an owner paid.
    return keys.length > 1 && keys.every((key) => !standing.balances.get(key));
  });
}

const isResultOf = (typeOf: TypeOf) => (account: AccountId) => isResult(typeOf(account));

/** What an entry moves on some accounts, by key, without what comes to zero. */
function moves(
  { lines }: ClosingCandidate,
  counts: (account: AccountId) => boolean,
  { by }: Standing,
): Map<string, bigint> {
  const moved = new Map<string, bigint>();
  for (const { account, amount, side, units } of lines) {
    if (!counts(account)) continue;
    const size = by === 'quantity' && units ? units.quantity : amount;
    const key = standingKey({ by }, account, units?.unit ?? null);
    moved.set(key, (moved.get(key) ?? 0n) + (side === 'debit' ? size : -size));
  }
  return new Map([...moved].filter(([, size]) => size !== 0n));
}

const turnover = ({ lines }: ClosingCandidate): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n);

/** The account of a `standingKey`. */
export const accountOf = (key: string): AccountId => +key.split('/', 1)[0]!;
