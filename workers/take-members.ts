// Takes the balances of groups' members over into the groups, round after round: a member that is being posted to is taken
// when it stands still, or after half a minute at the latest, so that a busy one doesn't fill the group's log.
//   const taking = startTakingMembers({store, notify, log}); …; await taking.stop();
import type { Notify } from '#ledger/commands/answer.ts';
import {
  type GroupMember,
  membersThatMoved,
  takeMemberBalances,
} from '#ledger/commands/take-member-balances.ts';
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';
import type { RecomputeLog } from './recompute.ts';
import { attempt, type Rounds, startRounds } from './rounds.ts';

interface TakingInput {
  readonly store: LedgerStore;
  readonly notify: Pick<Notify, 'bookChanged'>;
  readonly log: RecomputeLog;
}

const EVERY_MS = 1_000;
const MOST_WAIT_MS = 30_000;

/** A member that has moved: where it stood when it was last looked at, and since when it waits. */
interface Waiting {
  readonly head: number;
  readonly since: number;
}

type Moved = GroupMember & { readonly head: number };

const keyOf = ({ group, member }: GroupMember): string => `${group}/${member}`;

/**
 * The members to take now, of those that have moved. Those that are left waiting are noted.
 * @param waiting by group and member, as the last round left it
 * @param now clock, milliseconds
 */
export function membersDue(
  moved: readonly Moved[],
  waiting: Map<string, Waiting>,
  now: number,
): Moved[] {
  const before = new Map(waiting);
  waiting.clear();
  return moved.filter((own) => {
    const known = before.get(keyOf(own));
    const { since } = known ?? { since: now };
    if (known && (known.head === own.head || now - since >= MOST_WAIT_MS)) return true;
    waiting.set(keyOf(own), { head: own.head, since });
    return false;
  });
}

export function startTakingMembers({ log, notify, store }: TakingInput): Rounds {
  const waiting = new Map<string, Waiting>();
  const round = async () => {
    for (const own of membersDue(await membersThatMoved(store), waiting, Date.now())) {
      const what = `taking book ${own.member} into group ${own.group}`;
      await attempt(log, what, () => takeMemberBalances(store, notify, own));
    }
  };
  return startRounds(EVERY_MS, () => attempt(log, 'taking members of groups', round));
}
