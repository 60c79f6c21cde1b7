// Guessing passwords: failures are counted by address and by account; too many, and nobody is asked for a while.
import { RateLimiterMemory } from 'rate-limiter-flexible';

const QUARTER_HOUR = 15 * 60;
const byAccount = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
const byAddress = new RateLimiterMemory({ points: 60, duration: QUARTER_HOUR });

const spend = async (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
  limiter.consume(key).then(
    () => true,
    (reason: unknown) => {
      if (reason instanceof Error) throw reason;
      return false;
    },
  );

/**
 * Tries a password. The attempt is counted before the check, so that many at once can't pass together, and given back
 * when it succeeds.
 */
export async function attemptSignIn<T>(
  address: string,
  account: string,
  check: () => Promise<T | null>,
): Promise<T | null | 'too-many'> {
  const [addressMay, accountMay] = [
    await spend(byAddress, address),
    await spend(byAccount, account),
  ];
  if (!addressMay || !accountMay) return 'too-many';
  const found = await check();
  if (found !== null) {
    await Promise.all([byAccount.delete(account), byAddress.reward(address)]);
  }
  return found;
}
