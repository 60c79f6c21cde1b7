// Who may work on a book next, within this process: one after another in the order of arrival. Those that can share a
// transaction and wait side by side take one turn together (group commit). Other processes are kept out by the lock of
// the book's row; this queue keeps its waiters off the connections.

/** What can share a turn. `lines` says how much work it is. */
export interface Sharing {
  readonly lines: number;
}

export interface BookTurns<Member extends Sharing, Result> {
  /** Runs with nobody else; starts at once if nobody is at it. */
  alone<Value>(book: number, work: () => Promise<Value>): Promise<Value>;
  /** Runs with those that wait beside it; starts at once if nobody is at it. */
  together(book: number, member: Member): Promise<Result>;
}

type Waiting<Member, Result> =
  | { readonly work: () => Promise<void> }
  | { readonly member: Member; settle(outcome: PromiseSettledResult<Result>): void };

const MOST_MEMBERS = 128;
/** Of one turn; a member with more has a turn of its own. */
export const MOST_LINES_TOGETHER = 10_000;

/** @param runGroup gives each member's own outcome, in their order; it never rejects */
export function createBookTurns<Member extends Sharing, Result>(
  runGroup: (
    book: number,
    members: readonly Member[],
  ) => Promise<readonly PromiseSettledResult<Result>[]>,
): BookTurns<Member, Result> {
  const queues = new Map<number, Waiting<Member, Result>[]>();

  const drain = async (book: number, queue: Waiting<Member, Result>[]): Promise<void> => {
    for (let next = queue[0]; next; next = queue[0]) {
      if ('work' in next) {
        queue.shift();
        await next.work();
        continue;
      }
      const group = takeGroup(queue);
      const outcomes = await runGroup(
        book,
        group.map(({ member }) => member),
      );
      for (const [index, { settle }] of group.entries()) settle(outcomes[index]!);
    }
    queues.delete(book);
  };
  const enter = (book: number, waiting: Waiting<Member, Result>): void => {
    const queue = queues.get(book);
    if (queue) {
      queue.push(waiting);
      return;
    }
    const begun = [waiting];
    queues.set(book, begun);
    void drain(book, begun);
  };

  return {
    alone: (book, work) =>
      new Promise((resolve, reject) => {
        enter(book, { work: () => work().then(resolve, reject) });
      }),
    together: (book, member) =>
      new Promise((resolve, reject) => {
        const settle = (outcome: PromiseSettledResult<Result>) =>
          outcome.status === 'fulfilled' ? resolve(outcome.value) : reject(outcome.reason);
        enter(book, { member, settle });
      }),
  };
}

/** Takes the members at the head of the queue, up to the first that goes alone or the bounds of a turn. */
function takeGroup<Member extends Sharing, Result>(queue: Waiting<Member, Result>[]) {
  let lines = 0;
  let count = 0;
  for (const waiting of queue) {
    if ('work' in waiting || count === MOST_MEMBERS) break;
    lines += waiting.member.lines;
    if (count > 0 && lines > MOST_LINES_TOGETHER) break;
    count += 1;
  }
  return queue.splice(0, count).filter((waiting) => 'member' in waiting);
}
