// What an entry received or paid in cash, and for what: the part of its other lines that cash stands for (IAS 7.18(a)).
// What didn't need cash is left out (IAS 7.43, 7.44): an asset on credit, cost of goods beside a sale, tax withheld.

/** Of an account, minor units of the base currency. */
export interface Moved {
  readonly account: number;
  /** Debit minus credit. */
  readonly amount: bigint;
}

/**
 * Which lines beside cash count, and with how much. An entry that receives counts credits, one that pays counts debits:
 * 1. lines of one account are taken together;
 * 2. amounts that stand on both sides, equally often, stand for each other and are left out (stock and cost of goods, tax owed
 *    and deducted by a reverse charge);
 * 3. what then remains on the other side is taken off in proportion (a discount, a fee, what is still owed).
 * @param others all lines that are not of cash accounts, in the entry's order
 * @returns what counts, together the entry's change in cash with the other sign; nothing where cash didn't change
 */
export function paidLines(others: readonly Moved[]): Moved[] {
  const change = sumOf(others);
  if (change === 0n) return [];
  const rest = withoutPairs(byAccount(others));
  const counting = rest.filter(({ amount }) => amount > 0n === change > 0n);
  return sharesOf(counting, change);
}

/** Lines of one side in proportion, together a part of what they are. */
export function sharesOf(lines: readonly Moved[], part: bigint): Moved[] {
  const whole = sumOf(lines);
  let [before, counted] = [0n, 0n];
  const shares = lines.map(({ account, amount }) => {
    before += amount;
    const until = (before * part) / whole;
    const own = until - counted;
    counted = until;
    return { account, amount: own };
  });
  return shares.filter(({ amount }) => amount !== 0n);
}

export const sumOf = (lines: readonly Moved[]): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n);

function byAccount(lines: readonly Moved[]): Moved[] {
  const sums = new Map<number, bigint>();
  for (const { account, amount } of lines) sums.set(account, (sums.get(account) ?? 0n) + amount);
  return [...sums].map(([account, amount]) => ({ account, amount }));
}

function withoutPairs(lines: readonly Moved[]): Moved[] {
  const times = new Map<bigint, number>();
  for (const { amount } of lines) times.set(amount, (times.get(amount) ?? 0) + 1);
  return lines.filter(({ amount }) => times.get(amount) !== times.get(-amount));
}
